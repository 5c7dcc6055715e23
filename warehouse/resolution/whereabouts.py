"""Two Reports -> may they be of one place?"""

from __future__ import annotations

import math
from enum import IntEnum

from warehouse.resolution.report import Report

# Communes of one city: "in the capital" is said of all of them.
_ONE_CITY_KM = 15.0
_KM_A_DEGREE = 111.2
# Between the names of towns that are told together, as queries/read_counted_claims.sql puts them.
_AND = " + "
_MOVEMENTS = {"deployment", "withdrawal"}


class Nearness(IntEnum):
    """How two places go together; what is higher is closer."""

    APART = 0
    NEAR = 1
    UNKNOWN = 2
    WITHIN = 3
    SAME = 4


def compare_places(one: Report, other: Report) -> Nearness:
    """How the places of two reports go together; a country says little within a mission of one country."""
    a, b = one.place, other.place
    if one.kind in _MOVEMENTS and a[:1] != b[:1]:
        # Where they left, and where they came.
        return Nearness.UNKNOWN
    if len(a) < 2 or len(b) < 2:
        return Nearness.UNKNOWN if not (a and b) or a[0] == b[0] else Nearness.APART
    if a == b:
        return Nearness.SAME
    if a == b[: len(a)] or b == a[: len(b)] or is_one_of(one, other) or is_one_of(other, one):
        return Nearness.WITHIN
    return Nearness.NEAR if _kilometres(one, other) <= _ONE_CITY_KM else Nearness.APART


def is_one_of(one: Report, several: Report) -> bool:
    """Whether the one tells of a town that the other names among several."""
    if not (one.place and several.place) or _AND not in several.place[-1]:
        return False
    return not set(several.place[-1].split(_AND)).isdisjoint(one.place[2:])


def _kilometres(one: Report, other: Report) -> float:
    """Between two places, on a plane: good to a percent within a country."""
    if one.position is None or other.position is None:
        return math.inf
    (north, east), (other_north, other_east) = one.position, other.position
    width = math.cos(math.radians((north + other_north) / 2))
    return math.hypot(north - other_north, (east - other_east) * width) * _KM_A_DEGREE
