"""Noun phrase -> Claimant: who the subject of a verb of saying is, by its actor or by its head noun.

"The mission", "police", "its interior minister" and "the UN migration agency" are the actors that they stand for; who
has no name keeps the words ("a survivor") and the sort of source that the head noun is.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.facts.acting import acts, actor_of
from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.owners import last_body, put_role_actor
from extractors.facts.people import Person
from extractors.facts.reading import NOTHING, Mark, Sentence
from extractors.facts.tokens import fold
from extractors.records import Actor

TYPES = {
    "state": "government",
    "government": "government",
    "army": "government",
    "court": "government",
    "force": "mission",
    "un": "un",
    "regional": "un",
    "ngo": "ngo",
    "police": "police",
    "gang": "gang",
    "media": "media",
}
# What a source is called that has no name of its own, by its word class.
_UNNAMED = {
    "source_witness": "witness",
    "source_ngo": "ngo",
    "source_media": "media",
    "source_police": "police",
    "source_government": "government",
    "source_un": "un",
    "source_mission": "mission",
    "source_anonymous": "anonymous",
}
# Whose words are those of the body that they are of: "a UN official", "State Department officials".
_SPEAKING_FOR = frozenset(["source_government", "source_anonymous", "source_un", "source_mission", "person_noun"])


# Whose offices and agencies speak for the whole; a union of policemen does not speak for the police.
_OWNING = frozenset(["un", "government"])


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who says so, over tokens i to j of a sentence: an actor's id, a person's name, or the words without an article.

    Witnesses and whoever wants no name have no source: those of one outlet are not those of another.
    """

    sentence: Sentence
    i: int
    j: int
    source: str | None
    type: str | None

    @property
    def text(self) -> str:
        """The words of the text."""
        return self.sentence.words(self.i, self.j)

    @property
    def span(self) -> tuple[int, int]:
        """Where they stand."""
        return self.sentence.span(self.i, self.j)


def read_claimant(context: Context, reading: Reading, i: int, j: int, *, is_plain: bool) -> Claimant | None:
    """The claimant over tokens i to j; None where the phrase is none.

    Args:
        is_plain: even an unknown noun stands where nothing but a claimant can.
    """
    sentence = reading.sentence
    person = next((p for p in reading.people if i <= p.i < j and sentence.low(p.j) != "'s"), None)
    if person is not None and not _is_object(sentence, person, i):
        first, last = (person.i, person.j) if sentence.low(person.j) == "," or person.j < j else (i, j)
        full = find_full(context, person)
        name = full.post.person if full.post is not None else full.name
        return Claimant(sentence, first, last, name, _type_of_person(context, reading, person))
    bracketed = sentence.marks[j + 1] if sentence.low(j) == "(" and sentence.low(j + 2) == ")" else None
    actor = actor_of(bracketed)
    if bracketed is not None and actor is not None and actor.type != "state":
        # "la Oficina Integrada de las Naciones Unidas (Binuh)"
        return Claimant(sentence, i, j, actor.id, TYPES.get(actor.type))
    if sentence.entry(i).number is not None and "article" not in sentence.tags(i):
        return Claimant(sentence, i, j, None, "anonymous") if is_plain and j - i > 1 else None
    head = _find_hidden(context, sentence, i, j) or _find_head(context, reading, i, _end_of_core(sentence, i, j))
    if head is not None:
        return _of_head(context, reading, head, i, j)
    return _of_words(sentence, i, j, None) if is_plain and _is_noun(sentence, i, j) else None


# Nobody's but the outlet's own: their word is that of the outlet.
_NAMELESS = frozenset(["witness", "anonymous"])


def _of_words(sentence: Sentence, i: int, j: int, kind: str | None) -> Claimant:
    mark = sentence.marks[i]
    is_led = bool(sentence.tags(i) & {"determiner", "article"}) and mark is not None and mark.j == i + 1 < j
    words = sentence.words(i + 1 if is_led else i, j)
    named = next((k for k in range(i + 1, j) if _is_unknown_name(sentence, k)), None)
    if is_led and named is not None and all(_is_unknown_name(sentence, k) for k in range(named, j)):
        # "the site Antilles Watch", "the police union SPNH-17"
        words = sentence.words(named, j)
    return Claimant(sentence, i, j, None if kind in _NAMELESS else words, kind)


def _is_unknown_name(sentence: Sentence, k: int) -> bool:
    return sentence.tokens[k].is_capital and sentence.name(k) is None


def find_full(context: Context, person: Person) -> Person:
    """The mention of the same person with a given name, so that "Otunge" is Godfrey Otunge; else this one."""
    if " " in person.name:
        return person
    surname = fold(person.name)
    people = (other for reading in context.readings for other in reading.people)
    return next((p for p in people if " " in p.name and fold(p.name.split()[-1]) == surname), person)


def _is_object(sentence: Sentence, person: Person, i: int) -> bool:
    """As in "relatives of Constable Jean Petit", "a lawyer of Jimmy Chérizier": no post leads to the name."""
    tags = sentence.tags(person.i - 1)
    core = range(i, min(_end_of_core(sentence, i, person.i), person.i))
    if any(sentence.tags(k) & _UNNAMED.keys() for k in core):
        return True
    return person.role is None and person.i > i and bool(tags & {"preposition", "place_preposition"})


def _find_hidden(context: Context, sentence: Sentence, i: int, j: int) -> Mark | None:
    """The name that a phrase of the lexicon hides: "Le Conseil | présidentiel de transition"."""
    mark = sentence.marks[i]
    if mark is None or mark.name is not None or mark.j - i != 2 or i + 1 >= j:
        return None
    beginning = context.names.begins(sentence.tokens[i + 1].text)
    found = context.names.find(sentence.tokens, i + 1, beginning.forms) if beginning is not None else None
    is_longer = found is not None and mark.j < found.end <= j
    return Mark(i + 1, found.end, NOTHING, found.entry) if found is not None and is_longer else None


def _end_of_core(sentence: Sentence, i: int, j: int) -> int:
    """The token at which complements begin: "Police | in Haiti", "le porte-parole | de l'armée"."""
    k = i
    while k < j and sentence.tags(k) & {"determiner", "article", "possessive", "definite"}:
        k = sentence.marks[k].j if sentence.marks[k] is not None else k + 1  # type: ignore[union-attr]
    k = max(k, i + 1)
    while k < j and not _opens_complement(sentence, k):
        k += 1
    return k


def _opens_complement(sentence: Sentence, k: int) -> bool:
    tags = sentence.tags(k)
    is_name = sentence.name(k) is not None or "source_document" in tags
    return not is_name and (bool(tags & {"preposition", "place_preposition", "of", "relative"}) or sentence.low(k) == ",")


def _find_head(context: Context, reading: Reading, i: int, end: int) -> Mark | None:
    """The noun that the phrase is about: in English the last that is known, elsewhere the first."""
    sentence = reading.sentence
    marks = {id(mark): mark for mark in sentence.marks[i:end] if mark is not None and _is_known(mark)}
    known = list(marks.values())
    if not known:
        return None
    named = next((m for m in known if (actor := actor_of(m)) is not None and m.name is not None
                  and m.name.form != "adjective" and actor.type != "state" and sentence.low(m.j) != "'s"), None)  # fmt: skip
    is_last_first = context.lexicon.language == "en"
    head = known[-1] if is_last_first else known[0]
    if named is not None and head is not named and _is_title_of(head):
        # "the rights group RNDDH", "la dernière analyse IPC"
        return named
    is_led_on = end > head.j and sentence.tokens[head.j].is_word and "conjunction" not in sentence.tags(head.j)
    if is_last_first and actor_of(head) is not None and is_led_on:
        # "the US embassy": the word behind the name is the head, even where nobody knows it.
        return None if sentence.name(head.j) is None else head
    return head


def _is_title_of(head: Mark) -> bool:
    tags = head.entry.tags
    return bool(tags & {"body_noun", "source_document", "source_ngo", "source_media", "mission_word", "organisation"}) and (
        head.entry.role is None and not tags & {"state_body"}
    )


_CLASSES = frozenset(
    [*_UNNAMED, "source_document", "source_self", "police_word", "mission_word", "state_body", "body_noun", "person_noun"]
)


def _is_known(mark: Mark) -> bool:
    if mark.is_compound:
        return False
    entry = mark.entry
    is_body = entry.unit is not None and entry.unit.actor is not None
    is_post = entry.role is not None or entry.post is not None
    return actor_of(mark) is not None or is_body or is_post or bool(entry.tags & _CLASSES)


def _of_head(context: Context, reading: Reading, head: Mark, i: int, j: int) -> Claimant | None:
    actor, tags, entry = actor_of(head), head.entry.tags, head.entry
    if actor is not None:
        return _of_name(context, reading, head, actor, i, j)
    counted = context.actors.get(entry.unit.actor or "") if entry.unit is not None else None
    if counted is not None and counted.type == "police":
        return _of_actor(reading, counted, i, j)
    if entry.post is not None:
        return _of_post(reading, head, i, j)
    if "source_self" in tags:
        return None
    owner = _find_owner(context, reading, head, i, j)
    if "source_document" in tags:
        return _of_document(context, reading, owner, head, i, j)
    if "un_chief" in tags and owner is None:
        return _of_actor(reading, context.actors.get("UN"), i, j)
    if entry.role is not None:
        return _of_actor(reading, _holder_actor(context, reading, head, j) if owner is None else owner, i, j)
    if "mission_word" in tags:
        force = context.actors.get(context.force) if _is_definite(reading.sentence, head, i) else None
        return _of_actor(reading, force or owner, i, j)
    if "police_word" in tags:
        return _of_actor(reading, _police_of(context, owner), i, j)
    if "state_body" in tags:
        return _of_actor(reading, owner or _state_spoken_of(context, reading, i), i, j)
    if owner is not None and (tags & _SPEAKING_FOR or ("body_noun" in tags and owner.type in _OWNING)):
        return _of_actor(reading, owner, i, j)
    if "body_noun" in tags and "definite" in reading.sentence.tags(i) and j - head.j == 0:
        body = context.actors.get(last_body(reading, i) or "")
        if body is not None and owner is None:
            return _of_actor(reading, body, i, j)
    kind = next((kind for tag, kind in _UNNAMED.items() if tag in tags), "ngo" if "body_noun" in tags else None)
    return _of_words(reading.sentence, i, j, kind)


def _of_actor(reading: Reading, actor: Actor | None, i: int, j: int) -> Claimant | None:
    if actor is None:
        return _of_words(reading.sentence, i, j, None)
    return Claimant(reading.sentence, i, j, actor.id, TYPES.get(actor.type))


def _of_name(context: Context, reading: Reading, head: Mark, actor: Actor, i: int, j: int) -> Claimant | None:
    """A name is a claimant, but for a people ("Kenyans") and for a part of one ("Haiti's" people)."""
    is_people = head.name is not None and head.name.form == "adjective"
    if is_people or reading.sentence.low(head.j) == "'s":
        return None
    return Claimant(reading.sentence, head.i, head.j, actor.id, TYPES.get(actor.type))


# "the mayor of Cabaret", "la mairie de la commune de Cabaret": so many small words stand before the place.
_PLACE_REACH = 4
_BESIDE_PLACE = frozenset(["of", "determiner", "place_noun"])


def _of_post(reading: Reading, post: Mark, i: int, j: int) -> Claimant | None:
    """A post with the place that it is of; None where it is one of many, or somebody spoken to or of."""
    sentence = reading.sentence
    if "article" in sentence.tags(post.i - 1) or sentence.entry(post.i - 1).number is not None:
        return None
    end = post.j
    for k in range(post.j, min(post.j + _PLACE_REACH, len(sentence.tokens))):
        name = sentence.name(k)
        if name is not None and name.place is not None:
            mark = sentence.marks[k]
            end = mark.j if mark is not None else k + 1
            break
        if not sentence.tags(k) & _BESIDE_PLACE:
            break
    return Claimant(sentence, post.i, end, sentence.words(post.i, end), "government")


def _of_document(
    context: Context, reading: Reading, owner: Actor | None, head: Mark, i: int, j: int
) -> Claimant | None:
    """As in "a UN report", "un premier bilan de la police": whoever made it; nobody says what nobody signed."""
    if owner is not None:
        return _of_actor(reading, owner, i, j)
    k = next((n for n in range(head.j - 1, j) if reading.sentence.tags(n) & {"of", "from", "by"}), None)
    inner = None if k is None else _find_head(context, reading, k + 1, _end_of_core(reading.sentence, k + 1, j))
    if inner is None or k is None or "source_document" in inner.entry.tags:
        return None
    return _of_head(context, reading, inner, k + 1, j)


def _is_noun(sentence: Sentence, i: int, j: int) -> bool:
    """An unknown noun with its determiner or a capital: "their congregation", "Antilles Watch"; no pronoun or number."""
    head = _end_of_core(sentence, i, j) - 1
    is_led = bool(sentence.tags(i) & {"determiner", "article", "possessive", "definite"}) and head > i
    mark = sentence.marks[head]
    is_free = mark is None or not (mark.entry.cues or mark.entry.number or mark.entry.relative or mark.entry.month)
    is_name = sentence.tokens[i].is_capital and (mark is None or "organisation" in mark.entry.tags)
    return sentence.tokens[head].is_word and is_free and (is_led or is_name) and not sentence.tags(head) & _NO_NOUN


_NO_NOUN = frozenset(["pronoun", "preposition", "place_preposition", "be", "have", "said", "negation", "event", "place_noun"])


def _is_definite(sentence: Sentence, head: Mark, i: int) -> bool:
    """As in "the mission", "misyon an"; not "its mission in New York", "a mission"."""
    if "definite_after" in sentence.tags(head.j):
        return True
    return "definite" in sentence.tags(i) and "possessive" not in sentence.tags(i)


def _find_owner(context: Context, reading: Reading, head: Mark, i: int, j: int) -> Actor | None:
    """Whose head it is: named in the phrase ("the Kenyan foreign ministry"), or whoever "its" stands for."""
    sentence = reading.sentence
    named = [m for m in {id(m): m for m in sentence.marks[i:j] if m is not None and m is not head}.values()]
    actors = [actor for m in named if not m.is_compound and (actor := actor_of(m)) is not None and _may_own(head, actor)]
    if "possessive" in sentence.tags(i):
        return _possessor(context, reading, i)
    tags = frozenset().union(*(sentence.tags(k) for k in range(i, j) if not head.i <= k < head.j))
    if actors:
        owner = next((a for a in actors if a.type == "state" and head.entry.role), actors[0])
        if owner.type == "state" and "police_word" in tags:
            return _police_of(context, owner)
        return _voice_of(context, owner)
    if "mission_word" in tags:
        return context.actors.get(context.force)
    return _police_of(context, None) if "police_word" in tags and "body_noun" not in head.entry.tags else None


def _may_own(head: Mark, actor: Actor) -> bool:
    return actor.type != "gang" and (actor.type != "media" or "source_document" in head.entry.tags)


def _possessor(context: Context, reading: Reading, i: int) -> Actor | None:
    """Whom "its", "son", "su" stand for: the first body that acts in the sentence."""
    for mark in reading.sentence.each():
        actor = actor_of(mark)
        if mark.i < i and actor is not None and acts(context, reading.sentence, mark):
            return _voice_of(context, actor)
    return context.actors.get(last_body(reading, i) or "")


def _voice_of(context: Context, actor: Actor) -> Actor:
    """The cabinet of the state where the mission works: it is an actor of its own."""
    if actor.id != context.mission.theatre:
        return actor
    return next((known for known in context.mission.actors if "cabinet" in known.roles), actor)


def _state_spoken_of(context: Context, reading: Reading, i: int) -> Actor | None:
    """The government of the state that the sentence is about; the theatre's own where none is named."""
    named = [actor for mark in reading.sentence.each() if mark.i < i and (actor := actor_of(mark)) is not None]
    states = [context.actors.get(actor.country or "") for actor in named if actor.type in ("state", "police", "army")]
    away = next((state for state in states if context.is_contributor(state)), None)
    home = context.actors.get(context.mission.theatre)
    if away is None and not states and reading.focus is not None and not any(m.name and m.name.place for m in reading.sentence.each()):
        away = actor_of(reading.focus[1])
    found = away or home
    return None if found is None else _voice_of(context, found)


def _police_of(context: Context, owner: Actor | None) -> Actor | None:
    country = context.mission.theatre if owner is None or owner.country is None else owner.country
    return next((a for a in context.mission.actors if a.type == "police" and a.country == country), owner)


def _holder_actor(context: Context, reading: Reading, head: Mark, j: int) -> Actor | None:
    """The body that an unnamed holder of a post speaks for ("the interior minister", "the force commander")."""
    sentence = reading.sentence
    names = [m for m in sentence.marks[head.i : j] if m is not None and actor_of(m) is not None]
    person = Person(head.i, head.j, "", role=(head.i, head.j), role_class=head.entry.role, names=names)
    draft = Draft("role", "role", sentence, sentence.span(head.i, head.j))
    put_role_actor(context, reading, person, draft)
    actor = context.actors.get(draft.get("actor") or "")
    return None if actor is None else _voice_of(context, actor)


def _type_of_person(context: Context, reading: Reading, person: Person) -> str | None:
    """The body that a person speaks for: named in the post, known of the person, or whose post it is."""
    actor = next((a for m in person.names if (a := actor_of(m)) is not None), None)
    if actor is not None:
        return TYPES.get(actor.type)
    known = context.actors.get(person.post.actor) if person.post is not None else None
    if known is not None:
        return TYPES.get(known.type)
    if person.role is None or person.role_class not in ("state", "force"):
        return "government" if person.role_class == "local" else None
    role = Draft("role", "role", reading.sentence, reading.sentence.span(*person.role))
    put_role_actor(context, reading, person, role)
    owner = context.actors.get(role.get("actor") or "")
    return TYPES.get(owner.type) if owner is not None else None
