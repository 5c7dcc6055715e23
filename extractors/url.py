"""URL -> canonical URL: one spelling for one page, and the site it belongs to.

The canonical URL is what articles are known by. It still leads to the page: the scheme, the port, the `www.` and a
trailing slash stay as they are, because servers may answer differently without them, and a redirect or rel=canonical
settles those cases from the publisher's own mouth. What goes: fragments, default ports, credentials, session ids,
tracking parameters, and the AMP and mobile forms of an address. Query parameters are sorted by name.

courlan's parameter list is not used: it also drops `cid`, `uid`, `eid` and `source`, which some sites number pages by.
Source: RFC 3986 section 6.2 (normalisation); the parameter lists of ClearURLs, AdGuard and Mozilla, read by hand.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import idna
import tldextract

from extractors.errors import FetchError
from extractors.records import Reason

_DEFAULT_PORTS = {"http": 80, "https": 443}

# What share buttons, newsletters and advertisers hang on an address; none of it chooses a page.
_TRACKING_PREFIXES = (
    *("utm_", "at_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "oly_", "vero_", "itm_", "ns_", "wt_", "wt.", "__hs"),
    *("_hs", "stm_", "trk_", "fb_action_", "aff_", "mkt_", "ml_"),
)
_TRACKING_NAMES = frozenset(
    (
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid"),
        *("ttclid", "epik", "srsltid", "gad_source", "li_fat_id", "irclickid", "igsh", "igshid", "mibextid"),
        *("fb_source", "fb_ref", "fb_comment_id", "sfnsn", "rb_clickid", "s_kwcid", "__twitter_impression"),
        *("_ga", "_gl", "_ke", "_openstat", "mc_cid", "mc_eid", "ck_subscriber_id", "__s", "cmp", "cmpid"),
        *("icid", "int_cid", "intcmp", "ito", "ocid", "ncid", "smid", "smtyp", "sref", "dcmp", "maca"),
        *("xtor", "wprss", "ac_cid", "emc", "ftag", "traffic_source", "feedtype", "feedname", "partner"),
        *("campaign_id", "cvid", "ref", "ref_src", "ref_url", "referer", "referrer", "spm", "share"),
        *("shared", "sharetype", "share_id", "s_cid", "phpsessid", "jsessionid", "sessionid", "amp"),
        *("amp_js_v", "amp_gsa", "usqp"),
    )
)
_AMP_VALUES = re.compile(r"(?:outputtype|output_type|output|view|format|mode)=amp", re.IGNORECASE)

_SESSION_IN_PATH = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_AMP_PATH_END = re.compile(r"(?<=[^/])/amp(?P<slash>/?)$|\.amp(?P<suffix>\.html?)?$")
# A leading /amp/ goes only before what looks like a story (a slug, a number): a site may have a section of that name.
_AMP_PATH_START = re.compile(r"^/amp(?=/.*(?:-[^/]*-|\d{4}))")
_AMP_CACHE = re.compile(r"^/(?:amp|c|v)/(?P<secure>s/)?(?P<rest>[^/]+\.[^/]+/.*)$")
_MOBILE_LABELS = frozenset({"m", "mobile", "amp"})

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IGNORED_BY_BROWSERS = re.compile(r"[\t\r\n]")


def canonicalize(url: str, *, base: str | None = None) -> str:
    """Write a URL the one way that all its spellings share; doing it twice changes nothing.

    Args:
        url: absolute, or relative to `base`.
        base: the address of the document in which it stands.

    Raises:
        FetchError: BAD_URL, for anything that is not a web address (javascript:, mailto:, no host, a wrong port).
    """
    current = _resolve(url, base)
    # An AMP cache wraps one address in another, and a removed ending may bare the next one: go on until it rests.
    for _ in range(10):
        canonical = _canonicalize_once(current)
        if canonical == current:
            break
        current = canonical
    return canonical


def registered_domain(url: str) -> str:
    """Name the site of a URL: the domain somebody registered ("news.example.co.uk" is of "example.co.uk").

    An IP address is a site of its own, whatever the port; so is a host of one label, such as localhost. The public
    suffix list is the one that tldextract carries, with its private part: two blogs under one host are two sites.
    """
    host = _host_of(_split(url))
    if _is_address(host):
        return host
    found = _suffixes().extract_str(host)
    if found.suffix:
        return found.top_domain_under_public_suffix or host
    # The list's own default rule: an unknown last label is a public suffix.
    return ".".join(host.split(".")[-2:])


def same_site(a: str, b: str) -> bool:
    """Tell whether two URLs belong to one registered domain."""
    return registered_domain(a) == registered_domain(b)


@cache
def _suffixes() -> tldextract.TLDExtract:
    """Load the bundled list once: no network, no cache folder."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def _resolve(url: str, base: str | None) -> str:
    cleaned = _IGNORED_BY_BROWSERS.sub("", url.strip())
    if base is None:
        return cleaned
    try:
        return urljoin(base, cleaned)
    except ValueError as error:
        raise FetchError(url, Reason.BAD_URL, str(error)) from error


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise FetchError(url, Reason.BAD_URL, str(error)) from error
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        raise FetchError(url, Reason.BAD_URL, f"not a web address: scheme {parts.scheme or 'missing'!r}")
    if not parts.hostname:
        raise FetchError(url, Reason.BAD_URL, "no host")
    return parts


def _canonicalize_once(url: str) -> str:
    parts = _unwrap_amp_cache(_split(url))
    scheme = parts.scheme.lower()
    host = _without_mobile_label(_host_of(parts))
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port != _DEFAULT_PORTS[scheme]:
        netloc += f":{parts.port}"
    return urlunsplit((scheme, netloc, _canonical_path(parts.path), _canonical_query(parts.query), ""))


def _unwrap_amp_cache(parts: SplitResult) -> SplitResult:
    """Find the publisher's own address in that of Google's AMP viewer or cache."""
    host = (parts.hostname or "").lower()
    if not (host.endswith(".cdn.ampproject.org") or (re.match(r"(www\.)?google\.", host) and "/amp/" in parts.path)):
        return parts
    inner = _AMP_CACHE.match(parts.path)
    if inner is None:
        return parts
    return _split(f"{'https' if inner['secure'] else 'http'}://{inner['rest']}?{parts.query}")


def _host_of(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".").lower()
    if _is_address(host) and "%" not in host:
        return str(ipaddress.ip_address(host))
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise FetchError(urlunsplit(parts), Reason.BAD_URL, f"host: {error}") from error
    if not _HOST.fullmatch(host) or ".." in host:
        raise FetchError(urlunsplit(parts), Reason.BAD_URL, f"host {host!r}")
    return host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _without_mobile_label(host: str) -> str:
    """Turn m.example.com into www.example.com, where the rest is still a whole site."""
    label, _, rest = host.partition(".")
    if label not in _MOBILE_LABELS or "." not in rest or _is_address(host):
        return host
    site = registered_domain(f"http://{host}")
    if site == host:
        return host
    return f"www.{rest}" if rest == site else rest


def _canonical_path(path: str) -> str:
    path = _without_dots(_SESSION_IN_PATH.sub("", _escape(path)) or "/")
    path = _AMP_PATH_START.sub("", path)
    return _AMP_PATH_END.sub(lambda end: end["slash"] or end["suffix"] or "", path) or "/"


def _without_dots(path: str) -> str:
    """Resolve "." and ".." (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[max(len(kept) - 1, 1) :]
        elif segment != ".":
            kept.append(segment)
    if path.endswith(("/.", "/..")):
        kept.append("")
    return "/".join(kept)


def _canonical_query(query: str) -> str:
    kept = [pair for pair in _escape(query).split("&") if pair and not _is_tracking(pair)]
    return "&".join(sorted(kept, key=lambda pair: pair.partition("=")[0]))


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in _TRACKING_NAMES or name.startswith(_TRACKING_PREFIXES) or _AMP_VALUES.fullmatch(pair) is not None


def _escape(part: str) -> str:
    """Escape what must be, un-escape what need not be, write the rest in upper case (RFC 3986, 6.2.2)."""
    escaped = _UNSAFE.sub(lambda char: "".join(f"%{byte:02X}" for byte in char[0].encode("utf-8", "replace")), part)
    return _ESCAPE.sub(_canonical_escape, escaped)


def _canonical_escape(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    char = chr(int(found[1], 16))
    return char if char in _UNRESERVED else f"%{found[1].upper()}"
