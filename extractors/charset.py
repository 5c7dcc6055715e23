"""bytes -> text: decode what a server sent, whatever it claims about it.

A leaf: feeds and pages lie about their encoding in the same ways. UTF-8 is tried first whatever is declared, because
text in another encoding is practically never valid UTF-8 by accident, while much that is declared as Latin-1 is UTF-8.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKUP_STARTS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
# Declarations stand within the first 1024 bytes (HTML standard); pages in the wild need a little more.
_SNIFFED_BYTES = 4096
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]*?encoding|<meta[^>]*?charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE
)
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
# What is declared as the left is read as the right: the WHATWG Encoding Standard, which browsers follow.
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
# More stray bytes than one in so many, and a text is not UTF-8 with an accident in it but something else.
_STRAY_RATIO = 200


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """Decode a document by its byte-order mark, UTF-8 if it is that, its declarations, or Windows-1252.

    Args:
        body: the document, after content decoding.
        content_type: the header, for its charset; or "".

    Returns:
        The text without byte-order mark, and the codec it was read with.
    """
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace"), codec
    for start, codec in _MARKUP_STARTS:
        if body.startswith(start):
            return body.decode(codec, "replace"), codec
    declared = declared_charsets(body, content_type)
    for codec in ("utf-8", *declared):
        try:
            # ISO-2022 hides in pure ASCII, so it must be asked before UTF-8 accepts.
            if codec == "utf-8" and any(name.startswith("iso2022") for name in declared):
                continue
            return body.decode(codec), codec
        except UnicodeDecodeError:
            continue
    return _decode_broken(body, declared)


def declared_charsets(body: bytes, content_type: str = "") -> list[str]:
    """Codecs named in the header and in the document's own first bytes, without unknown ones."""
    names = [match[1] for match in (_IN_HEADER.search(content_type),) if match]
    names += [match[1].decode("ascii") for match in _DECLARED.finditer(body[:_SNIFFED_BYTES])]
    codecs_found: list[str] = []
    for name in names:
        try:
            codec = codecs.lookup(name).name
        except LookupError:
            continue
        codec = _READ_AS.get(codec, codec)
        if codec not in codecs_found and not codec.startswith(("utf-16", "utf-32")):
            codecs_found.append(codec)
    return codecs_found


def _decode_broken(body: bytes, declared: list[str]) -> tuple[str, str]:
    """Bytes that fit no declaration: a legacy encoding declared as UTF-8, or UTF-8 with stray or cut bytes in it."""
    multibyte = [codec for codec in declared if codec not in ("utf-8", "cp1252")]
    if multibyte:
        return body.decode(multibyte[0], "replace"), multibyte[0]
    text = body.decode("utf-8", "missionwire.windows-1252")
    strays = body.decode("utf-8", "replace").count("\ufffd")
    return text, "cp1252" if strays * _STRAY_RATIO > len(body) else "utf-8"


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, one by one, and let the rest be UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.end == len(error.object) and "unexpected end" in error.reason:
        return "\ufffd", error.end
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("missionwire.windows-1252", _as_windows_1252)
