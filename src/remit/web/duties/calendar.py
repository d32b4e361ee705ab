"""The calendar of due work, month by month, and its secret feed."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.duties.actions.feed import end_feed, make_feed
from remit.duties.enums import State
from remit.duties.queries.agenda import due_between, own_due_between
from remit.duties.queries.feed import feed_since, person_of_feed
from remit.duties.rules import charges_visible_to
from remit.notices.queries.preferences import zone_of
from remit.org.models import Unit
from remit.org.queries.today import today
from remit.org.queries.working_days import calendar_of
from remit.org.rules import units_visible_to
from remit.org.working_days import Certainty

from ..months import Month
from ..subscribing import show_address
from ..who import who
from .ics import as_ics
from .titles import titled

FEED_PAST, FEED_AHEAD = timedelta(days=30), timedelta(days=365)


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """What falls due in a month: one's own work, or all of a unit."""
    person, on = who(request), today()
    here = timezone.now().astimezone(zone_of(person, on)).date()
    shown = Month.asked(request.GET.get("month", ""), here)
    units = list(units_visible_to(person).order_by("path"))
    unit = next((each for each in units if each.code == request.GET.get("unit")), None)
    days, seen = (shown.days[0], shown.days[-1]), charges_visible_to(person, on)
    if unit is None:
        rows = titled(own_due_between(person, seen, *days, on))
    else:
        rows = titled(due_between(seen.filter(unit=unit).values_list("pk", flat=True), *days))
    times = calendar_of(unit or (units[0] if units else Unit(path="")), shown.first)
    context = {
        "month": shown, "unit": unit, "units": units,
        "squares": shown.squares(rows, lambda row: row.due_on, here, times),
        "predicted": times.certainty(shown.first.year) == Certainty.PREDICTED, "now": timezone.now(),
        "years_url": reverse("org_calendars"), "feed_since": feed_since(person),
    }  # fmt: skip
    return render(request, "duties/calendar.html", context)


@require_POST
def feed_address(request: HttpRequest) -> HttpResponse:
    """Make a new secret address; the one before it stops working."""
    secret = make_feed(person=who(request), by=who(request), at=timezone.now())
    address, back = reverse("duties_feed", args=[secret]), reverse("duties_calendar")
    return show_address(request, _("Calendar of duties"), address, back=back)


@require_POST
def feed_end(request: HttpRequest) -> HttpResponse:
    """Switch the address off."""
    end_feed(person=who(request), by=who(request), at=timezone.now())
    messages.success(request, _("Switched off. Calendars that subscribed get nothing more."))
    return redirect("duties_calendar")


@login_not_required
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """One's own duties as iCalendar, for whoever has the address; a wrong one is simply not there."""
    person = person_of_feed(secret)
    if person is None:
        raise Http404
    on = today()
    rows = own_due_between(person, charges_visible_to(person, on), on - FEED_PAST, on + FEED_AHEAD, on)
    owed = [one for one in rows if one.state != State.WAIVED]
    body = as_ics(owed, person, request.build_absolute_uri("/"), timezone.now())
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="duties.ics"'
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer
