"""What a sentence leaves unsaid: day, place and firmness from those around it, in documents of this test."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.records import Document
from tests.extractors.facts.conftest import LEADS

MISSION = {
    "en": "The Multinational Security Support mission in Haiti gave a briefing. ",
    "fr": "La Mission multinationale d'appui à la sécurité en Haïti a tenu un point de presse. ",
    "es": "La Misión Multinacional de Apoyo a la Seguridad en Haití dio una rueda de prensa. ",
}
PUBLISHED = date(2025, 1, 22)  # a Wednesday


@pytest.fixture(scope="module")
def claim_of(extractor):
    def _claim_of(language, text, kind, value, published=PUBLISHED):
        text = f"{text}\n\n{MISSION[language]}"
        claims = extractor.extract(Document("unsaid", "", text, language, published))
        found = [claim for claim in claims if claim.kind == kind and value in (None, claim.value_best, claim.value_low)]
        assert len(found) == 1, [(claim.kind, claim.value_best) for claim in claims]
        return found[0]

    return _claim_of


@pytest.mark.parametrize(
    ("language", "text", "value", "start", "end"),
    [
        ("en", "Gunmen stormed the market on Monday. Nine people were killed.", 9, "2025-01-20", "2025-01-20"),
        ("en", "Gunmen stormed the market on Monday.\n\nNine people were killed.", 9, "2025-01-20", "2025-01-20"),
        ("en", "Gunmen came on Monday. Police said on Tuesday that nine people were killed.", 9,
         "2025-01-20", "2025-01-20"),
        ("en", "Gunmen came on 2 January. The next day nine people were killed.", 9, "2025-01-03", "2025-01-03"),
        ("en", "From July to September 2024 gangs killed 900 people. In the same quarter 80 people were kidnapped.", 80,
         "2024-07-01", "2024-09-30"),
        ("en", "KENSCOFF, Jan. 20 - Nine people were killed in an attack on Saturday.", 9, "2025-01-18", "2025-01-18"),
        ("en", "Gunmen came on Monday.\n\nA nurse had told of an imminent raid on Friday, and saw nine dead.",
         9, "2025-01-20", "2025-01-20"),
        ("fr", "Des hommes armés sont venus lundi.\n\nLa police avait été alertée vendredi, et compte neuf morts.",
         9, "2025-01-20", "2025-01-20"),
        ("es", "Llegaron el lunes.\n\nUn cura avisó de un ataque inminente el viernes, y contó nueve muertos.",
         9, "2025-01-20", "2025-01-20"),
        ("fr", "Des hommes armés ont attaqué le marché lundi. Neuf personnes ont été tuées.", 9,
         "2025-01-20", "2025-01-20"),
        ("fr", "D'avril à juin 2024, 900 personnes ont été tuées. Sur la même période, 80 personnes ont été enlevées.",
         80, "2024-04-01", "2024-06-30"),
        ("es", "Hombres armados atacaron el mercado el lunes. Nueve personas murieron.", 9, "2025-01-20", "2025-01-20"),
        ("es", "Entre abril y junio de 2024 murieron 900 personas. En el mismo lapso hubo 80 secuestros.", 80,
         "2024-04-01", "2024-06-30"),
    ],
)  # fmt: skip
def test_harm_has_the_day_or_period_told_before(claim_of, language, text, value, start, end):
    claim = claim_of(language, text, "casualty", value)
    assert (str(claim.event_start), str(claim.event_end)) == (start, end)


@pytest.mark.parametrize(("value", "day"), [(215, "2024-03-17"), (170, "2024-04-02")])
def test_each_number_of_a_list_has_its_own_day(claim_of, value, day):
    text = "Kenya sent 215 officers on 17 March 2024 and 170 on 2 April 2024."
    assert str(claim_of("en", text, "deployment", value).event_start) == day


def test_an_offensive_is_counted_from_its_first_day(claim_of):
    text = "L'offensive lancée le 27 octobre 2024 avait fait, au 27 décembre 2024, au moins 262 morts."
    claim = claim_of("fr", text, "casualty", 262)
    assert (str(claim.event_start), str(claim.event_end), claim.measure) == ("2024-10-27", "2024-12-27", "cumulative")


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", '"We will stay until the work is done," said William Ruto on Monday.', "2025-01-20"),
        ("en", 'A ship left on Monday. "We will stay until the work is done," said William Ruto.', "2025-01-20"),
        ("fr", "« Nous resterons jusqu'au bout de la tâche », a déclaré William Ruto lundi.", "2025-01-20"),
        ("es", "“Nos quedaremos hasta terminar la tarea”, dijo William Ruto el lunes.", "2025-01-20"),
    ],
)
def test_words_have_the_day_on_which_they_were_spoken(claim_of, language, text, day):
    assert str(claim_of(language, text, "statement", None).event_start) == day


@pytest.mark.parametrize(
    ("language", "text", "value", "place", "commune"),
    [
        ("en", "Gangs attacked Kenscoff on Monday. Nine people were killed.", 9, "Kenscoff", "Kenscoff"),
        ("en", "Gangs attacked Kenscoff on Monday.\n\nNine people were killed there.", 9, "Kenscoff", "Kenscoff"),
        ("en", "Nine people were killed in the capital on Monday.", 9, "Port-au-Prince", "Port-au-Prince"),
        ("en", "Nine people were killed in the Port-au-Prince slum of Cité Soleil.", 9, "Cité Soleil", "Cité Soleil"),
        ("en", "Nine people were killed in Mirebalais and Hinche.", 9, "Mirebalais and Hinche", None),
        ("en", "Nine people were killed in Delmas and Pétion-Ville.", 9, "Delmas and Pétion-Ville", "Delmas"),
        ("en", "KENSCOFF, Haiti - Nine people were killed by gunmen.", 9, "KENSCOFF", "Kenscoff"),
        ("fr", "Neuf personnes ont été tuées dans la capitale.", 9, "Port-au-Prince", "Port-au-Prince"),
        ("fr", "Les gangs ont attaqué Kenscoff. Neuf personnes ont été tuées.", 9, "Kenscoff", "Kenscoff"),
        ("es", "Nueve personas murieron en Puerto Príncipe. Otras cuatro murieron en la capital.", 4,
         "Puerto Príncipe", "Port-au-Prince"),
        ("es", "Las bandas atacaron Kenscoff. Nueve personas murieron.", 9, "Kenscoff", "Kenscoff"),
    ],
)  # fmt: skip
def test_harm_has_the_place_told_before(claim_of, language, text, value, place, commune):
    claim = claim_of(language, text, "casualty", value)
    assert (claim.place, claim.admin2) == (place, commune)


def test_towns_that_lie_apart_keep_all_their_ids_and_what_they_have_in_common(claim_of):
    claim = claim_of("en", "Nine people were killed in Mirebalais and Hinche.", "casualty", 9)
    assert (claim.place_id, claim.admin1) == ("HT0611+HT0621", "Centre")


def test_people_fled_from_the_place_attacked_not_from_their_refuge(claim_of):
    text = "Gangs attacked Kenscoff. Some 3,000 people fled towards Pétion-Ville."
    assert claim_of("en", text, "displacement", 3000).place == "Kenscoff"


@pytest.mark.parametrize(
    ("language", "text", "kind", "value", "status"),
    [
        ("en", "Chad would send 900 soldiers provided that somebody else feeds them.", "pledge", 900, "conditional"),
        ("en", "Police denied rumours that nine people had been killed.", "casualty", 9, "denied"),
        ("en", "Kenya dismissed talk that it would withdraw its 400 officers.", "withdrawal", 400, "denied"),
        ("es", "La policía desmintió que nueve personas hubieran sido secuestradas.", "casualty", 9, "denied"),
    ],
)
def test_words_around_the_number_take_it_back(claim_of, language, text, kind, value, status):
    assert claim_of(language, text, kind, value).status == status


@pytest.mark.parametrize(
    ("language", "text", "kind", "value"),
    [
        ("en", "About 900 people fled to the port of Jérémie.", "displacement", 900),
        ("en", "About 900 people took refuge in Jérémie.", "displacement", 900),
        ("en", "About 900 people arrived in the coastal town of Jérémie after fleeing.", "displacement", 900),
        ("fr", "Quelque 900 personnes ont fui à Jérémie.", "displacement", 900),
        ("fr", "Quelque 900 personnes ont fui vers la ville voisine de Jérémie.", "displacement", 900),
        ("es", "Unas 900 personas huyeron al puerto de Jérémie.", "displacement", 900),
        ("ht", "Anviwon 900 moun sove ale Jeremi.", "displacement", 900),
        ("sw", "Watu 900 walikimbilia mji wa Jérémie.", "displacement", 900),
        ("en", "The gunmen kidnapped nine people and withdrew on motorcycles towards Jérémie.", "casualty", 9),
        ("en", "The gunmen, who came from Jérémie, killed nine people.", "casualty", 9),
        ("fr", "Les assaillants, venus de Jérémie, ont tué neuf personnes.", "casualty", 9),
        ("fr", "Les assaillants sont venus de Jérémie. Ils ont tué neuf personnes.", "casualty", 9),
        ("es", "Los agresores mataron a nueve personas y se retiraron hacia Jérémie.", "casualty", 9),
    ],
)
def test_where_people_go_or_come_from_is_not_where_it_happened(extractor, language, text, kind, value):
    attack = {
        "en": "Gunmen attacked Mirebalais on Monday. ",
        "fr": "Des hommes armés ont attaqué Mirebalais lundi. ",
        "es": "Hombres armados atacaron Mirebalais el lunes. ",
        "ht": "Bandi atake Mirebalais lendi. ",
        "sw": "Watu wenye silaha walishambulia Mirebalais Jumatatu. ",
    }
    document = Document("unsaid", "", attack[language] + text + "\n\n" + LEADS[language], language, PUBLISHED)
    found = [claim for claim in extractor.extract(document) if claim.kind == kind and claim.value_best == value]
    assert [claim.admin2 for claim in found] == ["Mirebalais"]


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("en", "Nine people were killed near the market, the mayor of Cabaret said.", "mayor of Cabaret"),
        ("en", "Nine people were killed near the market, according to the mayor's office.", "mayor's office"),
        ("en", "Nine people were killed near the market, said Paul Reed, the mayor of Cabaret.", "Paul Reed"),
        ("en", "Nine people were killed near the market, a mayor said.", None),
        ("fr", "Neuf personnes ont été tuées près du marché, a indiqué la mairie de Cabaret.", "mairie de Cabaret"),
        ("fr", "Neuf personnes ont été tuées, selon le commissaire du gouvernement.", "commissaire du gouvernement"),
        ("fr", "La mairie de Cabaret parle de neuf morts.", "mairie de Cabaret"),
        ("es", "El alcalde de Cabaret habla de nueve muertos.", "alcalde de Cabaret"),
        ("es", "Nueve personas murieron cerca del mercado, informó la alcaldía de Cabaret.", "alcaldía de Cabaret"),
    ],
)
def test_a_claimant_may_be_a_post_of_a_place(claim_of, language, text, source):
    assert claim_of(language, text, "casualty", 9).source_text == source


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In December, 120 people were murdered in Wharf Jérémie."),
        ("fr", "En décembre, 120 personnes ont été tuées à Wharf Jérémie."),
        ("es", "En diciembre fueron asesinadas 120 personas en Wharf Jérémie."),
    ],
)
def test_of_a_month_in_one_quarter_one_attack_is_told_in_a_city_a_total(claim_of, language, text):
    assert claim_of(language, text, "casualty", 120).measure == "flow"
    assert claim_of(language, text.replace("Wharf Jérémie", "Delmas"), "casualty", 120).measure == "cumulative"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "L'effectif de la force n'atteint pas 700 policiers."),
        ("es", "La fuerza no alcanza los 700 efectivos."),
        ("sw", "Idadi ya kikosi haijafikia maafisa 700."),
    ],
)
def test_a_total_that_is_not_reached_is_an_upper_bound(extractor, language, text):
    claims = extractor.extract(Document("unsaid", "", LEADS[language] + text, language, PUBLISHED))
    assert [(c.value_best, c.value_high) for c in claims if c.kind == "strength"] == [(None, 700)]


def test_what_the_council_is_asked_to_do_is_not_done(claim_of):
    text = "The ambassador asked the Security Council to turn the mission into a peacekeeping operation."
    assert claim_of("en", text, "mandate", None).status == "planned"


@pytest.mark.parametrize(
    ("post", "kind"),
    [("police spokesman", "police"), ("the interior minister,", "government"), ("her neighbour", None)],
)
def test_a_speaker_is_of_the_sort_of_the_body_spoken_for(claim_of, post, kind):
    assert (
        claim_of("en", f"Nine people were killed on Monday, {post} Jean Petit said.", "casualty", 9).source_type == kind
    )


@pytest.mark.parametrize(
    ("language", "text", "source", "kind"),
    [
        ("en", "Nine people were killed on Monday, residents said.", "residents", "witness"),
        ("en", "Nine people were killed on Monday, a local rights group said.", "a local rights group", "ngo"),
        ("fr", "Neuf personnes ont été tuées, a indiqué une organisation locale.", "une organisation locale", "ngo"),
        ("es", "Nueve personas murieron, informó una organización local.", "una organización local", "ngo"),
    ],
)
def test_an_unnamed_source_has_its_kind(claim_of, language, text, source, kind):
    claim = claim_of(language, text, "casualty", 9)
    assert (claim.source_text, claim.source_type, claim.attribution) == (source, kind, "indirect_quote")


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "Quatre-vingts personnes au moins ont été tuées à Cabaret.", [(80, "at_least")]),
        ("fr", "Quelque 40 habitants ont été tués, au moins 50 blessés.", [(40, "about"), (50, "at_least")]),
        ("es", "Ochenta personas como mínimo murieron en Cabaret.", [(80, "at_least")]),
    ],
)
def test_a_qualifier_may_stand_behind_its_noun(read, language, text, wanted):
    """It belongs to the number before it, unless another number follows at once."""
    claims = read(text, language)
    assert [(claim.value_best or claim.value_low, claim.qualifier) for claim in claims] == wanted


@pytest.mark.parametrize(
    ("language", "text", "value", "start", "end"),
    [
        ("fr", "L'an dernier, 900 personnes ont été enlevées, soit 80 de plus qu'en 2023.", 900, "2024-01-01",
         "2024-12-31"),
        ("fr", "Un policier kényan est porté disparu depuis lundi.", 1, "2025-01-20", "2025-01-20"),
        ("es", "El año pasado fueron secuestradas 900 personas, 80 más que en 2023.", 900, "2024-01-01", "2024-12-31"),
    ],
)  # fmt: skip
def test_a_day_that_is_only_compared_with_or_goes_on_dates_no_harm(claim_of, language, text, value, start, end):
    """What is more than in another year happened in its own; one person goes missing on one day."""
    claim = claim_of(language, text, "casualty", value)
    assert (str(claim.event_start), str(claim.event_end)) == (start, end)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("es", "La vanguardia de 400 soldados de Chad partirá el 3 de febrero.", "deployment"),
        ("es", "La vanguardia de 400 soldados de Chad debía partir el 3 de febrero.", "deployment"),
    ],
)
def test_a_day_of_the_coming_weeks_is_not_that_of_a_year_ago(claim_of, language, text, kind):
    """Whatever the tense: a day without its year is the near one, where that lies within a month."""
    assert str(claim_of(language, text, kind, 400).event_start) == "2025-02-03"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The dead of the gangs were 930, said the bishop.\n\nGangs killed 930 people in 2024, he said."),
        ("fr", "Les gangs ont tué 930 personnes, a dit l'évêque.\n\nEn 2024, 930 personnes ont été tuées."),
        ("es", "Los muertos fueron 930, dijo el obispo.\n\nEn 2024 fueron asesinadas 930 personas."),
    ],
)
def test_what_is_told_twice_has_the_day_that_is_said_once(claim_of, language, text):
    claim = claim_of(language, text, "casualty", 930)
    assert (str(claim.event_start), str(claim.event_end)) == ("2024-01-01", "2024-12-31")
    assert (claim.measure, claim.date_basis) == ("cumulative", "inherited")
