"""Votes, objections, decisions, deferrals."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remit.governance.actions.meeting import MeetingUnclear, NotThen
from remit.governance.actions.settling import (
    RuleNotMet,
    cast_vote,
    decide,
    defer,
    object_to,
    reopen_item,
    take_back,
)
from remit.governance.meeting_rules import (
    can_decide,
    can_defer,
    can_reopen,
    can_take_back,
    can_vote,
    objections_visible_to,
)
from remit.governance.models import AgendaItem

from ..doing import done, tried
from ..requiring import require
from ..who import who
from .agenda import found_item
from .forms import DecisionForm, DeferralForm, ObjectionForm, VoteForm
from .page import show

REFUSALS = (RuleNotMet, NotThen, MeetingUnclear)


@require_POST
def vote(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """One's own vote, given or changed."""
    item = found_item(request, agenda_item_id)
    require(can_vote(who(request), item))
    form = VoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Vote for, against, or abstain."))
        return back(item)
    tried(request, cast_vote, REFUSALS, item=item, choice=form.cleaned_data["choice"])
    return back(item)


@require_POST
def objection(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """Raise one."""
    item = found_item(request, agenda_item_id)
    require(can_vote(who(request), item))
    form = ObjectionForm(request.POST, item=item)
    if done(request, form, object_to, REFUSALS, item=item):
        return back(item)
    return show(request, item.meeting, returned={(item.pk, "objection"): form})


@require_POST
def withdrawal(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Take one's own back."""
    rows = objections_visible_to(who(request)).select_related("item__meeting")
    raised = get_object_or_404(rows, pk=objection_id)
    require(can_take_back(who(request), raised))
    tried(request, take_back, REFUSALS, objection=raised)
    return back(raised.item)


@require_POST
def decision(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """Record it, by the rule of the item."""
    item = found_item(request, agenda_item_id)
    require(can_decide(who(request), item))
    form = DecisionForm(request.POST, item=item)
    if done(request, form, decide, REFUSALS, item=item):
        return back(item)
    return show(request, item.meeting, returned={(item.pk, "decision"): form})


@require_POST
def deferral(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """Put it off."""
    item = found_item(request, agenda_item_id)
    require(can_defer(who(request), item))
    form = DeferralForm(request.POST, item=item, people=item.meeting.people.all())
    if done(request, form, defer, REFUSALS, item=item):
        return back(item)
    return show(request, item.meeting, returned={(item.pk, "deferral"): form})


@require_POST
def reopening(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """Take the outcome back."""
    item = found_item(request, agenda_item_id)
    require(can_reopen(who(request), item))
    tried(request, reopen_item, REFUSALS, item=item)
    return back(item)


def back(item: AgendaItem) -> HttpResponse:
    """To the item on its page."""
    return redirect(f"{reverse('meetings_meeting', args=[item.meeting_id])}#item-{item.pk}")
