"""Movements and promises without a number -> deployment, withdrawal, pledge without a value."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.entry import Cue
from extractors.facts.kinds.bodies import is_elsewhere
from extractors.facts.kinds.senders import may_send
from extractors.facts.kinds.verb_moods import is_promise, is_refused
from extractors.facts.kinds.whole_force import force_meant
from extractors.facts.places import put_place
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import (
    Found,
    actor_of,
    acts,
    find_subjects,
    gap,
    is_future,
    nearest_date,
    put_actor,
    put_date,
    resolve_focus,
)
from extractors.records import Actor

# How far the people may stand from the verb that moves them, in step costs.
_OBJECT_REACH = 5.0
_SUBJECT_REACH = 5.0
_KINDS = ("deployment", "withdrawal", "pledge")
# "The officers left" does not say where to, "Kenyan police make up the bulk" not that anybody moved.
_NO_MOVEMENT = frozenset(["leave", "form contingent"])


def read_uncounted(context: Context) -> Iterator[Draft]:
    """A draft for each actor of each such verb that governs no number."""
    for reading in context.readings:
        if is_elsewhere(context, reading):
            continue
        taken = reading.governed
        for mark, cue in reading.sentence.cues():
            if cue.name in _NO_MOVEMENT:
                continue
            if cue.kind in _KINDS and cue.takes != "after" and cue.status != "unfulfilled" and mark.i not in taken:
                yield from _drafts(context, reading, mark, cue)
        yield from _drafts_of_contributors(context, reading)
        yield from _draft_of_whole(context, reading)
        yield from _draft_of_last(context, reading)


def _draft_of_whole(context: Context, reading: Reading) -> Iterator[Draft]:
    """As in "the force should be fully in place by October": everybody is to have come by a day."""
    sentence = reading.sentence
    mark = next((m for m in sentence.each() if "fully_deployed" in m.entry.tags), None)
    if mark is None or nearest_date(reading, mark.i) is None or any(q.group == "force" for q in reading.quantities):
        return
    tokens = range(len(sentence.tokens))
    force = next((m for m in sentence.each() if context.is_force(actor_of(m)) or _force_behind(context, m)), None)
    if force is None or not any("future" in sentence.tags(k) for k in tokens):
        return
    meant = context.actors.get(force_meant(context, reading, mark.i))
    if meant is not None:
        yield _draft(context, reading, (mark.i, mark.j), (meant, force, sentence), ("deployment", "planned"))


# "its last officers, he said, will be home by March": so many tokens from the people to their verb.
_LEAVING_REACH = 8


def _draft_of_last(context: Context, reading: Reading) -> Iterator[Draft]:
    """As in "its last officers will leave by October": the end of a withdrawal, told by who goes last."""
    sentence = reading.sentence
    counted = {k for quantity in reading.quantities for k in range(quantity.i, quantity.j)}
    for mark in sentence.each():
        near = range(mark.j, min(mark.j + 3, len(sentence.tokens)))
        people = next((k for k in near if _is_people(sentence, k)), None)
        if "last_of" not in mark.entry.tags or people is None or people in counted:
            continue
        after = range(people + 1, min(people + _LEAVING_REACH, len(sentence.tokens)))
        verb = next((k for k in after if sentence.tags(k) & _GOING), None)
        if verb is None or verb in reading.governed or is_refused(sentence, verb):
            continue
        actors = _people_of(context, sentence, people) or find_subjects(context, reading, mark.i, senders=True)
        for found in [f for f in actors if context.is_contributor(f[0])][:1]:
            status = "planned" if is_future(reading, verb) or "future" in sentence.tags(verb) else "done"
            yield _draft(context, reading, (verb, verb + 1), found, ("withdrawal", status))
            return


_GOING = frozenset(["leaving", "departing", "homeward"])


def _is_ordinal(sentence: Sentence, mark: Mark) -> bool:
    """As in "was the second", "the second among Kenyan officers": no verb of sending ("to second officers")."""
    return mark.entry.number is not None and bool(
        sentence.tags(mark.i - 1) & {"definite", "determiner", "be", "article"}
    )


def _drafts(context: Context, reading: Reading, mark: Mark, cue: Cue) -> Iterator[Draft]:
    sentence = reading.sentence
    if is_refused(sentence, mark.i) or (cue.kind == "pledge" and "pledging" in mark.entry.tags):
        # "has offered to train officers": the verb behind it says what is promised.
        return
    if _is_wished(sentence, mark) or _is_ordinal(sentence, mark):
        return
    people = _find_people(reading, mark, cue)
    actors = _find_actors(context, reading, mark, cue, people) if people is not None else []
    if people is None and cue.kind == "withdrawal" and "departing" in sentence.tags(mark.i):
        # "Kenya will pull out": a nation leaves, and its people with it.
        subjects = find_subjects(context, reading, mark.i, senders=True)
        actors = [found for found in subjects if found[2] is sentence and may_send(found[0].roles)][:1]
        actors = [found for found in actors if context.is_contributor(found[0])]
    planned = is_future(reading, mark.i) or _is_noun_to_come(reading, mark, people)
    kind, status = cue.kind, cue.status or ("planned" if planned else "done")
    if kind == "deployment" and is_promise(sentence, mark.i):
        kind, status = "pledge", "pledged"
    if kind == "deployment" and status == "planned" and cue.takes == "object" and not _is_timed(reading, mark):
        kind, status = "pledge", "pledged"
    for found in actors:
        yield _draft(context, reading, (mark.i, mark.j), found, (kind, status))


# "the drawdown of the Kenyan contingent starts in December": so many tokens behind the people.
_TO_COME_REACH = 3


def _is_noun_to_come(reading: Reading, mark: Mark, people: int | None) -> bool:
    """As in "the withdrawal of the Kenyan police will begin in March": the verb of a noun stands behind its people."""
    sentence = reading.sentence
    is_noun = "of" in sentence.tags(mark.j - 1) | sentence.tags(mark.j)
    if people is None or people < mark.j or not is_noun:
        return False
    after = sentence.marks[people]
    first = after.j if after is not None else people + 1
    return any("future" in sentence.tags(k) for k in range(first, first + _TO_COME_REACH))


# "to ask for the faster deployment of the police": so many tokens between the wish and the noun.
_WISH_REACH = 4


def _is_wished(sentence: Sentence, mark: Mark) -> bool:
    """As in "asked for faster deployment of police" (a noun, only wished for), "is considering sending police"."""
    if any("weighing" in sentence.tags(k) for k in range(mark.i - _WISH_REACH, mark.i)):
        return True
    is_noun = "of" in sentence.tags(mark.j - 1) | sentence.tags(mark.j)
    return is_noun and any("wish" in sentence.tags(k) for k in range(mark.i - _WISH_REACH, mark.i))


def _is_timed(reading: Reading, mark: Mark) -> bool:
    sentence = reading.sentence
    if nearest_date(reading, mark.i) is not None:
        return True
    return any("timetable" in sentence.tags(k) for k in range(len(sentence.tokens)))


def _find_people(reading: Reading, mark: Mark, cue: Cue) -> int | None:
    """The token of the people moved: after a verb that takes an object, before one that takes none."""
    sentence = reading.sentence
    counted = {k for quantity in reading.quantities for k in range(quantity.i, quantity.j)}
    if cue.takes != "subject":
        for k in range(mark.j, len(sentence.tokens)):
            if gap(reading, mark.j, k) > _OBJECT_REACH or "break" in sentence.tags(k) or sentence.low(k) in (",", "."):
                break
            if _is_people(sentence, k):
                return None if k in counted else k
    if cue.takes != "object" or "be" in sentence.tags(mark.i - 1) or "intransitive" in mark.entry.tags:
        for k in range(mark.i - 1, -1, -1):
            if gap(reading, k + 1, mark.i) > _SUBJECT_REACH or sentence.low(k) in (";", ":"):
                break
            if _is_people(sentence, k):
                return None if k in counted else k
    return None


def _is_people(sentence: Sentence, k: int) -> bool:
    unit, mark = sentence.entry(k).unit, sentence.marks[k]
    if mark is not None and "hardware" in sentence.tags(mark.j):
        # "military gear", "police aid": a word of people that only says whose the things are.
        return False
    if "force_noun" in sentence.tags(k) or (unit is not None and unit.group == "force" and unit.actor is None):
        return True
    return (
        "more" in sentence.tags(k)
        and sentence.entry(k + 1).unit is None
        and bool(sentence.tags(k + 1) & {"future", "be", "have"})
    )


def _find_actors(context: Context, reading: Reading, mark: Mark, cue: Cue, people: int) -> list[Found]:
    sentence = reading.sentence
    own = _people_of(context, sentence, people)
    if own:
        return own
    stop = min(people, mark.i)
    found = find_subjects(context, reading, max(stop, 1) if stop else mark.i, senders=True)
    if not any(context.is_contributor(f[0]) for f in found) or _is_listing(sentence, mark.i):
        found = find_contributors(context, reading, mark.j, None) or found
    return [f for f in found if context.is_contributor(f[0]) or (context.is_force(f[0]) and cue.kind != "pledge")]


def _is_listing(sentence: Sentence, stop: int) -> bool:
    """As in "Countries that have pledged personnel include ...": the subject is a class, its members follow."""
    return any("contributors" in sentence.tags(k) for k in range(stop))


def _people_of(context: Context, sentence: Sentence, k: int) -> list[Found]:
    """As in "Kenyan police", "contingents of the force", "troops from Jamaica and Belize"."""
    mark = sentence.marks[k]
    first, last = (mark.i, mark.j) if mark is not None else (k, k + 1)
    found: list[Found] = []
    n = first - 1
    while n >= 0 and (sentence.name(n) is not None or sentence.tags(n) & {"more", "conjunction", "role_modifier"}):
        before = sentence.marks[n]
        actor = actor_of(before)
        if before is not None and actor is not None and (context.is_contributor(actor) or context.is_force(actor)):
            found.append((actor, before, sentence))
        n = before.i - 1 if before is not None else n - 1
    if found:
        return found[::-1]
    n = last - 1 if mark is not None and last - first > 1 and "from" in mark.entry.tags else last
    if "from" not in sentence.tags(n):
        return []
    while n < len(sentence.tokens) and (sentence.tags(n) & _LISTING or _is_list_sign(sentence, n, found)):
        n += 1
        after = sentence.marks[n] if n < len(sentence.marks) else None
        actor = actor_of(after) or _force_behind(context, after)
        if after is not None and actor is not None and (context.is_contributor(actor) or context.is_force(actor)):
            found.append((actor, after, sentence))
            n = after.j
    return found


_LISTING = frozenset(["from", "determiner", "conjunction", "mission_word"])


def _is_list_sign(sentence: Sentence, n: int, found: list[Found]) -> bool:
    """The comma of "from Benin, Chad and Jamaica", with another name behind it that the list goes on from."""
    after = sentence.marks[n + 1] if n + 1 < len(sentence.marks) else None
    if sentence.low(n) != "," or not found or after is None or after.name is None:
        return False
    return sentence.low(after.j) == "," or "conjunction" in sentence.tags(after.j)


def _force_behind(context: Context, mark: Mark | None) -> Actor | None:
    """As in "the first contingents of the force": the force of the article."""
    is_noun = mark is not None and "mission_word" in mark.entry.tags and "force_noun" not in mark.entry.tags
    return context.actors.get(context.force) if is_noun else None


def _drafts_of_contributors(context: Context, reading: Reading) -> Iterator[Draft]:
    """As in "A, B and C have confirmed that they will take part": a promise by every one of the list."""
    sentence = reading.sentence
    for mark in sentence.each():
        if "contribute" not in mark.entry.tags or is_refused(sentence, mark.i, even_doubtful=True):
            continue
        if _is_wished(sentence, mark):
            continue
        if not any(sentence.tags(k) & {"intend", "future", "pledging"} for k in range(mark.i + 1)):
            continue
        if any(quantity.i - mark.j <= 4 and quantity.i >= mark.j for quantity in reading.quantities):
            continue
        if mark.i in reading.governed:
            continue
        listed = find_contributors(context, reading, 0, mark.i) or find_contributors(context, reading, mark.j, None)
        for found in listed or resolve_focus(reading) * _has_pronoun(sentence, mark.i):
            yield _draft(context, reading, (mark.i, mark.j), found, ("pledge", "pledged"))


def _has_pronoun(sentence: Sentence, stop: int) -> int:
    return int(any("pronoun_group" in sentence.tags(k) for k in range(max(0, stop - 6), stop)))


def _draft(context: Context, reading: Reading, at: tuple[int, int], found: Found, meaning: tuple[str, str]) -> Draft:
    kind, status = meaning
    draft = Draft(kind, f"{kind}.uncounted", reading.sentence, reading.sentence.span(*at))
    draft.fields.update(status=status, measure="flow")
    put_actor(draft, found)
    mention = nearest_date(reading, at[0])
    if mention is not None:
        put_date(draft, mention, future=status == "planned")
    if kind != "pledge":
        put_place(context, reading, draft, at[0])
    return draft


def find_contributors(context: Context, reading: Reading, start: int, stop: int | None) -> list[Found]:
    """All contributing states that act between two tokens; after the verb, those of a list or an agent."""
    sentence = reading.sentence
    found: dict[str, Found] = {}
    for mark in sentence.each():
        actor = actor_of(mark)
        if (
            mark.i < start
            or mark.j > (stop or len(sentence.tokens))
            or actor is None
            or not context.is_contributor(actor)
        ):
            continue
        if mark.is_compound or not (
            acts(context, sentence, mark) or sentence.tags(mark.i - 1) & {"by", "including", "from"}
        ):
            continue
        if stop is None and mark.name is not None and mark.name.form != "name":
            continue
        found.setdefault(actor.id, (actor, mark, sentence))
    return list(found.values())
