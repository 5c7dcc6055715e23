"""PageSource -> dates that the page shows to its reader: in elements marked as dates, and printed under the headline.

Pages show dates of other things as well: of the last change, of today, of the stories beside this one. What is marked
as the day of publication comes first; then what stands where a story's date stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from extractors.article.page_source import PageSource
from extractors.plain_text import normalize
from extractors.timestamp import parse_timestamp

_PUBLISHED = re.compile(r"publi|pubdate|posted|entry-date", re.IGNORECASE)
_CHANGED = re.compile(r"modif|updat|edited", re.IGNORECASE)
# In the order of the page, so that what stands under the headline is told from what stands above it.
_DATED = etree.XPath(
    "//h1 | //time[@datetime] | //*[contains(@itemprop, 'datePublished')][not(self::meta)] | //abbr[@title]"
)
# Where sites put other stories, or today's date.
_BESIDE = ("aside", "nav")
# An article element with less than this share of the page's paragraphs is a teaser of another story.
_MIN_STORY_SHARE = 0.3
# A byline with a date is no longer; a line of prose is.
_MAX_DATE_LINE_CHARACTERS = 80
_PROSE_CHARACTERS = 140
# Between the headline and the date stand a standfirst, a byline, share buttons.
_MOST_LINES = 15
_CHANGE_WORDS = re.compile(
    r"\b(?:updated|modified|edited|mise? [àa] jour|modifi[ée]|a(?:ct|t)ualizad[oa]|modificad[oa]|imesasishwa)\b",
    re.IGNORECASE,
)


def marked_date(source: PageSource) -> str:
    """What the best of the page's marked dates states, "" where none can be the story's own."""
    headline = source.tree.find(".//h1")
    whole = sum(len(_text(paragraph)) for paragraph in source.tree.iter("p"))
    best: tuple[int, str] = (9, "")
    is_below = headline is None
    for element in _DATED(source.tree):
        is_below = is_below or element is headline
        text = _stated(element)
        if text and parse_timestamp(text) is not None and not _is_of_another(element, headline, whole):
            rank = 0 if _PUBLISHED.search(_names(element)) else 1 if is_below else 2
            best = min(best, (rank, text), key=lambda each: each[0])
    return best[1]


def printed_date(source: PageSource, titles: tuple[str, ...]) -> str:
    """The date in the lines under the headline, "" where none stands there.

    Args:
        titles: what the headline may be.
    """
    body = source.tree.find("body")
    wanted = {_fold(title) for title in titles if title}
    lines = [] if body is None else list(_lines(body))
    heads = [number for number, line in enumerate(lines) if _fold(line) in wanted]
    return next((found for head in heads if (found := _under(lines[head + 1 : head + 1 + _MOST_LINES]))), "")


def _under(lines: list[str]) -> str:
    for line in lines:
        if len(line) >= _PROSE_CHARACTERS:
            return ""
        if (
            len(line) <= _MAX_DATE_LINE_CHARACTERS
            and not _CHANGE_WORDS.search(line)
            and parse_timestamp(line) is not None
        ):
            return line
    return ""


def _stated(element: HtmlElement) -> str:
    """The date that an element is marked with: time, microdata, hAtom."""
    if element.tag == "time":
        return element.get("datetime") or ""
    if "datePublished" in (element.get("itemprop") or "").split():
        return element.get("content") or element.get("datetime") or element.get("title") or _text(element)[:80]
    if element.tag == "abbr" and "published" in (element.get("class") or "").split():
        return element.get("title") or ""
    return ""


def _names(element: HtmlElement) -> str:
    marks = " ".join(str(element.get(name) or "") for name in ("class", "itemprop"))
    return f"{marks} pubdate" if "pubdate" in element.attrib else marks


def _is_of_another(element: HtmlElement, headline: HtmlElement | None, whole: int) -> bool:
    """A date of a change, or of a story beside this one."""
    names = _names(element)
    if _CHANGED.search(names) and not _PUBLISHED.search(names):
        return True
    for ancestor in element.iterancestors("article", *_BESIDE):
        if ancestor.tag in _BESIDE:
            return True
        holds_headline = headline is not None and any(each is ancestor for each in headline.iterancestors())
        written = sum(len(_text(paragraph)) for paragraph in ancestor.iter("p"))
        if headline is not None and not holds_headline and written < _MIN_STORY_SHARE * whole:
            return True
    return False


def _lines(body: HtmlElement) -> Iterator[str]:
    for text in body.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]"):
        if line := normalize(text):
            yield line


def _text(element: HtmlElement) -> str:
    return "".join(element.itertext())


def _fold(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
