"""Meetings of others, for the attempts to reach them."""

from datetime import date, time, timedelta

from django.utils import timezone

from remit.execution.actions.report import make_report
from remit.files.actions import store_file
from remit.governance.actions.meeting import Topic, call_meeting, start_meeting
from remit.governance.actions.meeting_action import give_action
from remit.governance.actions.series import start_series
from remit.governance.actions.settling import object_to
from remit.org.models import Person, Unit


def _kept_report(unit: Unit) -> int:
    """A report of the West; whatever it says is of the West."""
    made = make_report(kind="daily", unit=unit, on=date(2017, 3, 1), at=timezone.now())
    assert made is not None
    return made.pk


def keep_meetings_of_others(unit: Unit, director: Person) -> dict[str, int]:
    """A running meeting of the West with an item, an objection and an action, and a series."""
    at = timezone.now()
    own = {"by": director, "at": at}
    stored = store_file(content=[b"kept-by-director"], name="kept-by-director.txt", owner=director, **own)
    topic = Topic("kept-by-director item", "consensus", material="kept-by-director", file=stored)
    meeting = call_meeting(
        unit=unit, title="kept-by-director meeting", starts_at=at + timedelta(hours=1), chair=director,
        people=[], topics=[topic], place="kept-by-director", **own,
    )  # fmt: skip
    meeting = start_meeting(meeting=meeting, **own)
    item = meeting.items.get()
    objection = object_to(item=item, reason="kept-by-director", **own)
    due = date(2099, 1, 1)
    action = give_action(meeting=meeting, title="kept-by-director", owner=director, due_on=due, **own)
    series = start_series(
        unit=unit, title="kept-by-director series", rhythm="weekly", day=1, time_of_day=time(10),
        chair=director, members=[], **own,
    )  # fmt: skip
    on_meeting = ("meeting", "edit", "cancel", "items", "start", "minutes", "close", "give", "ics")
    on_item = (
        "item_edit", "item_removal", "item_up", "item_file", "vote", "objection", "decision", "deferral",
        "reopening",
    )  # fmt: skip
    return {
        **{f"meetings_{name}": meeting.pk for name in on_meeting},
        **{f"meetings_{name}": item.pk for name in on_item},
        **{f"meetings_{name}": series.pk for name in ("series", "series_edit", "series_end")},
        **dict.fromkeys(("reports_report", "reports_pdf"), _kept_report(unit)),
        "meetings_withdrawal": objection.pk, "meetings_action_done": action.pk,
    }  # fmt: skip
