"""Article text -> the wire agency it credits, if one: the sign of a copy that its own outlet did not write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

# A credit stands in the dateline or in the last lines: "(Reuters) -", "NAIROBI, Jan 18 (AFP)", "© EFE", "Source: AP".
_HEAD_CHARACTERS = 160
_TAIL_CHARACTERS = 240


def credited_agency(text: str, authors: Sequence[str], agencies: Sequence[str]) -> str | None:
    """The agency that the byline, the dateline or the closing credit names.

    Args:
        text: body text of the article.
        authors: the byline as read.
        agencies: names of agencies as publishers.tsv has them; the first that is credited wins.
    """
    if not agencies:
        return None
    name, credit = _patterns(tuple(agencies))
    for author in authors:
        if found := name.search(author):
            return _as_listed(found[1], agencies)
    for part in (text[:_HEAD_CHARACTERS], text[-_TAIL_CHARACTERS:]):
        if found := credit.search(part):
            return _as_listed(next(group for group in found.groups() if group), agencies)
    return None


@lru_cache(maxsize=8)
def _patterns(agencies: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(re.escape(agency) for agency in sorted(agencies, key=len, reverse=True))
    credit = rf"\(({names})\)|(?:©|\(c\)|source\s*:|avec|con información de|with)\s*({names})\b|[—–-]\s*({names})\s*$"
    return re.compile(rf"\b({names})\b"), re.compile(credit, re.IGNORECASE)


def _as_listed(found: str, agencies: Sequence[str]) -> str:
    return next(agency for agency in agencies if agency.casefold() == found.casefold())
