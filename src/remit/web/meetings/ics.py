"""Meetings as iCalendar (RFC 5545): one event a meeting, which keeps its identity when it moves."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from remit.governance.enums import MeetingState
from remit.governance.models import Meeting
from remit.org.models import Person


def as_ics(rows: Iterable[Meeting], person: Person, address: str, at: datetime, *, feed: bool) -> bytes:
    """Lines end in CRLF and are folded at 75 octets; a change raises SEQUENCE, a cancelled one says so.

    One cancelled meeting alone is a CANCEL, so that a calendar takes it out; a feed publishes all of them.
    """
    found = list(rows)
    gone = not feed and all(one.state == MeetingState.CANCELLED for one in found)
    with translation.override(person.language or translation.get_language()):
        calendar = Calendar()
        calendar.add("prodid", "-//Remit//Meetings//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "CANCEL" if gone else "PUBLISH")
        if feed:
            calendar.add("x-wr-calname", _("Meetings of %s") % person.title(translation.get_language()))
            calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        for one in found:
            calendar.add_component(_event(one, address, at))
        return bytes(calendar.to_ical())


def _event(one: Meeting, address: str, at: datetime) -> Event:
    event, url = Event(), urljoin(address, reverse("meetings_meeting", args=[one.pk]))
    event.add("uid", f"meeting-{one.pk}@remit")
    event.add("dtstamp", at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", one.revision)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.ends_at)
    event.add("summary", one.title)
    if one.place:
        event.add("location", one.place)
    event.add("description", "\n".join([*_agenda(one), url]))
    event.add("url", url)
    chair = vCalAddress(f"mailto:{one.chair.email}")
    chair.params["CN"] = vText(one.chair.title(translation.get_language()))
    event.add("organizer", chair)
    event.add("status", "CANCELLED" if one.state == MeetingState.CANCELLED else "CONFIRMED")
    return event


def _agenda(one: Meeting) -> list[str]:
    items = sorted(one.items.all(), key=lambda item: (item.position, item.pk))
    return [f"{number}. {item.title}" for number, item in enumerate(items, start=1)]
