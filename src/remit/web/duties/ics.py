"""Duties as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from remit.duties.enums import State
from remit.duties.models import Occurrence
from remit.org.models import Person

from .titles import titled

LASTS = timedelta(minutes=30)  # how long the due time is drawn in a calendar


def as_ics(rows: Iterable[Occurrence], person: Person, address: str, at: datetime) -> bytes:
    """One event an occurrence, which keeps its identity when it moves: title, unit, time, address.

    In the person's language: calendars do not say which one they want.
    """
    with translation.override(person.language or translation.get_language()):
        calendar = Calendar()
        calendar.add("prodid", "-//Remit//Duties//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", _("Duties of %s") % person.title(translation.get_language()))
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        for one in titled(rows):
            calendar.add_component(_event(one, address, at))
        return bytes(calendar.to_ical())


def _event(one: Occurrence, address: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"occurrence-{one.pk}@remit")
    event.add("dtstamp", at)
    event.add("dtstart", one.due_at - LASTS)
    event.add("dtend", one.due_at)
    done = one.state in (State.ACCEPTED, State.DELIVERED)
    unit = one.charge.unit.title(translation.get_language())
    title = one.title  # type: ignore[attr-defined]  # ``titled`` sets it
    event.add("summary", f"{'✓ ' if done else ''}{title} · {unit}")
    event.add("url", urljoin(address, reverse("duties_occurrence", args=[one.pk])))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    return event
