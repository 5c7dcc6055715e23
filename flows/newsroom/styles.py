"""Furniture -> CSS: the stylesheet that an outlet inlines, as large as its design.

Rules are drawn from what news sites write: boxes, type, colours, states and breakpoints. Pure: the prefix decides.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from flows.newsroom.names import class_name
from flows.newsroom.records import Furniture

_BLOCKS = (
    "skip", "consent", "topbar", "brand", "search", "menu", "drawer", "breadcrumb", "icon", "picture",
    "headline", "byline", "hero", "share", "ad", "newsletter", "most-read", "latest", "teaser",
    "partners", "comments", "footer", "badge", "button", "field", "modal", "tabs", "carousel",
    "gallery", "player", "quote", "table", "ticker", "live", "poll", "weather", "markets", "author",
    "tag", "tooltip", "spinner", "toast", "pager", "avatar",
)  # fmt: skip
_PARTS = ("inner", "title", "link", "list", "item", "image", "label", "meta", "icon", "action")
_DECLARATIONS = {
    "display": "flex|grid|block|inline-flex|inline-block",
    "align-items": "center|flex-start|baseline|stretch",
    "justify-content": "space-between|center|flex-start",
    "gap": "4px|8px|12px|16px|24px",
    "margin": "0|0 0 8px|0 0 16px|0 auto|16px 0 24px|-1px 0 0",
    "padding": "0|4px 8px|8px 16px|12px 0|16px|24px 20px 16px",
    "border": "0|1px solid #e2e2e2|1px solid rgba(0,0,0,.12)",
    "border-radius": "2px|4px|50%|0 0 4px 4px",
    "background-color": "#fff|#f6f6f4|#111|transparent|var(--surface)|var(--accent)",
    "color": "#121212|#333|#666|#fff|inherit|var(--text)|var(--accent)",
    "font-family": 'var(--serif)|var(--sans)|Georgia,"Times New Roman",serif',
    "font-size": ".75rem|.875rem|1rem|1.125rem|1.375rem|clamp(1.25rem,2.4vw,1.75rem)",
    "font-weight": "400|500|600|700",
    "line-height": "1|1.2|1.3|1.4|1.6",
    "letter-spacing": "0|.02em|-.01em",
    "text-decoration": "none|underline|underline .08em",
    "position": "relative|absolute|sticky",
    "width": "100%|auto|min(100%,72rem)|20px|calc(100% - 32px)",
    "max-width": "100%|42rem|75rem|none",
    "overflow": "hidden|visible|auto",
    "transition": "color .15s ease|opacity .2s ease-in-out|transform .25s cubic-bezier(.4,0,.2,1)",
    "z-index": "1|10|100|1000",
}
_BREAKPOINTS = (600, 768, 1024)
_BASE = (
    "*,::before,::after{box-sizing:border-box}html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}"
    "body{margin:0;font:400 1rem/1.5 var(--sans);color:var(--text);background:var(--surface)}"
    "img,picture,video{display:block;max-width:100%;height:auto}a{color:inherit}ul,ol{margin:0;padding:0;list-style:none}"
    "button{font:inherit;cursor:pointer}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}"
)


def stylesheet(furniture: Furniture) -> str:
    """Variables, a reset, the fonts, and the rules of as many blocks as the outlet inlines."""
    draw = random.Random(furniture.prefix)  # noqa: S311 - looks, not secrets
    accent = f"#{draw.randrange(0x222222, 0xDDDDDD):06x}"
    variables = (
        f':root{{--accent:{accent};--text:#121212;--surface:#fff;--serif:"{furniture.prefix} Text",Georgia,serif;'
    )
    variables += "--sans:system-ui,-apple-system,Helvetica,Arial,sans-serif;--gutter:16px;--column:60px}"
    blocks = (rule for block in _BLOCKS[: furniture.components] for rule in _block(furniture, block, draw))
    return "".join((variables, _fonts(furniture.prefix), _BASE, *blocks))


def _fonts(prefix: str) -> str:
    return "".join(
        f'@font-face{{font-family:"{prefix} Text";src:url(/fonts/{prefix.lower()}-text-{weight}.woff2) format("woff2");'
        f"font-weight:{weight};font-style:normal;font-display:swap}}"
        for weight in (400, 700)
    )


def _block(furniture: Furniture, block: str, draw: random.Random) -> Iterator[str]:
    parts = draw.sample(_PARTS, 6)
    yield _rule(f".{class_name(furniture, block)}", draw, 4)
    for part in parts:
        yield _rule(f".{class_name(furniture, block, part)}", draw, 3)
    yield _rule(f".{class_name(furniture, block, parts[0])}:hover", draw, 1)
    width = draw.choice(_BREAKPOINTS)
    inner = "".join(_rule(f".{class_name(furniture, block, part)}", draw, 2) for part in parts[:3])
    yield f"@media (min-width:{width}px){{{inner}}}"


def _rule(selector: str, draw: random.Random, count: int) -> str:
    names = draw.sample(sorted(_DECLARATIONS), count)
    declarations = ";".join(f"{name}:{draw.choice(_DECLARATIONS[name].split('|'))}" for name in names)
    return f"{selector}{{{declarations}}}"
