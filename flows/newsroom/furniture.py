"""Outlet -> the parts of its pages that are the same around every story: menus, banners, bars, forms, footer.

Pure: an outlet's table in seeds/sample/furniture.toml decides. What depends on the story is in teasers.py.
"""

from __future__ import annotations

import random
from html import escape

from flows.newsroom.names import class_name, icon, slug_of
from flows.newsroom.records import Furniture, Outlet
from flows.newsroom.state import closing_scripts, head_scripts, preloads
from flows.newsroom.styles import stylesheet

_ICONS = ("menu", "search", "close", "mail", "link", "message", "user", "comment", "clock", "arrow", "play", "print")
_SHARES = ("message", "mail", "copy")


def furniture_parts(outlet: Outlet) -> dict[str, str]:
    """Every part by the name under which a template asks for it."""
    furniture = outlet.furniture
    return {
        "head": f"{preloads(outlet)}\n<style>{stylesheet(furniture)}</style>\n{head_scripts(outlet)}",
        "sprite": _sprite(furniture),
        "skip": f'<a class="{class_name(furniture, "skip")}" href="#main">{_say(furniture, "skip")}</a>',
        "consent": _consent(furniture),
        "topbar": _topbar(furniture),
        "menu": _menu(furniture),
        "drawer": _drawer(furniture),
        "share": _share(furniture),
        "newsletter": _newsletter(furniture),
        "comments": _comments(furniture),
        "footer": _footer(outlet),
        "scripts": closing_scripts(outlet),
        **{f"ad_{number}": _slot(furniture, number) for number in range(1, 5)},
    }


def _say(furniture: Furniture, phrase: str) -> str:
    return escape(furniture.phrases.get(phrase, phrase))


def _sprite(furniture: Furniture) -> str:
    """Drawings for the page to point at."""
    if not furniture.icons:
        return ""
    symbols = "".join(
        f'<symbol id="icon-{name}" viewBox="0 0 24 24">{_path(furniture, name)}</symbol>' for name in _ICONS
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" style="position:absolute">{symbols}</svg>'


def _path(furniture: Furniture, name: str) -> str:
    draw = random.Random(furniture.prefix + name)  # noqa: S311 - looks, not secrets
    curves = (
        f"c{draw.uniform(-4, 4):.2f} {draw.uniform(-4, 4):.2f} {draw.uniform(-4, 4):.2f} {draw.uniform(-4, 4):.2f} "
        f"{draw.uniform(-4, 4):.2f} {draw.uniform(-4, 4):.2f}"
        for _ in range(draw.randrange(4, 10))
    )
    return f'<path fill="currentColor" d="M{draw.uniform(4, 12):.2f} {draw.uniform(4, 12):.2f}{"".join(curves)}z"/>'


def _consent(furniture: Furniture) -> str:
    name = class_name(furniture, "cookie-banner")
    buttons = "".join(
        f'<button type="button" class="{class_name(furniture, "cookie-banner", action)}" data-choice="{action}">'
        f"{_say(furniture, action)}</button>"
        for action in ("accept", "manage")
    )
    return (
        f'<div class="{name}" id="cookie-banner" role="region" aria-label="cookies" data-nosnippet>'
        f'<p>{_say(furniture, "cookies")} <a href="/cookies">{_say(furniture, "more")}</a></p>{buttons}</div>'
    )


def _topbar(furniture: Furniture) -> str:
    links = ("sign_in", "subscribe", "newsletter")
    items = "".join(
        f'<li class="{class_name(furniture, "topbar", "item")}"><a href="/{slug_of(link)}" data-track="topbar-{link}">'
        f"{icon(furniture, 'user')}{_say(furniture, link)}</a></li>"
        for link in links
    )
    search = (
        f'<form class="{class_name(furniture, "search")}" action="/search" role="search">'
        f'<label for="q" hidden>{_say(furniture, "search")}</label>'
        '<input id="q" type="search" name="q" autocomplete="off">'
        f'<button type="submit" aria-label="{_say(furniture, "search")}">{icon(furniture, "search")}</button></form>'
    )
    return f'<div class="{class_name(furniture, "topbar")}"><ul>{items}</ul>{search}</div>'


def _menu(furniture: Furniture) -> str:
    """The sections in a bar, with a panel of what lies under each."""
    entries = "".join(_menu_entry(furniture, *section) for section in furniture.sections)
    name = class_name(furniture, "menu")
    toggle = (
        f'<button class="{class_name(furniture, "menu", "toggle")}" type="button" aria-expanded="false"'
        f' aria-controls="drawer" data-toggle="drawer">{icon(furniture, "menu")}'
        f"<span>{_say(furniture, 'menu')}</span></button>"
    )
    return f'<nav class="{name}" aria-label="{_say(furniture, "menu")}">{toggle}<ul>{entries}</ul></nav>'


def _menu_entry(furniture: Furniture, label: str, children: tuple[str, ...]) -> str:
    path, item, link = (
        f"/{slug_of(label)}",
        class_name(furniture, "menu", "item"),
        class_name(furniture, "menu", "link"),
    )
    links = "".join(
        f'<li class="{class_name(furniture, "menu", "child")}">'
        f'<a class="{link}" href="{path}/{slug_of(child)}" data-track="menu:{slug_of(child)}">{escape(child)}</a></li>'
        for child in children
    )
    return (
        f'<li class="{item}"><a class="{link}" href="{path}" data-track="menu:{path[1:]}">{escape(label)}</a>'
        f'<div class="{class_name(furniture, "menu", "panel")}"><ul>{links}</ul></div></li>'
    )


def _drawer(furniture: Furniture) -> str:
    """The same sections again, for narrow screens."""
    groups = "".join(
        f'<li><a href="/{slug_of(label)}">{escape(label)}</a><ul>'
        + "".join(f'<li><a href="/{slug_of(label)}/{slug_of(child)}">{escape(child)}</a></li>' for child in children)
        + "</ul></li>"
        for label, children in furniture.sections
    )
    label = _say(furniture, "menu")
    close = f'<button type="button" data-toggle="drawer" aria-label="{label}">{icon(furniture, "close")}</button>'
    return (
        f'<div class="{class_name(furniture, "drawer")}" id="drawer" hidden>{close}<nav><ul>{groups}</ul></nav></div>'
    )


def _share(furniture: Furniture) -> str:
    buttons = "".join(
        f'<li class="{class_name(furniture, "share", "item")}"><a href="/share/{target}" rel="nofollow"'
        f' class="{class_name(furniture, "share", target)}" data-track="share:{target}"'
        f' aria-label="{_say(furniture, f"share_{target}")}">{icon(furniture, "link" if target == "copy" else target)}'
        f"<span>{_say(furniture, f'share_{target}')}</span></a></li>"
        for target in _SHARES
    )
    return f'<ul class="{class_name(furniture, "share")}" aria-label="{_say(furniture, "share")}">{buttons}</ul>'


def _newsletter(furniture: Furniture) -> str:
    name = class_name(furniture, "newsletter")
    return (
        f'<div class="{name}" data-component="newsletter"><h3>{_say(furniture, "newsletter")}</h3>'
        f'<p>{_say(furniture, "newsletter_text")}</p><form action="/newsletter" method="post">'
        f'<label>{_say(furniture, "mail")} <input type="email" name="mail" required></label>'
        f'<button type="submit">{_say(furniture, "sign_up")}</button></form></div>'
    )


def _comments(furniture: Furniture) -> str:
    name = class_name(furniture, "comments")
    return (
        f'<div class="{name}" id="comments"><h3>{icon(furniture, "comment")}{_say(furniture, "comments")}</h3>'
        f'<p>{_say(furniture, "join")}</p><form action="/comments" method="post">'
        f'<label for="comment">{_say(furniture, "comment")}</label>'
        '<textarea id="comment" name="text" rows="4"></textarea>'
        f'<input type="hidden" name="token" value=""><button type="submit">{_say(furniture, "send")}</button>'
        "</form></div>"
    )


def _slot(furniture: Furniture, number: int) -> str:
    if number > furniture.slots:
        return ""
    prefix = furniture.prefix.lower()
    return (
        f'<div class="{class_name(furniture, "ad-slot")}" aria-hidden="true"><span>{_say(furniture, "advert")}</span>'
        f'<div id="{prefix}-slot-{number}" data-slot="{prefix}/article/{number}" data-sizes="300x250,728x90,970x250"'
        f' data-lazy="{str(number > 1).lower()}" style="min-height:250px"></div></div>'
    )


def _footer(outlet: Outlet) -> str:
    furniture = outlet.furniture
    column = class_name(furniture, "footer", "column")
    columns = "".join(
        f'<div class="{column}"><h4><a href="/{slug_of(label)}">{escape(label)}</a></h4><ul>'
        + "".join(f'<li><a href="/{slug_of(label)}/{slug_of(child)}">{escape(child)}</a></li>' for child in children)
        + "</ul></div>"
        for label, children in furniture.sections
    )
    legal = "".join(f'<li><a href="/{slug_of(label)}">{escape(label)}</a></li>' for label in furniture.legal)
    return (
        f'<div class="{class_name(furniture, "footer")}">{columns}'
        f'<ul class="{class_name(furniture, "footer", "legal")}">{legal}</ul>'
        f"<small>© 2025 {escape(outlet.name)}. {_say(furniture, 'rights')}</small></div>"
    )
