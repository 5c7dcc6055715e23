"""PageSource -> title: the headline, out of the five or more titles that a page gives itself.

Calibrated on 118 news pages of 15 countries: JSON-LD's headline is right on 87 % of the pages that have one, og:title
on 81 % of all, h1 on 77 %. They err in different ways, so each is believed where the others show it to be sound:

- JSON-LD repeats the title element, while h1 and og:title agree on something else: it was written for search engines.
- JSON-LD and h1 agree, and the share titles agree on another: the one for sharing, unless JSON-LD confirms its own.
- Two titles differ by what stands before a colon or dash: that is a kicker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.article.json_ld import first_string
from extractors.article.page_source import PageSource
from extractors.plain_text import plain_text

# What parts a headline from the name of its site, or from its kicker.
_SEPARATOR = re.compile(r"\s+[|\-–—·•»:]{1,2}\s+|\s*\|\s*")
_PART_END = re.compile(r"\s+[|\-–—·•»:]{1,2}\s+|\s*\|\s*|:\s+")
_KICKER_END = re.compile(r"\s+[|–—-]\s+|\s?:\s+")
_KICKER_AT_END = re.compile(r"(?:\s+[|–—-]|:)\s+$")
# A kicker of one or two words ("Haiti:", "Port-au-Prince:") says where, and is kept.
_MIN_KICKER_WORDS = 3
_MIN_HEADLINE_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of a page, freed of the site's name; "" where there is none."""

    headline: str
    name: str
    shared: str
    twitter: str
    printed: tuple[str, ...]
    element: str
    is_shared_branded: bool
    parted: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        """Every one of them, once."""
        stated = (self.headline, self.shared, self.twitter, *self.printed, self.name, self.parted, self.element)
        return tuple(dict.fromkeys(title for title in stated if title))


def read_titles(source: PageSource) -> Titles:
    """Gather the titles of a page."""
    printed = [plain_text(" ".join(element.itertext())) for element in source.tree.iter("h1")]
    headline, name, shared, twitter, element = map(
        plain_text,
        (
            first_string(source.json_ld, "headline"),
            first_string(source.json_ld, "name"),
            source.first_meta("og:title"),
            source.first_meta("twitter:title"),
            source.tree.findtext(".//title") or "",
        ),
    )
    sites = _site_names(source)
    known = {_fold(title) for title in (headline, name, shared, twitter, *printed) if title}

    def freed(title: str) -> str:
        return _without_site(title, sites, known)

    return Titles(
        headline=freed(headline),
        name=freed(name),
        shared=freed(shared),
        twitter=freed(twitter),
        printed=tuple(title for text in printed if (title := freed(text)) and _fold(title) not in sites),
        element=freed(element),
        is_shared_branded=freed(shared) != shared,
        parted=_printed_part(source, freed(element)),
    )


def find_title(titles: Titles, feed_title: str | None) -> str:
    """Choose the headline.

    Args:
        titles: of the page.
        feed_title: what the feed calls it; decides when it is one of them.
    """
    in_feed = _fold(feed_title or "")
    for title in titles.all:
        if in_feed and _fold(title) == in_feed:
            return title
    chosen = _choose(titles)
    return _without_kicker(chosen, titles.all) if chosen else plain_text(feed_title or "")


def _choose(titles: Titles) -> str:
    headline, shared = titles.headline, titles.shared
    printed = titles.printed[0] if titles.printed else ""
    if not headline or not shared:
        return headline or shared or titles.parted or printed or titles.twitter or titles.element
    said, other = _fold(headline), _fold(shared)
    if other == _fold(printed) and said == _fold(titles.element):
        return shared
    is_doubted = said == _fold(printed) and other == _fold(titles.twitter) and not titles.is_shared_branded
    return shared if is_doubted and _fold(titles.name) != said else headline


def _printed_part(source: PageSource, title: str) -> str:
    """The part of a title that is printed as a heading; of two such parts the longer one, the other is the site's.

    Of old pages, whose headings are bold lines, and of blogs, whose one h1 is the blog's name.
    """
    parts = [part.strip() for part in _PART_END.split(title) if part.strip()]
    if len(parts) < 2:
        return ""
    headings = source.tree.iter("h1", "h2", "h3", "h4", "b", "strong", "font")
    printed = {_fold(" ".join(heading.itertext())) for heading in headings}
    if _fold(title) in printed:
        return ""
    return max((part for part in parts if _fold(part) in printed), key=len, default="")


def _without_site(title: str, sites: set[str], known: set[str]) -> str:
    """Take off what a separator parts from the headline: the site's name, or what another title does without."""
    while cuts := list(_SEPARATOR.finditer(title)):
        first, last = cuts[0], cuts[-1]
        head = title[: last.start()].rstrip()
        if head and (_fold(title[last.end() :]) in sites or _fold(head) in known):
            title = head
        elif _fold(title[: first.start()]) in sites and title[first.end() :]:
            title = title[first.end() :]
        else:
            break
    return title


def _without_kicker(title: str, others: tuple[str, ...]) -> str:
    """Drop what stands before a colon or dash, where another title has the same headline and not the same kicker."""
    for cut in _KICKER_END.finditer(title):
        kicker, headline = title[: cut.start()], title[cut.end() :]
        is_headline = len(headline) >= _MIN_HEADLINE_CHARACTERS and not headline[0].islower()
        if not is_headline or len(kicker.split()) < _MIN_KICKER_WORDS:
            continue
        heads = (other[: -len(headline)] for other in others if other.endswith(headline))
        if any(not head or _is_other_kicker(head, kicker) for head in heads):
            return headline
    return title


def _is_other_kicker(head: str, kicker: str) -> bool:
    """Another kicker, and not the same words in another spelling."""
    return _KICKER_AT_END.search(head) is not None and _fold(head.split(maxsplit=1)[0]) != _fold(
        kicker.split(maxsplit=1)[0]
    )


def _site_names(source: PageSource) -> set[str]:
    host = source.url.split("/")[2].lower().removeprefix("www.") if source.url.count("/") > 1 else ""
    stated = (source.first_meta("og:site_name"), source.first_meta("application-name"), host, *host.split(".")[:-1])
    return {folded for name in stated if (folded := _fold(name))}


def _fold(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
