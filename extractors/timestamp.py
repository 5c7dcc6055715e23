"""Text -> datetime: read a moment that a machine or an editor wrote down, in the forms that news uses.

A leaf: feeds and pages state their dates in the same ways. It reads moments of publication, never dates in prose.
The offset that is stated is kept; a moment without one is taken as UTC, and a day without a time as its midnight.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

# Offsets in hours by the names that feeds and bylines use. IST and CST are read as India and Central America's North.
_ZONES = {
    "Z": 0.0,
    "UT": 0.0,
    "UTC": 0.0,
    "GMT": 0.0,
    "WET": 0.0,
    "WEST": 1.0,
    "BST": 1.0,
    "CET": 1.0,
    "MEZ": 1.0,
    "CEST": 2.0,
    "MESZ": 2.0,
    "EET": 2.0,
    "EEST": 3.0,
    "MSK": 3.0,
    "EAT": 3.0,
    "WAT": 1.0,
    "CAT": 2.0,
    "SAST": 2.0,
    "IST": 5.5,
    "SGT": 8.0,
    "HKT": 8.0,
    "JST": 9.0,
    "KST": 9.0,
    "AEST": 10.0,
    "AEDT": 11.0,
    "NZDT": 13.0,
    "NST": -3.5,
    "AST": -4.0,
    "ADT": -3.0,
    "EST": -5.0,
    "EDT": -4.0,
    "ET": -5.0,
    "CST": -6.0,
    "CDT": -5.0,
    "MST": -7.0,
    "MDT": -6.0,
    "PST": -8.0,
    "PDT": -7.0,
    "BRT": -3.0,
    "ART": -3.0,
    "COT": -5.0,
    "PET": -5.0,
}

# Month names by their beginnings, without accents or dots; the longer beginning is tried first.
_MONTHS = {
    "jan": 1,
    "ene": 1,
    "gen": 1,
    "janv": 1,
    "feb": 2,
    "fev": 2,
    "febr": 2,
    "mar": 3,
    "mrt": 3,
    "maa": 3,
    "apr": 4,
    "avr": 4,
    "abr": 4,
    "avri": 4,
    "apri": 4,
    "mai": 5,
    "may": 5,
    "mei": 5,
    "mag": 5,
    "jun": 6,
    "juin": 6,
    "giu": 6,
    "jul": 7,
    "juil": 7,
    "lug": 7,
    "aug": 8,
    "aou": 8,
    "ago": 8,
    "out": 10,
    "set": 9,
    "sep": 9,
    "oct": 10,
    "okt": 10,
    "ott": 10,
    "nov": 11,
    "dec": 12,
    "dez": 12,
    "dic": 12,
    "des": 12,
    "jiy": 7,
    "jen": 6,
    "mas": 3,
    "mach": 3,
    "okto": 10,
}
_FOLD = str.maketrans("éèêëûùüôóáàâäçíìñÉÛÔÄ", "eeeeuuuooaaaaciinEUOA")

_TIME = r"(?P<hour>\d{1,2})\s*[:hH.]\s*(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
_HALF = r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?"
_ZONE = r"(?:\s*\(?(?:(?:GMT|UTC)?\s*(?P<offset>[+-]\d{1,2}:?\d{0,2})(?!\d)|(?P<zone>[A-Z]{1,4}T|Z|UTC?|MEZ|MESZ)\b))?"
_CLOCK = re.compile(_TIME + _HALF + _ZONE)
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)(?:T?(?P<clock>\d{6}|\d{4})(?P<z>Z)?)?(?!\d)"
)
_DAY_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?[\s.-]+(?:de\s+)?(?P<name>[^\W\d_]{3,})\.?,?[\s.-]+(?:de(?:l)?\s+)?(?P<year>\d{4}(?!\d)|\d{2}(?=\s+\d{1,2}:))"
)
_MONTH_DAY = re.compile(r"\b(?P<name>[^\W\d_]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)")
_ASCTIME = re.compile(r"\b(?P<name>[A-Z][a-z]{2})\s+(?P<day>\d{1,2})\s+\d{2}:\d{2}:\d{2}.*\s(?P<year>\d{4})\b")
_NUMERIC = re.compile(r"(?<!\d)(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<year>\d{4})(?!\d)")
# A longer text is prose, in which a date may be any date.
_MAX_CHARACTERS = 200
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


def parse_timestamp(text: str, *, month_first: bool = False) -> datetime | None:
    """Read the first moment in a text.

    Args:
        text: such as "Sun, 19 Jan 2025 10:00:00 -0500", "2025-01-19T10:00Z", "19 janvier 2025 à 10h00", "1737280800".
        month_first: how to read 01/02/2025, when both orders are possible.

    Returns:
        Aware, in the offset it states; None when there is no date in it.
    """
    text = " ".join(text[:_MAX_CHARACTERS].split())
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    found = _find_day(text, month_first=month_first)
    if found is None:
        return None
    year, month, day, rest = found
    try:
        moment = _with_clock(datetime(year, month, day, tzinfo=UTC), rest)
        # A day at either end of the calendar may have no counterpart in UTC.
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment


def _find_day(text: str, *, month_first: bool) -> tuple[int, int, int, str] | None:
    """Year, month, day, and the text that may hold the time of day."""
    if iso := _ISO.search(text):
        return int(iso["year"]), int(iso["month"]), int(iso["day"]), text[iso.end() :]
    if compact := _COMPACT.search(text):
        clock = compact["clock"] or ""
        spelt = ":".join(clock[i : i + 2] for i in range(0, len(clock), 2)) + (compact["z"] or text[compact.end() :])
        return int(compact["year"]), int(compact["month"]), int(compact["day"]), spelt
    if numeric := _NUMERIC.search(text):
        first, second = int(numeric["a"]), int(numeric["b"])
        if second > 12 or (month_first and first <= 12):
            first, second = second, first
        return int(numeric["year"]), second, first, _beside(text, numeric)
    return _find_named_day(text)


def _find_named_day(text: str) -> tuple[int, int, int, str] | None:
    for pattern in (_DAY_MONTH, _MONTH_DAY, _ASCTIME):
        for named in pattern.finditer(text):
            month = _month(named["name"])
            if month is not None:
                year = int(named["year"])
                rest = text if pattern is _ASCTIME else _beside(text, named)
                return year if year > 99 else 2000 + year, month, int(named["day"]), rest
    return None


def _month(name: str) -> int | None:
    folded = name.translate(_FOLD).lower()
    return _MONTHS.get(folded[:4], _MONTHS.get(folded[:3]))


def _beside(text: str, found: re.Match[str]) -> str:
    """What may hold the time of day: what follows the date, or what stands before it when nothing follows."""
    after = text[found.end() :]
    return after if _CLOCK.search(after) else text[: found.start()]


def _with_clock(day: datetime, rest: str) -> datetime:
    clock = _CLOCK.search(rest)
    if clock is None:
        return day
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), min(int(clock["second"] or 0), 59)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"] == "p" else 0)
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    return day.replace(hour=hour, minute=minute, second=second, tzinfo=_offset(clock["offset"], clock["zone"]))


def _offset(offset: str | None, zone: str | None) -> timezone:
    if offset:
        digits = offset[1:].replace(":", "")
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        shift = timedelta(hours=hours, minutes=minutes)
        return timezone(-shift if offset[0] == "-" else shift)
    hours_east = _ZONES.get(zone or "Z", 0.0)
    return timezone(timedelta(hours=hours_east)) if hours_east else UTC
