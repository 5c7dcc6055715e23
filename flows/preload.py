"""What all worker processes share, loaded once: they are forks of a process that has imported this.

The only module that works at import, because that is when the fork server lets it. The language model costs half a
second and 90 MB, which every worker would pay by itself.
"""

from __future__ import annotations

from extractors.language import detect_language
from flows import reading

__all__ = ["reading"]

detect_language("A sentence that is long enough for its language to be told from its letters alone.")
