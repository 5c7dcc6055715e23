"""Who holds which post, and who speaks: sentences written for this test, in the orders that newsrooms use."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.records import Document

LEADS = {
    "en": "The Multinational Security Support mission in Haiti was the subject of a briefing.\n\n",
    "fr": "La Mission multinationale d'appui à la sécurité en Haïti a fait l'objet d'un point de presse.\n\n",
    "es": "La Misión Multinacional de Apoyo a la Seguridad en Haití fue el tema de una rueda de prensa.\n\n",
}

# (language, text, person and actor of each post)
POSTS = [
    ("en", "Ireland's foreign minister, Ann Doyle, will travel.", ["Ann Doyle IRL"]),
    ("en", "Ministers Ann Doyle and Paul Reed of Jamaica met.", ["Ann Doyle JAM", "Paul Reed JAM"]),
    ("en", "Marie Petit-Frère, the mayor of Cabaret, fled at night.", ["Marie Petit-Frère HTI"]),
    ("en", "The mission's spokesman, Paul Reed, gave no figure.", ["Paul Reed MSS"]),
    ("en", "The World Food Programme is short of rice. Its country director, Ann Doyle, said so.", ["Ann Doyle WFP"]),
    ("en", "Ann Doyle was named on Monday as the head of the World Food Programme.", ["Ann Doyle WFP"]),
    (
        "en",
        "Ann Doyle took over as director general of the Haitian National Police in place of Paul Reed.",
        ["Ann Doyle HNP", "Paul Reed HNP"],
    ),
    (
        "en",
        "Ann Doyle took over as director general of the Haitian National Police from Paul Reed.",
        ["Ann Doyle HNP", "Paul Reed HNP"],
    ),
    ("en", "The World Food Programme, fronted by Paul Reed, is short of rice.", ["Paul Reed WFP"]),
    ("en", "The head of BINUH, Ana Luz Salvador, agreed.", ["Ana Luz Salvador UN"]),
    ("en", "Paul Reed was commander of the mission until June.", ["Paul Reed MSS"]),
    ("en", "Ann Doyle, head of BINUH and the UN's humanitarian coordinator, agreed.", ["Ann Doyle UN", "Ann Doyle UN"]),
    ("en", "President Ruto saw them off.", ["Ruto KEN"]),
    ("en", "He spent a week in Santa Marta with the officers.", []),
    ("fr", "Le maire de la commune, Rose Petit-Frère, a fui.", ["Rose Petit-Frère HTI"]),
    ("fr", "Le secrétaire d'Etat américain Paul Reed est attendu.", ["Paul Reed USA"]),
    ("fr", "Anne Roy a été nommée directrice générale de la Police nationale d'Haïti.", ["Anne Roy HNP"]),
    (
        "fr",
        "Le Programme alimentaire mondial manque de riz. Sa directrice régionale, Anne Roy, l'a dit.",
        ["Anne Roy WFP"],
    ),
    ("fr", "Anne Roy, cheffe du Binuh, et le ministre haïtien Paul Roy se sont vus.", ["Anne Roy UN", "Paul Roy HTI"]),
    ("fr", "La cheffe du Binuh, Ana Luz Salvador, est partie.", ["Ana Luz Salvador UN"]),
    ("es", "El Programa Mundial de Alimentos, que encabeza Luis Mora, carece de arroz.", ["Luis Mora WFP"]),
    ("fr", "La Police nationale d'Haïti, que dirige Paul Roy, se tait.", ["Paul Roy HNP"]),
    ("fr", "Anne Roy a pris lundi la direction générale de la Police nationale d'Haïti.", ["Anne Roy HNP"]),
    ("fr", "L'ambassadrice américaine auprès de l'ONU, Anne Roy, a voté.", ["Anne Roy USA"]),
    (
        "fr",
        "Anne Roy avait pris la présidence tournante du Conseil présidentiel de transition, des mains de Paul Roy.",
        ["Anne Roy HTI", "Paul Roy HTI"],
    ),
    ("es", "El Gobierno designó a Ana Ríos como directora general de la Policía Nacional de Haití.", ["Ana Ríos HNP"]),
    ("es", "Relevaron a Ana Ríos de la dirección general de la Policía Nacional de Haití.", ["Ana Ríos HNP"]),
    ("es", "El lunes asumió la jefatura del Binuh Luis Mora.", ["Luis Mora UN"]),
    ("es", "La alcaldesa de Cabaret, Ana Ríos, huyó de noche.", ["Ana Ríos HTI"]),
    ("es", "El canciller dominicano, Luis Mora, pidió fondos.", ["Luis Mora DOM"]),
    ("es", "Ana Ríos, quien dirige el Programa Mundial de Alimentos, viajó.", ["Ana Ríos WFP"]),
]  # fmt: skip

# (language, text, speaker of each quote; None where nobody is named)
SPEAKERS = [
    ("en", 'Ann Doyle, the minister, was blunt. "We will not leave this year," she said.', ["Ann Doyle"]),
    ("en", '"We will not leave this year," thundered the minister, Ann Doyle.', ["Ann Doyle"]),
    ("en", 'Ann Doyle called the vote "a gift to the gangs" and left.', ["Ann Doyle"]),
    ("en", '"We have not been paid," said one officer, who met Ann Doyle.', []),
    ("en", 'The mayor, Ann Doyle, fled. "Nobody came to help us," the mayor said on Monday.', ["Ann Doyle"]),
    ("en", 'The minister, Ann Doyle, spoke last.\n\n"We will not leave this year."', ["Ann Doyle"]),
    ("en", 'Paul Reed met the minister, Ann Doyle, who praised "a gift to the whole town".', ["Ann Doyle"]),
    (
        "en",
        'Paul Reed met the minister, Ann Doyle. The latter praised "a gift to the whole town".',
        ["Ann Doyle"],
    ),
    ("fr", "Paul Roy a vu la ministre, Anne Roy. Cette dernière salue « un don à la ville ».", ["Anne Roy"]),
    ("es", "Luis Mora vio a la ministra Ana Ríos, quien agradeció “un regalo a la ciudad”.", ["Ana Ríos"]),
    ("en", 'Ann Doyle, the minister, met us.\n\n**Will you leave?**\n\n"We will not leave this year."', ["Ann Doyle"]),
    ("fr", "« Nous ne partirons pas cette année », déplore la ministre, Anne Roy.", ["Anne Roy"]),
    ("fr", "Anne Roy est ministre. « Nous ne partirons pas », glisse une source policière.", []),
    (
        "fr",
        "Anne Roy est ministre. « Nous ne partirons pas », s'agace-t-elle, « avant la fin ».",
        ["Anne Roy", "Anne Roy"],
    ),
    ("fr", "« Nous ne partirons pas cette année », confie un diplomate sous couvert d'anonymat.", []),
    ("fr", "La maire, Anne Roy, a fui. « Personne n'est venu ici », raconte l'édile.", ["Anne Roy"]),
    ("es", "“No nos iremos este año”, proclamó a pie de pista la ministra Ana Ríos.", ["Ana Ríos"]),
    ("es", "La ministra Ana Ríos llegó ayer. “No nos iremos este año”, sostuvo.", ["Ana Ríos"]),
    ("es", "“No nos han pagado nada”, se quejó un agente que pidió el anonimato.", []),
    ("es", "Ana Ríos es embajadora. “Esto termina muy pronto”, señaló la diplomática.", ["Ana Ríos"]),
]


def _read(extractor, language, text, kind):
    document = Document("test", "", LEADS[language] + text, language, date(2025, 1, 19))
    return [c for c in extractor.extract(document) if c.kind == kind]


@pytest.mark.parametrize(("language", "text", "wanted"), POSTS, ids=[text[:50] for _, text, _ in POSTS])
def test_a_post_has_its_holder_and_its_body(extractor, language, text, wanted):
    assert sorted(f"{c.person} {c.actor}" for c in _read(extractor, language, text, "role")) == sorted(wanted)


@pytest.mark.parametrize(("language", "text", "wanted"), SPEAKERS, ids=[text[:50] for _, text, _ in SPEAKERS])
def test_a_quote_has_its_speaker(extractor, language, text, wanted):
    assert [c.person for c in _read(extractor, language, text, "statement")] == wanted


# (language, text, whose words the quote of somebody without a name is)
NAMELESS = [
    ("en", '"We have not been paid," said a Kenyan officer who asked not to be named.', ["KEN"]),
    ("en", '"The money never came as agreed," a UN official said.', ["UN"]),
    ("fr", "« L'argent n'est jamais venu comme prévu », a dit un responsable kényan.", ["KEN"]),
    ("es", "“El dinero nunca llegó a la base”, dijo un oficial keniano.", ["KEN"]),
    ("en", '"We have not been paid at all," said one officer in Haiti.', []),
]


@pytest.mark.parametrize(("language", "text", "wanted"), NAMELESS, ids=[text[:50] for _, text, _ in NAMELESS])
def test_a_speaker_without_a_name_speaks_for_his_nation_or_body(extractor, language, text, wanted):
    assert [c.actor for c in _read(extractor, language, text, "statement")] == wanted
