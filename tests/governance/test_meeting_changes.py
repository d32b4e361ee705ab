"""Meetings and series changed and cancelled through their pages."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.governance.actions.meeting import Topic
from remit.governance.enums import Rule
from remit.governance.models import Meeting, MeetingSeries
from remit.org.queries.today import today

from .test_meeting_pages import browse, now_called, now_running, page_of, post
from .test_meeting_series import weekly

pytestmark = pytest.mark.django_db
__all__ = ["browse"]


def changed(house, **more):
    return {
        "title": "價格會", "on": today() + timedelta(days=3), "at": "14:00", "duration_min": 45,
        "place": "四樓", "chair": house["dora"].pk, "people": [house["ana"].pk], **more,
    }  # fmt: skip


def test_a_meeting_in_its_form_is_as_it_was_called_and_moves(house, browse):
    meeting, dora = now_called(house), browse("dora")
    page = dora.get(reverse("meetings_edit", args=[meeting.pk])).content.decode()
    assert 'value="雙週會"' in page and 'value="三樓"' in page and 'name="unit"' not in page
    post(dora, "meetings_edit", meeting.pk, **changed(house))
    meeting.refresh_from_db()
    assert (meeting.title, meeting.place, meeting.duration_min) == ("價格會", "四樓", 45)
    assert "Saved; who takes part has been told." in page_of(dora, meeting)


def test_a_meeting_does_not_move_into_the_past(house, browse):
    meeting = now_called(house)
    said = post(
        browse("dora"), "meetings_edit", meeting.pk, status=422,
        **changed(house, on=today() - timedelta(days=3)),
    )  # fmt: skip
    assert "This time is past." in said
    assert Meeting.objects.get().title == "雙週會"


def test_what_lacks_a_title_is_said_in_the_form(house, browse):
    meeting = now_called(house)
    post(browse("dora"), "meetings_edit", meeting.pk, status=422, **changed(house, title=""))
    assert Meeting.objects.get().title == "雙週會"


def test_a_meeting_is_cancelled_on_its_page_with_a_reason(house, browse):
    meeting, dora = now_called(house), browse("dora")
    post(dora, "meetings_cancel", meeting.pk, status=422, reason="")
    post(dora, "meetings_cancel", meeting.pk, reason="撞檔")
    assert "Cancelled; who takes part has been told." in page_of(dora, meeting)


def test_a_series_has_days_of_the_week_and_is_changed_on_its_page(house, browse):
    dora = browse("dora")
    values = {
        "title": "週會", "unit": house.units["shop"].pk, "rhythm": "weekly", "day": 9, "time_of_day": "10:30",
        "duration_min": 60, "place": "", "chair": house["dora"].pk, "members": [house["ana"].pk],
    }  # fmt: skip
    said = post(dora, "meetings_series_new", status=422, **values)
    assert "A week has the days 1 to 7." in said
    series = weekly(house, at=timezone.now())
    page = dora.get(reverse("meetings_series_edit", args=[series.pk])).content.decode()
    assert 'value="週會"' in page and 'name="rhythm"' not in page
    post(dora, "meetings_series_edit", series.pk, **{**values, "title": "週一會"})
    changed = MeetingSeries.objects.get()
    assert (changed.title, changed.at) == ("週一會", time(10, 30))


def test_what_the_figure_reads_is_asked_only_where_data_decide(house, browse):
    topics = (Topic("檔期", Rule.DATA, figure="轉換率"), Topic("定價", Rule.CONSENSUS))
    page = page_of(browse("dora"), now_running(house, *topics))
    assert page.count('name="reading"') == 1
