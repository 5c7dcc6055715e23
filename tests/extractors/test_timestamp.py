from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.timestamp import parse_timestamp


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sun, 19 Jan 2025 10:00:00 -0500", "2025-01-19T10:00:00-05:00"),
        ("Sun, 19 Jan 2025 10:00:00 EST", "2025-01-19T10:00:00-05:00"),
        ("Sun, 19 Jan 2025 10:00:00 EAT", "2025-01-19T10:00:00+03:00"),
        ("Mon, 01 Sep 08 11:12:13 GMT", "2008-09-01T11:12:13+00:00"),
        ("2025-01-19T10:00:00.123+03:00", "2025-01-19T10:00:00+03:00"),
        ("2025-01-19 10:00:00 +0300", "2025-01-19T10:00:00+03:00"),
        ("2025-01-19T10:00Z", "2025-01-19T10:00:00+00:00"),
        ("20250119T101500Z", "2025-01-19T10:15:00+00:00"),
        ("2025-01-19", "2025-01-19T00:00:00+00:00"),
        ("2025/1/9", "2025-01-09T00:00:00+00:00"),
        ("1737280800", "2025-01-19T10:00:00+00:00"),
        ("1737280800000", "2025-01-19T10:00:00+00:00"),
        ("19 janvier 2025 à 10h00", "2025-01-19T10:00:00+00:00"),
        ("dim., 1er févr. 2025 10:00:00 +0100", "2025-02-01T10:00:00+01:00"),
        ("domingo, 19 de enero de 2025", "2025-01-19T00:00:00+00:00"),
        ("19 août 2025", "2025-08-19T00:00:00+00:00"),
        ("Jumapili, 19 Januari 2025", "2025-01-19T00:00:00+00:00"),
        ("19. März 2025, 10.05 Uhr", "2025-03-19T10:05:00+00:00"),
        ("Jan 19, 2025 3:05 p.m. EST", "2025-01-19T15:05:00-05:00"),
        ("Published 10:12 AM, Tue July 2, 2024", "2024-07-02T10:12:00+00:00"),
        ("Thu Jan 23 10:00:00 GMT 2025", "2025-01-23T10:00:00+00:00"),
        ("19/01/2025 08:30", "2025-01-19T08:30:00+00:00"),
        ("01/19/2025", "2025-01-19T00:00:00+00:00"),
        ("2025-01-19T24:00:00Z", "2025-01-20T00:00:00+00:00"),
    ],
)
def test_the_forms_of_feeds_and_bylines_are_read(text, expected):
    assert parse_timestamp(text).isoformat() == expected


@pytest.mark.parametrize(
    "text", ["", "yesterday", "31 February 2025", "2025", "12:30", "19 Brumaire 2025", "0000-00-00T00:00:00Z"]
)
def test_no_date_is_no_date(text):
    assert parse_timestamp(text) is None


def test_an_ambiguous_day_is_read_in_the_order_asked_for():
    assert parse_timestamp("01/02/2025").month == 2
    assert parse_timestamp("01/02/2025", month_first=True).month == 1


@given(st.integers(10**8, 4 * 10**9), st.integers(-12, 14))
def test_iso_and_rfc_822_are_read_back(seconds, hours):
    stated = datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours)))
    assert parse_timestamp(stated.isoformat()) == stated
    assert parse_timestamp(format_datetime(stated)) == stated


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_none(text):
    moment = parse_timestamp(text)
    assert moment is None or moment.tzinfo is not None
