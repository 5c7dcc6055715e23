"""Reading -> place: where a trigger's clause says it happened, and what the article leaves to be understood."""

from __future__ import annotations

import math
from collections.abc import Sequence

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.place_mentions import PlaceMention, before_place, read_places, size_of
from extractors.facts.reading import Sentence
from extractors.facts.scenes import Scenes
from extractors.facts.slots import gap
from extractors.records import Place

# Between the ids of several places where something happened together.
PLACES_JOINED_BY = "+"
# Out of several places only the nearest is asked for; a lone one counts wherever it stands in the sentence.
_TOWARDS_OTHER = 6.0
# Where "there" or "the town" may look back for its name, in sentences.
_THERE_REACH = 4
# A paragraph's place reaches so many sentences on.
_PARAGRAPH_REACH = 4
# The lead: a country named in it is made more precise by the town that the lead or the headline names.
_LEAD = 4

_HAPPENING = frozenset(["casualty", "control", "deployment", "displacement", "equipment"])
_OF_THEATRE = frozenset(["pledge", "strength", "deployment", "withdrawal", "need"])


def put_place(context: Context, reading: Reading, draft: Draft, at: int) -> None:
    """Fills the place: the one named nearest the trigger, or meant by "there"; else the theatre."""
    mention = _nearest(context, reading, draft, at)
    if mention is not None:
        _put_explicit(draft, reading.sentence, mention)
    elif (back := _spoken_of(context, reading)) is not None:
        _put_from(draft, back, "inherited")
    else:
        draft.put("place", None, country=context.mission.theatre, place_basis="inherited")


def place_fields(place: Place, text: str, basis: str) -> dict[str, object]:
    """The columns of a gazetteer place, as the text spells it."""
    return {
        "place": text,
        "place_id": place.place_id,
        "country": place.country,
        "admin1": place.name if place.kind == "department" else place.admin1,
        "admin2": place.name if place.kind == "commune" else place.admin2,
        "pcode": place.pcode,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "place_basis": basis,
    }


def _put_explicit(draft: Draft, sentence: Sentence, mention: PlaceMention) -> None:
    span = sentence.span(mention.i, mention.j)
    draft.put("place", span, **_fields_of(mention, "explicit"))


Placed = tuple[Sentence, PlaceMention]


def _put_from(draft: Draft, found: Placed, basis: str) -> None:
    """A place of another sentence; words of the body have no span in the headline."""
    sentence, mention = found
    span = sentence.span(mention.i, mention.j) if sentence.in_title == draft.sentence.in_title else None
    draft.put("place", span, **_fields_of(mention, basis))


def _fields_of(mention: PlaceMention, basis: str) -> dict[str, object]:
    """The columns of a place, or of several.

    Towns that lie apart keep all their ids, and what they have in common; quarters of one city stand under the first.
    """
    fields = place_fields(mention.place, mention.text, basis)
    places = (mention.place, *mention.others)
    if all(_kilometres(mention.place, other) <= _ONE_CITY_KM for other in mention.others):
        return fields
    shared = {name: fields[name] for name in ("admin1", "admin2") if _is_shared(places, name)}
    unknown = dict.fromkeys(("admin1", "admin2", "pcode", "latitude", "longitude"))
    ids = sorted({place.place_id for place in places})
    return {**fields, **unknown, **shared, "place_id": PLACES_JOINED_BY.join(ids)}


def _is_shared(places: Sequence[Place], name: str) -> bool:
    return len({place_fields(place, "", "")[name] for place in places}) == 1


def _kilometres(one: Place, other: Place) -> float:
    """Between two places, on a plane; those of which nobody knows where they lie are taken to lie together."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return 0.0
    width = math.cos(math.radians((one.latitude + other.latitude) / 2))
    return math.hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * width) * _KM_A_DEGREE


# The middles of communes that touch, in and around a city, lie no further apart; Mirebalais and Saut-d'Eau do.
_ONE_CITY_KM = 8.0
_KM_A_DEGREE = 111.2


def _nearest(context: Context, reading: Reading, draft: Draft, at: int) -> PlaceMention | None:
    """The place that lies nearest to the trigger and to the number; where people go is not where they were harmed."""
    mentions = read_places(context, reading)
    if draft.kind == "displacement":
        mentions = [m for m in mentions if not _is_refuge(reading.sentence, m)]
    if draft.kind == "casualty":
        mentions = [m for m in mentions if not (m.is_goal and _is_left_behind(reading.sentence, m))]
    if not mentions:
        return None
    value = draft.spans["value"][0][0] if "value" in draft.spans else None
    number = next((k for k, token in enumerate(reading.sentence.tokens) if token.start == value), at)
    mentions = [m for m in mentions if not _is_of_part(reading, m, number)] or mentions
    return min(mentions, key=lambda m: m.weight + (_way(reading, m, at) + _way(reading, m, number)) / 2)


def _is_of_part(reading: Reading, mention: PlaceMention, number: int) -> bool:
    """As in "5,600 died in Haiti, among them 207 at Wharf Jérémie": each number has the place of its own clause."""
    sentence = reading.sentence
    first, last = min(number, mention.j), max(number, mention.i)
    parting = [k for k in range(first + 1, last) if _parts(sentence, k)]
    others = [q.figure[0] for q in reading.quantities if q.figure[0] != number]
    if not parting:
        return False
    # On the side of the place there is another number that it belongs to.
    return any((k > parting[0]) == (mention.i > parting[0]) for k in others)


def _parts(sentence: Sentence, k: int) -> bool:
    tags = sentence.tags(k)
    return bool(tags & {"partitive", "of_them"}) or ("restating" in tags and sentence.low(k - 1) == ",")


def _way(reading: Reading, mention: PlaceMention, at: int) -> float:
    return gap(reading, mention.j, at) if mention.j <= at else gap(reading, at + 1, mention.i)


# "to seek shelter with relatives in Saint-Marc": so many tokens may stand before the place.
_REFUGE_REACH = 6


def _is_refuge(sentence: Sentence, mention: PlaceMention) -> bool:
    k = before_place(sentence, mention.i)
    if mention.is_goal and mention.place.kind != "country" and "origin" not in sentence.tags(k):
        return True
    if "to" in sentence.tags(k) and not sentence.entry(k).cues and _flees(sentence, k - 1):
        return True
    if any(cue.name == "arrive" for n in range(k - 1, k + 1) for cue in sentence.entry(n).cues):
        return True
    return any("refuge" in sentence.tags(k) for k in range(max(0, mention.i - _REFUGE_REACH), mention.i))


def _flees(sentence: Sentence, k: int) -> bool:
    return any(cue.kind == "displacement" for cue in sentence.entry(k).cues)


# "withdrew on motorcycles towards Savien": so many tokens stand between.
_RETREAT_REACH = 5


def _is_left_behind(sentence: Sentence, mention: PlaceMention) -> bool:
    """As in "killed six and withdrew towards Savien", "the attackers, who came from Savien": not where they struck."""
    k = before_place(sentence, mention.i)
    is_retreat = any("retreat" in sentence.tags(n) for n in range(k - _RETREAT_REACH, k))
    return is_retreat or "origin" in sentence.tags(k)


def _spoken_of(context: Context, reading: Reading) -> Placed | None:
    """As in "were slaughtered there", "residents of the town": the place last named before."""
    sentence = reading.sentence
    if sentence.in_title or not any(_points_back(sentence, k) for k in range(len(sentence.tokens))):
        return None
    before = reading.before
    for _ in range(_THERE_REACH):
        if before is None or before.sentence.in_title:
            return None
        local = _locals(context, before)
        if local:
            return before.sentence, max(local, key=lambda m: size_of(context, m.place))
        before = before.before
    return None


def _points_back(sentence: Sentence, k: int) -> bool:
    tags = sentence.tags(k)
    if "there" in tags:
        return not ("expletive" in tags and "be" in sentence.tags(k + 1))
    return "place_noun" in tags and bool(sentence.tags(k - 1) & _DEFINITE) and "of" not in sentence.tags(k + 1)


_DEFINITE = frozenset(["determiner", "definite"])


def _locals(context: Context, reading: Reading) -> list[PlaceMention]:
    """The places of a sentence that are smaller than the country, those it only points towards left out."""
    found = [m for m in read_places(context, reading) if m.place.kind not in ("country", "site")]
    return [m for m in found if m.weight < _TOWARDS_OTHER] or found


def settle_places(context: Context, drafts: list[Draft], scenes: Scenes) -> None:
    """Fills the place of what happened, where its sentence does not say: from its paragraph, or from the lead."""
    readings = {id(reading.sentence): reading for reading in context.readings}
    lead = _find_lead(context)
    for draft in drafts:
        if draft.kind in _OF_THEATRE and draft.get("country") is None:
            draft.put("place", None, country=context.mission.theatre, place_basis="inherited")
        reading = readings[id(draft.sentence)]
        if (
            draft.kind in _HAPPENING
            and draft.get("place") is None
            and (head := _section_head(context, reading, scenes))
        ):
            _put_from(draft, head, "inherited")
        if not _is_open(draft):
            continue
        found = _earlier_in_paragraph(context, reading, scenes) if draft.get("place") is None else None
        found = found or (lead if draft.get("place") is None or _is_in_lead(draft) else None)
        if found is not None:
            _put_from(draft, found, "inherited")


# "Kenscoff." above a paragraph: a heading has no more words.
_LONGEST_HEAD = 5


def _section_head(context: Context, reading: Reading, scenes: Scenes) -> Placed | None:
    """The place that stands as a heading over the paragraph of a sentence."""
    paragraph, at = scenes.paragraphs[id(reading.sentence)], reading.before
    while at is not None and scenes.paragraphs[id(at.sentence)] == paragraph and not _is_head(context, at):
        at = at.before
    if (
        at is None
        or at.sentence.in_title
        or not _is_head(context, at)
        or paragraph - scenes.paragraphs[id(at.sentence)] > 1
    ):
        return None
    local = _locals(context, at)
    return (at.sentence, local[0]) if local else None


def _is_head(context: Context, reading: Reading) -> bool:
    return len(reading.sentence.tokens) <= _LONGEST_HEAD and bool(read_places(context, reading))


def _is_open(draft: Draft) -> bool:
    """True for what happened at one place that is not named beside it."""
    if draft.kind not in _HAPPENING or draft.get("measure") not in ("flow", None):
        return False
    if draft.get("status") not in ("done", "denied", "alleged"):
        return False
    return draft.get("place") is None or draft.get("place_id") == draft.get("country")


def _is_in_lead(draft: Draft) -> bool:
    return draft.sentence.in_title or draft.sentence.index < 1


def _earlier_in_paragraph(context: Context, reading: Reading, scenes: Scenes) -> Placed | None:
    paragraph, before = scenes.paragraphs[id(reading.sentence)], reading.before
    for _ in range(_PARAGRAPH_REACH):
        if before is None or scenes.paragraphs[id(before.sentence)] != paragraph:
            return None
        local = [m for m in _locals(context, before) if not m.is_goal]
        if local:
            return before.sentence, min(local, key=lambda m: m.weight)
        before = before.before
    return None


def _find_lead(context: Context) -> Placed | None:
    """The first town or quarter that the lead or the headline names, else a site, else where the story was filed."""
    body = [reading for reading in context.readings if not reading.sentence.in_title]
    titles = [reading for reading in context.readings if reading.sentence.in_title]
    for reading in (*body[:_LEAD], *titles):
        local = _locals(context, reading)
        if local:
            return reading.sentence, min(local, key=lambda m: m.weight)
    sites = [(r.sentence, m) for r in body[:_LEAD] for m in read_places(context, r) if m.place.kind == "site"]
    return sites[0] if sites else _filed_at(context, body)


def _filed_at(context: Context, body: list[Reading]) -> Placed | None:
    for reading in body[:1]:
        for mark in reading.sentence.each():
            place = mark.name.place if mark.name is not None and mark.i < reading.dateline else None
            if place is not None and place.country == context.mission.theatre and place.kind != "country":
                return reading.sentence, PlaceMention(mark.i, mark.j, place, reading.sentence.words(mark.i, mark.j))
    return None
