"""One charge: what a unit owes, which position stands in which role, what its measure showed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.duties.actions.charge import ChargeEndsBeforeItStarts, end_charge, set_roles
from remit.duties.actions.reading import ReadingAhead, ReadingEndsBeforeItStarts, take_reading
from remit.duties.actions.starting import NotOwed, NotUponAnEvent, SaysNothing, start_by_hand
from remit.duties.enums import Rhythm, Role
from remit.duties.models import Charge
from remit.duties.queries.history import words_of
from remit.duties.queries.matrix import Cell, Row, columns_of, rows_of
from remit.duties.queries.readings import readings_of
from remit.duties.rules import can_assign_duties, can_start, can_take_reading, charges_visible_to
from remit.org.models import Position
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import today

from ..requiring import require
from ..who import who
from .differences import said as in_words
from .forms import EndingForm, HappeningForm, ReadingForm, RolesForm
from .matrix import matrix_url
from .titles import language


@require_GET
def page(request: HttpRequest, charge_id: int) -> HttpResponse:
    """Its roles, its readings, and its end."""
    return _show(request, _found(request, charge_id))


@require_POST
def roles(request: HttpRequest, charge_id: int) -> HttpResponse:
    """Give a position its roles, in place of those that it had. A matrix gets its row back."""
    charge = _found(request, charge_id)
    require(can_assign_duties(who(request), charge.unit))
    form = RolesForm(request.POST)
    if not form.is_valid():
        return _show(request, charge, roles_form=form)
    position: Position = form.cleaned_data["position"]
    before = _accountable(charge)
    set_roles(
        charge=charge, position=position, roles=form.cleaned_data["roles"], by=who(request), at=timezone.now()
    )
    said = _("Saved.")
    if before and before != position and Role.ACCOUNTABLE in form.cleaned_data["roles"]:
        said = _("%(position)s is accountable now; %(before)s stepped down.") % {
            "position": position.title(language()),
            "before": before.title(language()),
        }
    if request.headers.get("HX-Request"):
        row, columns = _row(charge)
        context = {"row": row, "columns": columns, "unit": charge.unit, "may_assign": True, "said": said}
        return render(request, "duties/matrix_row.html", context)
    messages.success(request, said)
    return redirect("duties_charge", charge.pk)


@require_POST
def end(request: HttpRequest, charge_id: int) -> HttpResponse:
    """The unit owes it up to a day."""
    charge = _found(request, charge_id)
    require(can_assign_duties(who(request), charge.unit))
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _show(request, charge, ending=form)
    try:
        end_charge(charge=charge, ends_on=form.cleaned_data["ends_on"], by=who(request), at=timezone.now())
    except ChargeEndsBeforeItStarts as error:
        form.add_error("ends_on", str(error))
        return _show(request, charge, ending=form)
    messages.success(
        request,
        _(
            "Ended. What would be due later is gone; what has shown itself stays owed until it is delivered "
            "or waived."
        ),
    )
    return redirect(matrix_url(charge.unit_id, charge.duty.code))


@require_POST
def starts(request: HttpRequest, charge_id: int) -> HttpResponse:
    """What a duty waits for happened: it begins now."""
    charge = _found(request, charge_id)
    require(can_start(who(request), charge))
    form = HappeningForm(request.POST)
    if not form.is_valid():
        return _show(request, charge, happening=form)
    try:
        begun = start_by_hand(
            charge=charge, what=form.cleaned_data["what"], by=who(request), at=timezone.now()
        )
    except (NotUponAnEvent, NotOwed, SaysNothing) as error:
        messages.error(request, str(error))
        return redirect("duties_charge", charge.pk)
    messages.success(request, _("It has begun, and stands on the list of whoever answers for it."))
    return redirect("duties_occurrence", begun.pk)


@require_POST
def reading(request: HttpRequest, charge_id: int) -> HttpResponse:
    """Enter what the measure showed."""
    charge = _found(request, charge_id)
    require(can_take_reading(who(request), charge))
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _show(request, charge, reading_form=form)
    try:
        take_reading(charge=charge, **form.cleaned_data, by=who(request), at=timezone.now())
    except (ReadingAhead, ReadingEndsBeforeItStarts) as error:
        form.add_error("first" if isinstance(error, ReadingAhead) else "last", str(error))
        return _show(request, charge, reading_form=form)
    messages.success(request, _("The reading was kept."))
    return redirect("duties_charge", charge.pk)


def _found(request: HttpRequest, charge_id: int) -> Charge:
    rows = charges_visible_to(who(request)).select_related("duty__current", "unit")
    return get_object_or_404(rows, pk=charge_id)


def _measure(charge: Charge) -> str:
    """The metric, or the figure entered by hand with its unit; empty where the handbook names none."""
    version = charge.duty.current
    if version is None:
        return ""
    named = ("measure_metric", version.measure_metric), ("measure_manual", version.measure_manual)
    return next((in_words(field, value) for field, value in named if value), "")


def _accountable(charge: Charge) -> Position | None:
    row = charge.raci.filter(role=Role.ACCOUNTABLE).select_related("position").first()
    return row.position if row else None


def _row(charge: Charge) -> tuple[Row, list[tuple[Position, Cell]]]:
    """The charge as a row of the matrix, and each position with its cell."""
    on = today()
    columns = columns_of(charge.unit, organisation_on(on), on)
    (row,) = rows_of(charge.duty.charges.filter(pk=charge.pk), columns, language())
    return row, [(column.position, cell) for column, cell in zip(columns, row.cells, strict=True)]


def _show(request: HttpRequest, charge: Charge, **more: object) -> HttpResponse:
    person, on = who(request), today()
    words_of([charge.duty], language())
    _whole, cells = _row(charge)
    chosen = next((cell for p, cell in cells if str(p.pk) == request.GET.get("position")), None)
    version = charge.duty.current
    waits = version is not None and version.rhythm == Rhythm.EVENT and charge.duty.retired_at is None
    context = {
        "may_start": waits and can_start(person, charge, on), "happening": HappeningForm(),
        "charge": charge, "measure": _measure(charge), "readings": readings_of(charge),
        "cells": [(position, cell) for position, cell in cells if cell.roles],
        "back": matrix_url(charge.unit_id, charge.duty.code, charge.pk),
        "may_assign": can_assign_duties(person, charge.unit), "may_read": can_take_reading(person, charge),
        "roles_form": RolesForm(
            initial={"position": chosen.position, "roles": chosen.roles} if chosen else None
        ),
        "ending": EndingForm(initial={"ends_on": charge.ends_on or on}), "reading_form": ReadingForm(),
    } | more  # fmt: skip
    return render(request, "duties/charge.html", context, status=422 if more else 200)
