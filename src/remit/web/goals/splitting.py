"""Cut a goal into parts: shown before anything is saved."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from remit.goals.actions.decomposition import AlreadySplit, PartsDoNotAddUp, Sized, split_goal, undo_split
from remit.goals.actions.goal import GoalBinds
from remit.goals.enums import SplitMethod
from remit.goals.models import Goal
from remit.goals.queries.goal_figures import Sight
from remit.goals.queries.goals import measured
from remit.goals.queries.proposals import CannotPropose, Proposal, Proposed, propose
from remit.goals.rules import can_change_goal, can_split
from remit.metrics.catalog.spec import Unit as Measure
from remit.org.queries.today import today

from ..doing import tried
from ..requiring import require
from ..who import who
from .forms import PieceForms, SplitForm, decimal_text
from .page import found
from .words import chance_words, written

REFUSALS = (PartsDoNotAddUp, AlreadySplit, GoalBinds, CannotPropose)


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Choose how, look at the parts, change them, save them."""
    goal = found(request, goal_id)
    require(can_split(who(request), goal))
    sight = Sight(who(request), today())
    asked = "cut" in request.GET or request.method == "POST"
    given = request.POST if request.method == "POST" else request.GET
    form = SplitForm(given) if asked else SplitForm(initial={"cut": "quarter", "method": "shares"})
    proposal, pieces = None, None
    if form.is_bound and form.is_valid():
        proposal = _proposal(goal, form, sight)
    if proposal is not None:
        pieces = _pieces(request, goal, proposal)
        if request.method == "POST" and pieces.is_valid() and _saved(request, goal, form, proposal, pieces):
            return redirect("goals_goal", goal.pk)
    rows = _rows(goal, proposal, pieces, sight) if proposal and pieces else []
    context = {
        "goal": goal, "form": form, "proposal": proposal, "pieces": pieces, "rows": rows,
        "whole": written(goal.target, goal, sight.metrics),
        "adds": proposal.adds if proposal else measured(goal, sight.metrics).adds,
    }  # fmt: skip
    wrong = bool(form.errors) or bool(pieces and pieces.is_bound and not pieces.is_valid())
    return render(request, "goals/split.html", context, status=422 if wrong else 200)


@require_POST
def undo(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Take the split back."""
    goal = found(request, goal_id)
    require(can_change_goal(who(request), goal))
    tried(request, undo_split, (AlreadySplit, GoalBinds), said=_("The split was undone."), goal=goal)
    return redirect("goals_goal", goal.pk)


def _proposal(goal: Goal, form: SplitForm, sight: Sight) -> Proposal | None:
    """The parts, or none with the reason in the form."""
    given = form.cleaned_data
    try:
        return propose(goal, given["cut"], given["method"], given["text"], sight)
    except CannotPropose as error:
        form.add_error(None, str(error))
        return None


def _pieces(request: HttpRequest, goal: Goal, proposal: Proposal) -> Any:
    shown = [{"amount": _typed(goal, part.amount, proposal), "lever": ""} for part in proposal.parts]
    data = request.POST if request.method == "POST" else None
    return PieceForms(data, initial=shown, prefix="parts")


def _typed(goal: Goal, amount: Decimal, proposal: Proposal) -> str:
    if proposal.figure.unit == Measure.PERCENT:
        return f"{decimal_text(amount * 100)}%"
    return decimal_text(amount)


def _saved(request: HttpRequest, goal: Goal, form: SplitForm, proposal: Proposal, pieces: Any) -> bool:
    """Save what was shown, or what was typed over it; false with the reason in the form."""
    parts = [Sized(each.cleaned_data["amount"], each.cleaned_data["lever"]) for each in pieces]
    same = [part.amount for part in parts] == [part.amount for part in proposal.parts]
    method = proposal.method if same else SplitMethod.HAND
    cut = form.cleaned_data["cut"]
    try:
        made = split_goal(goal=goal, cut=cut, method=method, parts=parts, by=who(request), at=timezone.now())
    except REFUSALS as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Split into %s parts that add up.") % len(made))
    return True


def _rows(goal: Goal, proposal: Proposal, pieces: Any, sight: Sight) -> Sequence[dict[str, Any]]:
    return [
        {
            "part": part, "form": form, "amount": written(part.amount, goal, sight.metrics),
            "before": written(part.before, goal, sight.metrics), "expected": _ahead(part, goal, sight),
            "chance": chance_words(part.prospect.chance) if part.prospect else "",
        }
        for part, form in zip(proposal.parts, pieces, strict=False)
    ]  # fmt: skip


def _ahead(part: Proposed, goal: Goal, sight: Sight) -> str:
    if part.prospect is None:
        return written(None, goal, sight.metrics)
    return written(part.prospect.mean, goal, sight.metrics, brief=True)
