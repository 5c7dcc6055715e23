"""Our own texts -> pairs of texts with what they are: a copy of one kind or another, or the same story told twice.

Everything is drawn from one seed, so that the set is the same everywhere. Nothing here knows how copies are found.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = 20250120

# Of these eight pairs that tell the same story, one is a copy: 101 and 102 share whole sentences of one release.
EDITED_RELEASE = ("101", "102")


@dataclass(frozen=True, slots=True)
class Story:
    name: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and what was made of it, or of another; `kind` says how."""

    kind: str
    original: str
    other: str


def list_stories() -> list[Story]:
    """Every text of ours that is no copy of another: gold documents and the sample newsroom's stories."""
    return [*_gold_stories(), *_sample_stories()]


def list_copies(stories: list[Story]) -> Iterator[Pair]:
    """At least 300 pairs of each kind of cut, and as many made in the other ways; briefs are reprinted, and not cut."""
    rng = random.Random(SEED)
    by_language = {language: [s for s in stories if s.language == language] for language in _LOCAL}
    for story in stories:
        if story.language in by_language:
            for kind, change in _changes_of(story).items():
                yield Pair(kind, story.text, change(story, by_language[story.language], rng))


def _changes_of(story: Story) -> dict[str, Change]:
    if len(story.text.split()) >= _SHORTEST_CUT:
        return CHANGES
    return {f"a brief, {kind}": CHANGES[kind] for kind in ("credited", "another headline", "merged with another")}


# Half of fewer words is a sentence.
_SHORTEST_CUT = 60


def list_same_stories(stories: list[Story]) -> list[tuple[Story, Story]]:
    """Pairs that tell the same story in their own words."""
    named = {story.name: story for story in stories}
    pairs = json.loads((ROOT / "tests/corpus/near_duplicates.json").read_text())
    return [(named[one], named[other]) for one, other in pairs if (one, other) != EDITED_RELEASE]


def list_others(stories: list[Story]) -> Iterator[Pair]:
    """Pairs that are no copies: any two of the texts; cuts of one beside the other; statements that both quote."""
    for one, other in itertools.combinations(stories, 2):
        if (one.name, other.name) != EDITED_RELEASE:
            yield Pair("any two texts", one.text, other.text)
    for one, other in list_same_stories(stories):
        for share in (0.7, 0.5, 0.3):
            yield Pair("same story, one cut", one.text, _first(other.text, share))
            yield Pair("same story, one cut", _first(one.text, share), other.text)
    yield from _quoting_pairs(stories)


def _quoting_pairs(stories: list[Story]) -> Iterator[Pair]:
    """One statement of a hundred words and more in two independent stories, as long as half of either."""
    by_language = {language: [s for s in stories if s.language == language] for language in STATEMENTS}
    for language, members in by_language.items():
        independent = [member for member in members if member.name not in EDITED_RELEASE]
        for one, other in itertools.pairwise(independent[:60]):
            for marks in _MARKS:
                quote = marks[0] + STATEMENTS[language] + marks[1]
                yield Pair("both quote a statement", _insert(one.text, quote, 1), _insert(other.text, quote, 2))


def _gold_stories() -> Iterator[Story]:
    for file in sorted((ROOT / "tests/corpus").rglob("*.json")):
        document = json.loads(file.read_text())
        if isinstance(document, dict) and "text" in document:
            yield Story(document["id"], document["lang"], document["text"])


def _sample_stories() -> Iterator[Story]:
    languages = {"haiti-dispatch": "fr", "le-cap": "fr", "monde-parallele": "fr"}
    languages |= {"quisqueya-diario": "es", "agencia-meridiano": "es"}
    for file in sorted((ROOT / "seeds/sample").glob("*/*.txt")):
        head, _, body = file.read_text().partition("\n\n")
        if body.strip() and "copy_of:" not in head and not file.name.endswith(".edited.txt"):
            outlet = file.parent.name
            yield Story(f"{outlet}/{file.stem}", languages.get(outlet, "en"), body.strip())


# What newsrooms do to a text that an agency sent them.

Change = Callable[[Story, list[Story], random.Random], str]


def _first(text: str, share: float) -> str:
    """The first words of a text, its paragraphs as they are."""
    words = list(re.finditer(r"\S+", text))
    return text[: words[max(1, round(len(words) * share)) - 1].end()]


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]


def _insert(text: str, paragraph: str, place: int) -> str:
    parts = _paragraphs(text)
    return "\n\n".join([*parts[:place], paragraph, *parts[place:]])


def _cut(share: float) -> Change:
    return lambda story, _others, _rng: _first(story.text, share)


def _cut_and_credit(share: float) -> Change:
    return lambda story, others, rng: _credit(Story("", story.language, _first(story.text, share)), others, rng)


def _credit(story: Story, _others: list[Story], rng: random.Random) -> str:
    """Another dateline, a byline of the house above, a credit below."""
    body = re.sub(r"\A[A-Z][^\n.]{0,60}? [-–—] ", "", story.text)
    head, tail = rng.choice(_CREDITS[story.language])
    return head + body + tail


def _reword_headline(story: Story, others: list[Story], rng: random.Random) -> str:
    """A headline in another language or in other words, that a page's layout puts above the text."""
    return rng.choice(_HEADLINES) + "\n\n" + _credit(story, others, rng)


def _merge(story: Story, others: list[Story], rng: random.Random) -> str:
    """The text beside another agency's of the same length, paragraph by paragraph."""
    theirs = _paragraphs(rng.choice([other for other in others if other is not story]).text)
    ours = _paragraphs(story.text)
    mixed = itertools.chain.from_iterable(itertools.zip_longest(ours, theirs[: len(ours)]))
    return "\n\n".join(part for part in mixed if part)


def _merge_halves(story: Story, others: list[Story], rng: random.Random) -> str:
    """The first half of the text, and as much of another agency's."""
    other = rng.choice([other for other in others if other is not story])
    ours = _first(story.text, 0.5)
    return ours + "\n\n" + " ".join(other.text.split()[: len(ours.split())])


def _edit(every: int) -> Change:
    """One word in `every` is another one: what a careful sub-editor leaves of a text."""

    def change(story: Story, others: list[Story], rng: random.Random) -> str:
        words = rng.choice(others).text.split()
        return re.sub(r"\S+", lambda m: rng.choice(words) if rng.random() < 1 / every else m[0], story.text)

    return change


def _shuffle(story: Story, _others: list[Story], rng: random.Random) -> str:
    """Sentences in another order."""
    sentences = re.split(r"(?<=[.!?»”\"])\s+", story.text)
    rng.shuffle(sentences)
    return " ".join(sentences)


def _localise(story: Story, _others: list[Story], rng: random.Random) -> str:
    """A paragraph dropped, and one of the house put in."""
    parts = _paragraphs(story.text)
    if len(parts) > 2:
        parts.pop(rng.randrange(1, len(parts)))
    return _insert("\n\n".join(parts), _LOCAL[story.language], 1)


def _cut_edit_localise(story: Story, others: list[Story], rng: random.Random) -> str:
    """Everything at once: half of it, one word in thirty changed, a paragraph of the house, a credit."""
    half = Story("", story.language, _first(story.text, 0.5))
    edited = Story("", story.language, _edit(30)(half, others, rng))
    return _insert(_credit(edited, others, rng), _LOCAL[story.language], 1)


CHANGES: dict[str, Change] = {
    "cut to 70 %": _cut(0.7),
    "cut to 50 %": _cut(0.5),
    "cut to 30 %": _cut(0.3),
    "cut to 50 %, credited": _cut_and_credit(0.5),
    "cut to 30 %, credited": _cut_and_credit(0.3),
    "credited": _credit,
    "another headline": _reword_headline,
    "merged with another": _merge,
    "half of it, merged with half of another": _merge_halves,
    "1 word in 20 changed": _edit(20),
    "1 word in 12 changed": _edit(12),
    "sentences in another order": _shuffle,
    "a paragraph dropped, one put in": _localise,
    "half, edited, with a paragraph put in": _cut_edit_localise,
}

_CREDITS = {
    "en": (
        ("NAIROBI, Jan 21 (Reuters) - ", "\n\n(Reporting by Ann Example; editing by Bob Example)"),
        ("By Our Correspondent\n\n", "\n\n(Reuters)"),
        ("KINGSTON, Jamaica (AP) — ", "\n\nAFP contributed to this report."),
        ("", "\n\n© Agence France-Presse"),
        ("", "\n\nSource: Reuters"),
    ),
    "fr": (
        ("NAIROBI, 21 janvier (AFP) - ", "\n\n(AFP)"),
        ("Par notre correspondante\n\n", "\n\nAvec AFP"),
        ("(Port-au-Prince) ", "\n\nL'AFP a contribué à cet article."),
        ("", "\n\n© Agence France-Presse"),
    ),
    "es": (
        ("Santo Domingo, 21 ene (EFE).- ", "\n\nEFE"),
        ("Por nuestra redacción\n\n", "\n\nCon información de EFE"),
        ("", "\n\nFuente: EFE"),
    ),
}

_HEADLINES = (
    "What we know so far about the force",
    "Ce que l'on sait de la force à ce jour",
    "Lo que se sabe hasta ahora de la fuerza",
    "Kile tunachojua kuhusu kikosi hadi sasa",
)

_LOCAL = {
    "en": "Families in our county who have relatives serving abroad told this newspaper that they hear from them "
    "once a week, mostly by text message, and that nobody at headquarters answers the telephone after five "
    "o'clock.",
    "fr": "Dans notre région, des familles dont un proche sert à l'étranger racontent à notre journal qu'elles "
    "reçoivent de ses nouvelles une fois par semaine, et que personne ne répond au téléphone après dix-sept "
    "heures.",
    "es": "En nuestra provincia, varias familias con parientes destinados en el extranjero contaron a este diario "
    "que saben de ellos una vez por semana y que nadie contesta el teléfono después de las cinco de la tarde.",
}

STATEMENTS = {
    "en": "We condemn in the strongest terms the killing of an officer who had come from far away to stand beside a"
    " people in need. His sacrifice will not be in vain. We call on every member state that has promised men,"
    " vehicles, helicopters or money to keep that promise without further delay, because those who are on the"
    " ground cannot wait for another conference. The mission will go on with the means that it has, it will "
    "go on in the capital and in the valley, and it will not leave until the roads are open, the schools are "
    "full and the ports are working. To the family of the fallen we say that a grateful nation mourns with "
    "them today and will remember his name.",
    "fr": "Nous condamnons avec la plus grande fermeté la mort d'un policier venu de loin pour se tenir aux côtés "
    "d'un peuple dans le besoin. Son sacrifice ne sera pas vain. Nous appelons chaque État membre qui a "
    "promis des hommes, des véhicules, des hélicoptères ou de l'argent à tenir parole sans plus attendre, car"
    " ceux qui sont sur le terrain ne peuvent attendre une conférence de plus. La mission continuera avec les"
    " moyens dont elle dispose, dans la capitale comme dans la vallée, et ne partira pas avant que les routes"
    " soient ouvertes et les écoles pleines.",
    "es": "Condenamos con la mayor firmeza la muerte de un agente que vino de lejos para estar al lado de un pueblo"
    " en apuros. Su sacrificio no será en vano. Pedimos a cada Estado miembro que prometió hombres, "
    "vehículos, helicópteros o dinero que cumpla su promesa sin más demora, porque los que están sobre el "
    "terreno no pueden esperar otra conferencia. La misión seguirá con los medios que tiene, en la capital y "
    "en el valle, y no se irá hasta que las carreteras estén abiertas, las escuelas llenas y los puertos en "
    "marcha.",
}

_MARKS = (("“", "”"), ("« ", " »"), ('"', '"'))
