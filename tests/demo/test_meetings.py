"""The demonstration's departments meet: three series, one meeting that was held, one to come."""

from datetime import UTC, datetime

from remit.demo.actions.meetings import set_up_meetings
from remit.demo.actions.organisation import set_up_organisation
from remit.governance.models import AgendaItem, Meeting, MeetingAction, MeetingSeries

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def test_one_was_held_and_what_it_deferred_is_on_a_later_agenda(db):
    set_up_organisation(at=AT)
    assert set_up_meetings(at=AT) == 5
    assert set_up_meetings(at=AT) == 0
    assert sorted(MeetingSeries.objects.values_list("rhythm", flat=True)) == [
        "fortnightly", "monthly", "weekly",
    ]  # fmt: skip
    held = Meeting.objects.get(state="closed")
    assert sorted(held.items.values_list("outcome", flat=True)) == ["decided"] * 3 + ["deferred"]
    assert sorted(MeetingAction.objects.values_list("state", flat=True)) == ["done", "open", "open"]
    carried = AgendaItem.objects.get(origin__isnull=False)
    assert carried.meeting.series == held.series
    assert Meeting.objects.filter(title="感恩節檔期跨部門準備會", state="planned").count() == 1
