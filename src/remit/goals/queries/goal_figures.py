"""What goals have come to, read from data in the scope of who looks; never typed where a metric measures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from remit.core.period import Period
from remit.core.scope import Scope
from remit.metrics.catalog.spec import Metric
from remit.metrics.engine.answer import Answer
from remit.metrics.engine.errors import CannotAnswer
from remit.metrics.engine.question import Condition, Question
from remit.metrics.queries import ask
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person, Unit
from remit.org.queries.scopes import scope_of, within
from remit.org.rules import units_visible_to

from ..models import Goal, ManualReading
from ..pacing import Pace, Stretch, pace_of
from .goals import families_of, measured

CLOSED_AT_FIRST = timedelta(days=7)  # nobody may have sold on the first days of a year


@dataclass(frozen=True, slots=True)
class Lens:
    """One figure as one person may read it: of which rows, in which currency."""

    metric: str
    scope: Scope
    within: Scope
    where: tuple[Condition, ...] = ()
    currency: str | None = None

    def question(self, period: Period | None, by: tuple[str, ...] = ()) -> Question:
        """The figure over some days, or over all of them by bucket."""
        return Question(
            metrics=(self.metric,), scope=self.scope, within=self.within, where=self.where, period=period,
            currency=self.currency, by=by,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """``value``: none where nothing is known. ``first``, ``fresh``: from and to which day data are there."""

    value: Decimal | None = None
    first: date | None = None
    fresh: date | None = None

    def covers(self, period: Period) -> bool:
        """Whether the data hold a past period: they begin in its first week or before, and reach its end."""
        if self.first is None or self.fresh is None:
            return False
        return self.first <= period.first + CLOSED_AT_FIRST and self.fresh >= period.last


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a goal is: its figure, the day that its data reach, and its pace.

    ``is_seen``: whether the viewer may read all of its rows; otherwise nothing is shown rather than a part.
    """

    pace: Pace
    fresh: date | None
    is_seen: bool


class Sight:
    """The figures that one person may read, with the scopes of units looked up once."""

    def __init__(self, person: Person, on: date) -> None:
        self.scope = scope_of(person, on)
        self.metrics: Mapping[str, Metric] = catalogue()
        self._units = frozenset(units_visible_to(person, on).values_list("pk", flat=True))
        self._within: dict[int, Scope] = {}

    def sees(self, unit_id: int) -> bool:
        """Whether all rows of a unit are the person's to read."""
        return unit_id in self._units

    def lens(self, goal: Goal, unit: Unit | None = None) -> Lens:
        """The goal's figure; of another unit where one is named."""
        unit = unit or goal.unit
        if unit.pk not in self._within:
            self._within[unit.pk] = within([unit])
        where = tuple(Condition.parse(text) for text in goal.where)
        return Lens(goal.metric, self.scope, self._within[unit.pk], where, goal.currency or None)

    def can_read(self, goal: Goal) -> bool:
        """Whether a metric measures the goal and its rows are the person's to read."""
        return goal.metric in self.metrics and self.sees(goal.unit_id)


def read(lens: Lens, periods: Sequence[Period]) -> list[Figure]:
    """The figure of each period with the day that its data reach."""
    return answered([(lens, period) for period in periods])


def answered(asked: Sequence[tuple[Lens, Period]]) -> list[Figure]:
    """Many figures, answered together; one by one where one of them cannot be answered."""
    questions = [lens.question(period) for lens, period in asked]
    if not questions:
        return []
    try:
        answers: list[Answer | None] = list(ask(*questions))
    except CannotAnswer:
        answers = [_alone(question) for question in questions]
    return [
        Figure() if answer is None else _figure(answer, lens.metric)
        for answer, (lens, _period) in zip(answers, asked, strict=True)
    ]


def standings_of(goals: Iterable[Goal], sight: Sight) -> dict[int, Standing]:
    """Where each goal stands, by id; goals without dates, target or metric are left out."""
    rows = list(goals)
    stretches = families_of(rows)
    ready = [goal for goal in rows if goal.pk in stretches and goal.metric]
    readable = [goal for goal in ready if sight.can_read(goal)]
    asked = [(sight.lens(goal), days_of(goal)) for goal in readable]
    found = dict(zip([goal.pk for goal in readable], answered(asked), strict=True))
    found |= _readings([goal for goal in ready if goal.is_manual])
    return {
        goal.pk: _standing(goal, stretches[goal.pk], found.get(goal.pk, Figure()), sight) for goal in ready
    }


def days_of(goal: Goal) -> Period:
    """From its first day to its last; only of goals that have both."""
    if goal.starts_on is None or goal.ends_on is None:
        raise ValueError("The goal has no dates.")
    return Period(goal.starts_on, goal.ends_on)


def _standing(goal: Goal, stretch: Stretch, found: Figure, sight: Sight) -> Standing:
    value, fresh = found.value, found.fresh
    figure = measured(goal, sight.metrics)
    pace = pace_of(stretch, value, fresh, adds=figure.adds, falls=figure.falls)
    return Standing(pace, fresh, goal.is_manual or sight.sees(goal.unit_id))


def _readings(goals: Sequence[Goal]) -> dict[int, Figure]:
    """The newest reading of each manual goal within its days."""
    last = {goal.pk: goal.ends_on for goal in goals}
    found: dict[int, Figure] = {}
    if not last:
        return found
    for row in ManualReading.objects.filter(goal__in=last).order_by("on", "pk"):
        until = last[row.goal_id]
        if until is not None and row.on <= until:
            found[row.goal_id] = Figure(row.value, row.on, row.on)
    return found


def _alone(question: Question) -> Answer | None:
    try:
        return ask(question)[0]
    except CannotAnswer:
        return None


def _figure(answer: Answer, metric: str) -> Figure:
    firsts = [entry.first for entry in answer.freshness if entry.first]
    value = answer.value(metric) if len(answer.rows) == 1 else None
    known = None if value is None else Decimal(str(value))
    return Figure(known, max(firsts, default=None), answer.last_day)
