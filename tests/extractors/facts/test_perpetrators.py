"""Who did it: the target of a harm, where the sentence names a doer, and nobody where it does not."""

from __future__ import annotations

import pytest

DOERS = [
    ("en", "At least 70 people were killed on Thursday in Pont-Sondé by members of the Gran Grif gang.", "GRAN_GRIF"),
    ("en", "The Gran Grif gang killed at least 115 people in Pont-Sondé.", "GRAN_GRIF"),
    ("en", "Gunmen stormed the town of Cabaret on Monday, killing 20 people.", "gangs"),
    ("en", "An attack by the Viv Ansanm coalition left 13 dead in Kenscoff.", "VIV_ANSANM"),
    ("en", "Gang violence killed more than 5,600 people in Haiti last year.", None),
    ("en", "Police killed 28 suspected gang members in Port-au-Prince on Tuesday.", "HNP"),
    ("en", "Twenty people were killed in clashes between gangs in Solino.", None),
    ("en", "A Kenyan police officer was shot dead by gang members in Haiti on Sunday.", "gangs"),
    ("en", "Two Kenyan officers were killed in a gang ambush in Haiti.", "gangs"),
    ("en", "Ten civilians were killed in a massacre blamed on the Kraze Barye gang.", "KRAZE_BARYE"),
    ("en", "Gunmen attacked Petite-Rivière on Monday. At least 13 people were killed.", "gangs"),
    ("en", "Haiti's National Police shot dead six gang members in Delmas.", "HNP"),
    ("en", "The gang lost 20 men in Haiti.", None),
    ("en", "Three people were injured in an operation against gangs in Haiti.", None),
    ("en", "The war against gangs has killed 30 police officers in Haiti.", None),
    ("en", "Police said on Monday that 20 people were killed in Haiti.", None),
    ("en", "Twelve people were kidnapped by 400 Mawozo in Haiti.", "400_MAWOZO"),
    ("en", "Police found 20 people killed in Cité Soleil.", None),
    (
        "en",
        "More than 1,500 people were killed in Haiti between January and March, including by self-defence groups.",
        None,
    ),
    ("fr", "Au moins 70 personnes ont été tuées jeudi à Pont-Sondé par des membres du gang Gran Grif.", "GRAN_GRIF"),
    ("fr", "Des bandits armés ont attaqué Cabaret lundi, tuant 20 personnes.", "gangs"),
    ("fr", "Treize personnes ont été tuées dans une attaque du gang Gran Grif à Petite-Rivière.", "GRAN_GRIF"),
    ("fr", "La police a tué 12 bandits à Port-au-Prince mardi.", "HNP"),
    ("fr", "Dix civils ont été tués dans un massacre attribué au gang Kraze Barye.", "KRAZE_BARYE"),
    ("fr", "Un policier kényan a été tué par des bandits en Haïti.", "gangs"),
    (
        "es",
        "Al menos 13 personas murieron este lunes en un ataque de la banda Gran Grif contra Petite-Rivière.",
        "GRAN_GRIF",
    ),
    ("es", "Hombres armados atacaron Cabaret el lunes y mataron a 20 personas.", "gangs"),
    ("es", "Diez personas fueron asesinadas por pandilleros en Haití.", "gangs"),
    ("es", "La policía haitiana abatió a 12 pandilleros en Puerto Príncipe.", "HNP"),
    ("es", "La violencia de las pandillas dejó 5.600 muertos en Haití.", None),
    ("ht", "Bandi ame touye 20 moun nan Kabarè lendi.", "gangs"),
    ("ht", "Gang Gran Grif la touye 70 moun nan Ponsonde.", "GRAN_GRIF"),
    ("sw", "Watu 20 waliuawa na magenge nchini Haiti.", "gangs"),
    (
        "en",
        "Sixteen others were seriously wounded in Haiti, two of them gang members hit in an exchange of fire.",
        None,
    ),
    ("en", "Thirty gang members died on Monday in a drone strike in Haiti that also killed two children.", None),
    (
        "en",
        "The killing of townspeople in Pont-Sondé by the Gran Grif gang has now claimed at least 115 lives.",
        "GRAN_GRIF",
    ),
    (
        "es",
        "Al menos 5.900 personas murieron en Haití por la violencia de las bandas y las operaciones policiales.",
        None,
    ),
    ("ht", "Omwen 70 moun pèdi lavi yo jedi lè gang Gran Grif anvayi Ponsonde.", "GRAN_GRIF"),
    ("fr", "Dans la nuit de samedi, des hommes armés y ont enlevé huit personnes en Haïti.", "gangs"),
]


@pytest.mark.parametrize(("language", "text", "doer"), DOERS)
def test_who_did_it_is_named_by_the_sentence_or_by_nobody(read, language, text, doer):
    harms = [claim for claim in read(text, language) if claim.kind == "casualty"]
    assert {claim.target for claim in harms} <= {doer}
    assert bool(harms) or doer is None
    assert all("target" in claim.spans for claim in harms if claim.target)


def test_each_doer_stands_in_the_words_that_name_it(read):
    (claim,) = read("Ten people were killed in Haiti on Friday by members of the Gran Grif gang.")
    assert (claim.target_text, claim.actor) == ("Gran Grif gang", "HTI")
