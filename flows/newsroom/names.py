"""Words -> names in markup: class names in an outlet's manner, addresses of sections, numbers drawn from words.

The same words give the same names on every machine and in every run.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from zlib import crc32

from flows.newsroom.records import Furniture

# Widths that a picture is offered in, narrow ones first.
PICTURE_WIDTHS = (320, 480, 640, 960, 1280, 1920)


def number_of(words: str, below: int) -> int:
    """A number drawn from words."""
    return crc32(words.encode()) % below


def slug_of(label: str) -> str:
    """A label as it stands in an address."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def class_name(furniture: Furniture, block: str, part: str = "") -> str:
    """The class of a block of the page or of a part of it, as this outlet's templates write classes."""
    if furniture.naming == "modules":
        camel = "".join(word.capitalize() for word in block.split("-"))
        return f"{camel}_{part or 'root'}__{crc32((furniture.prefix + block + part).encode()):08x}"[:-3]
    if furniture.naming == "bem":
        return f"{furniture.prefix}-{block}__{part}" if part else f"{furniture.prefix}-{block}"
    return f"{block}-{part}" if part else block


def icon(furniture: Furniture, name: str) -> str:
    """A drawing out of the page's sprite."""
    if not furniture.icons:
        return ""
    classes = f"{class_name(furniture, 'icon')} {class_name(furniture, 'icon', name)}"
    return (
        f'<svg class="{classes}" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<use href="#icon-{name}"></use></svg>'
    )


def picture(furniture: Furniture, slug: str, alt: str = "", *, loading: str = "lazy", sizes: str = "320px") -> str:
    """A picture in several widths and two formats."""
    base = f"/media/{number_of(slug, 97):02d}/{slug}"
    if not furniture.icons:
        return f'<img src="{base}-640.jpg" alt="{escape(alt)}" width="640" height="427">'
    sources = "".join(
        f'<source type="image/{kind}" sizes="(min-width: 1024px) {sizes}, 100vw" srcset="'
        + ", ".join(f"{base}-{width}.{suffix} {width}w" for width in PICTURE_WIDTHS[:4])
        + '">'
        for kind, suffix in (("webp", "webp"), ("jpeg", "jpg"))
    )
    image = f'<img class="{class_name(furniture, "picture", "image")}" src="{base}-640.jpg" alt="{escape(alt)}"'
    return f'<picture>{sources}{image} width="640" height="427" loading="{loading}" decoding="async"></picture>'
