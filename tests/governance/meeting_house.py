"""A meeting of the shop: dora chairs; ana, fay and ben take part."""

from datetime import date, datetime, timedelta
from typing import Any

from remit.governance.actions.meeting import Topic, call_meeting, start_meeting
from remit.governance.models import AgendaItem, Meeting
from remit.org.models import Person

from .conftest import AT, House

SOON = AT + timedelta(days=1)
NEXT_MONTH = date(2026, 4, 1)


def called(house: House, *topics: Topic, by: str = "dora", **more: Any) -> Meeting:
    people = [house[name] for name in ("ana", "fay", "ben")]
    values = {"starts_at": SOON, "title": "雙週會", "people": people, **more}
    return call_meeting(
        unit=house.units["shop"], chair=house["dora"], topics=topics, by=house[by], at=AT, **values
    )


def running(house: House, *topics: Topic, **more: Any) -> Meeting:
    return start_meeting(meeting=called(house, *topics, **more), by=house["dora"], at=SOON)


def item_of(meeting: Meeting, title: str) -> AgendaItem:
    return meeting.items.select_related("meeting").get(title=title)


def own(house: House, name: str = "dora", at: datetime = SOON) -> dict[str, Any]:
    person: Person = house[name]
    return {"by": person, "at": at}
