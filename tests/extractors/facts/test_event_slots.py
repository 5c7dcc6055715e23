"""One event or so far, on what day, where, and whose: slots by which the same event told twice would become two."""

from __future__ import annotations

from datetime import date

import pytest

DAY = date(2025, 1, 19)  # a Sunday

MEASURES = [
    ("en", "The number of people killed in last month's gang assault on Cabaret has climbed to 130.", 130, "flow"),
    ("en", "The number of people who fled Hinche after the attack of 4 January has risen to 8,450.", 8450, "flow"),
    ("en", "The number of people killed since the attack has climbed to 130.", 130, "cumulative"),
    ("en", "With Thursday's attack, the number of people killed this year has climbed to 130.", 130, "cumulative"),
    ("es", "La ONU elevó a 150 los muertos de la matanza del fin de semana en Cabaret.", 150, "flow"),
    ("es", "La masacre de Cabaret, con 150 muertos según el mismo grupo, fue la peor.", 150, "flow"),
    ("fr", "L'ONU a porté à 150 le nombre de personnes tuées dans le massacre de Cabaret.", 150, "flow"),
    ("fr", "Le bilan des violences de l'année en Haïti dépasse 4 000 morts.", 4000, "cumulative"),
    (
        "en",
        "Kenya has lost four officers in Haiti, President William Ruto told a rally in Nairobi on Friday.",
        4,
        "cumulative",
    ),
    ("en", "Kenya has lost four officers in Friday's crash in Haiti.", 4, "flow"),
    ("en", "A Kenyan officer died on Friday. Two Kenyans had been killed in Haiti before.", 2, "cumulative"),
    (
        "fr",
        "Avec l'agent perdu vendredi, la mission a perdu trois policiers kényans depuis son déploiement.",
        3,
        "cumulative",
    ),
    ("es", "Kenia ha perdido tres agentes en Haití.", 3, "cumulative"),
    (
        "fr",
        "Quelque 150 policiers kényans sont arrivés vendredi, portant à 550 le nombre de Kényans déployés.",
        550,
        "stock",
    ),
    ("en", "The United States froze $9 million of its contribution to the UN trust fund.", 9_000_000, "flow"),
    ("en", "The mission has a shortfall of $90 million.", 90_000_000, "requirement"),
]


@pytest.mark.parametrize(("language", "sentence", "value", "measure"), MEASURES)
def test_one_event_is_a_flow_and_what_was_lost_so_far_a_total(read, language, sentence, value, measure):
    claim = next(c for c in read(sentence, language) if c.value_best == value)
    assert claim.measure == measure


PLACES = [
    ("fr", "Une semaine après Cabaret, des bandits ont tué 15 personnes vendredi à Hinche.", 15, "Hinche"),
    ("es", "Una semana después de Cabaret, los bandidos mataron a 15 personas en Hinche.", 15, "Hinche"),
    ("en", "More than 4,000 people were killed in Haiti in 2024, among them the 150 slain at Cabaret.", 4000, "Haiti"),
    ("en", "More than 4,000 people were killed in Haiti in 2024, among them the 150 slain at Cabaret.", 150, "Cabaret"),
    (
        "en",
        "Gunmen struck Cabaret. A rights group in Jacmel told us on Friday that it had counted 45 dead.",
        45,
        "Cabaret",
    ),
    ("en", "Residents in Cabaret said that 45 people had been killed.", 45, "Cabaret"),
    (
        "fr",
        "Quelque 90 000 déplacés vivent dans l'Artibonite, soit un sur douze des 1,1 million que compte Haïti.",
        1_100_000,
        "Haïti",
    ),
]


@pytest.mark.parametrize(("language", "sentence", "value", "place"), PLACES)
def test_the_place_of_another_event_or_clause_is_not_where_it_happened(read, language, sentence, value, place):
    claim = next(c for c in read(sentence, language) if value in (c.value_best, c.value_low))
    assert claim.place == place


DATES = [
    ("en", "The mission numbered 780 officers at the end of November.", 780, date(2024, 11, 1)),
    ("en", "Some 140 Kenyan police landed on Thursday, two days after 60 Salvadorans.", 60, date(2025, 1, 14)),
    ("en", "Some 140 Kenyan police landed on Thursday, two days after 60 Salvadorans.", 140, date(2025, 1, 16)),
    (
        "fr",
        "Quelque 140 policiers kényans sont arrivés jeudi, deux jours après 60 Salvadoriens.",
        60,
        date(2025, 1, 14),
    ),
    (
        "en",
        "On Monday 20 people were killed in Delmas. Two days later 12 were killed in Cabaret.",
        12,
        date(2025, 1, 15),
    ),
    ("fr", "Environ 900 000 personnes sont déplacées en Haïti, contre 300 000 en décembre 2023.", 900_000, None),
    (
        "fr",
        "Environ 900 000 personnes sont déplacées en Haïti, contre 300 000 en décembre 2023.",
        300_000,
        date(2023, 12, 1),
    ),
    ("en", "Nearly 900,000 people are displaced in Haiti, a 20 per cent rise since June.", 900_000, None),
    ("es", "Unos 900.000 haitianos viven desplazados; en junio eran 700.000.", 900_000, None),
    ("en", "Kenya has 350 officers in Haiti and wants to reach the promised 900 by March.", 900, None),
    ("en", "Six soldiers from Belize arrived on Friday as the first of 40 that Belize has pledged.", 40, None),
    ("en", "Kenya has sent 300 officers to Haiti and is to send 150 more on Friday.", 300, None),
    ("en", "Kenya has sent 300 officers to Haiti and is to send 150 more on Friday.", 150, date(2025, 1, 24)),
    ("fr", "Le Kenya a déployé 300 policiers en Haïti et doit en envoyer 150 autres mardi.", 300, None),
    ("es", "Kenia ha desplegado 300 policías en Haití y enviará otros 150 el martes.", 300, None),
    ("en", "Kenya sent 300 officers to Haiti on Friday and is to send 150 more on Tuesday.", 300, date(2025, 1, 17)),
]


@pytest.mark.parametrize(("language", "sentence", "value", "day"), DATES)
def test_a_date_belongs_to_one_number_only(read, language, sentence, value, day):
    claim = next(c for c in read(sentence, language, DAY) if value in (c.value_best, c.value_high))
    assert claim.event_start == day


ACTORS = [
    (
        "The officer who died in Haiti on Friday came from Kisii, the National Police Service said.",
        "casualty",
        1,
        "KEN",
        "done",
    ),
    (
        "Friends of Constable Peter Otieno, who was shot dead in Haiti on Friday, wait for answers.",
        "casualty",
        1,
        "KEN",
        "done",
    ),
    ("Haitian police went into Delmas on Friday. One officer was killed.", "casualty", 1, "HNP", "done"),
    (
        "The National Police Service sent 90 men. Until then the country had 300 officers there.",
        "strength",
        300,
        "KEN",
        "done",
    ),
    ("The mission has about 900 members, of whom some 700 are from Kenya.", "strength", 700, "KEN", "done"),
    (
        "The mission said no Kenyan officer had died in Delmas, calling reports of five deaths false.",
        "casualty",
        5,
        "KEN",
        "denied",
    ),
]


@pytest.mark.parametrize(("sentence", "kind", "value", "actor", "status"), ACTORS)
def test_officers_without_a_nation_are_those_spoken_of(read, sentence, kind, value, actor, status):
    claim = next(c for c in read(sentence) if c.kind == kind and c.value_best == value)
    assert (claim.actor, claim.status) == (actor, status)


def test_a_rumour_that_the_first_word_rejects_is_denied(read):
    sentence = "Faux, répond la mission à la rumeur qui donnait cinq policiers kényans tués vendredi à Delmas."
    claim = next(c for c in read(sentence, "fr") if c.kind == "casualty")
    assert (claim.actor, claim.status, claim.polarity) == ("KEN", "denied", "-")


def test_the_second_death_of_its_kind_is_a_total_and_no_secondment(read):
    claims = read("The spokesman said that the death on Friday was the second among Kenyan officers in Haiti.")
    assert [(c.kind, c.actor, c.value_best, c.measure, c.unit) for c in claims] == [
        ("casualty", "KEN", 2.0, "cumulative", "police")
    ]


def test_an_anniversary_is_a_day(read):
    claim = next(c for c in read("Il y a un an jour pour jour, un gang tuait 120 personnes à Cabaret.", "fr"))
    assert (claim.event_start, claim.event_end, claim.measure) == (date(2024, 1, 19), date(2024, 1, 19), "flow")


def test_what_had_happened_before_is_not_the_day_of_the_news(read):
    text = (
        "The council paid tribute on Thursday to a Kenyan officer killed in the ambush at Cabaret. "
        "A first officer had been killed on 12 November."
    )
    days = [c.event_start for c in read(text) if c.kind == "casualty"]
    assert days == [date(2025, 1, 16), date(2024, 11, 12)]


def test_a_vote_that_was_held_grants_and_an_expectation_does_not(read):
    voted = "The Security Council's vote on 10 January replaces the MSS with a force of 4,000."
    claim = next(c for c in read(voted) if c.value_best == 4000)
    assert (claim.kind, claim.actor, claim.status, claim.event_start) == ("mandate", "UNSC", "done", date(2025, 1, 10))
    claim = next(c for c in read("Diplomats expect the mission to have up to 3,000 members.") if c.value_high == 3000)
    assert (claim.kind, claim.actor, claim.status) == ("mandate", "MSS", "planned")


def test_the_day_of_a_vote_is_not_the_start_of_a_range(read):
    claim = next(c for c in read("The Security Council extended the mandate on September 30 until October 2, 2025."))
    assert (claim.kind, claim.event_start, claim.event_end) == ("mandate", date(2024, 9, 30), date(2024, 9, 30))


COUNTED_ON = [
    ("es", "A finales de octubre la misión contaba con 410 agentes.", 410, date(2024, 10, 1)),
    ("es", "Hasta ayer había en Haití 430 policías kenianos.", 430, date(2025, 1, 18)),
    ("fr", "Début octobre, la mission ne comptait que 410 agents.", 410, date(2024, 10, 1)),
    ("fr", "La mission, dont le mandat expirait jeudi, comptait 410 agents.", 410, None),
    ("es", "La misión cuenta con 410 agentes, dijo el martes su portavoz.", 410, None),
]


@pytest.mark.parametrize(("language", "sentence", "value", "day"), COUNTED_ON)
def test_who_was_there_is_counted_on_the_day_beside_a_verb_of_the_past(read, language, sentence, value, day):
    claim = next(c for c in read(sentence, language) if c.kind == "strength" and c.value_best == value)
    assert claim.event_start == day


BOUNDS = [
    ("fr", "La mission dépasse désormais largement les 900 hommes.", 900, "more_than"),
    ("fr", "La mission n'a toutefois jamais dépassé 900 hommes.", 900, "up_to"),
    ("fr", "La mission frôle ainsi les 900 hommes.", 900, "nearly"),
    ("es", "La misión rebasa ya los 900 efectivos.", 900, "more_than"),
    ("es", "La misión no supera por ahora los 900 efectivos.", 900, "up_to"),
    ("es", "La misión no llega a los 900 efectivos.", 900, "fewer_than"),
]


@pytest.mark.parametrize(("language", "sentence", "value", "qualifier"), BOUNDS)
def test_a_verb_says_on_which_side_of_a_number_the_count_lies(read, language, sentence, value, qualifier):
    values = {(c.value_low or c.value_best or c.value_high, c.qualifier) for c in read(sentence, language)}
    assert values == {(value, qualifier)}


def test_a_promise_of_things_is_dated_by_the_day_they_are_promised_for(read):
    claim = next(c for c in read("Estados Unidos entregará 14 blindados a la misión en mayo.", "es"))
    assert (claim.status, claim.event_start) == ("pledged", date(2025, 5, 1))


def test_a_size_has_the_day_on_which_it_was_set(read):
    sentence = "La mission reste loin des 5 500 hommes fixés en octobre par la résolution 2793."
    claim = next(c for c in read(sentence, "fr") if c.value_best == 5500)
    assert (claim.actor, claim.status, claim.event_start) == ("UNSC", "done", date(2024, 10, 1))
