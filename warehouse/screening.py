"""SQL -> refusal or none: which statements a stranger may have carried out on a server of ours.

Judged by the tree that DuckDB's own parser makes of a statement, never by its words. What may be asked is listed, and
everything else is refused: a table function that a later DuckDB brings along is not on the list.
The instance that answers is locked as well (warehouse/serving.py); this is the door before that wall, and the only
guard of what the lock leaves open: functions that stop the server, write logs, or show what others ask.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import duckdb

# Table functions that read nothing but the catalog and their own arguments; the ledger's macros are allowed besides.
TABLE_FUNCTIONS = frozenset(
    (
        *("unnest", "range", "generate_series", "repeat", "repeat_row", "json_each", "json_tree", "summary"),
        *("duckdb_columns", "duckdb_constraints", "duckdb_databases", "duckdb_functions", "duckdb_indexes"),
        *("duckdb_keywords", "duckdb_schemas", "duckdb_sequences", "duckdb_tables", "duckdb_types", "duckdb_views"),
        *("pragma_collations", "pragma_database_size", "pragma_platform", "pragma_show", "pragma_table_info"),
        *("pragma_version", "pg_timezone_names", "icu_calendar_names", "histogram", "histogram_values"),
    )
)
# Scalar functions that do something, or tell what is nobody's business.
REFUSED_FUNCTIONS = frozenset(("write_log", "sleep_ms", "nextval", "currval", "setseed", "getenv", "quack_check_token"))
# The functions by which a server asks us are no functions for those it serves.
OWN_PREFIX = "missionwire_"

_EXPLAIN = re.compile(r"\s*explain\s+(?:analyze\s+)?(?:\([\w\s,]*\)\s*)?", re.IGNORECASE)
_ADVICE = "this server answers questions only: SELECT, FROM, WITH, DESCRIBE, SHOW, SUMMARIZE and EXPLAIN of these"


class Screen:
    """A parser of its own, which has no data, no files and no network; safe to be asked by many threads."""

    def __init__(self) -> None:
        self._parser = duckdb.connect(":memory:", config={"threads": 1, "enable_external_access": False})
        self._lock = threading.Lock()

    def close(self) -> None:
        """Give the parser's memory back."""
        self._parser.close()

    def refuse(self, sql: str, macros: frozenset[str]) -> str:
        """Return why a text must not be carried out; an empty text where it may be.

        Args:
            macros: names of table macros that may be asked like views.
        """
        parsed = self._parse(sql)
        if "Only SELECT statements" in parsed.get("error_message", "") and (found := _EXPLAIN.match(sql)):
            parsed = self._parse(sql[found.end() :])
        if parsed["error"]:
            return _say_error(parsed)
        if len(parsed["statements"]) != 1:
            return f"one question at a time; {_ADVICE}"
        return next(_problems(parsed["statements"][0], macros), "")

    def _parse(self, sql: str) -> dict[str, Any]:
        with self._lock:
            row = self._parser.execute("SELECT json_serialize_sql($sql::VARCHAR)", {"sql": sql}).fetchone()
        assert row is not None
        parsed: dict[str, Any] = json.loads(row[0])
        return parsed


def _say_error(parsed: dict[str, Any]) -> str:
    if parsed.get("error_type") == "not implemented":
        return _ADVICE
    return f"{parsed.get('error_type', 'parser')} error: {parsed.get('error_message', 'it cannot be read')}"


def _problems(statement: Any, macros: frozenset[str]) -> Iterator[str]:
    for node in _nodes(statement):
        if node.get("type") == "TABLE_FUNCTION":
            name = str(node["function"].get("function_name", "")).lower()
            if name not in TABLE_FUNCTIONS and name not in macros:
                yield f"the table function {name} may not be asked here"
        elif "function_name" in node:
            name = str(node["function_name"]).lower()
            if name in REFUSED_FUNCTIONS or name.startswith(OWN_PREFIX):
                yield f"the function {name} may not be asked here"


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of a tree; without recursion, as a question may be nested deeper than Python's stack."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
