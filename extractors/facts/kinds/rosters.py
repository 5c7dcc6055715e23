"""Lists of nations without a number -> strength or pledge of each: "Guatemala, Jamaica and Belize supply the rest".

A phrase says what the nations beside it do: who is in the force, who has offered people, who has sent nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.governing import bracket_bids
from extractors.facts.kinds.bodies import is_elsewhere
from extractors.facts.kinds.senders import may_send
from extractors.facts.places import put_place
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import Found, actor_of, nearest_date, put_actor, put_date

# So many tokens may stand between the phrase and its list ("Most of them, he said, are Kenyans").
_REACH = 5
_KINDS = {
    "roster_present": ("strength", "done", "stock"),
    "roster_pledge": ("pledge", "pledged", "flow"),
    "roster_unkept": ("pledge", "unfulfilled", "flow"),
}

Group = tuple[int, int, list[Found]]


def read_rosters(context: Context) -> Iterator[Draft]:
    """A draft for every nation of such a list that has no number of its own."""
    told: str | None = None
    for reading in context.readings:
        spoken = [(tag, mark) for mark in reading.sentence.each() for tag in _KINDS if tag in mark.entry.tags]
        if not spoken and told is not None and _goes_on(reading.sentence):
            yield from _drafts(context, reading, _groups(context, reading)[:1], None, told)
        told = next((tag for tag, _ in spoken), None) or _intent(reading.sentence)
        if not is_elsewhere(context, reading):
            yield from _drafts_beside_brackets(context, reading, {tag for tag, _ in spoken})
            yield from _drafts_beside_phrases(context, reading, spoken)


def _drafts_beside_phrases(context: Context, reading: Reading, spoken: list[tuple[str, Mark]]) -> Iterator[Draft]:
    """Each phrase with the list nearest to it; who has sent nobody has offered people before, and counts once."""
    has_sums = any(quantity.group == "money" for quantity in reading.quantities)
    groups = _groups(context, reading) if spoken else []
    for tag, mark in sorted(spoken, key=lambda one: one[0] != "roster_unkept"):
        if (has_sums and tag == "roster_present") or (
            "force_noun" in mark.entry.tags and _is_to_come(reading.sentence, mark)
        ):
            continue
        near = [group for group in groups if _distance(group, mark) <= _REACH and _may_hold(mark, group)]
        nearest = sorted(near, key=lambda group: (_distance(group, mark), -len(group[2])))[:1]
        yield from _drafts(context, reading, nearest, mark, tag)
        if tag == "roster_unkept":
            groups = [group for group in groups if group not in nearest]


def _drafts_beside_brackets(context: Context, reading: Reading, spoken: set[str]) -> Iterator[Draft]:
    """As in "Benin (2,000), Jamaica (200), Chad and Barbados have offered men": those without a number offered too."""
    bracketed = [q for q in reading.quantities if q.actors and reading.sentence.low(q.i - 1) == "("]
    if not bracketed or "roster_pledge" in spoken:
        return
    bids = bracket_bids(reading, bracketed[0])
    if not bids or bids[0].cue.kind != "pledge":
        return
    for first, last, members in _groups(context, reading):
        if any(first <= q.actors[0].i < last for q in bracketed):
            for draft in _drafts(context, reading, [(first, last, members)], None, "roster_pledge"):
                draft.fields["status"] = bids[0].cue.status
                yield draft


# "Additional contingents from Chad and Sri Lanka are to arrive": so many tokens from the phrase to its verb.
_VERB_REACH = 10


def _is_to_come(sentence: Sentence, mark: Mark) -> bool:
    """True where those named are only expected."""
    return any("future" in sentence.tags(k) for k in range(mark.j, mark.j + _VERB_REACH))


def _may_hold(mark: Mark, group: Group) -> bool:
    """As in "will be joined by the Bahamas and Chad": a phrase that ends in a preposition has its list behind it."""
    return not mark.entry.tags & {"by", "from"} or group[1] > mark.j


def _intent(sentence: Sentence) -> str | None:
    """As in "was notified by five countries of their intention to provide personnel": the next sentence names them."""
    tags = frozenset().union(*sentence.classes)
    return "roster_pledge" if tags >= {"intend", "contribute", "contributors"} else None


def _goes_on(sentence: Sentence) -> bool:
    """As in "They are the Bahamas, Benin and Chad."."""
    return bool(sentence.tags(0) & {"pronoun", "pronoun_group"}) and "be" in sentence.tags(1)


def _distance(group: Group, mark: Mark) -> int:
    return max(group[0] - mark.j, mark.i - group[1], 0)


def _groups(context: Context, reading: Reading) -> list[Group]:
    """The lists of nations of a sentence, those with a number of their own left out."""
    sentence, groups = reading.sentence, list[Group]()
    counted = {id(mark) for quantity in reading.quantities if not quantity.is_vague for mark in quantity.actors}
    for mark in sentence.each():
        actor = actor_of(mark)
        if (
            actor is None
            or not context.is_contributor(actor)
            or mark.is_compound
            or not may_send(actor.roles)
            or _is_company(sentence, mark)
        ):
            continue
        last = groups[-1] if groups else None
        if last is not None and _joined(sentence, last[1], mark.i):
            groups[-1] = (last[0], mark.j, last[2])
        else:
            groups.append((mark.i, mark.j, []))
        if id(mark) not in counted:
            groups[-1][2].append((actor, mark, sentence))
    return [group for group in groups if group[2]]


def _is_company(sentence: Sentence, mark: Mark) -> bool:
    """As in "Kenya Airways": a state in the name of somebody else."""
    k = mark.j
    is_plain = k < len(sentence.tokens) and sentence.marks[k] is None
    return is_plain and sentence.tokens[k].is_capital and sentence.name(mark.i) is not None


_BETWEEN = frozenset(["conjunction", "determiner", "from", "of", "list_sign", "definite", "article"])
_LONGEST_GAP = 4


def _joined(sentence: Sentence, first: int, last: int) -> bool:
    between = [k for k in range(first, last) if not _in_bracket(sentence, k, first)]
    if len(between) > _LONGEST_GAP:
        return False
    return all(sentence.low(k) == "," or sentence.tags(k) & _BETWEEN for k in between)


def _in_bracket(sentence: Sentence, k: int, first: int) -> bool:
    """As in "salvadoreños (70 llegaron este martes), jamaicanos": the list goes on behind the bracket."""
    opened = next((n for n in range(k, first - 1, -1) if sentence.low(n) in ("(", ")")), None)
    return sentence.low(k) == ")" or (opened is not None and sentence.low(opened) == "(")


def _drafts(context: Context, reading: Reading, groups: list[Group], mark: Mark | None, tag: str) -> Iterator[Draft]:
    kind, status, measure = _KINDS[tag]
    sentence = reading.sentence
    for _, _, members in groups:
        for found in members:
            at = (mark.i, mark.j) if mark is not None else (found[1].i, found[1].j)
            draft = Draft(kind, f"{kind}.roster", sentence, sentence.span(*at))
            draft.fields.update(status=status, measure=measure)
            put_actor(draft, found)
            mention = nearest_date(reading, at[0]) if kind == "pledge" else None
            if mention is not None:
                put_date(draft, mention, future=False)
            if kind == "strength":
                put_place(context, reading, draft, at[0])
            yield draft
