"""Location -> the next address to ask, as the server spelt it.

Not the canonical form: a server that adds a parameter to be asked again would be asked without it for ever.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

from extractors.errors import FetchError
from extractors.records import Reason
from extractors.url import canonicalize
from extractors.web_address import absolute_url


def redirect_target(asked: str, location: str) -> str:
    """Where a redirect leads: absolute, without fragment, and without credentials that somebody else chose.

    Raises:
        FetchError: BAD_URL, for anything that is no web address.
    """
    canonicalize(location, base=asked)
    target = absolute_url(location, asked)
    if not target:
        raise FetchError(urljoin(asked, location), Reason.BAD_URL, f"redirected to {location[:200]!r}")
    parts = urlsplit(target)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path or "/", parts.query, ""))
