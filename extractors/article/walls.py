"""PageSource -> refusal: pages that answered 200 and hold no article."""

from __future__ import annotations

from extractors.article.page_source import PageSource
from extractors.errors import ArticleError
from extractors.records import Reason


def refuse_walls(source: PageSource, title: str, text: str) -> None:
    """Refuse a page without an article.

    Raises:
        ArticleError: with the reason.
    """
    if not text:
        raise ArticleError(source.url, Reason.NO_TEXT, f"no text found under {title!r}")
