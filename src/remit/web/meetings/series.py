"""Series of meetings: those that run, one with its meetings, setting one up and ending it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.governance.actions.meeting import MeetingUnclear, NotThen
from remit.governance.actions.series import change_series, end_series, start_series
from remit.governance.actions.shipped_series import Shipped, shipped_series
from remit.governance.enums import Rhythm, Rule
from remit.governance.meeting_days import ONE_DAY, monday_of
from remit.governance.meeting_rules import can_meet_in, can_run_series, meetings_visible_to, series_visible_to
from remit.governance.models import MeetingSeries
from remit.governance.queries.meetings import waiting_items, with_counts
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from ..doing import done, tried
from ..lists import Column, Listing
from ..requiring import require
from ..templatetags.figures import say
from ..who import who
from .forms import SeriesForm
from .listing import columns


def when_of(series: MeetingSeries) -> str:
    """``every week, Monday, 10:00``."""
    if series.rhythm == Rhythm.MONTHLY:
        day = pgettext("meeting series", "from day %s") % series.day
    else:
        day = date_format(monday_of(today()) + ONE_DAY * (series.day - 1), "l")
    return f"{series.get_rhythm_display()} · {day} · {series.at:%H:%M}"


COLUMNS = (
    Column(
        "title", pgettext_lazy("meeting", "Series"), sort="title",
        href=lambda one: reverse("meetings_series", args=[one.pk]),
    ),
    Column("when", pgettext_lazy("meeting", "When"), value=when_of),
    Column("unit", gettext_lazy("Unit"), value=lambda one: say(one.unit)),
    Column("chair", pgettext_lazy("meeting", "Chair"), value=lambda one: one.chair, sort="chair__name"),
    Column(
        "state", pgettext_lazy("meeting series", "State"), kind="badge",
        value=lambda one: pgettext("meeting series", "Ended") if one.ended_at else "",
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The series that one sees, and those of the handbook that can be set up."""
    person = who(request)
    rows = series_visible_to(person).select_related("unit", "chair")
    found = Listing(request, rows, COLUMNS, name="meeting_series", search=("title",), sort="title")
    context = {
        "listing": found, "tab": "series", "may_call": units_visible_to(person).exists(),
        "shipped": shipped_series().values(),
    }  # fmt: skip
    return found.export() or render(request, "meetings/series_list.html", context)


@require_GET
def page(request: HttpRequest, meeting_series_id: int) -> HttpResponse:
    """One series: when, who, what is on every agenda, its meetings, and what waits for the next."""
    series = found(request, meeting_series_id)
    rows = with_counts(meetings_visible_to(who(request)).filter(series=series))
    context = {
        "series": series, "when": when_of(series), "members": series.members.order_by("name"),
        "listing": Listing(request, rows, columns(), name="series_meetings", sort="-starts_at", per_page=15),
        "waiting": waiting_items(series).select_related("meeting", "deferred_owner").order_by("deferred_to"),
        "may_run": can_run_series(who(request), series), "rules": dict(Rule.choices),
    }  # fmt: skip
    return render(request, "meetings/series.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set one up, by hand or from one of the handbook (``?of=``)."""
    person = who(request)
    shipped = shipped_series().get(request.GET.get("of", ""))
    form = SeriesForm(request.POST or None, by=person, initial=_initial(shipped))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        require(can_meet_in(person, given["unit"]))
        language = get_language() or "zh-hant"
        try:
            series = start_series(
                **given, code=shipped.code if shipped else "",
                standing=shipped.standing_in(language) if shipped else [], by=person, at=timezone.now(),
            )  # fmt: skip
        except MeetingUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Set up; its next meetings are there and its members have been told.")
            )
            return redirect("meetings_series", series.pk)
    return _form(request, form, _("New series"), reverse("meetings_series_list"), shipped)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, meeting_series_id: int) -> HttpResponse:
    """Its planned meetings follow, except those that somebody changed by hand."""
    series, person = found(request, meeting_series_id), who(request)
    require(can_run_series(person, series))
    form = SeriesForm(request.POST or None, by=person, series=series)
    if request.method == "POST" and done(
        request, form, change_series, NotThen, said=_("Saved; who takes part has been told."), series=series
    ):
        return redirect("meetings_series", series.pk)
    return _form(request, form, _("Change: %s") % series.title, reverse("meetings_series", args=[series.pk]))


@require_POST
def end(request: HttpRequest, meeting_series_id: int) -> HttpResponse:
    """No further meetings."""
    series = found(request, meeting_series_id)
    require(can_run_series(who(request), series))
    tried(request, end_series, NotThen, said=_("Ended; its planned meetings are cancelled."), series=series)
    return redirect("meetings_series", series.pk)


def found(request: HttpRequest, meeting_series_id: int) -> MeetingSeries:
    """The series, if the person may see it."""
    rows = series_visible_to(who(request)).select_related("unit", "chair")
    return get_object_or_404(rows, pk=meeting_series_id)


def _initial(shipped: Shipped | None) -> dict[str, Any]:
    if shipped is None:
        return {}
    return {
        "title": say(shipped.title), "rhythm": shipped.rhythm, "day": shipped.day, "time_of_day": shipped.at,
        "duration_min": shipped.minutes,
    }  # fmt: skip


def _form(
    request: HttpRequest, form: SeriesForm, title: str, back: str, shipped: Shipped | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "shipped": shipped}
    return render(request, "meetings/series_form.html", context, status=422 if form.errors else 200)
