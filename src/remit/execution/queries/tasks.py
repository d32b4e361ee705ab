"""Tasks as boards, calendars and day pages read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from remit.org.models import Person
from remit.planning.models import Plan
from remit.planning.queries.budgets import money_sum

from ..enums import OPEN_TASK, TaskState
from ..models import Task

CARDS_MOST = 60  # in one column; the list shows the rest
AHEAD = timedelta(days=7)
MINE_MOST = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """How a plan's tasks stand; what was dropped does not count."""

    all: int
    done: int
    late: int

    @property
    def share(self) -> int:
        """Done, in hundredths of all."""
        return round(100 * self.done / self.all) if self.all else 0


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One state; ``more``: cards that the board does not show."""

    state: TaskState
    cards: Sequence[Task]
    more: int


def tasks_of(plan: Plan) -> QuerySet[Task]:
    """Every task of a plan, also what was dropped."""
    return Task.objects.filter(plan=plan)


def cost_of_tasks(plan: Plan, besides: Task | None = None) -> Decimal:
    """What its tasks are planned to cost, without what was dropped and without ``besides``."""
    rows = tasks_of(plan).exclude(state=TaskState.DROPPED)
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return rows.aggregate(sum=money_sum("money"))["sum"] or Decimal(0)


def what_is_left(plan: Plan) -> str | None:
    """Why a plan cannot be closed yet: open tasks of it are left."""
    if left := tasks_of(plan).filter(ended_at=None).count():
        return _("%d of its tasks are still open: finish them, drop them or carry them on.") % left
    return None


def standing_of(plan: Plan, on: date) -> Standing:
    """One query."""
    late = Q(ended_at=None, ends_on__lt=on)
    counts = (
        tasks_of(plan)
        .exclude(state=TaskState.DROPPED)
        .aggregate(
            all=Count("pk"), done=Count("pk", filter=Q(state=TaskState.DONE)), late=Count("pk", filter=late)
        )
    )
    return Standing(**counts)


def board_of(plan: Plan, person: Person) -> list[BoardColumn]:
    """Columns with their cards, each with ``items``, ``ticked`` and ``is_own``."""
    return [_column(plan, TaskState(state), person) for state in TaskState]


def _column(plan: Plan, state: TaskState, person: Person) -> BoardColumn:
    rows = tasks_of(plan).filter(state=state).select_related("owner")
    counted = rows.annotate(
        items=Count("checklist"), ticked=Count("checklist", filter=Q(checklist__done_at__isnull=False))
    )
    order = ("ends_on", "pk") if state in OPEN_TASK else ("-ended_at", "pk")
    cards = list(counted.order_by(*order)[: CARDS_MOST + 1])
    more = rows.count() - CARDS_MOST if len(cards) > CARDS_MOST else 0
    for card in cards:
        card.is_own = card.owner_id == person.pk  # type: ignore[attr-defined]  # for templates
    return BoardColumn(state, cards[:CARDS_MOST], more)


def due_in_month(plan: Plan, first: date, last: date) -> QuerySet[Task]:
    """Tasks of a plan by their last day."""
    rows = tasks_of(plan).exclude(state=TaskState.DROPPED).filter(ends_on__range=(first, last))
    return rows.select_related("owner").order_by("ends_on", "pk")


def own_tasks(person: Person, on: date) -> tuple[list[Task], int]:
    """What a person has to do now: open tasks in hand, late, or begun or due within a week; and how many
    more there are. As a line says them.
    """
    now = Q(state=TaskState.DOING) | Q(ends_on__lte=on + AHEAD) | Q(starts_on__lte=on)
    rows = Task.objects.filter(now, owner=person, state__in=OPEN_TASK).select_related("plan__project__lead")
    rows = rows.only(
        "title",
        "state",
        "ends_on",
        "plan__title",
        "plan__project__lead__name",
        "plan__project__lead__name_en",
    )
    found = list(rows.order_by("ends_on", "pk")[: MINE_MOST + 1])
    return found[:MINE_MOST], rows.count() - MINE_MOST if len(found) > MINE_MOST else 0


def before_and_after(task: Task) -> tuple[list[Task], list[Task]]:
    """What it waits for, and what waits for it; each with its owner."""
    rows = Task.objects.select_related("owner")
    return (
        list(rows.filter(followed_by__after=task).order_by("ends_on")),
        list(rows.filter(waits_for__before=task).order_by("starts_on")),
    )
