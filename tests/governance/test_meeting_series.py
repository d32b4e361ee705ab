"""Series lay their meetings ahead on working days, each once; what was deferred comes up at the next."""

from datetime import date, time, timedelta

import pytest
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from remit.governance.actions.meeting import (
    MeetingUnclear,
    Topic,
    cancel_meeting,
    change_meeting,
    close_meeting,
    start_meeting,
)
from remit.governance.actions.series import change_series, end_series, lay_meetings, start_series
from remit.governance.actions.settling import decide, defer
from remit.governance.actions.shipped_series import shipped_series, start_shipped
from remit.governance.enums import MeetingState, Rule
from remit.governance.meeting_days import days_of_series
from remit.governance.models import Meeting, MeetingSeries
from remit.governance.queries.meetings import waiting_items
from remit.notices.models import Notice
from remit.org.working_days import WorkingCalendar

from .conftest import AT, House
from .meeting_house import item_of, own

CHINA = WorkingCalendar("CN")
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def days(rhythm: str, day: int, **more):
    values = {"anchor": date(2026, 3, 4), "calendar": CHINA, **YEAR, **more}
    return days_of_series(rhythm, day, **values)


def weekly(house: House, **more) -> MeetingSeries:
    values = {
        "title": "週會", "rhythm": "weekly", "day": 2, "time_of_day": time(10), "chair": house["dora"],
        "members": [house["ana"], house["fay"]], "standing": [{"title": "進度", "rule": Rule.CONSENSUS}],
        "unit": house.units["shop"], "by": house["dora"], "at": AT, **more,
    }  # fmt: skip
    return start_series(**values)


def meetings(series: MeetingSeries) -> list[Meeting]:
    return list(series.meetings.order_by("starts_at"))


# -- on which days --------------------------------------------------------------------------------


def test_a_meeting_on_a_holiday_is_on_the_next_working_day_of_its_week():
    found = dict(days("weekly", 1))
    assert found["2026-W15"] == date(2026, 4, 7)  # 6 April 2026 is off for Qingming
    assert found["2026-W14"] == date(2026, 3, 30)


def test_a_week_without_a_working_day_after_it_meets_before():
    found = dict(days("weekly", 5))
    assert found["2026-W18"] == date(2026, 4, 30)  # Friday is the first of May
    closed = WorkingCalendar("NONE", {2026: {date(2026, 3, 2) + timedelta(days=n): False for n in range(7)}})
    assert "2026-W10" not in dict(days("weekly", 1, calendar=closed))


def test_a_fortnightly_series_counts_from_its_anchor_also_backwards_and_over_the_year():
    found = [day for _key, day in days("fortnightly", 3, last=date(2027, 2, 28))]
    weeks = {(day - timedelta(days=day.weekday()) - date(2026, 3, 2)).days % 14 for day in found}
    assert weeks == {0}
    assert date(2026, 3, 4) in found


def test_a_monthly_series_meets_at_or_after_its_day():
    found = dict(days("monthly", 5))
    assert (found["2026-09"], found["2026-10"]) == (date(2026, 9, 7), date(2026, 10, 8))  # the Golden Week


@given(
    st.sampled_from([("weekly", 7), ("fortnightly", 7), ("monthly", 28)]),
    st.integers(1, 28),
    st.dates(date(2024, 1, 1), date(2026, 6, 30)),
    st.integers(0, 120),
)
def test_each_week_or_month_has_one_meeting_at_most_and_that_on_a_working_day(rhythm, day, first, length):
    name, most = rhythm
    last = first + timedelta(days=length)
    found = days(name, min(day, most), first=first, last=last)
    assert all(CHINA.is_working(each) and first <= each <= last for _key, each in found)
    assert len({key for key, _day in found}) == len(found)
    # whatever window is looked at, a week meets on the same day
    whole = dict(days(name, min(day, most), first=first - timedelta(days=40), last=last + timedelta(days=40)))
    assert all(whole[key] == each for key, each in found)


# -- laid ahead -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_series_lays_five_weeks_ahead_with_its_standing_agenda(house):
    series = weekly(house)
    laid = meetings(series)
    assert [each.starts_at.isoformat() for each in laid[:2]] == [
        "2026-03-03T02:00:00+00:00", "2026-03-10T02:00:00+00:00",
    ]  # fmt: skip
    assert len(laid) == 5
    assert [(item.title, item.rule) for item in laid[0].items.all()] == [("進度", "consensus")]
    assert {person.name for person in laid[0].people.all()} == {"dora", "ana", "fay"}


@pytest.mark.django_db
def test_the_daily_job_lays_each_meeting_once(house):
    series = weekly(house)
    assert lay_meetings(at=AT) == 0
    assert lay_meetings(at=AT + timedelta(days=7)) == 1
    assert lay_meetings(at=AT + timedelta(days=7)) == 0
    cancel_meeting(meeting=meetings(series)[1], reason="出差", **own(house, at=AT))
    change_meeting(meeting=meetings(series)[2], starts_at=AT + timedelta(days=16), **own(house, at=AT))
    assert lay_meetings(at=AT + timedelta(days=7)) == 0  # a moved or cancelled one is not laid again


@pytest.mark.django_db
def test_who_belongs_to_a_new_series_is_told_once_and_of_later_meetings_each_time(house):
    weekly(house)
    assert Notice.objects.filter(person=house["ana"]).count() == 1
    lay_meetings(at=AT + timedelta(days=7))
    assert Notice.objects.filter(person=house["ana"]).count() == 2


@pytest.mark.django_db
def test_a_change_of_the_series_reaches_meetings_that_nobody_changed_by_hand(house):
    series = weekly(house)
    first, second = meetings(series)[:2]
    change_meeting(meeting=first, place="三樓", **own(house, at=AT))
    change_series(
        series=series, members=[house["ben"]], place="線上", at=AT, by=house["dora"], title="新週會"
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.place, first.title, second.place, second.title) == ("三樓", "週會", "線上", "新週會")
    assert {person.name for person in second.people.all()} == {"dora", "ben"}


@pytest.mark.django_db
def test_an_ended_series_cancels_what_it_planned_and_lays_nothing(house):
    series = weekly(house)
    end_series(series=series, by=house["dora"], at=AT)
    assert set(series.meetings.values_list("state", "revision")) == {(MeetingState.CANCELLED, 1)}
    assert lay_meetings(at=AT + timedelta(days=7)) == 0


@pytest.mark.django_db
def test_a_series_names_a_day_that_its_rhythm_has(house):
    with pytest.raises(MeetingUnclear):
        weekly(house, day=8)
    with pytest.raises(MeetingUnclear):
        weekly(house, rhythm="monthly", day=29)


# -- what was deferred ----------------------------------------------------------------------------


def held(house: House, series: MeetingSeries, to: date) -> Meeting:
    """The first meeting, its standing item decided, and one item deferred to a day."""
    meeting = meetings(series)[0]
    from remit.governance.actions.agenda import add_item

    add_item(meeting_id=meeting.pk, topic=Topic("包裝之爭", Rule.CONSENSUS), **own(house, at=AT))
    start_meeting(meeting=meeting, **own(house))
    decide(item=item_of(meeting, "進度"), decision="照計劃", **own(house))
    defer(item=item_of(meeting, "包裝之爭"), to=to, owner=house["ben"], **own(house))
    return close_meeting(meeting=meeting, **own(house))


def carriers(series: MeetingSeries) -> list[date]:
    rows = series.meetings.filter(items__origin__isnull=False).order_by("starts_at")
    return [localdate(each.starts_at) for each in rows]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "comes"), [(date(2026, 3, 5), date(2026, 3, 10)), (date(2026, 3, 17), date(2026, 3, 17))]
)
def test_a_deferred_item_comes_up_at_the_next_meeting_at_or_after_its_day(house, to, comes):
    series = weekly(house)
    held(house, series, to)
    assert carriers(series) == [comes]
    item = series.meetings.get(starts_at__date=comes).items.get(origin__isnull=False)
    assert (item.title, item.rule, item.position) == ("包裝之爭", "consensus", 2)
    assert house["ben"] in item.meeting.people.all()


@pytest.mark.django_db
def test_what_is_deferred_far_ahead_waits_until_its_meeting_is_laid(house):
    series = weekly(house)
    held(house, series, date(2026, 4, 20))
    assert (carriers(series), waiting_items(series).count()) == ([], 1)
    lay_meetings(at=AT + timedelta(days=21))
    assert (carriers(series), waiting_items(series).count()) == ([date(2026, 4, 21)], 0)
    lay_meetings(at=AT + timedelta(days=21))
    assert len(carriers(series)) == 1


@pytest.mark.django_db
def test_when_that_meeting_is_cancelled_or_moved_ahead_the_item_goes_on_to_the_next(house):
    series = weekly(house)
    held(house, series, date(2026, 3, 10))
    cancel_meeting(meeting=meetings(series)[1], reason="出差", **own(house))
    assert carriers(series) == [date(2026, 3, 17)]
    change_meeting(meeting=meetings(series)[2], starts_at=AT + timedelta(days=4), **own(house))
    assert carriers(series) == [date(2026, 3, 24)]


@pytest.mark.django_db
def test_what_was_deferred_twice_comes_up_twice(house):
    series = weekly(house)
    held(house, series, date(2026, 3, 10))
    meeting = meetings(series)[1]
    at = meeting.starts_at
    start_meeting(meeting=meeting, by=house["dora"], at=at)
    decide(item=item_of(meeting, "進度"), decision="照計劃", by=house["dora"], at=at)
    defer(
        item=item_of(meeting, "包裝之爭"), to=date(2026, 3, 20), owner=house["ana"], by=house["dora"], at=at
    )
    close_meeting(meeting=meeting, by=house["dora"], at=at)
    assert carriers(series) == [date(2026, 3, 10), date(2026, 3, 24)]


# -- the handbook's -------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("code", shipped_series())
def test_the_series_of_the_handbook_can_start_as_they_ship(house, code):
    series = start_shipped(
        code=code, unit=house.units["shop"], chair=house["dora"], members=[house["ana"]], by=None, at=AT
    )
    meeting = meetings(series)[0]
    begun = start_meeting(meeting=meeting, by=house["dora"], at=meeting.starts_at)
    assert begun.state == MeetingState.RUNNING


def test_the_handbook_has_a_weekly_a_fortnightly_and_a_monthly_series():
    assert [row.rhythm for row in shipped_series().values()] == ["weekly", "fortnightly", "monthly"]
