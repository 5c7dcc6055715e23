"""Document and its claims -> one page: every span marked in the text, the slots of each claim beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from extractors.records import Claim, Document

_PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text between two ends of spans: the claims that it belongs to, by number, and the slots it fills."""

    words: str
    claims: tuple[int, ...]
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str
    value: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class _Card:
    heading: str
    made_by: str
    slots: tuple[_Slot, ...]


def render_document(document: Document, claims: Sequence[Claim], missions: Sequence[str]) -> str:
    """The page as HTML; it asks for nothing outside of itself.

    Args:
        missions: titles of the missions that were read for.
    """
    environment = Environment(
        loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("document.html.j2").render(
        document=document,
        title=cut_text(document.title or document.id, _spans_of(claims, in_title=True) if document.title else []),
        text=cut_text(document.text, _spans_of(claims, in_title=False)),
        claims=[_card(claim) for claim in claims],
        missions=" or ".join(missions),
        spans=_mark_segments,
    )


Marked = tuple[int, str, int, int]


def _spans_of(claims: Iterable[Claim], *, in_title: bool) -> list[Marked]:
    """(number of the claim, slot, start, end) for every span but the sentence, which would mark everything."""
    return [
        (number, slot, start, end)
        for number, claim in enumerate(claims, 1)
        if claim.in_title == in_title
        for slot, spans in claim.spans.items()
        if slot != "sentence"
        for start, end in spans
    ]


def cut_text(text: str, marked: Sequence[Marked]) -> list[Segment]:
    """A text cut at every end of a span; the segments put together are the text."""
    ends = sorted({0, len(text), *(end for mark in marked for end in mark[2:])})
    opening: dict[int, list[Marked]] = {}
    for mark in marked:
        opening.setdefault(mark[2], []).append(mark)
    open_now: list[Marked] = []
    segments = []
    for start, end in pairwise(ends):
        open_now = [mark for mark in open_now if mark[3] > start] + opening.get(start, [])
        claims = tuple(sorted({mark[0] for mark in open_now}))
        segments.append(Segment(text[start:end], claims, tuple(sorted({mark[1] for mark in open_now}))))
    return segments


def _mark_segments(segments: Iterable[Segment]) -> Markup:
    template = Markup('<mark data-claims="{}" data-slots="{}" title="{}">{}</mark>')
    return Markup("").join(
        template.format(" ".join(map(str, s.claims)), " ".join(s.slots), ", ".join(s.slots), s.words)
        if s.claims
        else s.words
        for s in segments
    )


def _card(claim: Claim) -> _Card:
    words = (claim.kind, claim.subkind, claim.original_value or claim.person, claim.status.replace("done", ""))
    made_by = f"{claim.mission} · {claim.extractor} {claim.extractor_version} · {claim.rule}"
    return _Card(" · ".join(word for word in words if word), made_by, tuple(_slots(claim)))


def _slots(claim: Claim) -> Iterable[_Slot]:
    """The filled slots, each with where it comes from."""
    derived = dict.fromkeys(claim.derived, "derived")
    for name, value, basis in (
        ("value", _values(claim), claim.qualifier),
        ("unit", claim.unit_class or claim.unit, derived.get("unit")),
        ("currency", claim.currency, None),
        ("measure", claim.measure, None),
        ("actor", _who(claim.actor, claim.actor_text), derived.get("actor")),
        ("target", _who(claim.target, claim.target_text), derived.get("target")),
        ("person", claim.person, None),
        ("role", claim.role, None),
        ("when", _interval(claim), claim.date_basis),
        ("where", claim.place or claim.country, claim.place_basis),
        ("status", claim.status, None),
        ("certainty", claim.certainty, None),
        ("says who", claim.source_text, claim.attribution if claim.attribution != "none" else None),
    ):
        if value:
            yield _Slot(name, value, basis or "")


def _who(actor: str | None, text: str | None) -> str | None:
    return f"{actor} ({text})" if actor and text else actor or text


def _values(claim: Claim) -> str:
    numbers: Mapping[str, float | None] = {
        "low": claim.value_low,
        "best": claim.value_best,
        "high": claim.value_high,
    }
    given = {name: value for name, value in numbers.items() if value is not None}
    if len(given) == 3 and len(set(given.values())) == 1:
        return f"{claim.value_best:,.10g}"
    return ", ".join(f"{name} {value:,.10g}" for name, value in given.items())


def _interval(claim: Claim) -> str | None:
    if claim.event_start is None:
        return None
    if claim.event_end in (None, claim.event_start):
        return str(claim.event_start)
    return f"{claim.event_start} to {claim.event_end}"
