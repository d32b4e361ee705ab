"""Conflicts: found or logged; ways out, the decision, what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.ref import Ref
from remit.execution.actions.conflict import (
    ConflictDecided,
    ConflictUnclear,
    add_option,
    decide_conflict,
    find_conflicts,
    log_conflict,
    say_consequence,
)
from remit.execution.conflict_rules import (
    can_decide_conflict,
    can_log_conflicts,
    can_say_consequence,
    conflicts_visible_to,
)
from remit.execution.enums import ClashKind, ConflictState
from remit.execution.models import Conflict
from remit.learning.rules import can_try_instead, experiments_visible_to

from ..doing import done
from ..lists import Column, Filter, Listing
from ..refs import resolve_all
from ..requiring import require
from ..templatetags.figures import say
from ..who import who
from .forms import ConsequenceForm, DecisionForm, LogForm, OptionForm
from .words import named, said, title_of

TONES = {ConflictState.OPEN: "warn", ConflictState.DECIDED: "good"}
WRONG = (ConflictDecided, ConflictUnclear)
COLUMNS = (
    Column(
        "title", gettext_lazy("Conflict"), value=title_of, note=said,
        href=lambda row: reverse("conflicts_conflict", args=[row.pk]),
    ),
    Column("kind", gettext_lazy("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
    Column("unit", gettext_lazy("Unit"), value=lambda row: say(row.unit)),
    Column("decider", gettext_lazy("Who decides"), value=lambda row: say(row.decider) if row.decider else ""),
    Column("found_at", pgettext_lazy("conflict", "Since"), kind="day", sort="found_at"),
    Column(
        "state", pgettext_lazy("conflict", "State"), kind="badge", sort="state",
        value=lambda row: row.get_state_display(), tone=lambda row: TONES.get(ConflictState(row.state), ""),
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What pulls apart: the open ones first."""
    person = who(request)
    rows = conflicts_visible_to(person).select_related("unit", "decider")
    found = Listing(
        request, rows, COLUMNS, name="conflicts", search=("title", "note", "decision"),
        filters=(
            Filter("state", pgettext_lazy("conflict", "State"), ConflictState.choices, field="state"),
            Filter("kind", _("Kind"), ClashKind.choices, field="kind"),
        ),
        sort="-found_at", prepare=named,
    )  # fmt: skip
    context = {"listing": found, "may_log": bool(can_log_conflicts(person))}
    return found.export() or render(request, "conflicts/list.html", context)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Look now instead of tonight."""
    require(can_log_conflicts(who(request)))
    found = find_conflicts(at=timezone.now())
    messages.success(request, _("Looked: %(new)s new, %(gone)s no longer there.") % found)
    return redirect("conflicts_list")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Log one by hand."""
    person = who(request)
    require(can_log_conflicts(person))
    form = LogForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        try:
            row = log_conflict(by=person, at=timezone.now(), **form.cleaned_data)
        except ConflictUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Logged. Whoever decides it is told."))
            return redirect("conflicts_conflict", row.pk)
    return render(request, "conflicts/form.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def page(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """What pulls apart, the ways out, what was decided and what came of it."""
    return _show(request, _found(request, conflict_id))


@require_POST
def option(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """Name a way out; everybody who sees it may."""
    row = _found(request, conflict_id)
    form = OptionForm(request.POST)
    if form.is_valid():
        try:
            add_option(conflict=row, text=form.cleaned_data["text"], by=who(request), at=timezone.now())
        except WRONG as error:
            form.add_error(None, str(error))
        else:
            return redirect("conflicts_conflict", row.pk)
    return _show(request, row, optioning=form)


@require_POST
def decision(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """Decide."""
    row = _found(request, conflict_id)
    require(can_decide_conflict(who(request), row))
    form = DecisionForm(request.POST, conflict=row)
    if done(
        request,
        form,
        decide_conflict,
        WRONG,
        said=_("Decided. The owners of the plans are told."),
        conflict=row,
    ):
        return redirect("conflicts_conflict", row.pk)
    return _show(request, row, deciding=form)


@require_POST
def consequence(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """Say what came of it."""
    row = _found(request, conflict_id)
    require(can_say_consequence(who(request), row))
    form = ConsequenceForm(request.POST)
    if form.is_valid():
        try:
            say_consequence(conflict=row, text=form.cleaned_data["text"], by=who(request), at=timezone.now())
        except WRONG as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("conflicts_conflict", row.pk)
    return _show(request, row, concluding=form)


def _found(request: HttpRequest, conflict_id: int) -> Conflict:
    rows = conflicts_visible_to(who(request)).select_related("unit", "decider", "by", "decided_by")
    return get_object_or_404(rows, pk=conflict_id)


def _show(request: HttpRequest, row: Conflict, **more: Any) -> HttpResponse:
    person = who(request)
    named([row])
    things = resolve_all(person, [Ref.parse(thing) for thing in row.things])
    context = {
        "conflict": row, "title": title_of(row), "said": said(row), "things": list(things.values()),
        "options": row.options.select_related("by").order_by("pk"), "is_open": row.state == "open",
        "may_decide": bool(can_decide_conflict(person, row)),
        "may_try": bool(can_try_instead(person, row)),
        "tried": experiments_visible_to(person).filter(dispute=row).order_by("pk"),
        "may_conclude": bool(can_say_consequence(person, row)),
        "optioning": OptionForm(), "deciding": DecisionForm(conflict=row),
        "concluding": ConsequenceForm(initial={"text": row.consequence}),
    }  # fmt: skip
    return render(request, "conflicts/conflict.html", context | more, status=422 if more else 200)
