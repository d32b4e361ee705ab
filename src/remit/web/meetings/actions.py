"""What is done after meetings: given while they run, marked as done by their owners."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from remit.execution.actions.meeting_task import task_of_action
from remit.execution.actions.task import PlanHasEnded, TaskUnclear
from remit.governance.actions.meeting import MeetingUnclear, NotThen
from remit.governance.actions.meeting_action import finish_action, give_action
from remit.governance.enums import ActionState
from remit.governance.meeting_rules import actions_visible_to, can_finish, can_keep_minutes
from remit.governance.models import Meeting, MeetingAction
from remit.org.models import Person
from remit.org.queries.today import today

from ..doing import tried
from ..lists import Column, Filter, Listing
from ..requiring import require
from ..who import who
from ..whose import whose
from .forms import ActionForm
from .page import found, show

COLUMNS = (
    Column(
        "title", gettext_lazy("What is to be done"), sort="title", note=lambda one: one.meeting.title,
        href=lambda one: f"{reverse('meetings_meeting', args=[one.meeting_id])}#actions",
    ),
    Column("owner", gettext_lazy("Owner"), value=lambda one: one.owner, sort="owner__name"),
    Column("due_on", gettext_lazy("Due on"), kind="day", sort="due_on"),
    Column(
        "state", pgettext_lazy("meeting action", "State"), kind="badge", sort="state",
        value=lambda one: one.get_state_display(), tone=lambda one: _tone(one),
    ),
    Column("done_at", gettext_lazy("Done at"), kind="moment", sort="done_at", optional=True),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Actions of the meetings that one sees, the earliest first."""
    person = who(request)
    rows = actions_visible_to(person).select_related("owner", "meeting")
    actions = Listing(
        request, rows, COLUMNS, name="meeting_actions", search=("title", "owner__name", "meeting__title"),
        filters=(
            Filter("state", _("State"), ActionState.choices, field="state"),
            whose(person),
        ),
        sort="due_on",
    )  # fmt: skip
    return actions.export() or render(
        request, "meetings/actions.html", {"listing": actions, "tab": "actions"}
    )


@require_POST
def give(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Somebody does something by a day."""
    meeting, person = found(request, meeting_id), who(request)
    require(can_keep_minutes(person, meeting))
    form = ActionForm(request.POST, by=person, meeting=meeting)
    if form.is_valid():
        try:
            _given(meeting, form.cleaned_data, person)
        except (MeetingUnclear, NotThen, PlanHasEnded, TaskUnclear) as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{reverse('meetings_meeting', args=[meeting.pk])}#actions")
    return show(request, meeting, giving=form)


@transaction.atomic
def _given(meeting: Meeting, data: dict[str, Any], person: Person) -> None:
    at, plan = timezone.now(), data.pop("plan")
    action = give_action(meeting=meeting, **data, by=person, at=at)
    if plan is not None:
        task_of_action(action=action, plan=plan, by=person, at=at)


@require_POST
def done(request: HttpRequest, meeting_action_id: int) -> HttpResponse:
    """Its owner has done it."""
    rows = actions_visible_to(who(request)).select_related("meeting")
    action = get_object_or_404(rows, pk=meeting_action_id)
    require(can_finish(who(request), action))
    tried(request, finish_action, NotThen, said=_("Done: %s") % action.title, action=action)
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(wanted)
    return redirect(f"{reverse('meetings_meeting', args=[action.meeting_id])}#actions")


def _tone(action: MeetingAction) -> str:
    if action.state == ActionState.DONE:
        return "good"
    return "bad" if action.due_on < today() else ""
