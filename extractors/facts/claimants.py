"""Words of a claimant -> the post that they name and the words of its place: the same in all languages.

"The mayor of Cabaret", "le maire de Cabaret" and "la mairie de Cabaret" are one claimant. Which places there are it
does not know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.facts.entry import LocalPost
from extractors.facts.lexicon import LEXICONS, read_posts
from extractors.facts.tokens import fold

_WORD = re.compile(r"[^\W_]+")
# "Petite-Rivière de l'Artibonite" has five words, "Saint-Louis-du-Nord" four.
_LONGEST_PLACE = 6


@dataclass(frozen=True, slots=True)
class Holder:
    """A claimant that is named by a post.

    Args:
        places: every run of words beside the post that may name its place, folded, the longest first.
        is_bare: nothing beside the post looks like a name.
    """

    post: LocalPost
    places: tuple[str, ...]
    is_bare: bool


def read_holder(claimant: str, language: str) -> Holder | None:
    """The post in the words of a claimant; None where they name none."""
    found = list(_WORD.finditer(claimant))
    words = [fold(word.group()) for word in found]
    at = _find_post(words, language)
    if at is None:
        return None
    first, last, post = at
    beside = found[:first] + found[last:]
    is_bare = not any(word.group()[0].isupper() and word.start() > 0 for word in beside)
    runs = (*_runs(words[last:]), *_runs(words[:first]))
    return Holder(post, tuple(sorted(runs, key=lambda run: -len(run.split()))), is_bare)


def fold_place(name: str) -> str:
    """The name of a place as `Holder.places` has it: "Saint Marc" and "saint-marc" are one."""
    return " ".join(fold(word.group()) for word in _WORD.finditer(name))


def checksum_posts() -> str:
    """All that decides which claimants are one."""
    languages = sorted(file.stem for file in LEXICONS.glob("*.toml"))
    return repr([(language, sorted(_posts(language).items(), key=repr)) for language in languages])


def _find_post(words: list[str], language: str) -> tuple[int, int, LocalPost] | None:
    posts = _posts(language)
    ends = ((first, last) for first in range(len(words)) for last in range(len(words), first, -1))
    return next(((i, j, posts[key]) for i, j in ends if (key := tuple(words[i:j])) in posts), None)


@cache
def _posts(language: str) -> dict[tuple[str, ...], LocalPost]:
    return {
        tuple(fold(word.group()) for word in _WORD.finditer(phrase)): post
        for phrase, post in read_posts(language).items()
    }


def _runs(words: list[str]) -> list[str]:
    lengths = range(min(len(words), _LONGEST_PLACE), 0, -1)
    return [" ".join(words[i : i + length]) for length in lengths for i in range(len(words) - length + 1)]
