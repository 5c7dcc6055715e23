"""Value of a row -> text for people and CSV, or what JSON has a word for."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any


def cell(value: Any, *, is_exact: bool = False) -> str:
    """One value as text: null is empty, times are ISO 8601 (to the second for people), numbers have no idle zeros."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="auto" if is_exact else "seconds")
    if isinstance(value, float | Decimal):
        return _number(value)
    return _composed(value)


def as_json(value: Any) -> Any:
    """One value as JSON has it: times in ISO 8601, infinity and what is no number as null, bytes as hex."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float | Decimal):
        return _json_number(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name if isinstance(name, str) else cell(name): as_json(each) for name, each in value.items()}
    return [as_json(each) for each in value] if isinstance(value, list | tuple) else _composed(value)


def _number(value: float | Decimal) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value.is_finite() else str(value)
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else str(value)


def _json_number(value: float | Decimal) -> float | None:
    if not math.isfinite(value):
        return None
    is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if is_whole else float(value)


def _composed(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(cell, value))
    if isinstance(value, bytes | bytearray):
        return _hexed(bytes(value))
    return json.dumps(as_json(value), ensure_ascii=False) if isinstance(value, Mapping) else str(value)


def _hexed(value: bytes) -> str:
    r"""Bytes as DuckDB prints them: what is printable in ASCII as it is, all else as \xDE."""
    return "".join(chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\x{byte:02X}" for byte in value)
