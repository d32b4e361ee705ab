"""Tasks of a plan: give them, change them, carry them out, carry them on."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.core.text import in_a_row
from remit.files.models import StoredFile
from remit.governance.actions.meeting_action import thing_gone, thing_moved, thing_stands
from remit.notices.actions import notify
from remit.org.models import Person
from remit.planning.enums import Stage
from remit.planning.models import Plan

from .. import events
from ..enums import OPEN_TASK, TaskState
from ..models import CheckItem, Dependency, Task, TaskFile
from ..queries.schedule import edges_of, free_after, has_open_slip
from ..queries.tasks import cost_of_tasks, tasks_of
from ..scheduling import circle
from .slip import propose_shift

CHANGEABLE = (
    "title", "detail", "owner", "starts_on", "ends_on", "hours", "money", "resource",
)  # fmt: skip
CHECKLIST_MOST = 30


class TaskUnclear(ValueError):
    """The task contradicts itself or its plan; the message says where."""


class TasksWaitForEachOther(ValueError):
    """The dependency would close a circle."""


class PlanHasEnded(ValueError):
    """A closed or cancelled campaign keeps its tasks as they are."""


class NotDoneYet(ValueError):
    """Something has to be done before this task is."""


@transaction.atomic
def add_task(
    *,
    plan: Plan,
    by: Person,
    at: datetime,
    waits_for: Iterable[Task] = (),
    checklist: Iterable[str] = (),
    **values: Any,
) -> Task:
    """Give a task; ``values``: any of CHANGEABLE."""
    plan = _held(plan)
    task = Task(plan=plan, made_by=by, made_at=at, changed_at=at, **_known(values))
    _require_clear(task)
    task.save()
    _wait(task, waits_for)
    _check(task, checklist)
    record(events.TASK_ADDED, task, by=by, at=at, fields={"plan": plan.code, "title": task.title})
    _tell_owner(task, by, at)
    return task


@transaction.atomic
def change_task(
    *,
    task: Task,
    by: Person,
    at: datetime,
    waits_for: Iterable[Task] | None = None,
    checklist: Iterable[str] | None = None,
    **changes: Any,
) -> Task:
    """Change it. Ending later than before, it proposes the shift of what waits for it, and tells those."""
    task = held_task(task)
    before = {name: getattr(task, name) for name in CHANGEABLE}
    for name, value in _known(changes).items():
        setattr(task, name, value)
    _require_clear(task)
    task.changed_at = at
    task.save()
    if waits_for is not None:
        task.waits_for.all().delete()
        _wait(task, waits_for)
    if checklist is not None:
        _check(task, checklist)
    changed = sorted(name for name in CHANGEABLE if getattr(task, name) != before[name])
    if changed:
        fields = {"plan": task.plan.code, "title": task.title, "changes": changed}
        record(events.TASK_CHANGED, task, by=by, at=at, fields=fields)
    if before["owner"] != task.owner:
        _tell_owner(task, by, at)
    if task.ends_on > before["ends_on"] or has_open_slip(task):
        propose_shift(task=task, was=before["ends_on"], by=by, at=at)
    return task


@transaction.atomic
def set_task_state(*, task: Task, state: TaskState, by: Person, at: datetime) -> Task:
    """Take it in hand, finish it, drop it, or take it up again.

    Done needs its checklist done and what it waits for ended: raise NotDoneYet; what was dropped needs its
    money again: raise TaskUnclear. Those who waited are told.
    """
    task = held_task(task)
    if task.state == state:
        return task
    if task.state == TaskState.DROPPED:
        _require_money(task)  # others may have it by now
    if state == TaskState.DONE:
        _require_done(task)
    task.state, task.changed_at = state, at
    task.ended_at = None if state in OPEN_TASK else at
    task.save(update_fields=["state", "changed_at", "ended_at"])
    fields = {"plan": task.plan.code, "title": task.title, "state": state}
    record(events.TASK_MOVED, task, by=by, at=at, fields=fields)
    thing = Ref("task", task.pk)  # what a meeting asked for is done with it
    if state == TaskState.DROPPED:
        thing_gone(thing=thing)
    else:
        thing_stands(thing=thing, done=state == TaskState.DONE, by=by, at=at)
    if not task.is_open:
        for free in free_after(task):
            notify(
                people=[free.owner] if free.owner_id != by.pk else [],
                text=gettext_noop("“%(title)s” has ended: %(subject)s can begin."),
                fields={"title": task.title}, subject=free, key=f"free:{free.pk}:{at:%Y%m%d%H%M%S}",
                by=by, at=at,
            )  # fmt: skip
    return task


@transaction.atomic
def tick(*, item: CheckItem, done: bool, by: Person, at: datetime) -> CheckItem:
    """Tick a line of the checklist, or take the tick back."""
    held_task(item.task)
    item = CheckItem.objects.select_for_update().get(pk=item.pk)
    if (item.done_at is not None) != done:
        item.done_by, item.done_at = (by, at) if done else (None, None)
        item.save(update_fields=["done_by", "done_at"])
        fields = {"title": item.task.title, "item": item.title, "done": done}
        record(events.CHECK_TICKED, item.task, by=by, at=at, fields=fields)
    return item


@transaction.atomic
def add_task_file(*, task: Task, file: StoredFile, by: Person, at: datetime) -> TaskFile:
    """Put a stored file to the task."""
    task = held_task(task)
    row = TaskFile.objects.create(task=task, file=file, by=by, at=at)
    record(events.TASK_FILE_ADDED, task, by=by, at=at, fields={"title": task.title, "file": file.name})
    return row


@transaction.atomic
def carry_on(*, task: Task, plan: Plan, starts_on: date, by: Person, at: datetime) -> Task:
    """Go on with an open task in another plan: dropped here, given anew there, with the rest of its list."""
    _hold_in_order(task.plan, plan)
    task = held_task(task)
    if task.plan_id == plan.pk:
        raise TaskUnclear(_("It is in this plan already. Choose another."))
    if not task.is_open:
        raise TaskUnclear(_("Only an open task goes on elsewhere."))
    values = {name: getattr(task, name) for name in CHANGEABLE}
    length = task.ends_on - task.starts_on
    values |= {"starts_on": starts_on, "ends_on": starts_on + length, "money": 0}
    rest = task.checklist.filter(done_at=None).order_by("position").values_list("title", flat=True)
    made = add_task(plan=plan, checklist=list(rest), by=by, at=at, **values)
    task.carried_to = made
    task.save(update_fields=["carried_to"])
    thing_moved(thing=Ref("task", task.pk), to=Ref("task", made.pk))
    set_task_state(task=task, state=TaskState.DROPPED, by=by, at=at)
    return made


def drop_open_tasks(*, plan: Plan, at: datetime) -> None:
    """With a cancelled plan nothing of it is left to do; inside its transaction."""
    rows = tasks_of(plan).filter(ended_at=None)
    for number in list(rows.values_list("pk", flat=True)):
        thing_gone(thing=Ref("task", number))
    rows.update(state=TaskState.DROPPED, ended_at=at, changed_at=at)


def held_task(task: Task) -> Task:
    """The task after its plan, locked; refused where the plan has ended."""
    plan = _held(task.plan)
    task = Task.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task.pk)
    task.plan = plan
    return task


def _hold_in_order(*plans: Plan) -> None:
    """Lock several plans by number: two who carry tasks over crosswise wait, and do not block each other."""
    rows = Plan.objects.select_for_update(of=("self",)).filter(pk__in=[plan.pk for plan in plans])
    list(rows.order_by("pk").values_list("pk"))


def _held(plan: Plan) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit", "owner").get(pk=plan.pk)
    if plan.stage in (Stage.CLOSED, Stage.CANCELLED):
        raise PlanHasEnded(_("This campaign has ended; its tasks stay as they are."))
    return plan


def _known(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A task has no changeable field {', '.join(unknown)}.")
    return values


def _require_clear(task: Task) -> None:
    if not task.title.strip():
        raise TaskUnclear(_("Give the task a title."))
    if task.ends_on < task.starts_on:
        raise TaskUnclear(_("The task ends before it starts."))
    if task.hours < 0 or task.money < 0:
        raise TaskUnclear(_("Hours and money are nothing or more."))
    _require_money(task)


def _require_money(task: Task) -> None:
    asked = cost_of_tasks(task.plan, besides=task) + task.money
    if task.money and asked > task.plan.money:
        raise TaskUnclear(
            _("Its tasks would cost %(asked)s, the campaign has %(money)s. Ask for a deviation (H4.3.3).")
            % {"asked": f"{asked:,.2f}", "money": f"{task.plan.money:,.2f}"}
        )


def _require_done(task: Task) -> None:
    if left := list(task.checklist.filter(done_at=None).order_by("position").values_list("title", flat=True)):
        raise NotDoneYet(_("Still open on its checklist: %s.") % in_a_row(left, get_language()))
    waits = Task.objects.filter(followed_by__after=task, ended_at=None).order_by("ends_on")
    if open_ones := list(waits.values_list("title", flat=True)):
        raise NotDoneYet(_("It waits for what is not done yet: %s.") % in_a_row(open_ones, get_language()))


def _wait(task: Task, waits_for: Iterable[Task]) -> None:
    wanted = list(waits_for)
    if any(before.plan_id != task.plan_id for before in wanted):
        raise TaskUnclear(_("A task waits for tasks of its own plan."))
    edges = [*edges_of(task.plan), *((before.pk, task.pk) for before in wanted)]
    if found := circle(edges):
        titles = dict(tasks_of(task.plan).filter(pk__in=found).values_list("pk", "title"))
        raise TasksWaitForEachOther(
            _("These would wait for each other: %s.") % " → ".join(titles[pk] for pk in [*found, found[0]])
        )
    Dependency.objects.bulk_create(Dependency(before=before, after=task) for before in wanted)


def _check(task: Task, titles: Iterable[str]) -> None:
    """The checklist becomes these lines; those that stay keep their ticks."""
    wanted = list(dict.fromkeys(title.strip()[:200] for title in titles if title.strip()))
    if len(wanted) > CHECKLIST_MOST:
        raise TaskUnclear(_("A checklist has %d lines at most. Make several tasks.") % CHECKLIST_MOST)
    there = {item.title: item for item in task.checklist.all()}
    task.checklist.exclude(title__in=wanted).delete()
    # Places are unique: first beyond all that are there, then from one on.
    beyond = (task.checklist.aggregate(last=Max("position"))["last"] or 0) + CHECKLIST_MOST
    for start in (beyond, 1):
        for place, title in enumerate(wanted, start=start):
            item = there.get(title) or CheckItem(task=task, title=title)
            item.position = place
            item.save()
            there[title] = item


def _tell_owner(task: Task, by: Person, at: datetime) -> None:
    if task.owner_id == by.pk:
        return
    notify(
        people=[task.owner],
        text=gettext_noop("%(by)s gave you a task of “%(plan)s”: %(subject)s, until %(day)s."),
        fields={"by": by, "plan": task.plan.title, "day": task.ends_on.isoformat()}, subject=task,
        key=f"task:{task.pk}:{task.owner_id}:{at:%Y%m%d%H%M%S}", by=by, at=at,
    )  # fmt: skip
