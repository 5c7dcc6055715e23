"""PageSource -> authors: the names in the byline, in its order."""

from __future__ import annotations

from extractors.article.json_ld import first_string
from extractors.article.page_source import PageSource
from extractors.plain_text import plain_text


def find_authors(source: PageSource) -> tuple[str, ...]:
    """JSON-LD first, then meta."""
    names: list[str] = []
    for node in source.json_ld:
        stated = node.get("author")
        for person in stated if isinstance(stated, list) else [stated]:
            if isinstance(person, dict):
                names.append(first_string((person,), "name"))
            elif isinstance(person, str):
                names.append(person)
        if names:
            break
    names = names or list(source.meta.get("author", ()))
    return tuple(dict.fromkeys(name for text in names if (name := plain_text(text))))
