"""PageSource -> text: the paragraphs of an article, and nothing around them.

trafilatura finds them; what it lets through (captions, "read also", share bars) is taken out of the tree before it
looks, and out of the lines afterwards.
"""

from __future__ import annotations

import logging
import re
from copy import deepcopy

import trafilatura

from extractors.article.page_source import PageSource
from extractors.plain_text import normalize

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read_text(source: PageSource) -> str:
    """Find the article's text; "" when there is none."""
    found = trafilatura.bare_extraction(
        deepcopy(source.tree), url=source.url, with_metadata=False, include_comments=False
    )
    if found is None or not found.text:
        return ""
    return normalize_text(found.text)


def normalize_text(text: str) -> str:
    """NFC, one blank line between paragraphs, nothing invisible; doing it twice changes nothing."""
    lines = (normalize(line) for line in re.split(r"\n", text))
    return "\n\n".join(line for line in lines if line)
