"""Page -> Article: find the readable part of an HTML page, and what it says of itself.

The page is decoded and parsed once. trafilatura finds the text; title, date, authors and language are read here, each
with its provenance. It never fetches, and never guesses: what the page does not state stays empty.
"""

from __future__ import annotations

from datetime import datetime

from extractors.article.authors import find_authors
from extractors.article.dates import find_publication_date
from extractors.article.languages import declared_language
from extractors.article.page_source import read_source
from extractors.article.text import normalize_text, read_text
from extractors.article.title import find_title, read_titles
from extractors.article.walls import is_suspect, refuse_redirect_home, refuse_walls
from extractors.records import Article, Page

__all__ = ["clean_page", "normalize_text"]


def clean_page(page: Page, *, feed_date: datetime | None = None, feed_title: str | None = None) -> Article:
    """Read the article out of a page.

    Args:
        page: as the server answered, or bytes of a local file with status 200 and content type "".
        feed_date: when the feed says it was published; trusted first, unless it is absurd.
        feed_title: what the feed calls it; evidence for which of the page's own titles is the headline.

    Returns:
        `language` is what the page declares, until the caller has detected it.

    Raises:
        ArticleError: NOT_HTML, NO_TEXT, CONSENT_WALL, PAYWALL, BOT_WALL or SOFT_404.
    """
    source = read_source(page)
    refuse_redirect_home(source)
    titles = read_titles(source)
    title = find_title(titles, feed_title)
    published = find_publication_date(source, feed_date, (*titles.all, feed_title or ""))
    authors = find_authors(source)
    canonical_link, language = source.canonical_link(), declared_language(source)
    descriptions = tuple(source.meta.get("og:description", ())) + tuple(source.meta.get("description", ()))
    # From here on the tree is used up.
    text = read_text(source.tree, headlines=titles.all, descriptions=descriptions)
    if is_suspect(text):
        refuse_walls(source.unspoilt(), title, text)
    return Article(
        url=page.final_url,
        title=title,
        text=text,
        authors=authors,
        canonical_link=canonical_link,
        published_at=published.at,
        published_on=published.on,
        published_basis=published.basis,
        published_conflict=published.has_conflict,
        stated_dates=published.stated,
        language=language,
        site_name=source.site_name(),
    )
