"""Numbers, money, dates, quotes and sentences, each as a table."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.facts.date_mention import Anchors
from extractors.facts.dates import read_dates
from extractors.facts.lexicon import read_lexicon
from extractors.facts.names import Names
from extractors.facts.quantities import read_quantities
from extractors.facts.quotes import read_quotes
from extractors.facts.reading import read_sentences
from extractors.facts.sentences import split_sentences


@pytest.fixture(scope="session")
def sentence(mission):
    lexicons = {}

    def _sentence(text, language="en"):
        lexicon = read_lexicon(language)
        if language not in lexicons:
            lexicons[language] = Names(mission, lexicon)
        return read_sentences(text, lexicon, lexicons[language], in_title=False)[0], lexicon

    return _sentence


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("1,041,229 people", 1041229, None, "exact"),
        ("1.3 million people", 1300000, None, "exact"),
        ("five and a half thousand", None, None, None),
        ("a hundred and forty officers", 140, None, "exact"),
        ("two dozen soldiers", 24, None, "exact"),
        ("twenty-six officers", 26, None, "exact"),
        ("three hundred and five thousand people", 305000, None, "exact"),
        ("more than 600 officers", 600, None, "more_than"),
        ("over six hundred officers", 600, None, "more_than"),
        ("up to 2,500 personnel", 2500, None, "up_to"),
        ("at most 5,550 personnel", 5550, None, "up_to"),
        ("at least 70 people", 70, None, "at_least"),
        ("nearly 400 police", 400, None, "nearly"),
        ("close to 400 police", 400, None, "nearly"),
        ("some 80 soldiers", 80, None, "about"),
        ("400 or so officers", 400, None, "about"),
        ("fewer than 1,000 troops", 1000, None, "fewer_than"),
        ("only 400 officers", 400, None, "exact"),
        ("between 5 and 6 million people", 5000000, 6000000, "between"),
        ("300 to 400 officers", 300, 400, "between"),
        ("dozens of people", 12, None, "vague"),
        ("thousands of people", 1000, None, "vague"),
    ],
)
def test_numbers_and_their_qualifiers(sentence, text, low, high, qualifier):
    found = read_quantities(*sentence(f"They counted {text}."), "HTI")
    if low is None:
        return
    assert [(q.value, q.value_to, q.qualifier) for q in found[:1]] == [(low, high, qualifier)]


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2699 was adopted in 2023.",
        "He is 45 years old.",
        "It was 10:30 a.m.",
        "They won 3-2.",
        "A C-17 landed.",
        "On 18 January 2025 it rained.",
        "The 12 countries met for 15 days.",
        "IPC Phase 5 means famine.",
    ],
)
def test_labels_ages_times_and_scores_are_no_quantities(sentence, text):
    assert read_quantities(*sentence(text), "HTI") == []


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$10.8 million", 10.8e6, "USD"),
        ("US$600 million", 600e6, "USD"),
        ("C$80.5 million", 80.5e6, "CAD"),
        ("600 million dollars", 600e6, "USD"),
        ("€3 million", 3e6, "EUR"),
        ("3 million euros", 3e6, "EUR"),
    ],
)
def test_money(sentence, text, value, currency):
    found = read_quantities(*sentence(f"They paid {text} in May."), "HTI")
    assert [(q.value, q.currency) for q in found] == [(value, currency)]


PUBLISHED = date(2025, 1, 19)  # a Sunday


@pytest.mark.parametrize(
    ("text", "start", "end", "basis"),
    [
        ("on Saturday", date(2025, 1, 18), date(2025, 1, 18), "weekday"),
        ("on Saturday, January 18, 2025", date(2025, 1, 18), date(2025, 1, 18), "explicit"),
        ("on 18 January 2025", date(2025, 1, 18), date(2025, 1, 18), "explicit"),
        ("last year", date(2024, 1, 1), date(2024, 12, 31), "relative"),
        ("in October", date(2024, 10, 1), date(2024, 10, 31), "relative"),
        ("in October 2023", date(2023, 10, 1), date(2023, 10, 31), "explicit"),
        ("in 2024", date(2024, 1, 1), date(2024, 12, 31), "explicit"),
        ("in the first half of 2024", date(2024, 1, 1), date(2024, 6, 30), "explicit"),
        ("in the first quarter of 2025", date(2025, 1, 1), date(2025, 3, 31), "explicit"),
        ("between October 2024 and June 2025", date(2024, 10, 1), date(2025, 6, 30), "explicit"),
        ("from April to June 2024", date(2024, 4, 1), date(2024, 6, 30), "explicit"),
        ("yesterday", date(2025, 1, 18), date(2025, 1, 18), "relative"),
        ("last week", date(2025, 1, 6), date(2025, 1, 12), "relative"),
    ],
)
def test_dates_count_from_the_day_of_publication(sentence, text, start, end, basis):
    found = read_dates(sentence(f"They arrived {text}.")[0], PUBLISHED)
    assert [(*mention.past, mention.basis) for mention in found] == [(start, end, basis)]


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("en", "between 27 August and 5 October", date(2024, 8, 27), date(2024, 10, 5)),
        ("en", "on the last day of October", date(2024, 10, 31), date(2024, 10, 31)),
        ("en", "in November and December", date(2024, 11, 1), date(2024, 12, 31)),
        ("en", "on the first of October", date(2024, 10, 1), date(2024, 10, 1)),
        ("en", "by the end of August 2024", date(2024, 8, 31), date(2024, 8, 31)),
        ("en", "in mid-October", date(2024, 10, 1), date(2024, 10, 31)),
        ("en", "in early 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("en", "two weeks ago", date(2025, 1, 5), date(2025, 1, 5)),
        ("en", "in the last three months of 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("en", "in the week of December 11", date(2024, 12, 9), date(2024, 12, 15)),
        ("en", "on Tuesday of last week", date(2025, 1, 7), date(2025, 1, 7)),
        ("en", "between Friday and Sunday", date(2025, 1, 17), date(2025, 1, 19)),
        ("en", "since late October", date(2024, 10, 1), PUBLISHED),
        ("en", "so far this year", date(2025, 1, 1), PUBLISHED),
        ("en", "on Christmas Eve", date(2024, 12, 24), date(2024, 12, 24)),
        ("en", "January-March 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("en", "in the first week of December", date(2024, 12, 1), date(2024, 12, 7)),
        ("en", "in the last week of December", date(2024, 12, 25), date(2024, 12, 31)),
        ("en", "in the second half of November", date(2024, 11, 16), date(2024, 11, 30)),
        ("en", "in the second half of 2024", date(2024, 7, 1), date(2024, 12, 31)),
        ("en", "over the past week", date(2025, 1, 12), PUBLISHED),
        ("fr", "du 1er juillet au 30 septembre 2024", date(2024, 7, 1), date(2024, 9, 30)),
        ("fr", "entre le 27 août et le 5 octobre", date(2024, 8, 27), date(2024, 10, 5)),
        ("fr", "les trois premiers mois de 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("fr", "il y a deux mois", date(2024, 11, 1), date(2024, 11, 30)),
        ("fr", "à la mi-octobre", date(2024, 10, 1), date(2024, 10, 31)),
        ("fr", "avant-hier", date(2025, 1, 17), date(2025, 1, 17)),
        ("fr", "mardi de la semaine dernière", date(2025, 1, 7), date(2025, 1, 7)),
        ("fr", "depuis le début de l'année", date(2025, 1, 1), PUBLISHED),
        ("fr", "le dernier jour d'octobre", date(2024, 10, 31), date(2024, 10, 31)),
        ("es", "del 6 al 11 de diciembre", date(2024, 12, 6), date(2024, 12, 11)),
        ("es", "entre el 27 de agosto y el 5 de octubre", date(2024, 8, 27), date(2024, 10, 5)),
        ("es", "a finales de octubre", date(2024, 10, 1), date(2024, 10, 31)),
        ("es", "en noviembre y diciembre", date(2024, 11, 1), date(2024, 12, 31)),
        ("es", "el pasado martes", date(2025, 1, 14), date(2025, 1, 14)),
        ("es", "hace tres semanas", date(2024, 12, 29), date(2024, 12, 29)),
        ("es", "en lo que va de año", date(2025, 1, 1), PUBLISHED),
        ("es", "el último día de octubre", date(2024, 10, 31), date(2024, 10, 31)),
        ("es", "enero-marzo de 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("es", "congeló en octubre 9 millones de dólares", date(2024, 10, 1), date(2024, 10, 31)),
    ],
)
def test_dates_of_every_form(sentence, language, text, start, end):
    found = read_dates(sentence(f"Ok, {text}.", language)[0], PUBLISHED)
    assert [mention.past for mention in found] == [(start, end)]


@pytest.mark.parametrize(
    ("language", "first", "text", "start", "end"),
    [
        ("en", "They came on 3 October.", "The next day six died.", date(2024, 10, 4), date(2024, 10, 4)),
        ("en", "They came on 3 October.", "Two weeks earlier six died.", date(2024, 9, 19), date(2024, 9, 19)),
        ("en", "They came in April 2021.", "Six months later ten died.", date(2021, 10, 1), date(2021, 10, 31)),
        ("en", "In April to June 2024 it rose.", "In the same quarter ten.", date(2024, 4, 1), date(2024, 6, 30)),
        ("en", "In April to June 2024 it rose.", "In the quarter before ten.", date(2024, 1, 1), date(2024, 3, 31)),
        ("en", "It began on 3 October.", "Since then ten have died.", date(2024, 10, 3), PUBLISHED),
        ("fr", "Le 3 octobre, ils sont venus.", "La veille, six sont morts.", date(2024, 10, 2), date(2024, 10, 2)),
        ("fr", "Le 3 octobre, ils sont venus.", "Deux jours plus tard, six.", date(2024, 10, 5), date(2024, 10, 5)),
        ("fr", "D'avril à juin 2024, dix.", "Sur la même période, six.", date(2024, 4, 1), date(2024, 6, 30)),
        ("es", "El 3 de octubre vinieron.", "Al día siguiente, seis.", date(2024, 10, 4), date(2024, 10, 4)),
        ("es", "El 3 de octubre vinieron.", "Una semana antes, seis.", date(2024, 9, 26), date(2024, 9, 26)),
        ("es", "De abril a junio de 2024, diez.", "El trimestre anterior, 6.", date(2024, 1, 1), date(2024, 3, 31)),
    ],
)  # fmt: skip
def test_dates_lean_on_those_before(sentence, language, first, text, start, end):
    anchors = Anchors()
    read_dates(sentence(first, language)[0], PUBLISHED, anchors)
    found = read_dates(sentence(text, language)[0], PUBLISHED, anchors)
    assert [mention.past for mention in found] == [(start, end)]


def test_a_range_lends_its_year_to_its_first_month(sentence):
    found = read_dates(sentence("Entre enero y marzo de 2024, diez.", "es")[0], None)
    assert [mention.past for mention in found] == [(date(2024, 1, 1), date(2024, 3, 31))]


def test_without_a_day_of_publication_relative_dates_stay_open(sentence):
    assert read_dates(sentence("They came on Friday, last year, in May.")[0], None) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('"We are ready to go," he said.', ["We are ready to go,"]),
        ("“We are ready to go,” he said.", ["We are ready to go,"]),
        ("« Nous sommes là pour aider », dit-il.", ["Nous sommes là pour aider"]),
        ("''We are ready to go'', he said.", ["We are ready to go"]),
        ('The gang leader "Barbecue" left.', []),
        ('"One two three.\n\n"Four five six."', ["One two three.", "Four five six."]),
    ],
)
def test_quotes_of_every_style(text, quotes):
    assert [text[quote.start : quote.end] for quote in read_quotes(text)] == quotes


def test_abbreviations_and_initials_end_no_sentence():
    text = "U.S. Ambassador Dennis Doe met Sen. John A. Roe. They talked."
    assert [text[a:b] for a, b in split_sentences(text, frozenset({"sen"}))] == [text[:-13], "They talked."]


@given(st.text(max_size=300))
def test_sentences_are_ordered_and_inside_the_text(text):
    last = 0
    for start, end in split_sentences(text, frozenset()):
        assert last <= start < end <= len(text)
        last = end
