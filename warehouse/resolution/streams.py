"""Report -> Stream: what it can be compared with at all, and by which rule.

What differs in its stream is never one fact: a flow and a stock, what is planned and what was done.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from warehouse.resolution.report import Report


class Rule(StrEnum):
    """How the reports of a stream become facts."""

    EVENT = "event"
    PERIOD = "period"
    LEVEL = "level"
    STANDING = "standing"
    NAMED = "named"
    QUOTE = "quote"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Stream:
    """What all reports of one stream share."""

    rule: Rule
    key: tuple[str | None, ...]


# "217 police officers" and "217 personnel" are one contingent; four policemen killed are not four children killed.
_COUNTED_AS_PEOPLE = {"deployment", "withdrawal", "pledge", "strength", "mandate"}
_OF_PEOPLE = {"casualty", "displacement", "need"}
# A part of the harmed, told beside the whole.
_PARTS = {"child", "woman"}
# Denied or alleged, it is the same thing that was done or was not.
_OF_THE_PAST = {None, "done", "alleged", "denied"}
_OF_A_SUBJECT = {Rule.LEVEL, Rule.STANDING, Rule.DECISION, Rule.NAMED, Rule.QUOTE}
_HELD = {None, "holds", "former"}
# Money that is promised, asked for or missing stands until further notice; money paid came on a day.
_UNTIL_FURTHER_NOTICE = {"pledged", "requested", "needed", "unfulfilled", "conditional"}


def stream_of(report: Report) -> Stream:
    """The stream of a report."""
    rule = _rule_of(report)
    actor = report.subject or report.actor if rule is Rule.LEVEL else report.actor
    subject = (actor, _surname(report.person)) if rule in _OF_A_SUBJECT else ()
    where = report.place if rule in (Rule.LEVEL, Rule.PERIOD) and report.kind not in _COUNTED_AS_PEOPLE else ()
    return Stream(rule, (*_common_key(report, rule), *subject, *where[1:]))


def _rule_of(report: Report) -> Rule:
    match report.kind:
        case "statement":
            return Rule.QUOTE
        case "role":
            return Rule.NAMED if report.subkind in _HELD else Rule.DECISION
        case "mandate" if report.amount is None:
            return Rule.DECISION
        case _:
            return _rule_of_figure(report)


def _rule_of_figure(report: Report) -> Rule:
    is_money_to_come = report.kind == "funding" and report.status in _UNTIL_FURTHER_NOTICE
    if report.kind == "pledge" or report.measure in ("ceiling", "requirement") or is_money_to_come:
        return Rule.STANDING
    if report.measure == "cumulative" and report.start and report.end and report.start != report.end:
        return Rule.PERIOD
    return Rule.LEVEL if report.measure in ("stock", "cumulative", "share") else Rule.EVENT


def _common_key(report: Report, rule: Rule) -> tuple[str | None, ...]:
    is_people = report.kind in _COUNTED_AS_PEOPLE and (report.unit_class is not None or report.unit in (None, "person"))
    return (
        rule,
        report.mission,
        report.kind,
        "holds" if report.kind == "role" and report.subkind in _HELD else report.subkind,
        report.measure,
        "done" if report.status in _OF_THE_PAST else report.status,
        "money" if report.currency else "person" if is_people else _unit_of(report),
        report.unit_class if report.unit_class in _PARTS else None,
    )


def _unit_of(report: Report) -> str | None:
    """Who is killed, driven out or hungry is a person where the report does not say otherwise."""
    if report.kind in _OF_PEOPLE and (report.unit is None or _is_of_one_force(report)):
        return "person"
    return report.unit


def _is_of_one_force(report: Report) -> bool:
    """Whether those harmed are of a force whatever they are called: "eight others" of the Kenyan officers are officers.

    Of the people of the land itself the police are told apart from all others.
    """
    return report.kind == "casualty" and report.subject is not None and report.unit_class != "civilian"


def _surname(person: str | None) -> str | None:
    """The last word of a name, without accents and case: "Alix Didier Fils-Aimé" and "FILS-AIME" are one."""
    if not person:
        return None
    plain = unicodedata.normalize("NFKD", person.split()[-1])
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
