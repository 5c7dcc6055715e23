"""Drafts -> drafts with their day: what a sentence leaves unsaid is told by those around it."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.date_mention import DateMention
from extractors.facts.dates_of_others import is_of_other
from extractors.facts.drafts import Draft
from extractors.facts.reading import Sentence
from extractors.facts.scenes import Dated, Scenes, is_period, is_scene
from extractors.facts.slots import clause_date, put_date
from extractors.facts.told_days import find_told_day

_EVENTS = frozenset(["casualty", "deployment", "withdrawal", "displacement", "equipment"])
# What holds on a day or for a year: the only date of its sentence is its own.
_STATES = frozenset(["funding", "need", "control", "displacement"])
# A paragraph's own day reaches so many sentences on.
_PARAGRAPH_REACH = 4


def settle_times(context: Context, drafts: list[Draft], scenes: Scenes) -> None:
    """Fills the day of drafts that have none, from their sentence, its neighbours or the lead."""
    readings = {id(reading.sentence): reading for reading in context.readings}
    _pair_lists(drafts, readings)
    last: Draft | None = None
    for draft in drafts:
        reading = readings[id(draft.sentence)]
        if draft.get("event_start") is None or _is_day_of_speaking(reading, draft):
            found = _find(context, reading, draft, scenes)
            if found is not None:
                _put(draft, *found)
            elif last is not None and _is_part(reading, draft, last, scenes):
                _copy(last, draft)
        elif draft.get("status") == "planned":
            _look_ahead(reading, draft)
        elif draft.get("subkind") not in ("terminate", "extend"):
            _look_back(context, reading, draft)
        last = draft
    for draft in drafts:
        _leave_to_others(readings[id(draft.sentence)], draft)


def _leave_to_others(reading: Reading, draft: Draft) -> None:
    """Takes away a date that belongs to the figure that this one is compared with."""
    mention = _own_mention(reading, draft)
    if mention is None or "value" not in draft.spans or draft.kind not in (*_STATES, "strength"):
        return
    start = draft.spans["value"][0][0]
    number = next((k for k, token in enumerate(reading.sentence.tokens) if token.start == start), None)
    if number is not None and is_of_other(reading, mention, number):
        draft.put("event", None, event_start=None, event_end=None, date_precision=None, date_basis=None, as_of=None)
        draft.derived.discard("event")


def _put(draft: Draft, sentence: Sentence, mention: DateMention) -> None:
    future = draft.get("status") == "planned"
    as_of = draft.get("measure") == "stock"
    if sentence.in_title == draft.sentence.in_title:
        put_date(draft, mention, future=future, sentence=sentence, as_of=as_of)
        return
    # Words of the body have no place in the headline: the day is derived.
    start, end = mention.future if future else mention.past
    draft.put("event", None, event_start=start, event_end=end, date_precision=mention.precision, date_basis="inherited")


def _is_day_of_speaking(reading: Reading, draft: Draft) -> bool:
    """True where an event was given the day on which somebody told of it."""
    if draft.kind not in _EVENTS or draft.get("status") == "planned":
        return False
    mention = _own_mention(reading, draft)
    return mention is not None and mention.is_speech


def _own_mention(reading: Reading, draft: Draft) -> DateMention | None:
    """The mention of its own sentence that a draft's day was read from."""
    span = draft.spans.get("event")
    return next((m for m in reading.dates if span == [reading.sentence.span(m.i, m.j)]), None)


def _look_ahead(reading: Reading, draft: Draft) -> None:
    """A day of the past under a plan is the next one of its name."""
    mention = _own_mention(reading, draft)
    if mention is not None and mention.past != mention.future:
        put_date(draft, mention, future=True)


def _look_back(context: Context, reading: Reading, draft: Draft) -> None:
    """What is done does not lie ahead: "is to replace it, the Council decided on Tuesday"."""
    published, mention = context.document.published_on, _own_mention(reading, draft)
    if draft.get("status") != "done" or published is None or mention is None:
        return
    if draft.fields["event_start"] > published >= mention.past[0]:
        put_date(draft, mention, future=False)


def _find(context: Context, reading: Reading, draft: Draft, scenes: Scenes) -> Dated | None:
    kind, measure = draft.kind, draft.get("measure")
    if kind == "strength":
        return _day_of_count(reading) or _day_of_past(context, reading, draft)
    if kind in _STATES and measure != "flow":
        return _only_date(reading) or _date_of_whole(reading, draft, scenes)
    if kind in _EVENTS or draft.get("subkind") == "retaken":
        return _find_scene(context, reading, draft, scenes) if measure in ("flow", "cumulative") else None
    return find_told_day(context, reading, draft, scenes)


def _day_of_count(reading: Reading) -> Dated | None:
    """As in "as of 20 January the force had ...": only a day that is named as that of the count."""
    days = [m for m in reading.dates if "counting" in reading.sentence.tags(m.i - 1) and m.precision == "day"]
    return (reading.sentence, days[0]) if len(days) == 1 else None


def _day_of_past(context: Context, reading: Reading, draft: Draft) -> Dated | None:
    """As in "A finales de marzo disponía de 1.027": the tense says that they were there then, and maybe not now."""
    words = draft.sentence.text[slice(*draft.trigger)].lower().split()
    endings = tuple(context.lexicon.settings.get("imperfect_endings", ()))
    at = reading.sentence.token_at(draft.trigger[0])
    if at is None or not endings or not any(word.endswith(endings) for word in words):
        return None
    mention = clause_date(reading, at)
    if mention is None or mention.is_speech or mention.is_since or _is_parted(reading.sentence, mention, at):
        return None
    return reading.sentence, mention


_BEFORE_DAY = frozenset(["preposition", "determiner", "date_edge", "date_end", "until"])


def _is_parted(sentence: Sentence, mention: DateMention, at: int) -> bool:
    """As in "whose mandate expired on Thursday, had 900": a comma parts the day from its verb, and it opens nothing."""
    between = range(mention.j, at) if mention.j <= at else range(at + 1, mention.i)
    first = mention.i - 1
    while first >= 0 and sentence.tags(first) & _BEFORE_DAY:
        first -= 1
    opens = mention.i < at and (first < 0 or sentence.low(first) in (";", ":"))
    return not opens and any(sentence.low(k) == "," for k in between)


def _only_date(reading: Reading) -> Dated | None:
    dates = [mention for mention in reading.dates if not mention.is_speech]
    return (reading.sentence, dates[0]) if len(dates) == 1 else None


def _date_of_whole(reading: Reading, draft: Draft, scenes: Scenes) -> Dated | None:
    """As in "Of these, two million ...": said of the people of the sentence before, of the same day."""
    before = reading.before
    if draft.kind != "need" or reading.dates or before is None:
        return None
    if not any("partitive" in mark.entry.tags for mark in reading.sentence.each()):
        return None
    if scenes.paragraphs[id(before.sentence)] != scenes.paragraphs[id(reading.sentence)]:
        return None
    return _only_date(before)


def _find_scene(context: Context, reading: Reading, draft: Draft, scenes: Scenes) -> Dated | None:
    """A day of the sentence, the last one told of in the paragraph, else the day or the period of the lead."""
    if draft.get("status") in ("planned", "conditional"):
        return scenes.plan if draft.sentence.in_title else None
    period = _period_before(reading, draft)
    if period is not None:
        draft.fields["measure"] = "cumulative"
        return period
    has_plan = any(scenes.is_planned(reading.sentence, mention) for mention in reading.dates)
    if has_plan or not _is_told_on(draft):
        return _in_sentence(context, reading, draft, scenes)
    near = _in_sentence(context, reading, draft, scenes) or _earlier_in_paragraph(context, reading, scenes)
    if near is not None:
        return near
    if draft.kind == "casualty" and scenes.period is not None and scenes.day is None:
        draft.fields["measure"] = "cumulative"
        return scenes.period
    return scenes.day if draft.kind != "displacement" else None


def _is_told_on(draft: Draft) -> bool:
    """False for what is told beside the event: "the third officer lost", things given at some other time."""
    if draft.kind == "equipment":
        return draft.rule == "equipment.lose equipment"
    return draft.rule != "casualty.ordinal" and (draft.kind == "casualty" or draft.get("measure") == "flow")


def _period_before(reading: Reading, draft: Draft) -> Dated | None:
    """As in "Between January and August 2,400 were killed, police said on Friday; 900 were injured."."""
    long = [m for m in reading.dates if is_period(m) and reading.sentence.tokens[m.i].start < draft.trigger[0]]
    return (reading.sentence, long[-1]) if draft.kind == "casualty" and long else None


def _in_sentence(context: Context, reading: Reading, draft: Draft, scenes: Scenes) -> Dated | None:
    days = [m for m in reading.dates if is_scene(context, scenes, reading.sentence, m)]
    before = [m for m in days if reading.sentence.tokens[m.i].start < draft.trigger[0]]
    return (reading.sentence, (before or days)[-1]) if days else None


def _earlier_in_paragraph(context: Context, reading: Reading, scenes: Scenes) -> Dated | None:
    paragraph, before = scenes.paragraphs[id(reading.sentence)], reading.before
    for _ in range(_PARAGRAPH_REACH):
        if before is None or scenes.paragraphs[id(before.sentence)] != paragraph:
            return None
        days = [mention for mention in before.dates if is_scene(context, scenes, before.sentence, mention)]
        if days:
            return before.sentence, days[-1]
        before = before.before
    return None


def _is_part(reading: Reading, draft: Draft, last: Draft, scenes: Scenes) -> bool:
    """As in "Of these, two million ...": said of the same people, of the same day."""
    return (
        draft.kind == last.kind
        and draft.kind in _STATES
        and last.get("event_start") is not None
        and draft.get("measure") == last.get("measure")
        and not reading.dates
        and draft.sentence.index - last.sentence.index <= 1
        and scenes.paragraphs[id(draft.sentence)] == scenes.paragraphs[id(last.sentence)]
    )


def _copy(source: Draft, draft: Draft) -> None:
    names = ("event_start", "event_end", "date_precision", "as_of")
    draft.put("event", None, date_basis="inherited")
    draft.fields.update({name: source.get(name) for name in names})


def _pair_lists(drafts: list[Draft], readings: dict[int, Reading]) -> None:
    """As in "215 officers on 17 March and 170 on 2 April": as many dates as numbers, each beside its own."""
    by_sentence: dict[tuple[int, str], list[Draft]] = {}
    for draft in drafts:
        if draft.kind in _EVENTS and "value" in draft.spans:
            by_sentence.setdefault((id(draft.sentence), draft.kind), []).append(draft)
    for (key, _), group in by_sentence.items():
        reading = readings[key]
        dates = [m for m in reading.dates if not m.is_speech]
        if len(group) < 2 or len(dates) != len(group):
            continue
        group.sort(key=lambda draft: draft.spans["value"][0])
        if _alternate(reading.sentence, group, dates):
            for draft, mention in zip(group, dates, strict=True):
                put_date(draft, mention, future=draft.get("status") == "planned")


def _alternate(sentence: Sentence, group: list[Draft], dates: list[DateMention]) -> bool:
    """True for "number, date, number, date" and for "date, number, date, number"."""
    numbers = [draft.spans["value"][0][0] for draft in group]
    days = [sentence.tokens[mention.i].start for mention in dates]
    pairs = (
        [place for pair in zip(numbers, days, strict=True) for place in pair],
        [place for pair in zip(days, numbers, strict=True) for place in pair],
    )
    return any(places == sorted(places) for places in pairs)
