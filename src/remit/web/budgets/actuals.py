"""Take in actual spend: everything is entered, or nothing and every reason is said."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from remit.planning import actuals as reading
from remit.planning.actions.actuals import ActualsRefused, take_actuals
from remit.planning.actuals import COLUMNS, Fault, read_actuals
from remit.planning.money_rules import can_keep_budget

from ..requiring import require
from ..who import who
from .forms import ActualsForm
from .page import found

SHOWN_MAX = 50


@require_http_methods(["GET", "POST"])
def actuals(request: HttpRequest, budget_id: int) -> HttpResponse:
    """Invoices as finance exports them."""
    budget = found(request, budget_id)
    require(can_keep_budget(who(request), budget.unit))
    form = ActualsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        rows, faults = read_actuals(form.cleaned_data["text"])
        for fault in faults[:SHOWN_MAX]:
            form.add_error(None, fault_words(fault))
        if not faults:
            try:
                taken = take_actuals(budget=budget, rows=rows, by=who(request), at=timezone.now())
            except ActualsRefused as error:
                for sentence in error.sentences:
                    form.add_error(None, sentence)
            else:
                for warning in taken.warnings:
                    messages.warning(request, warning)
                said = ngettext("%(n)s invoice entered", "%(n)s invoices entered", taken.entered)
                known = _("%s were there already") % taken.known
                told = _("%(entered)s; %(known)s.") % {"entered": said % {"n": taken.entered}, "known": known}
                messages.success(request, told)
                return redirect("budgets_budget", budget.pk)
    context = {"form": form, "budget": budget, "columns": ", ".join(COLUMNS)}
    return render(request, "budgets/actuals.html", context, status=422 if form.errors else 200)


def fault_words(fault: Fault) -> str:
    """What is wrong in a row, and what to do."""
    said = {"row": fault.row, "about": fault.about}
    match fault.code:
        case reading.EMPTY:
            return _("There are no rows: the first line names the columns, each further one is an invoice.")
        case reading.UNKNOWN_COLUMNS:
            return _("The first line lacks: %(about)s.") % said
        case reading.TOO_MANY:
            return _("More than %(about)s rows: split the file.") % said
        case reading.MISSING:
            return _("Row %(row)s lacks: %(about)s.") % said
        case reading.DAY:
            return _("Row %(row)s: “%(about)s” is no day. Write it as 2026-01-31.") % said
    return _("Row %(row)s: “%(about)s” is no amount.") % said
