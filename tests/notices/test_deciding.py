"""When a letter goes out, as tables."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from remit.notices.deciding import (
    ATTEMPTS,
    DIGEST,
    IMMEDIATELY,
    NONE,
    Wishes,
    after_quiet,
    due,
    wait_after,
)

TAIPEI, NEW_YORK = ZoneInfo("Asia/Taipei"), ZoneInfo("America/New_York")


def wishes(mail=IMMEDIATELY, quiet=(time(22), time(7)), zone=TAIPEI) -> Wishes:
    return Wishes(mail, time(8), *quiet, zone)


def local(day: int, hour: int, minute: int = 0, zone=TAIPEI, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (local(2, 21, 59), local(2, 21, 59)),
        (local(2, 22), local(3, 7)),
        (local(3, 0), local(3, 7)),
        (local(3, 6, 59), local(3, 7)),
        (local(3, 7), local(3, 7)),
    ],
)
def test_quiet_hours_over_midnight_hold_a_letter_until_they_end(at, due):
    assert after_quiet(wishes(), at) == due


@pytest.mark.parametrize(
    ("at", "due"), [(local(2, 12), local(2, 14)), (local(2, 14), local(2, 14)), (local(2, 11), local(2, 11))]
)
def test_quiet_hours_within_a_day_hold_a_letter_too(at, due):
    assert after_quiet(wishes(quiet=(time(12), time(14))), at) == due


@pytest.mark.parametrize("quiet", [(None, None), (time(9), time(9))])
def test_without_quiet_hours_a_letter_goes_at_once(quiet):
    assert after_quiet(wishes(quiet=quiet), local(2, 3)) == local(2, 3)


def test_a_digest_comes_at_the_next_chosen_hour():
    assert due(wishes(DIGEST), local(2, 7, 59)) == local(2, 8)
    assert due(wishes(DIGEST), local(2, 8)) == local(3, 8)


def test_who_wants_no_mail_gets_none():
    assert due(wishes(NONE), local(2, 12)) is None


def test_hours_follow_the_clock_on_the_wall_when_summer_time_begins():
    night = local(7, 23, zone=NEW_YORK)  # clocks go forward at 2:00 on 8 March 2026
    due = after_quiet(wishes(zone=NEW_YORK), night)
    assert (due, due.tzinfo) == (datetime(2026, 3, 8, 11, 0, tzinfo=UTC), UTC)
    assert due - night == timedelta(hours=7)


def test_waits_double_up_to_six_hours_and_then_end():
    waits = [wait_after(n) for n in range(1, ATTEMPTS + 1)]
    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert (waits[8], waits[9]) == (timedelta(minutes=256), None)
