"""What an article is about: a brief has room for few words, and other stories use the same ones."""

from __future__ import annotations

import pytest

from extractors.facts.relevance import SETTLED, may_settle, signs_of
from extractors.records import Document, Term

# Title, text, language.
OURS = [
    ("Forty more for Haiti", "Forty officers took off for Haiti on Sunday.", "en"),
    ("Three dead in Kenscoff", "Gunmen killed three farmers in Kenscoff overnight, the mayor said.", "en"),
    ("Kidnapping nan Pòtoprens", "Nèg ak zam kidnape kat moun maten an.", "ht"),
    ("Le bilan s'alourdit", "La police déplore un quatrième mort à Pont-Sondé.", "fr"),
    ("Huyen de Mirebalais", "Unas tres mil personas huyeron de Mirebalais, según la OIM.", "es"),
    ("Polisi wawasili", "Polisi themanini waliwasili Haiti Jumatatu.", "sw"),
]
OTHERS = [
    ("Haiti draw in Kingston", "Haiti drew with Jamaica in a football match; police kept crowds apart.", "en"),
    ("Un séisme dans le Sud", "Le tremblement de terre a fait trois morts près de Jérémie, en Haïti.", "fr"),
    ("Más deportados", "Unos dos mil haitianos fueron deportados el lunes a Haití, dijo la policía.", "es"),
    ("Five shot in Guayaquil", "Gang members killed five officers in Guayaquil, and fled from the police.", "en"),
    ("A song for Jacmel", "The choir of Jacmel, Haiti, sings again.", "en"),
    # Named in passing.
    ("Raiders kill two", "Cattle raiders killed two officers near Kapedo. Their chief had served in Haiti.", "en"),
]


def match(extractor, title, text, language):
    return extractor.match(Document("x", title, text, language)).score


@pytest.mark.parametrize(("title", "text", "language"), OURS)
def test_a_brief_is_about_the_mission_by_a_name_and_its_theme(extractor, title, text, language):
    assert match(extractor, title, text, language) >= SETTLED


@pytest.mark.parametrize(("title", "text", "language"), OTHERS)
def test_a_brief_about_something_else_is_not(extractor, title, text, language):
    assert match(extractor, title, text, language) < SETTLED


def test_a_word_of_another_story_counts_in_its_own_language_only(extractor):
    """A "roman" is a novel in French."""
    title, text = "Nuns taken in Kenscoff", "Gunmen kidnapped two Roman Catholic nuns in Kenscoff."
    assert match(extractor, title, text, "en") >= SETTLED
    assert match(extractor, "Un roman de Kenscoff", "Ce roman parle de la police de Kenscoff.", "fr") < SETTLED


def test_a_long_text_needs_more_than_one_name(extractor):
    title, text, language = OURS[0]
    assert match(extractor, title, text + " The weather was fine, and the band played." * 40, language) < SETTLED


def test_neither_theatre_nor_theme_settles_it_alone(extractor, mission):
    places = " ".join(place.name for place in mission.places)
    theme = " ".join(term.text for term in mission.terms if term.side == "theme" and term.language == "en")
    assert match(extractor, "Places", places, "en") < SETTLED
    assert match(extractor, "Words", theme, "en") < SETTLED
    assert match(extractor, "Both", f"{places} {theme}", "en") >= SETTLED


def test_part_of_a_longer_name_is_no_other_story(extractor):
    """The programme is not the tournament."""
    fed = "Le Programme alimentaire mondial nourrit les déplacés de Hinche, en Haïti"
    assert (
        match(extractor, "Hinche", fed, "fr")
        >= SETTLED
        > match(extractor, "Hinche", f"{fed}, avant un match amical", "fr")
    )


def test_what_the_sieve_lets_go_could_not_have_been_about_the_mission(mission):
    terms = signs_of(mission)
    named = [term for term in terms if term.text == "Haiti"][:1]
    assert may_settle(named)
    assert not may_settle([Term("police", "en", 0.1, "theme"), Term("killed", "en", 0.1, "theme")])
    assert not may_settle([term for term in terms if term.side == "other"])
