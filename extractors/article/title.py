"""PageSource -> title: the headline, as the page prints it."""

from __future__ import annotations

from extractors.article.json_ld import first_string
from extractors.article.page_source import PageSource
from extractors.plain_text import plain_text


def find_title(source: PageSource, feed_title: str | None) -> str:
    """Choose among what the page calls itself."""
    h1 = [plain_text(" ".join(element.itertext())) for element in source.tree.iter("h1")]
    candidates = (
        first_string(source.json_ld, "headline"),
        source.first_meta("og:title"),
        *h1,
        source.first_meta("twitter:title"),
        feed_title or "",
        source.tree.findtext(".//title") or "",
    )
    return next((cleaned for text in candidates if (cleaned := plain_text(text))), "")
