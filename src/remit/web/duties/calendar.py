"""The calendar of due work, month by month, and its secret feed."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.core.period import add_months
from remit.duties.actions.feed import make_feed
from remit.duties.enums import State
from remit.duties.models import Occurrence
from remit.duties.queries.agenda import due_between
from remit.duties.queries.feed import person_of_feed
from remit.duties.queries.stakes import stakes_of
from remit.duties.rules import charges_visible_to
from remit.org.models import Unit
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import today
from remit.org.queries.working_days import calendar_of
from remit.org.rules import units_visible_to
from remit.org.working_days import Certainty, WorkingCalendar

from ..who import who
from .ics import as_ics
from .titles import titled

SHOWN_A_DAY = 6
FEED_PAST, FEED_AHEAD = timedelta(days=30), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Square:
    """One day of the month's page."""

    day: date
    rows: list[Occurrence]
    more: int
    is_off: bool
    is_other: bool
    is_today: bool


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """What falls due in a month: one's own work, or all of a unit."""
    person, on = who(request), today()
    first = _month(request.GET.get("month", "")) or on.replace(day=1)
    units = list(units_visible_to(person).order_by("path"))
    unit = next((each for each in units if each.code == request.GET.get("unit")), None)
    days = list(Calendar().itermonthdates(first.year, first.month))
    if unit is None:
        charges = list(stakes_of(person, on, organisation_on(on)).owed)
    else:
        charges = list(charges_visible_to(person, on).filter(unit=unit).values_list("pk", flat=True))
    rows = titled(due_between(charges, days[0], days[-1]))
    times = calendar_of(unit or (units[0] if units else Unit(path="")), first)
    context = {
        "first": first, "unit": unit, "units": units, "squares": _squares(days, rows, first, on, times),
        "weekdays": days[:7], "previous": _label(add_months(first, -1)),
        "following": _label(add_months(first, 1)),
        "predicted": times.certainty(first.year) == Certainty.PREDICTED, "now": timezone.now(),
        "years_url": reverse("org_calendars"),
    }  # fmt: skip
    return render(request, "duties/calendar.html", context)


def _squares(
    days: list[date], rows: list[Occurrence], first: date, on: date, times: WorkingCalendar
) -> list[Square]:
    by_day: dict[date, list[Occurrence]] = {}
    for row in rows:
        by_day.setdefault(row.due_on, []).append(row)
    return [
        Square(
            day, by_day.get(day, [])[:SHOWN_A_DAY], max(0, len(by_day.get(day, [])) - SHOWN_A_DAY),
            not times.is_working(day), day.month != first.month, day == on,
        )
        for day in days
    ]  # fmt: skip


def _month(text: str) -> date | None:
    """The first day of ``2026-11``; none for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _label(first: date) -> str:
    return f"{first:%Y-%m}"


@require_POST
def feed_address(request: HttpRequest) -> HttpResponse:
    """Make a new secret address; the one before it stops working."""
    secret = make_feed(person=who(request), by=who(request), at=timezone.now())
    address = request.build_absolute_uri(reverse("duties_feed", args=[secret]))
    messages.success(request, _("Subscribe to this address in your calendar. It is shown once: %s") % address)
    return redirect("duties_calendar")


@login_not_required
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """One's own duties as iCalendar, for whoever has the address; a wrong one is simply not there."""
    person = person_of_feed(secret)
    if person is None:
        raise Http404
    on = today()
    stakes = stakes_of(person, on, organisation_on(on))
    rows = due_between(stakes.owed, on - FEED_PAST, on + FEED_AHEAD).exclude(state=State.WAIVED)
    body = as_ics(titled(rows), person, request.build_absolute_uri("/"), timezone.now())
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="duties.ics"'
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer
