"""Votes, objections, decisions, deferrals."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
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
    try:
        cast_vote(item=item, choice=form.cleaned_data["choice"], by=who(request), at=timezone.now())
    except REFUSALS as error:
        messages.error(request, str(error))
    return back(item)


@require_POST
def objection(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """Raise one."""
    item = found_item(request, agenda_item_id)
    require(can_vote(who(request), item))
    form = ObjectionForm(request.POST, item=item)
    if form.is_valid():
        try:
            object_to(item=item, **form.cleaned_data, by=who(request), at=timezone.now())
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back(item)
    return show(request, item.meeting, returned={(item.pk, "objection"): form})


@require_POST
def withdrawal(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Take one's own back."""
    rows = objections_visible_to(who(request)).select_related("item__meeting")
    raised = get_object_or_404(rows, pk=objection_id)
    require(can_take_back(who(request), raised))
    try:
        take_back(objection=raised, by=who(request), at=timezone.now())
    except REFUSALS as error:
        messages.error(request, str(error))
    return back(raised.item)


@require_POST
def decision(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """Record it, by the rule of the item."""
    item = found_item(request, agenda_item_id)
    require(can_decide(who(request), item))
    form = DecisionForm(request.POST, item=item)
    if form.is_valid():
        try:
            decide(item=item, **form.cleaned_data, by=who(request), at=timezone.now())
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back(item)
    return show(request, item.meeting, returned={(item.pk, "decision"): form})


@require_POST
def deferral(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """Put it off."""
    item = found_item(request, agenda_item_id)
    require(can_defer(who(request), item))
    form = DeferralForm(request.POST, item=item, people=item.meeting.people.all())
    if form.is_valid():
        try:
            defer(item=item, **form.cleaned_data, by=who(request), at=timezone.now())
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back(item)
    return show(request, item.meeting, returned={(item.pk, "deferral"): form})


@require_POST
def reopening(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """Take the outcome back."""
    item = found_item(request, agenda_item_id)
    require(can_reopen(who(request), item))
    try:
        reopen_item(item=item, by=who(request), at=timezone.now())
    except REFUSALS as error:
        messages.error(request, str(error))
    return back(item)


def back(item: AgendaItem) -> HttpResponse:
    """To the item on its page."""
    return redirect(f"{reverse('meetings_meeting', args=[item.meeting_id])}#item-{item.pk}")
