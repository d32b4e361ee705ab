"""Meetings in one's own calendar: a file of one, and a secret address of all."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.governance.actions.meeting_feed import make_meeting_feed
from remit.governance.meeting_rules import meetings_of
from remit.governance.queries.meeting_feed import person_of_meetings

from ..subscribing import show_address
from ..who import who
from .ics import as_ics
from .page import found

PAST, AHEAD = timedelta(days=30), timedelta(days=365)


@require_GET
def download(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One meeting as a file for any calendar."""
    meeting = found(request, meeting_id)
    body = as_ics([meeting], who(request), request.build_absolute_uri("/"), timezone.now(), feed=False)
    return _answer(body, f'attachment; filename="meeting-{meeting.pk}.ics"')


@require_POST
def address(request: HttpRequest) -> HttpResponse:
    """Make a new secret address; the one before it stops working."""
    secret = make_meeting_feed(person=who(request), by=who(request), at=timezone.now())
    url, back = reverse("meetings_feed", args=[secret]), reverse("meetings_list")
    return show_address(request, _("Meetings"), url, back=back)


@login_not_required
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """One's own meetings, for whoever has the address; a wrong one is simply not there."""
    person = person_of_meetings(secret)
    if person is None:
        raise Http404
    at = timezone.now()
    rows = meetings_of(person).filter(starts_at__gte=at - PAST, starts_at__lt=at + AHEAD)
    rows = rows.select_related("chair").prefetch_related("items").order_by("starts_at", "pk")
    answer = _answer(
        as_ics(rows, person, request.build_absolute_uri("/"), at, feed=True),
        'inline; filename="meetings.ics"',
    )
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _answer(body: bytes, disposition: str) -> HttpResponse:
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = disposition
    return answer
