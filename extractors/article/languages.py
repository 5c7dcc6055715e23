"""PageSource -> declared language: what a page says it is written in, as ISO 639-1."""

from __future__ import annotations

import re

from extractors.article.json_ld import first_string
from extractors.article.page_source import PageSource

_THREE_LETTERS = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "hat": "ht",
    "swa": "sw",
    "por": "pt",
    "deu": "de",
}


def declared_language(source: PageSource) -> str | None:
    """JSON-LD of the article, then html lang, then og:locale and the older meta names."""
    declarations = (
        source.tree.get("lang") or "",
        first_string(source.json_ld, "inLanguage"),
        source.first_meta("og:locale", "content-language", "dc.language", "language"),
    )
    return next((code for text in declarations if (code := _reduce(text))), None)


def _reduce(declared: str) -> str | None:
    code = re.split(r"[-_,;\s]", declared.strip().lower(), maxsplit=1)[0]
    code = _THREE_LETTERS.get(code, code)
    return code if len(code) == 2 and code.isalpha() else None
