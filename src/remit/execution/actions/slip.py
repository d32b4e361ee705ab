"""A task slips: propose the shift of what waits for it, tell those people, shift or leave it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.notices.actions import notify
from remit.org.models import Person
from remit.planning.models import Plan

from .. import events
from ..enums import SlipState
from ..models import Slip, Task
from ..queries.schedule import shifts_after


class SlipDecided(ValueError):
    """This proposal was decided already."""


def propose_shift(*, task: Task, was: date, by: Person, at: datetime) -> Slip | None:
    """Inside the change of a task. None where nothing that waits has to move; then an older one lapses."""
    found = shifts_after(task)
    open_one = task.slips.filter(state=SlipState.OPEN).first()
    if not found:
        if open_one is not None:
            _decide(open_one, SlipState.LEFT, None, at)
        return None
    slip = open_one or Slip(task=task, was=was)
    slip.now, slip.by, slip.at = task.ends_on, by, at
    slip.shifts = [
        [one.pk, *(day.isoformat() for day in (one.starts_on, one.ends_on, span.first, span.last))]
        for one, span in found
    ]
    slip.save()
    fields = {"title": task.title, "was": was, "now": task.ends_on, "tasks": len(found)}
    record(events.TASK_SLIPPED, task, by=by, at=at, fields=fields)
    owners = {one.owner_id: one.owner for one, _span in found}
    owners[task.plan.owner_id] = task.plan.owner
    owners.pop(by.pk, None)
    notify(
        people=owners.values(),
        text=gettext_noop(
            "“%(title)s” ends on %(day)s, later than planned: tasks that wait for it would shift."
        ),
        fields={"title": task.title, "day": task.ends_on.isoformat()}, subject=slip,
        key=f"slip:{slip.pk}:{task.ends_on.isoformat()}", by=by, at=at,
    )  # fmt: skip
    return slip


@transaction.atomic
def take_shift(*, slip: Slip, by: Person, at: datetime) -> list[Task]:
    """Shift what waits, as it follows from the dates of this moment, and tell those people."""
    slip = _held(slip)
    moved = []
    for one, span in shifts_after(slip.task):
        one.starts_on, one.ends_on, one.changed_at = span.first, span.last, at
        one.save(update_fields=["starts_on", "ends_on", "changed_at"])
        fields = {"plan": slip.task.plan.code, "title": one.title, "changes": ["ends_on", "starts_on"]}
        record(events.TASK_CHANGED, one, by=by, at=at, fields=fields)
        notify(
            people=[one.owner] if one.owner_id != by.pk else [],
            text=gettext_noop(
                "%(subject)s was shifted to %(first)s – %(last)s, since “%(title)s” ends later."
            ),
            fields={
                "first": span.first.isoformat(), "last": span.last.isoformat(), "title": slip.task.title,
            },
            subject=one, key=f"shift:{slip.pk}:{one.pk}", by=by, at=at,
        )  # fmt: skip
        moved.append(one)
    _decide(slip, SlipState.TAKEN, by, at)
    return moved


@transaction.atomic
def leave_shift(*, slip: Slip, by: Person, at: datetime) -> Slip:
    """Leave what waits where it is."""
    slip = _held(slip)
    _decide(slip, SlipState.LEFT, by, at)
    return slip


def _held(slip: Slip) -> Slip:
    Plan.objects.select_for_update(of=("self",)).get(pk=slip.task.plan_id)
    slip = Slip.objects.select_for_update(of=("self",)).select_related("task__plan__unit").get(pk=slip.pk)
    if slip.state != SlipState.OPEN:
        raise SlipDecided(_("This was decided already."))
    return slip


def _decide(slip: Slip, state: SlipState, by: Person | None, at: datetime) -> None:
    slip.state, slip.decided_by, slip.decided_at = state, by, at
    slip.save(update_fields=["state", "decided_by", "decided_at"])
    fields = {"title": slip.task.title, "state": state}
    record(events.SLIP_DECIDED, slip.task, by=by, at=at, fields=fields)
