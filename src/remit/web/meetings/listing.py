"""What comes, day by day; and what is past."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from remit.governance.enums import MeetingState
from remit.governance.meeting_days import monday_of
from remit.governance.meeting_rules import items_visible_to, meetings_of, meetings_visible_to
from remit.governance.models import Meeting
from remit.governance.queries.meetings import meetings_between, waiting_items, with_counts
from remit.org.models import Person
from remit.org.queries.clocks import clocks
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from ..lists import Column, Filter, Listing
from ..templatetags.figures import say
from ..who import who
from .times import placed, said

AHEAD = timedelta(weeks=6)
SHOWN_MOST = 120
WAITING_MOST = 12
LINE = (
    "title", "starts_at", "duration_min", "started_at", "ended_at", "place", "state", "unit__name",
    "unit__name_en", "chair__name", "chair__name_en",
)  # fmt: skip
TONES = {MeetingState.RUNNING: "accent", MeetingState.CLOSED: "good", MeetingState.CANCELLED: "bad"}


@dataclass(frozen=True, slots=True)
class Week:
    """Days of a week on which somebody meets. ``away``: weeks from this one."""

    monday: date
    away: int
    days: list[tuple[date, list[Meeting]]]


@require_GET
def coming(request: HttpRequest) -> HttpResponse:
    """The next six weeks: one's own meetings, or all that one sees. What was begun is there until it ends."""
    person, on = who(request), today()
    everybody = request.GET.get("whose") == "all"
    rows = meetings_visible_to(person) if everybody else meetings_of(person)
    first = datetime.combine(on, time(), tzinfo=timezone.get_default_timezone())
    times = clocks()
    found = placed(meetings_between(rows, first, first + AHEAD)[: SHOWN_MOST + 1], times)
    running = with_counts(rows.filter(state=MeetingState.RUNNING, starts_at__lt=first)).order_by("starts_at")
    late = with_counts(rows.filter(state=MeetingState.PLANNED, starts_at__lt=first)).order_by("-starts_at")
    waiting = waiting_items().filter(pk__in=items_visible_to(person).values("pk"))
    context = {
        "weeks": _weeks(found[:SHOWN_MOST], on), "everybody": everybody, "tab": "coming", "on": on,
        "more": len(found) > SHOWN_MOST, "begun": placed(running[:WAITING_MOST], times),
        "late": placed(late[:WAITING_MOST], times),
        "waiting": waiting.select_related("meeting", "deferred_owner").order_by("deferred_to")[:WAITING_MOST],
        "may_call": units_visible_to(person).exists(),
    }  # fmt: skip
    return render(request, "meetings/coming.html", context)


def meetings_on(person: Person, on: date) -> list[Any]:
    """One's own meetings of a day of the company, and those that still run."""
    first = datetime.combine(on, time(), tzinfo=timezone.get_default_timezone())
    rows = meetings_between(meetings_of(person), first, first + timedelta(days=1))
    found = list(rows.select_related(None).select_related("unit", "chair").only(*LINE))
    return placed(found) if found else []


def _weeks(meetings: list[Any], on: date) -> list[Week]:
    weeks: dict[date, dict[date, list[Meeting]]] = {}
    for meeting in meetings:
        day = meeting.day_there
        weeks.setdefault(monday_of(day), {}).setdefault(day, []).append(meeting)
    this = monday_of(on)
    return [Week(monday, (monday - this).days // 7, list(days.items())) for monday, days in weeks.items()]


def columns() -> tuple[Column, ...]:
    """Of a list of meetings; times by the clock of each one's unit."""
    times = clocks()
    return (
        Column(
            "title", pgettext_lazy("meeting", "Meeting"), sort="title",
            href=lambda one: reverse("meetings_meeting", args=[one.pk]),
        ),
        Column(
            "starts_at", pgettext_lazy("meeting", "When"), sort="starts_at",
            value=lambda one: said(one, times),
        ),
        Column("unit", gettext_lazy("Unit"), value=lambda one: say(one.unit)),
        Column("chair", pgettext_lazy("meeting", "Chair"), value=lambda one: one.chair, sort="chair__name"),
        Column(
            "items", gettext_lazy("Items"), kind="count", value=lambda one: one.item_count, sort="item_count"
        ),
        Column(
            "state", pgettext_lazy("meeting", "State"), kind="badge", sort="state",
            value=lambda one: one.get_state_display(),
            tone=lambda one: TONES.get(MeetingState(one.state), ""),
        ),
    )  # fmt: skip


@require_GET
def past(request: HttpRequest) -> HttpResponse:
    """What took place, was cancelled, or should have been held; the newest first."""
    person, at = who(request), timezone.now()
    rows = with_counts(meetings_visible_to(person).filter(starts_at__lt=at))
    found = Listing(
        request, rows, columns(), name="meetings", search=("title", "chair__name", "minutes"),
        filters=(
            Filter("state", _("State"), MeetingState.choices, field="state"),
            Filter("whose", _("Whose"), (("mine", _("Mine")),), apply=_mine(person)),
        ),
        sort="-starts_at",
    )  # fmt: skip
    return found.export() or render(request, "meetings/past.html", {"listing": found, "tab": "past"})


def _mine(person: Person) -> Any:
    def narrowed(rows: QuerySet[Meeting], _value: str) -> QuerySet[Meeting]:
        return rows.filter(pk__in=meetings_of(person).values("pk"))

    return narrowed
