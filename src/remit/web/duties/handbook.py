"""The handbook: its duties, and one of them with its history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from remit.duties.enums import Rhythm
from remit.duties.queries.events import silent_among
from remit.duties.queries.handbook import by_code, draft_of_version
from remit.duties.queries.history import charges_with_crews, flows_of, past_of, under_way, words_of
from remit.duties.queries.stakes import charges_in_force
from remit.duties.rules import can_edit_handbook, charges_visible_to, duties_visible_to
from remit.org.queries.today import today

from ..lists import Column, Filter, Listing
from ..who import who
from .differences import particulars
from .forms import ProposalForm
from .happenings import said
from .titles import caused, language, titled

COLUMNS = (
    Column(
        "code", _("Code"), value=lambda row: row.code, sort="code",
        href=lambda row: reverse("duties_duty", args=[row.code]),
    ),
    Column("title", _("Duty"), value=lambda row: row.title, note=lambda row: row.purpose),
    Column(
        "rhythm", pgettext_lazy("duty", "Rhythm"), value=lambda row: Rhythm(row.current.rhythm).label,
        kind="badge", sort="current__rhythm",
    ),
    Column("effort", _("Minutes"), value=lambda row: row.current.effort_minutes, kind="count",
           sort="current__effort_minutes"),
    Column("version", _("Version"), value=lambda row: row.current.number, kind="count", optional=True),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every duty of the handbook."""
    duties = duties_visible_to(who(request)).filter(retired_at=None).select_related("current")
    chapters = sorted({code.split(".", 1)[0] for code in duties.values_list("code", flat=True)}, key=by_code)
    found = Listing(
        request, duties, COLUMNS, name="handbook", search=("code", "current__words__title"),
        filters=(
            Filter("chapter", _("Chapter"), [(c, c) for c in chapters],
                   apply=lambda rows, value: rows.filter(code__startswith=f"{value}.")),
            Filter("rhythm", pgettext_lazy("duty", "Rhythm"), Rhythm.choices, field="current__rhythm"),
        ),
        sort="code", per_page=100, prepare=lambda rows: words_of(rows, language()),
    )  # fmt: skip
    context = {"listing": found, "may_edit": can_edit_handbook(who(request)), "is_empty": not chapters}
    return found.export() or render(request, "duties/handbook.html", context)


@require_GET
def duty(request: HttpRequest, code: str) -> HttpResponse:
    """What it says, who answers for it where, what it gives to whom, and how it went."""
    rows = duties_visible_to(who(request)).select_related("current__made_by")
    shown = get_object_or_404(rows, code=code)
    words_of([shown], language())
    charges = charges_visible_to(who(request)).filter(duty=shown)
    past = past_of(charges, today())
    coming = under_way(charges, timezone.now(), today())
    caused(titled([*past.newest, *coming]), who(request))
    context = {
        "duty": shown, "version": shown.current, "may_edit": can_edit_handbook(who(request)),
        "proposing": ProposalForm(),
        "charges": charges_with_crews(charges.filter(pk__in=charges_in_force(today())), today()),
        "flows": flows_of(shown, language()),
        "asked": particulars(draft_of_version(shown.code, shown.current)) if shown.current else [],
        "past": past, "coming": coming,
        "silent": said(silent_among(shown.current.starts_upon if shown.current else ())),
    }  # fmt: skip
    return render(request, "duties/duty.html", context)
