"""link -> absolute web address: what a document links to, or "" when it is no page on the web.

A leaf: feeds and pages both hold links. Which spelling of an address counts is `url.py`'s business.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_IGNORED_BY_BROWSERS = re.compile(r"[\t\r\n]")


def absolute_url(link: str, base: str, *, relative: bool = True) -> str:
    """Resolve a link against the address it stands under.

    Args:
        relative: accept relative links; otherwise only what names its own scheme.

    Returns:
        An http or https address with a host, or "".
    """
    cleaned = _IGNORED_BY_BROWSERS.sub("", link.strip()).replace(" ", "%20")
    if not cleaned:
        return ""
    try:
        resolved = urljoin(base, cleaned) if relative else cleaned
        parts = urlsplit(resolved)
        is_page = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return resolved if is_page else ""
