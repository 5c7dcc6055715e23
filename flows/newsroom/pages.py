"""Story -> page, stories -> feed: render what the outlets of a sample newsroom publish.

Pure: the same story gives the same bytes. Templates are `string.Template`, one page an outlet and two a feed format.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from string import Template

from flows.newsroom.furniture import furniture_parts
from flows.newsroom.records import Answer, Outlet, Story, StoryFeed
from flows.newsroom.teasers import teaser_parts

__all__ = ["Answer", "Outlet", "Story", "StoryFeed", "feed_answer", "fill_template", "page_answer"]
__all__ += ["render_feed", "render_page", "render_shell"]

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_CONTENT_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
}
# As many as fit a box of related links on the pages that these layouts are modelled on.
_RELATED_COUNT = 3
_OPENING_PARAGRAPHS = 2


def page_answer(outlet: Outlet, story: Story, related: Sequence[Story] = ()) -> Answer:
    """The answer to a request for a story's page."""
    content_type = f"text/html; charset={outlet.encoding}"
    return Answer(200, content_type, render_page(outlet, story, related), is_packable=outlet.gzip)


def fill_template(outlet: Outlet) -> str:
    """An outlet's template with all that is the same on every page in its place."""
    parts = {name: part.replace("$", "$$") for name, part in furniture_parts(outlet).items()}
    return Template(outlet.template).safe_substitute(parts)


def render_page(outlet: Outlet, article: Story, related: Sequence[Story] = ()) -> bytes:
    """A story in its outlet's layout, with links to the related ones."""
    paragraphs = [f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in article.paragraphs]
    others = related or [teaser for teaser in outlet.teasers if teaser.title != article.title]
    links = [f'<a href="{escape(other.url)}">{escape(other.title)}</a>' for other in others[:_RELATED_COUNT]]
    html = Template(outlet.template).substitute(
        _escaped(_story_values(outlet, article)),
        **teaser_parts(outlet, article),
        day=_day_words(article.published, outlet.language),
        body="\n".join(paragraphs),
        opening="\n".join(paragraphs[:_OPENING_PARAGRAPHS]),
        rest="\n".join(paragraphs[_OPENING_PARAGRAPHS:]),
        related="".join(f"<li>{link}</li>" for link in links),
        related_link=links[0] if links else "",
        json_ld=_json_ld(outlet, article),
    )
    return html.encode(outlet.encoding, "xmlcharrefreplace")


def render_shell(outlet: Outlet, template: str, about: Story) -> bytes:
    """A page of the outlet that holds no story: its furniture around whatever the template says."""
    parts = furniture_parts(outlet) | teaser_parts(outlet, about)
    return Template(template).substitute(_escaped(_story_values(outlet, about)), **parts).encode(outlet.encoding)


def feed_answer(outlet: Outlet, stories: Sequence[Story]) -> Answer:
    """The answer to a request for an outlet's feed, with the validators that it offers."""
    feed, body = outlet.feed, render_feed(outlet, stories)
    headers = []
    if "etag" in feed.validators:
        headers.append(("ETag", f'"{hashlib.sha256(body).hexdigest()[:20]}"'))
    if "last_modified" in feed.validators:
        headers.append(("Last-Modified", format_datetime(_newest(stories).astimezone(UTC), usegmt=True)))
    if feed.cache_control:
        headers.append(("Cache-Control", feed.cache_control))
    return Answer(200, _CONTENT_TYPES[feed.format], body, tuple(headers), is_packable=outlet.gzip)


def render_feed(outlet: Outlet, stories: Sequence[Story]) -> bytes:
    """An outlet's feed, newest story first, in the bytes that it sends."""
    newest_first = sorted(stories, key=lambda story: (story.published, story.slug), reverse=True)
    if outlet.feed.format == "json":
        return _json_feed(outlet, newest_first)
    document, item = map(Template, outlet.feed.templates)
    items = [item.substitute(_escaped(_entry_values(outlet, story))) for story in newest_first]
    xml = document.substitute(
        _escaped({"name": outlet.name, "host": outlet.host, "feed_url": outlet.feed_url, "language": outlet.language}),
        updated=_newest(stories).isoformat(),
        updated_mail=format_datetime(_newest(stories)),
        ttl=f"<ttl>{outlet.feed.ttl}</ttl>" if outlet.feed.ttl else "",
        items="".join(items),
    )
    return xml.encode(outlet.feed.encoding, "xmlcharrefreplace")


def _newest(stories: Sequence[Story]) -> datetime:
    return max(story.updated or story.published for story in stories)


def _story_values(outlet: Outlet, story: Story) -> dict[str, str]:
    return {
        "name": outlet.name,
        "title": story.title,
        "summary": story.summary,
        "author": story.author,
        "section": story.section,
        "caption": story.caption,
        "slug": story.slug,
        "url": story.url,
        "published": story.published.isoformat(),
    }


def _entry_values(outlet: Outlet, story: Story) -> dict[str, str]:
    return _story_values(outlet, story) | {
        "guid": story.url,
        "link": _link(outlet.feed, story),
        "content": _content(outlet.feed, story),
        "published_mail": format_datetime(story.published),
        "updated": (story.updated or story.published).isoformat(),
    }


def _link(feed: StoryFeed, story: Story) -> str:
    path = story.moved_from or story.path
    return f"http://{story.outlet}{path}" + (f"?{feed.tracking}" if feed.tracking else "")


def _content(feed: StoryFeed, story: Story) -> str:
    if feed.content == "summary":
        return ""
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in story.paragraphs)


def _json_feed(outlet: Outlet, stories: Sequence[Story]) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"http://{outlet.host}/",
        "feed_url": outlet.feed_url,
        "language": outlet.language,
        "items": [_json_item(outlet, story) for story in stories],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json_item(outlet: Outlet, story: Story) -> dict[str, object]:
    return {
        "id": story.url,
        "url": _link(outlet.feed, story),
        "title": story.title,
        "summary": story.summary,
        "content_html": _content(outlet.feed, story),
        "date_published": story.published.isoformat(),
        "date_modified": (story.updated or story.published).isoformat(),
        "authors": [{"name": story.author}],
    }


def _json_ld(outlet: Outlet, story: Story) -> str:
    block = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
        "mainEntityOfPage": story.url,
    }
    # Inside a script element only "</" could end it early.
    return json.dumps(block, ensure_ascii=False).replace("</", "<\\/")


def _day_words(when: datetime, language: str) -> str:
    month = _MONTHS[language].split()[when.month - 1]
    day = {"en": f"{month} {when.day},", "fr": f"{when.day} {month}", "es": f"{when.day} de {month} de"}[language]
    return f"{day} {when.year}"


def _escaped(values: Mapping[str, str]) -> dict[str, str]:
    return {name: escape(value) for name, value in values.items()}
