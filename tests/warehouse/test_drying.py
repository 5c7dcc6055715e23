"""Feeds that dry up, and sources whose pages turn empty or short: what is said of them, and what is left unsaid."""

from __future__ import annotations

from datetime import timedelta

import pytest

from extractors.records import Feed, Reason, Rejection, Stage
from tests.warehouse.ledger import FEED, at, load_records, make_entry, make_poll, make_reading, rows_of
from tests.warehouse.test_views import load_lists

DAY = 24
# The last run of every test: forty days of polls, once a day.
END = 40 * DAY
OTHER = Feed("https://other.example/feed", "Other")


def health(data, columns="state, note"):
    [row] = rows_of(data, f"SELECT {columns} FROM feed_health WHERE feed = '{FEED}'")
    return row


def daily_polls(*, until=END, **slots):
    return [make_poll(day * DAY, entries_seen=20, entries_new=3, **slots) for day in range(until // DAY + 1)]


def dated_entries(first_day, last_day, per_day, **slots):
    """So many entries a day, with the dates of their own that say so."""
    moments = [at(day * DAY + number) for day in range(first_day, last_day) for number in range(per_day)]
    return [
        make_entry(f"{moment:%m-%d-%H}-{slots.get('title', '')}", published_at=moment, **slots) for moment in moments
    ]


def load_listed(data, *records):
    load_records(data, *records, hours=END)
    load_lists(data, Feed(FEED, "News Example"))


class TestFewerEntries:
    def test_a_feed_that_brings_less_than_a_quarter_of_its_week_is_drying(self, tmp_path):
        load_listed(tmp_path, *daily_polls(), *dated_entries(0, 33, 4), *dated_entries(33, 40, 1)[:4])
        state, note = health(tmp_path)
        assert state == "drying"
        assert note == "3 entries in the last 7 days, where 28 are usual (since 2025-02-22)"

    @pytest.mark.parametrize(("usual", "lately"), [(4, 2), (4, 4), (2, 0)])
    def test_half_a_week_and_a_slow_feed_are_not(self, tmp_path, usual, lately):
        load_listed(tmp_path, *daily_polls(), *dated_entries(0, 33, usual), *dated_entries(33, 40, lately or 1))
        assert health(tmp_path)[0] == "ok"

    def test_what_a_first_document_had_gathered_is_no_habit(self, tmp_path):
        """Two hundred undated entries at once, then a few a week."""
        load_records(tmp_path, make_poll(0, entries_seen=200, entries_new=200), *map(make_entry, range(200)))
        for day in range(4, 41, 4):
            load_records(
                tmp_path,
                make_poll(day * DAY, entries_seen=200, entries_new=1),
                make_entry(1000 + day),
                run_id=f"run-{day}",
                hours=day * DAY,
            )
        load_lists(tmp_path, Feed(FEED))
        assert health(tmp_path)[0] == "ok"

    def test_our_own_pause_is_not_the_feeds_fault(self, tmp_path):
        """Asleep for a week: the window of the feed holds little of what it published."""
        polls = [*daily_polls(until=33 * DAY), make_poll(END, entries_seen=3, entries_new=3)]
        load_listed(tmp_path, *polls, *dated_entries(0, 33, 4), *dated_entries(39, 40, 3))
        assert health(tmp_path)[0] == "ok"

    def test_a_full_document_that_is_empty_for_a_day_is_drying(self, tmp_path):
        polls = [make_poll(0, entries_seen=20, entries_new=20), make_poll(DAY, entries_seen=0)]
        load_records(tmp_path, make_entry(1), *polls)
        load_lists(tmp_path, Feed(FEED))
        assert health(tmp_path)[0] == "ok"
        load_records(tmp_path, make_poll(2 * DAY, outcome="unchanged"), run_id="run-2", hours=2 * DAY)
        assert health(tmp_path) == ("drying", "its document has held no entry since 2025-01-21")


class TestBadEntries:
    @pytest.mark.parametrize(
        "bad", [{"url": ""}, {"title": ""}, {"published_at": at(END + 48)}], ids=["link", "title", "future"]
    )
    def test_entries_that_turn_bad_are_told_of(self, tmp_path, bad):
        load_records(tmp_path, *daily_polls(until=20 * DAY), *map(make_entry, range(20)), hours=20 * DAY)
        spoilt = [make_entry(n, **{"title": "t", **bad}) for n in range(100, 112)]
        load_records(tmp_path, make_poll(END, entries_new=14), *spoilt, *map(make_entry, range(112, 114)), hours=END)
        load_lists(tmp_path, Feed(FEED))
        assert health(tmp_path, "state, bad_entry_ratio, usual_bad_entry_ratio") == ("drying", 0.857, 0.0)
        assert health(tmp_path)[1].startswith("12 of 14 new entries since 2025-03-01 have no link")

    def test_a_feed_that_never_had_titles_is_well(self, tmp_path):
        load_records(tmp_path, *[make_entry(n, title="") for n in range(20)], *daily_polls(until=20 * DAY))
        load_records(tmp_path, make_poll(END, entries_new=14), *[make_entry(n, title="") for n in range(20, 40)])
        load_lists(tmp_path, Feed(FEED))
        assert health(tmp_path)[0] == "ok"

    def test_a_handful_of_bad_entries_is_no_alarm(self, tmp_path):
        load_records(tmp_path, *daily_polls(until=20 * DAY), *map(make_entry, range(20)), hours=20 * DAY)
        load_records(
            tmp_path, make_poll(END, entries_new=5), *[make_entry(n, url="") for n in range(100, 109)], hours=END
        )
        load_lists(tmp_path, Feed(FEED))
        assert health(tmp_path)[0] == "ok"


LONG = "Kenya sent 217 officers to Haiti on Friday, and the mission said so. " * 30


def good_pages(first, last, text=LONG):
    """One page a day from day to day, each with a text of its own."""
    return [
        make_reading(day, text=f"{text} {day}", hours=day * DAY, entry=make_entry(day)) for day in range(first, last)
    ]


def empty_page(number, reason=Reason.NO_TEXT, stage=Stage.CLEAN):
    return Rejection(f"https://news.example/empty/{number}", stage, reason, feed=FEED)


class TestPagesThatTurnEmptyOrShort:
    def load(self, data, *lately, usual=()):
        load_records(data, *good_pages(5, 30), *daily_polls(until=30 * DAY), *usual, hours=30 * DAY)
        load_records(data, *lately, make_poll(END, entries_new=1), run_id="run-2", hours=END)
        load_lists(data, Feed(FEED, "News Example"))

    @pytest.mark.parametrize(
        "reason", [Reason.NO_TEXT, Reason.PAYWALL, Reason.CONSENT_WALL, Reason.BOT_WALL, Reason.SOFT_404]
    )
    def test_pages_without_a_text_are_told_of_with_their_reason(self, tmp_path, reason):
        self.load(tmp_path, *[empty_page(n, reason) for n in range(9)], *good_pages(39, 40))
        assert health(tmp_path) == (
            "drying",
            f"9 of its last 10 pages gave no text since 2025-03-01, mostly {reason.value}; 0 % before",
        )
        assert health(tmp_path, "empty_text_ratio, usual_empty_text_ratio") == (0.9, 0.0)

    def test_pages_that_can_no_longer_be_had_are_told_of(self, tmp_path):
        self.load(tmp_path, *[empty_page(n, Reason.FORBIDDEN, Stage.FETCH) for n in range(10)])
        assert "mostly forbidden" in health(tmp_path)[1]

    def test_a_handful_of_pages_is_no_alarm(self, tmp_path):
        self.load(tmp_path, *[empty_page(n) for n in range(4)])
        assert health(tmp_path)[0] == "ok"

    def test_a_source_that_was_always_half_behind_a_wall_is_well(self, tmp_path):
        walls = [empty_page(n, Reason.PAYWALL) for n in range(25)]
        self.load(tmp_path, *[empty_page(n, Reason.PAYWALL) for n in range(100, 107)], usual=walls)
        assert health(tmp_path)[0] == "ok"

    def test_nothing_is_said_of_a_source_without_a_past(self, tmp_path):
        load_listed(tmp_path, *[empty_page(n) for n in range(50)], make_poll(END, entries_new=50))
        assert health(tmp_path)[0] == "ok"

    def test_our_own_trouble_is_not_the_sources(self, tmp_path):
        self.load(tmp_path, *[empty_page(n, Reason.INTERNAL_ERROR) for n in range(12)])
        assert health(tmp_path)[0] == "ok"

    def test_texts_that_turn_short_are_told_of(self, tmp_path):
        self.load(tmp_path, *good_pages(30, 40, text="Kenya sent 217 officers to Haiti. Read more."))
        state, note = health(tmp_path)
        assert state == "drying"
        assert note == "its texts are 47 characters long since 2025-02-19, where 2073 are usual"

    def test_texts_of_half_the_length_are_no_alarm(self, tmp_path):
        self.load(tmp_path, *good_pages(30, 40, text=LONG[: len(LONG) // 2]))
        assert health(tmp_path)[0] == "ok"

    def test_a_page_that_came_at_the_second_try_came(self, tmp_path):
        late = good_pages(30, 40)
        failed = [Rejection(reading.url, Stage.FETCH, Reason.TIMEOUT, feed=FEED) for reading in late]
        self.load(tmp_path, *failed, *late)
        assert health(tmp_path, "state, empty_text_ratio") == ("ok", 0.0)

    def test_feeds_of_one_outlet_are_judged_together(self, tmp_path):
        self.load(tmp_path, *[empty_page(n) for n in range(10)], make_poll(END, feed=OTHER.url, entries_new=1))
        load_lists(tmp_path, Feed(FEED, "News Example"), Feed(OTHER.url, "News Example"))
        assert rows_of(tmp_path, "SELECT state FROM feed_health") == [("drying",), ("drying",)]

    def test_another_outlet_is_not_blamed(self, tmp_path):
        self.load(tmp_path, *[empty_page(n) for n in range(10)], make_poll(END, feed=OTHER.url, entries_new=1))
        load_lists(tmp_path, Feed(FEED, "News Example"), OTHER)
        assert rows_of(tmp_path, "SELECT state FROM feed_health ORDER BY feed") == [("drying",), ("ok",)]


class TestWhichStateIsTold:
    """Of two that hold at once, the one that explains the other."""

    def dry(self, data, *polls, listed=None):
        load_records(data, *good_pages(5, 30), *daily_polls(until=30 * DAY), hours=30 * DAY)
        load_records(data, *[empty_page(n) for n in range(10)], *polls, run_id="run-2", hours=END)
        load_lists(data, listed or Feed(FEED, "News Example"))
        return health(data, "state, state_since_at")

    def test_failing_before_drying(self, tmp_path):
        polls = [make_poll(END - hours, outcome="failed", reason=Reason.TIMEOUT, failure_count=1) for hours in (3, 0)]
        assert self.dry(tmp_path, *polls) == ("failing", at(END - 3))

    def test_gone_before_failing(self, tmp_path):
        assert self.dry(tmp_path, make_poll(END, outcome="failed", reason=Reason.GONE)) == ("gone", at(END))

    def test_silent_before_drying(self, tmp_path):
        assert self.dry(tmp_path, make_poll(24 * 400, outcome="unchanged"))[0] == "silent"

    def test_late_before_drying(self, tmp_path):
        state = self.dry(tmp_path, make_poll(END + 9, feed=OTHER.url))
        assert state == ("late", at(30 * DAY + 1))

    def test_paused_before_all(self, tmp_path):
        gone = make_poll(END, outcome="failed", reason=Reason.GONE)
        assert self.dry(tmp_path, gone, listed=Feed(FEED, is_paused=True))[0] == "paused"


def test_a_feed_whose_pages_came_by_another_is_not_silent(tmp_path):
    """A topic feed of the same outlet: all it names is known already, and its own dates say that it lives."""
    polls = [make_poll(0, entries_seen=9, newest_entry_at=at(0))]
    polls += [make_poll(24 * 200, entries_seen=9, newest_entry_at=at(24 * 200) - timedelta(hours=1))]
    load_listed(tmp_path, *polls)
    assert health(tmp_path)[0] == "ok"
