"""Catalog -> Names: what can be asked for, with what it means, for people who look it up and for completion."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.connection import Connection
from warehouse.dictionary import Column, Macro, list_columns, list_macros
from warehouse.sql import read_query


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a snapshot; columns in the order of the dictionary."""

    columns: tuple[Column, ...]
    macros: tuple[Macro, ...]
    functions: tuple[str, ...]
    keywords: tuple[str, ...]

    @property
    def tables(self) -> dict[str, str]:
        """Views and tables with their comments; views for everybody first, then macros, then the tables behind them."""
        views = {column.table_name: column.table_comment for column in self.columns if column.schema == "main"}
        macros = {f"{macro.name}({', '.join(macro.parameters)})": macro.comment for macro in self.macros}
        return views | macros | {column.table_name: column.table_comment for column in self.columns}

    def columns_of(self, table: str) -> tuple[tuple[str, str, str], ...]:
        """Return (column, type, meaning) of a view, table or macro, whatever its case; empty for an unknown one."""
        name = table.lower().partition("(")[0]
        found = [column for column in self.columns if column.table_name.lower() == name]
        if found:
            return tuple((column.name, column.type, column.comment) for column in found)
        macro = next((macro for macro in self.macros if macro.name.lower() == name), None)
        return tuple((column, "", "") for column in macro.columns) if macro else ()


def read_names(connection: Connection) -> Names:
    """Return all names of an open snapshot."""
    return Names(
        columns=list_columns(connection),
        macros=list_macros(connection),
        functions=tuple(name for (name,) in connection.execute(read_query("list_functions")).fetchall()),
        keywords=tuple(word for (word,) in connection.execute(read_query("list_keywords")).fetchall()),
    )
