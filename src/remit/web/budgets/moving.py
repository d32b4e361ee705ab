"""Money moves: asked for, ordered, invoiced, given back, released."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remit.governance.actions.request import NoPolicy, NotTaken
from remit.planning.actions.approval import NotApproved
from remit.planning.actions.ledger import (
    EnteredBefore,
    EntryUnclear,
    Movement,
    OverBudget,
    ask_for_money,
    invoice,
    order,
    take_back,
)
from remit.planning.actions.release import ReleaseUnclear, ask_release, drop_release
from remit.planning.enums import MoneyStage
from remit.planning.money_rules import (
    can_ask_release,
    can_drop_release,
    can_spend,
    can_take_back,
    entries_visible_to,
    releases_visible_to,
)

from ..doing import tried
from ..requiring import require
from ..who import who
from .forms import MovementForm, ReleaseForm
from .line import found, show

VERBS = {MoneyStage.REQUEST: ask_for_money, MoneyStage.ORDER: order, MoneyStage.INVOICE: invoice}


@require_POST
def movement(request: HttpRequest, budget_line_id: int) -> HttpResponse:
    """Enter a request, an order or an invoice."""
    line = found(request, budget_line_id)
    require(can_spend(who(request), line))
    form = MovementForm(request.POST, line=line)
    if form.is_valid():
        given = dict(form.cleaned_data)
        verb = VERBS[MoneyStage(given.pop("stage"))]
        try:
            entered = verb(line=line, movement=Movement(**given), by=who(request), at=timezone.now())
        except (OverBudget, EntryUnclear, EnteredBefore, NotApproved) as error:
            form.add_error(None, str(error))
        else:
            if entered.warning:
                messages.warning(request, entered.warning)
            messages.success(request, _("Entered."))
            return redirect("budgets_line", line.pk)
    return show(request, line, status=422, moving=form)


@require_POST
def back(request: HttpRequest, budget_entry_id: int) -> HttpResponse:
    """Give back what is open of a request or an order."""
    rows = entries_visible_to(who(request)).select_related("line__budget__unit")
    entry = get_object_or_404(rows, pk=budget_entry_id)
    require(can_take_back(who(request), entry))
    tried(request, take_back, EntryUnclear, said=_("Given back; the line has it again."), entry=entry)
    return redirect("budgets_line", entry.line_id)


@require_POST
def release(request: HttpRequest, budget_line_id: int) -> HttpResponse:
    """Ask for a part of the reserve."""
    line = found(request, budget_line_id)
    require(can_ask_release(who(request), line))
    form = ReleaseForm(request.POST)
    if form.is_valid():
        try:
            row = ask_release(line=line, by=who(request), at=timezone.now(), **form.cleaned_data)
        except NotTaken as error:
            for sentence in error.sentences:
                form.add_error(None, sentence)
        except (ReleaseUnclear, NoPolicy) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Asked for. Nothing moves before the last signature."))
            return redirect("approvals_request", row.request_id)
    return show(request, line, status=422, releasing=form)


@require_POST
def drop(request: HttpRequest, release_id: int) -> HttpResponse:
    """No longer ask for it."""
    rows = releases_visible_to(who(request)).select_related("line__budget__unit")
    row = get_object_or_404(rows, pk=release_id)
    require(can_drop_release(who(request), row))
    tried(request, drop_release, ReleaseUnclear, said=_("Dropped. The reserve stays as it is."), release=row)
    return redirect("budgets_line", row.line_id)
