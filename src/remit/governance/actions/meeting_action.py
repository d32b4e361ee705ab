"""What somebody does after a meeting."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.notices.actions import notify
from remit.org.models import Person

from .. import events
from ..enums import ActionState, MeetingState
from ..models import AgendaItem, Meeting, MeetingAction
from .meeting import MeetingUnclear, NotThen, held_meeting, require_state


@transaction.atomic
def give_action(
    *,
    meeting: Meeting,
    title: str,
    owner: Person,
    due_on: date,
    by: Person,
    at: datetime,
    item: AgendaItem | None = None,
) -> MeetingAction:
    """Somebody does something by a day; it stands on their Today until they say that it is done."""
    meeting = held_meeting(meeting.pk)
    require_state(meeting, MeetingState.RUNNING)
    if not title.strip():
        raise MeetingUnclear(_("Say what is to be done."))
    if item is not None and item.meeting_id != meeting.pk:
        raise MeetingUnclear(_("The item belongs to another meeting."))
    action = MeetingAction.objects.create(
        meeting=meeting, item=item, title=title.strip()[:200], owner=owner, due_on=due_on, made_by=by,
        made_at=at,
    )  # fmt: skip
    fields = {"action": action.title, "owner": owner.pk, "due_on": due_on}
    record(events.ACTION_GIVEN, meeting, by=by, at=at, fields=fields)
    if owner.pk != by.pk:
        text = gettext_noop("%(by)s gave you an action in %(subject)s, due on %(day)s: %(action)s")
        said = {"by": by, "action": action.title, "day": due_on.isoformat()}
        key = f"meeting:{meeting.pk}:action:{action.pk}"
        notify(people=[owner], text=text, fields=said, subject=meeting, key=key, by=by, at=at)
    return action


@transaction.atomic
def finish_action(*, action: MeetingAction, by: Person, at: datetime) -> MeetingAction:
    """Its owner has done it."""
    action = MeetingAction.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=action.pk)
    if action.state != ActionState.OPEN:
        raise NotThen(_("This is done already."))
    if action.thing:
        raise NotThen(_("It goes on as a task, and is done when the task is."))
    action.state, action.done_at = ActionState.DONE, at
    action.save(update_fields=["state", "done_at"])
    record(events.ACTION_DONE, action.meeting, by=by, at=at, fields={"action": action.title})
    return action


@transaction.atomic
def go_on_as(*, action: MeetingAction, thing: Ref, by: Person, at: datetime) -> MeetingAction:
    """What a room above made of it stands for it from now on."""
    action = MeetingAction.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=action.pk)
    if action.state != ActionState.OPEN or action.thing:
        raise NotThen(_("This is done already, or goes on as a task."))
    action.thing = str(thing)
    action.save(update_fields=["thing"])
    record(events.ACTION_GOES_ON, action.meeting, by=by, at=at, fields={"action": action.title})
    return action


def thing_stands(*, thing: Ref, done: bool, by: Person | None, at: datetime) -> None:
    """Called in the transaction that ends or reopens the thing: its action is done, or is open again."""
    state, done_at = (ActionState.DONE, at) if done else (ActionState.OPEN, None)
    rows = MeetingAction.objects.select_for_update(of=("self",)).filter(thing=str(thing)).exclude(state=state)
    for action in rows.select_related("meeting"):
        action.state, action.done_at = state, done_at
        action.save(update_fields=["state", "done_at"])
        happened = events.ACTION_DONE if done else events.ACTION_REOPENED
        record(happened, action.meeting, by=by, at=at, fields={"action": action.title})


def thing_moved(*, thing: Ref, to: Ref) -> None:
    """The thing goes on as another, in the transaction that does so."""
    MeetingAction.objects.filter(thing=str(thing)).update(thing=str(to))


def thing_gone(*, thing: Ref) -> None:
    """The thing will not be done: the action is its owner's own again."""
    MeetingAction.objects.filter(thing=str(thing), state=ActionState.OPEN).update(thing="")
