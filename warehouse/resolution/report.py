"""Row of a claim -> Report: one assertion as resolution sees it, with who says so and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from warehouse.resolution.amounts import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A claim that counts: it stands in the newest wording of an article, by the current extractor.

    Args:
        origin_id: the article, or the original that the article is a copy of: what one text says, its copies say too.
        voice: whose word it is: the claimant named, else the agency credited, else the outlet.
        published_on: day of publication, else of recording.
        recorded_at: when the ledger came to know of it.
        amount: how many, None where it does not say.
        place: from the country down to the place itself, as far as it is known; empty where none is named.
        subject: the actor whose series it continues: forces that follow each other are one subject. Of those harmed,
            whose people they were, where they were not those of the land.
        position: latitude and longitude in degrees, where the gazetteer has them.
        words: content words of the sentence, lower case.
        saying: what it says, by which two claims of one sentence are put in an order.
        is_further: the sentence says that it comes on top of others ("another 75", "a second flight").
        is_former: the sentence tells it as the figure of before, beside the one that took its place ("to 40 from 60").
        stands_for: the fact whose reports lie too far off to be looked at, None for a report itself. What two such
            facts are to each other was decided when all their reports were looked at.
        merged: rulings of people by which it is one fact with the other reports that have the same ruling.
        parted: rulings by which it is none with those on the other side, and its own side.
    """

    claim_id: str
    recorded_at: datetime
    origin_id: str
    article_id: str
    voice: str
    published_on: date
    mission: str
    kind: str
    subkind: str | None = None
    measure: str | None = None
    amount: Amount | None = None
    unit: str | None = None
    unit_class: str | None = None
    currency: str | None = None
    actor: str | None = None
    target: str | None = None
    person: str | None = None
    role: str | None = None
    status: str | None = None
    polarity: str | None = None
    start: date | None = None
    end: date | None = None
    precision: str | None = None
    basis: str | None = None
    as_of: date | None = None
    place: tuple[str, ...] = ()
    subject: str | None = None
    position: tuple[float, float] | None = None
    part_of: str | None = None
    sentence: str = ""
    language: str = ""
    words: frozenset[str] = frozenset()
    saying: str = ""
    is_further: bool = False
    is_former: bool = False
    stands_for: str | None = None
    merged: frozenset[str] = frozenset()
    parted: frozenset[tuple[str, bool]] = frozenset()

    def is_apart_from(self, other: Report) -> bool:
        """Whether both stand for facts, and not for the same one."""
        return None not in (self.stands_for, other.stands_for) and self.stands_for != other.stands_for

    @property
    def is_denial(self) -> bool:
        """Whether it says that the thing was not so."""
        return self.status == "denied" or self.polarity == "-"

    @property
    def tie(self) -> tuple[str, str, str, str]:
        """Decides between reports that are alike otherwise; a newer extractor, which gives new ids, changes nothing."""
        return self.article_id, self.sentence, self.saying, self.claim_id

    @property
    def is_undated(self) -> bool:
        """Whether the report names no day that the figure holds for."""
        return self.as_of is None and self.end is None

    @property
    def known_on(self) -> date:
        """The day that the figure holds for, as far as the report tells: else the day of publication."""
        return self.as_of or self.end or self.published_on
