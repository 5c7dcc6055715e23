"""Outlet and story -> the boxes that point at other stories, and the story's own picture and trail.

Teasers come from the outlet: its own stories, those of others in its language, and headlines that exist as teasers
only. They are the same in number and weight whatever story they stand beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape

from flows.newsroom.names import class_name, icon, number_of, picture, slug_of
from flows.newsroom.records import Furniture, Outlet, Story
from flows.newsroom.state import meta_elements, page_state

# As many as fit a box of links on the pages that these layouts are modelled on.
_MOST_READ = 5
_LATEST = 6
_PARTNERS = 6
_FIRST_DAY = datetime(2025, 1, 13, 6, tzinfo=UTC)


def outlet_teasers(outlet: Outlet, stories: Mapping[str, Sequence[Story]]) -> tuple[Story, ...]:
    """What an outlet can point at, without the text.

    Args:
        stories: of all outlets, by language.
    """
    own = [story for story in stories[outlet.language] if story.outlet == outlet.host]
    others = [story for story in stories[outlet.language] if story.outlet != outlet.host]
    invented = [_invented(outlet, line) for line in outlet.furniture.headlines]
    return tuple(replace(story, paragraphs=()) for story in (*own, *invented, *others))


def teaser_parts(outlet: Outlet, story: Story) -> dict[str, str]:
    """Every part that depends on the story, by the name under which a template asks for it."""
    furniture = outlet.furniture
    teasers = _order(outlet, story)
    cards = teasers[: furniture.cards]
    partners = [teaser for teaser in teasers if not _is_own(outlet, teaser)]
    return {
        "meta": meta_elements(outlet, story),
        "picture": picture(furniture, story.slug, story.caption, loading="eager", sizes="960px"),
        "cards": "\n".join(_card(outlet, teaser) for teaser in cards),
        "most_read": _links(
            outlet, "most-read", sorted(teasers, key=lambda each: number_of(each.title, 997))[:_MOST_READ]
        ),
        "latest": _links(outlet, "latest", sorted(teasers, key=lambda each: each.published, reverse=True)[:_LATEST]),
        "partners": "\n".join(_partner(outlet, teaser) for teaser in partners[:_PARTNERS]),
        "state": page_state(outlet, story, teasers[: furniture.cards + _MOST_READ]),
    }


def _invented(outlet: Outlet, line: str) -> Story:
    title, _, summary = line.partition(" | ")
    slug = slug_of(title)
    section, _ = outlet.furniture.sections[number_of(title, len(outlet.furniture.sections))]
    published = _FIRST_DAY + timedelta(minutes=number_of(slug, 14 * 24 * 60))
    author = outlet.furniture.writers[number_of(slug, len(outlet.furniture.writers))]
    path = outlet.article.format(slug=slug, date=published)
    return Story(outlet.host, slug, path, title, summary, published, author, section)


def _order(outlet: Outlet, story: Story) -> list[Story]:
    """The outlet's teasers without this story, its own first, in an order that differs from page to page."""
    teasers = [teaser for teaser in outlet.teasers if teaser.title != story.title]
    return sorted(teasers, key=lambda teaser: (not _is_own(outlet, teaser), number_of(teaser.slug + story.slug, 997)))


def _is_own(outlet: Outlet, teaser: Story) -> bool:
    # The outlet may be served under another host than the one that its teasers were written for.
    return teaser.outlet == outlet.teasers[0].outlet


def _card(outlet: Outlet, teaser: Story) -> str:
    furniture = outlet.furniture
    element = "article" if furniture.naming == "bem" else "div"
    link = f'href="{escape(teaser.url)}" data-track="card:{number_of(teaser.path, 2**32):08x}"'
    media = class_name(furniture, "teaser", "media")
    return (
        f'<{element} class="{class_name(furniture, "teaser")}"><a class="{media}" {link} tabindex="-1"'
        f' aria-hidden="true">{picture(furniture, teaser.slug)}</a>{_card_text(furniture, teaser, link)}</{element}>'
    )


def _card_text(furniture: Furniture, teaser: Story, link: str) -> str:
    names = ("body", "label", "title", "summary", "meta")
    body, label, title, summary, meta = (class_name(furniture, "teaser", name) for name in names)
    minutes = f"{2 + number_of(teaser.slug, 6)} {escape(furniture.phrases.get('minutes', ''))}"
    return (
        f'<div class="{body}"><span class="{label}">{escape(teaser.section)}</span>'
        f'<h3 class="{title}"><a {link}>{escape(teaser.title)}</a></h3>'
        f'<p class="{summary}">{escape(teaser.summary)}</p>'
        f'<div class="{meta}"><span>{escape(teaser.author)}</span>{icon(furniture, "clock")}'
        f"<span>{minutes}</span></div></div>"
    )


def _links(outlet: Outlet, block: str, teasers: Sequence[Story]) -> str:
    furniture = outlet.furniture
    item, link = class_name(furniture, block, "item"), class_name(furniture, block, "link")
    items = "".join(
        f'<li class="{item}"><a class="{link}" href="{escape(teaser.url)}" data-track="{block}:{rank}">'
        f"<span>{escape(teaser.title)}</span></a></li>"
        for rank, teaser in enumerate(teasers, 1)
    )
    heading = furniture.phrases.get(block.replace("-", "_"), "")
    return f'<div class="{class_name(furniture, block)}"><h3>{escape(heading)}</h3><ol>{items}</ol></div>'


def _partner(outlet: Outlet, teaser: Story) -> str:
    furniture = outlet.furniture
    item = class_name(furniture, "partners", "item")
    return (
        f'<li class="{item}"><a href="{escape(teaser.url)}" rel="nofollow sponsored">'
        f"{picture(furniture, teaser.slug, sizes='240px')}<span>{escape(teaser.title)}</span>"
        f"<small>{escape(teaser.outlet)}</small></a></li>"
    )
