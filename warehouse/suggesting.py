"""DuckDB's message -> the same, with the nearest names of ours: a mistyped one is nobody's dead end.

Nor is one that the ledger has another word for: synonyms.tsv knows what else people say, and what it is called here.
"""

from __future__ import annotations

import difflib
import re
from functools import cache

import duckdb

from warehouse.connection import Connection
from warehouse.sql import data_file, read_query
from warehouse.statements import Token, read_tokens

_MISSING = re.compile(
    r"(?:Table (?:Function )?with name|(?:Scalar|Aggregate|Table|Macro)? ?Function with name|Schema with name"
    r"|Referenced (?:column|table)|does not have a column named) \"?(?P<name>\w+)"
)
# Columns whose words are few and fixed: a word that none of them has was mistyped.
_WORD_COLUMNS = frozenset(
    {
        "agreement", "copy_role", "currency", "date_precision", "kind", "language", "measure", "mission",
        "published_basis", "qualifier", "reason", "relation", "role", "stage", "state", "status", "subkind", "unit",
        "unit_class",
    }
)  # fmt: skip
# Columns of codes, with those of their names; each is asked for with the words of the other.
_CODES = {"actor": "actor_name", "target": "target_name", "contributor": "contributor_name"}
_NAMES = {name: code for code, name in _CODES.items()}
_MANY = 12
# What a sum must not mix, and the one that may be summed.
_PARTED_BY = {
    "measure": ("flow", "measure = 'flow' are the single events"),
    "status": ("done", "status = 'done' is what happened"),
    "subkind": ("", ""),
    "currency": ("", ""),
    "kind": ("", ""),
}
_PLURALS = {"status": "statuses", "currency": "currencies"}
_PROMISED = frozenset({"pledged", "delivered", "outstanding"})
_LEVELS = "a stock is a level: a newer one takes the place of the older ones, and a whole contains its parts"
# Whoever writes one of these takes the newest level of each.
_CHOOSES = frozenset({"qualify", "row_number", "max_by", "arg_max"})


def suggest(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names nearest to a mistyped one, best first."""
    return tuple(difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.6))


def explain_error(connection: Connection, message: str) -> str:
    """Return DuckDB's message with what helps: the nearest names, or who may write."""
    if "read-only" in message:
        return f"{message}\nThe published ledger is read-only; `missionwire run` is what writes."
    if "configuration has been locked" in message:
        return f"{message}\nmissionwire sql lets set what changes an answer's form or speed, and no other settings."
    missing = _MISSING.search(message)
    if missing and (told := read_synonyms().get(missing["name"].lower())):
        return f"{message}\nHere it is called {told}."
    nearest = _nearest_names(connection, missing) if missing else ()
    return f"{message}\nNearest names: {', '.join(nearest)}" if nearest else message


@cache
def read_synonyms() -> dict[str, str]:
    """Return what people ask for, and what to ask for instead: names, and what must be so of the rows."""
    told: dict[str, str] = {}
    for line in data_file("synonyms.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        words, names, *condition = line.split("\t")
        told.update(dict.fromkeys(words.split("|"), ", with ".join([names.replace(", ", " or "), *condition])))
    return told


def _nearest_names(connection: Connection, missing: re.Match[str]) -> tuple[str, ...]:
    try:
        known = _known_names(connection, is_function="unction with name" in missing[0])
    except duckdb.Error:
        # A transaction of the user's own that failed lets nothing more be asked.
        return ()
    return tuple(name for name in suggest(missing["name"], known) if name != missing["name"].lower())


def hint_at_words(connection: Connection, statement: str) -> str:
    """Return why an answer may be empty: `kind = 'casualties'` asks for a word that no row has; else ""."""
    tokens = read_tokens(statement)
    asked = {token.word.lower() for token in tokens} - {""}
    hints = [
        _hint_at_word(connection, asked, column.word.lower(), word)
        for column, operator, word in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if operator.text == "=" and word.is_string and column.word.lower() in _WORD_COLUMNS
    ]
    hints += [
        _hint_at_actor(connection, column.word.lower(), word.unquoted)
        for column, operator, word in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if operator.text == "=" and word.is_string and column.word.lower() in (*_CODES, *_NAMES)
    ]
    return "\n".join(filter(None, hints))


def _hint_at_word(connection: Connection, asked: set[str], column: str, token: Token) -> str:
    views = connection.execute(read_query("list_views_with_column"), {"column": column}).fetchall()
    word, known = token.unquoted, set[str]()
    for view in asked.intersection(name for (name,) in views):
        # Names cannot be parameters, and these come from the catalog.
        found = connection.execute(f'SELECT DISTINCT "{column}" FROM "{view}" WHERE "{column}" IS NOT NULL').fetchall()  # noqa: S608
        known.update(str(value) for (value,) in found)
    if not known or word in known:
        return ""
    nearest = suggest(word, tuple(sorted(known)))
    told = ", ".join(nearest or sorted(known)[:_MANY])
    return f"no row has {column} = '{word}'; {'nearest' if nearest else 'there are'}: {told}"


def _hint_at_actor(connection: Connection, column: str, word: str) -> str:
    """Why `actor = 'Kenya'` and `actor_name = 'KEN'` find nothing; "" where the word is the right one."""
    found = connection.execute(read_query("find_actor"), {"word": word}).fetchall()
    if word in {row[1 if column in _NAMES else 0] for row in found}:
        return ""
    code, name = (column, _CODES[column]) if column in _CODES else (_NAMES[column], column)
    return "\n".join(f"'{word}' is {code} = '{actor}', or {name} = '{shown}'" for actor, shown in found)


def warn_of_sums(connection: Connection, statement: str) -> str:
    """Return why a sum may be too high: it mixes what is counted apart, or adds levels; "" where all is well."""
    tokens = read_tokens(statement)
    words = [token.word.lower() for token in tokens]
    # As in sum(value_best), sum(casualties.value_best), sum(DISTINCT value_best).
    is_sum = any(
        word == "sum" and any(near.startswith("value_") or near in _PROMISED for near in words[place + 1 : place + 5])
        for place, word in enumerate(words)
    )
    if not is_sum:
        return ""
    views = {name: _views_with(connection, name) & set(words) for name in _PARTED_BY}
    warnings = [
        _warn_of_mixture(connection, view, column)
        for view in sorted(views["measure"] | {"promises"} & set(words))
        for column in _columns_to_part(view, is_of_all_kinds=view in views["kind"])
        if view in views[column] and column not in words
    ]
    if "'stock'" in {token.text for token in tokens} and not _CHOOSES.intersection(words):
        warnings.append(_LEVELS)
    return "\n".join(filter(None, warnings))


def _columns_to_part(view: str, *, is_of_all_kinds: bool) -> tuple[str, ...]:
    if view == "promises":
        return "kind", "currency"
    # Of all kinds together, a currency or a status of other rows than those asked for would be warned of.
    return ("measure",) if is_of_all_kinds else ("measure", "status", "subkind", "currency")


def _warn_of_mixture(connection: Connection, view: str, column: str) -> str:
    # Names cannot be parameters, and these come from the catalog.
    found = connection.execute(f'SELECT DISTINCT "{column}" FROM "{view}" WHERE "{column}" IS NOT NULL').fetchall()  # noqa: S608
    if len(found) < 2:
        return ""
    told = sorted(name for (name,) in found)
    summable, remedy = _PARTED_BY[column]
    mixed = f"this adds up different {_PLURALS.get(column, f'{column}s')} ({', '.join(told)}) of {view}"
    return f"{mixed}; {remedy}" if summable in told else mixed


def _views_with(connection: Connection, column: str) -> set[str]:
    return {name for (name,) in connection.execute(read_query("list_views_with_column"), {"column": column}).fetchall()}


def _known_names(connection: Connection, *, is_function: bool) -> tuple[str, ...]:
    names = [name for row in connection.execute(read_query("list_names")).fetchall() for name in row[:2]]
    macros = [row[0] for row in connection.execute(read_query("list_macros")).fetchall()]
    if is_function:
        functions = [name for (name,) in connection.execute(read_query("list_functions")).fetchall()]
        return tuple(dict.fromkeys([*macros, *functions]))
    return tuple(dict.fromkeys([*names, *macros]))
