"""Casualty drafts -> their target: who did it, where words say so.

"Killed by gunmen", "an attack by the gang", "the gang killed 20", "gunmen stormed the town, killing 20". Whoever is not
named so did nothing: the toll of "gang violence" or of clashes has no doer.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.owners import police_in
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import Found, actor_of, put_actor
from extractors.facts.subject_phrases import LIGHT, SIGNS, phrase_before
from extractors.records import Actor

# "Killed on Thursday in Pont-Sondé by ...": so many tokens from a harm or an attack to its "by".
_AGENT_REACH = 12
# "by members of the heavily armed gang": so many tokens from "by" to the name.
_NAME_REACH = 6
# "Gunmen on motorcycles attacked": so many tokens from a subject to its verb.
_VERB_REACH = 4
# An attack is told so many tokens before or behind its harm.
_ATTACK_REACH = 40
_HARMING = frozenset(["kill", "injure", "kidnap", "rape"])
_BODIES = frozenset(["police", "army", "force"])
_LINKS = frozenset(["of", "from", "by"])
_OWNING = frozenset(["of", "from"])
# "par des bandits": of no owner, but some.
_PARTITIVE = frozenset(["determiner", "article"])
_LEADING = frozenset(["preposition", "place_preposition", "to"])
# What no agent stands beyond.
_STOPS = frozenset(["said", "report_verb", "according", "break", "relative", "complement"])


def name_perpetrators(context: Context, drafts: list[Draft]) -> None:
    """Fills the target of harms: the gang, the police or the force that did it, and the words that say so."""
    readings = {id(reading.sentence): reading for reading in context.readings}
    for draft in drafts:
        if draft.kind == "casualty" and draft.get("target") is None:
            found = _find(context, readings[id(draft.sentence)], draft)
            if found is not None:
                put_actor(draft, found, slot="target")


def _find(context: Context, reading: Reading, draft: Draft) -> Found | None:
    at = draft.sentence.token_at(draft.trigger[0])
    if at is None:
        return None
    here = (
        _agent_of_harm(context, reading, draft, at)
        or _subject(context, reading, draft, at)
        or _attack(context, draft, draft.sentence, at)
    )
    if here is not None or reading.before is None or not _happened_in(draft, reading.before.sentence):
        return here
    before = _attack(context, draft, reading.before.sentence, 0)
    # Police who were out the day before hurt nobody by that.
    return before if before is not None and before[0].type == "gang" else None


def _happened_in(draft: Draft, sentence: Sentence) -> bool:
    """As in "Gunmen attacked the town on Monday. 13 people were killed.": its day is that of the sentence before."""
    first, last = sentence.span(0, len(sentence.tokens))
    return any(first <= i and j <= last for i, j in draft.spans.get("event", ()))


def _attack(context: Context, draft: Draft, sentence: Sentence, at: int) -> Found | None:
    """Whose attack is told around a token."""
    first, last = max(0, at - _ATTACK_REACH), min(at + _ATTACK_REACH, len(sentence.tokens))
    return _of_attack(context, draft, sentence, first, last) or _attacker(context, draft, sentence, first, last)


def _doers(context: Context, draft: Draft, sentence: Sentence, first: int, last: int) -> list[Found]:
    """Who may have harmed somebody, of those who stand from token first to last; never those who were harmed."""
    harmed = [span for slot in ("actor", "value", "unit") for span in draft.spans.get(slot, ())]
    found = ((_doer(context, sentence, mark), mark) for mark in _marks(sentence, first, last))
    return [
        (actor, mark, sentence)
        for actor, mark in found
        if actor is not None and not any(i <= sentence.tokens[mark.i].start < j for i, j in harmed)
    ]


def _doer(context: Context, sentence: Sentence, mark: Mark) -> Actor | None:
    """A gang, a group of self-defence, the theatre's own police and army, or the force: states kill nobody."""
    actor, unit = actor_of(mark), mark.entry.unit
    if actor is not None:
        is_body = actor.type in _BODIES and (context.is_home(actor) or context.is_force(actor))
        return actor if is_body or actor.type == "gang" or "self_defence" in actor.roles else None
    if unit is not None and unit.group == "gang":
        return context.actors.get(context.adversary)
    if unit is not None and unit.actor is not None:
        owner = context.actors.get(unit.actor)
        return owner if context.is_home(owner) else None
    is_police = "police_word" in mark.entry.tags and mark.j == mark.i + 1 and actor_of(_before(sentence, mark)) is None
    return police_in(context, context.mission.theatre) if is_police else None


def _before(sentence: Sentence, mark: Mark) -> Mark | None:
    return sentence.marks[mark.i - 1] if mark.i else None


def _marks(sentence: Sentence, first: int, last: int) -> Iterator[Mark]:
    """Every mark that begins there, in the order of the text."""
    return (mark for k, mark in enumerate(sentence.marks[first:last], first) if mark is not None and mark.i == k)


def _best(context: Context, found: list[Found]) -> Found | None:
    """The gang that has a name, of "members of the Gran Grif gang"; else the first."""
    named = (one for one in found if one[0].type == "gang" and one[0].id != context.adversary)
    return next(named, found[0] if found else None)


def _agent_of_harm(context: Context, reading: Reading, draft: Draft, at: int) -> Found | None:
    """As in "were killed on Thursday by the gang"; what stands behind the next number of people is said of those."""
    own = [draft.sentence.token_at(i) for i, _ in draft.spans.get("value", ())]
    figures = (q.figure[0] for q in reading.quantities if q.unit is not None and q.figure[0] not in own)
    return _agent_behind(context, draft, draft.sentence, at, min((k for k in figures if k > at), default=None))


def _agent_behind(context: Context, draft: Draft, sentence: Sentence, at: int, stop: int | None = None) -> Found | None:
    """As in "were killed on Thursday by members of the gang": who is named behind "by"."""
    last = min(at + 1 + _AGENT_REACH, len(sentence.tokens) if stop is None else stop)
    for k in range(at + 1, last):
        tags = sentence.tags(k)
        is_agent = tags & {"by", "blamed_on"} or (k == at + 1 and "by_beside" in tags)
        if is_agent and "including" not in sentence.tags(k - 1):
            end = next((n for n in range(k + 1, k + _NAME_REACH) if sentence.low(n) in SIGNS), k + _NAME_REACH)
            agent = _best(context, [one for one in _doers(context, draft, sentence, k, end) if _is_one(*one)])
            if agent is not None:
                return agent
        if tags & _STOPS and not tags & {"by", "of"}:
            return None
    return None


def _subject(context: Context, reading: Reading, draft: Draft, at: int) -> Found | None:
    """As in "the gang killed 20 people": the subject of an active verb, its number behind it."""
    sentence = reading.sentence
    is_verb = any(cue.name in _HARMING for cue in sentence.entry(at).cues)
    number = sentence.token_at(draft.spans["value"][0][0]) if "value" in draft.spans else None
    if not is_verb or number is None or number < at or "be" in sentence.tags(at - 1):
        return None
    phrase = phrase_before(reading, at)
    if phrase is None:
        return None
    heads = [
        one
        for one in _doers(context, draft, sentence, *phrase)
        if _is_one(*one) and _is_head(sentence, one[1], *phrase) and _is_antecedent(sentence, one[1], at)
    ]
    return _best(context, heads)


def _is_one(_: Actor, mark: Mark, sentence: Sentence) -> bool:
    """False in "the violence of the gangs", "vehicles of the force": whose people do it, does it; whose things, not."""
    k = sentence.before_determiners(mark.i - 1, but=_LINKS)
    tags, link = sentence.tags(k), sentence.marks[k] if k >= 0 else None
    if not tags & _OWNING or link is None or (tags & _PARTITIVE and not _is_noun(sentence, link.i - 1)):
        return True
    return link.i > 0 and (_is_person(link) or _is_person(sentence.marks[link.i - 1]))


def _is_noun(sentence: Sentence, k: int) -> bool:
    """A word that no class knows otherwise."""
    return k >= 0 and sentence.tokens[k].is_word and (not sentence.tags(k) or _is_person(sentence.marks[k]))


def _is_person(mark: Mark | None) -> bool:
    return mark is not None and (mark.entry.unit is not None or actor_of(mark) is not None)


def _is_head(sentence: Sentence, mark: Mark, first: int, last: int) -> bool:
    """False in "the war against gangs", "an attack by gangs", "gang violence": the phrase is about something else."""
    k = sentence.before_determiners(mark.i - 1)
    is_led = k >= first and (_is_led(sentence, mark) or "by" in sentence.tags(k))
    return not is_led and (mark.j >= last or bool(sentence.tags(mark.j)) or sentence.marks[mark.j] is not None)


def _is_antecedent(sentence: Sentence, mark: Mark, at: int) -> bool:
    """Of "the gang members died in a strike that killed two" it is the strike that killed."""
    relative = next((k for k in range(mark.j, at) if "relative" in sentence.tags(k)), mark.j)
    return relative <= mark.j + 1


def _is_led(sentence: Sentence, mark: Mark) -> bool:
    """As in "against the gangs", "with gangs": a preposition stands before it that names no doer."""
    lead = sentence.tags(sentence.before_determiners(mark.i - 1))
    return bool(lead & _LEADING) and not lead & _LINKS


def _of_attack(context: Context, draft: Draft, sentence: Sentence, first: int, last: int) -> Found | None:
    """As in "in an attack by the gang", "l'attaque du gang", "a massacre blamed on the gang"."""
    for event in _marks(sentence, first, last):
        is_event = "event" in event.entry.tags
        if not (is_event or _is_killing(event)) or "be" in sentence.tags(event.i - 1):
            continue
        is_owned = is_event and bool(sentence.tags(event.j) & _LINKS)
        owners = _doers(context, draft, sentence, event.j, event.j + _NAME_REACH) if is_owned else []
        agent = _best(context, owners) or _agent_behind(context, draft, sentence, event.j - 1)
        if agent is not None:
            return agent
    return None


def _is_killing(mark: Mark) -> bool:
    """As in "the killing of townspeople by the gang"."""
    return any(cue.name == "death toll" for cue in mark.entry.cues)


def _attacker(context: Context, draft: Draft, sentence: Sentence, first: int, last: int) -> Found | None:
    """As in "gunmen stormed the town, killing 20", "in a gang ambush": who stands right before the attack."""
    doers = _doers(context, draft, sentence, first, last)
    for one in doers:
        mark = one[1]
        event = mark.j if "event" in sentence.tags(mark.j) else _attack_behind(sentence, mark, last)
        if event is not None:
            return _best(context, [one, *(other for other in doers if mark.j <= other[1].i < event)])
    return None


def _attack_behind(sentence: Sentence, mark: Mark, last: int) -> int | None:
    """The verb of attacking whose subject a mark is; no noun, as in "gang members hit in an exchange of fire"."""
    if _is_led(sentence, mark):
        return None
    for k in range(mark.j, min(mark.j + _VERB_REACH, last)):
        tags = sentence.tags(k)
        if "event" in tags:
            return None if sentence.tags(k - 1) & (_LEADING | _PARTITIVE) else k
        if sentence.low(k) in SIGNS or (tags & _STOPS and not tags & LIGHT):
            return None
    return None
