"""Outlet and story -> scripts and meta elements: what a page tells machines beside its text.

Settings of advertising, consent and measurement are the same on all pages of an outlet; the state that scripts start
from names the story and the stories that the page points at.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from flows.newsroom.names import PICTURE_WIDTHS, number_of, slug_of
from flows.newsroom.records import Outlet, Story

_STATE_ELEMENTS = {
    "next": '<script id="__NEXT_DATA__" type="application/json">{}</script>',
    "window": "<script>window.__config = {};</script>",
    "settings": '<script type="application/json" data-selector="settings-json">{}</script>',
}
_LOADER = """<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({"tags.start":new Date().getTime(),event:"tags.js"});
var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;j.src="/vendor/tags.js?id="+i;
f.parentNode.insertBefore(j,f);})(window,document,"script","dataLayer",%s);</script>
<script>document.documentElement.className=document.documentElement.className.replace("no-js","js");
window.performance&&performance.mark&&performance.mark("head-parsed");
if("connection" in navigator&&navigator.connection.saveData){
document.documentElement.classList.add("save-data");}</script>"""
_CLOSING = """<script>(function(){var seen=new Set();function show(entries){entries.forEach(function(entry){
if(!entry.isIntersecting||seen.has(entry.target.id))return;seen.add(entry.target.id);
window.slots.run(function(){window.slots.display(entry.target.id);});});}
var watcher=new IntersectionObserver(show,{rootMargin:"200px 0px"});
document.querySelectorAll("[data-slot]").forEach(function(slot){watcher.observe(slot);});
document.querySelectorAll("[data-toggle]").forEach(function(button){button.addEventListener("click",function(){
var target=document.getElementById(button.dataset.toggle);if(!target)return;
var open=target.hasAttribute("hidden");target.toggleAttribute("hidden",!open);
button.setAttribute("aria-expanded",String(open));window.dataLayer.push({event:"toggle",target:target.id,open:open});});});
})();</script>"""
# The standard sizes of display advertising, in pixels.
_AD_SIZES = ([970, 250], [728, 90], [300, 250], [300, 600], [320, 100], [320, 50])
_PURPOSES = ("storage", "basic_ads", "ads_profile", "personal_ads", "content_profile", "measure_ads", "measure_content")
_TESTED = ("menu", "teaser", "player", "comments", "newsletter", "search")
_TESTS = ("compact", "lazy", "prefetch")


def head_scripts(outlet: Outlet) -> str:
    """What runs before the page is shown: the tag manager, and settings of consent and advertising."""
    prefix = outlet.furniture.prefix
    settings = {
        "site": {"name": outlet.name, "language": outlet.language, "country": outlet.country, "brand": prefix},
        "consent": {"version": 3, "purposes": _PURPOSES, "vendors": _vendors(prefix, 5 * outlet.furniture.slots)},
        "slots": [_ad(prefix, number) for number in range(outlet.furniture.slots)],
        "flags": {f"{block}-{test}": number_of(block + test + prefix, 3) == 0 for block in _TESTED for test in _TESTS},
    }
    loader = _LOADER % json.dumps(f"{prefix.upper()}-{number_of(outlet.name, 10**6):06d}")
    return f"{loader}\n<script>window.siteSettings={_script_json(settings)};</script>"


def closing_scripts(outlet: Outlet) -> str:
    """What runs once the page is there."""
    names = ("runtime", "vendor", "page", "consent", "player")
    files = (f"/static/js/{name}.{number_of(outlet.name + name, 16**6):06x}.js" for name in names)
    return "\n".join((_CLOSING, *(f'<script src="{file}" defer></script>' for file in files)))


def preloads(outlet: Outlet) -> str:
    """Link elements of fonts, styles, icons and feeds."""
    prefix = outlet.furniture.prefix.lower()
    links = [f'<link rel="preload" href="/fonts/{prefix}-text-{w}.woff2" as="font" crossorigin>' for w in (400, 700)]
    links += [
        f'<link rel="{rel}" href="https://cdn.{slug_of(outlet.name)}.example">'
        for rel in ("preconnect", "dns-prefetch")
    ]
    links += [f'<link rel="apple-touch-icon" sizes="{n}x{n}" href="/icons/touch-{n}.png">' for n in (76, 120, 152, 180)]
    links += [f'<link rel="icon" type="image/png" sizes="{n}x{n}" href="/icons/icon-{n}.png">' for n in (16, 32, 96)]
    links += [
        f'<link rel="stylesheet" href="/static/css/{name}.css" media="{media}">'
        for name, media in (("page", "all"), ("print", "print"))
    ]
    links.append('<link rel="manifest" href="/manifest.json">')
    return "\n".join(links)


def meta_elements(outlet: Outlet, story: Story) -> str:
    """Open Graph, cards and settings for browsers; titles and dates are left to the outlet's own template."""
    image = f"http://{outlet.host}/media/{story.slug}-1280.jpg"
    named = {
        "viewport": "width=device-width, initial-scale=1, maximum-scale=5",
        "theme-color": "#ffffff",
        "robots": "index, follow, max-image-preview:large, max-snippet:-1",
        "format-detection": "telephone=no",
        "twitter:card": "summary_large_image",
        "twitter:title": story.title,
        "twitter:description": story.summary,
        "twitter:image": image,
        "application-name": outlet.name,
        "referrer": "no-referrer-when-downgrade",
    }
    properties = {
        "og:type": "article",
        "og:description": story.summary,
        "og:image": image,
        "og:image:width": "1280",
        "og:image:height": "854",
        "og:image:alt": story.caption,
    }
    lines = [f'<meta name="{name}" content="{escape(content)}">' for name, content in named.items()]
    lines += [f'<meta property="{name}" content="{escape(content)}">' for name, content in properties.items()]
    return "\n".join(lines)


def page_state(outlet: Outlet, story: Story, teasers: Sequence[Story]) -> str:
    """The state that the page's scripts start from: this story, its neighbours, the menu; "" where there is none."""
    if not outlet.furniture.state:
        return ""
    collections = [{"id": name, "items": [_described(each) for each in part]} for name, part in _collections(teasers)]
    state = {
        "page": "/article/[slug]",
        "buildId": f"{number_of(outlet.name, 2**32):08x}",
        "props": {"article": _described(story), "collections": collections, "navigation": _navigation(outlet)},
        "locale": {"language": outlet.language, "messages": dict(outlet.furniture.phrases)},
    }
    return _STATE_ELEMENTS[outlet.furniture.state].format(_script_json(state))


def _navigation(outlet: Outlet) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "path": f"/{slug_of(label)}",
            "children": [{"label": child, "path": f"/{slug_of(label)}/{slug_of(child)}"} for child in children],
        }
        for label, children in outlet.furniture.sections
    ]


def _collections(teasers: Sequence[Story]) -> list[tuple[str, Sequence[Story]]]:
    half = len(teasers) // 2
    return [("more", teasers[:half]), ("mostRead", teasers[half:])]


def _described(story: Story) -> dict[str, Any]:
    image = f"/media/{number_of(story.slug, 97):02d}/{story.slug}"
    return {
        "id": f"{number_of(story.path, 2**32):08x}",
        "type": "article",
        "title": story.title,
        "summary": story.summary,
        "path": story.path,
        "section": {"label": story.section, "path": f"/{slug_of(story.section)}"},
        "byline": [{"name": story.author, "role": "author"}],
        "image": {
            "caption": story.caption,
            "renditions": [
                {"url": f"{image}-{width}.{kind}", "width": width, "height": width * 2 // 3}
                for kind in ("webp", "jpg")
                for width in PICTURE_WIDTHS
            ],
        },
        "flags": {"isLive": False, "isPremium": False, "hasVideo": False, "allowComments": True},
    }


def _vendors(prefix: str, count: int) -> list[dict[str, Any]]:
    """Who asks for consent, by number and purposes."""
    kinds = len(_PURPOSES)
    return [
        {"id": number_of(f"{prefix}{n}", 1200), "purposes": [n % kinds, (n + 2) % kinds], "interest": n % 3 == 0}
        for n in range(count)
    ]


def _ad(prefix: str, number: int) -> dict[str, Any]:
    sizes = [size for n, size in enumerate(_AD_SIZES) if (n + number) % 2]
    return {
        "id": f"{prefix.lower()}-slot-{number}",
        "path": f"/{number_of(prefix, 10**8)}/{prefix.lower()}/article/{number}",
        "sizes": sizes,
        "breakpoints": [{"minWidth": width, "sizes": sizes[index:]} for index, width in enumerate((1024, 768, 0))],
        "targeting": {"pos": str(number), "format": "display", "lazy": number > 1},
    }


def _script_json(value: object) -> str:
    # Inside a script element only "</" could end it early.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
