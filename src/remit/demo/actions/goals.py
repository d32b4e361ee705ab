"""A strategy, its goals and how they are split: +30 % over 2017, by quarter 15/20/25/40."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from remit.core.period import Period, parse_period
from remit.goals.actions.decomposition import Sized, split_goal
from remit.goals.actions.goal import activate_goal, add_goal
from remit.goals.actions.reading import enter_reading
from remit.goals.actions.strategy import add_strategy, cite_source
from remit.goals.models import MANUAL, Goal, Strategy
from remit.goals.queries.baselines import CannotRead, baseline_of
from remit.goals.queries.goal_figures import Sight
from remit.goals.queries.goals import missing_words
from remit.goals.queries.proposals import CannotPropose, propose
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day

from .. import goals as wanted


@transaction.atomic
def set_up_goals(*, at: datetime) -> int:
    """Return how many goals were set, parts not counted; none where somebody set goals already.

    A goal whose baseline the data do not hold stays a draft, as it would for anybody.
    """
    if Strategy.objects.exists() or Goal.objects.exists():
        return 0
    people = {
        person.email.partition("@")[0]: person for person in Person.objects.filter(is_demonstration=True)
    }
    unit, today = Unit.objects.get(code=wanted.UNIT), company_day(at)
    owner = people[wanted.STRATEGY_OWNER]
    strategy = add_strategy(
        unit=unit, title=wanted.STRATEGY_TITLE, summary=wanted.STRATEGY_SUMMARY, owner=owner,
        starts_on=today - timedelta(days=60), ends_on=today + timedelta(days=305), by=owner, at=at,
    )  # fmt: skip
    for source in wanted.SOURCES:
        dated_on = today - timedelta(days=source.days)
        cite_source(
            strategy=strategy, kind=source.kind, title=source.title, place=source.place, dated_on=dated_on,
            by=owner, at=at,
        )  # fmt: skip
    for goal in wanted.GOALS:
        _set(goal, strategy, people, at)
    return len(wanted.GOALS)


def _set(goal: wanted.DemoGoal, strategy: Strategy, people: dict[str, Person], at: datetime) -> Goal:
    by, today = people[wanted.STRATEGY_OWNER], company_day(at)
    draft = Goal(unit=strategy.unit, metric=goal.metric, where=[])
    values: dict[str, Any] = {"baseline": None}
    if goal.metric == MANUAL:
        values |= {"baseline": Decimal(goal.baseline), "measured_in": goal.measured_in, "grows": goal.grows}
    elif goal.baseline:
        before = _days(goal.baseline)
        values |= {"baseline_first": before.first, "baseline_last": before.last}
        values["baseline"] = _read(draft, before, by, at)
    ago, ahead = wanted.MANUAL_DAYS
    days = (
        _days(goal.period) if goal.period
        else Period(today - timedelta(days=ago), today + timedelta(days=ahead))
    )  # fmt: skip
    row = add_goal(
        unit=strategy.unit, title=goal.title, strategy=strategy, metric=goal.metric,
        growth=Decimal(goal.growth) if goal.growth else None, owner=people[goal.owner],
        target=Decimal(goal.target) if goal.target else None, starts_on=days.first, ends_on=days.last,
        money=Decimal(goal.money) if goal.money else None, resources=goal.resources,
        partners=[people[name] for name in goal.partners], by=by, at=at, **values,
    )  # fmt: skip
    if goal.is_drafted or missing_words(row):
        return row
    if goal.split is not None:
        _split(row, goal.split, by, at)
    row = activate_goal(goal=row, by=by, at=at)
    for ago, value, source in goal.readings:
        on = today - timedelta(days=ago)
        enter_reading(goal=row, on=on, value=Decimal(value), source=source, by=people[goal.owner], at=at)
    return row


def _read(draft: Goal, period: Period, by: Person, at: datetime) -> Decimal | None:
    try:
        return baseline_of(draft, period, by, company_day(at))
    except CannotRead:
        return None


def _split(goal: Goal, split: wanted.DemoSplit, by: Person, at: datetime) -> None:
    try:
        proposal = propose(goal, split.cut, split.method, split.text, Sight(by, company_day(at)))
    except CannotPropose:
        return
    levers = split.levers or ("",) * len(proposal.parts)
    parts = [Sized(part.amount, lever) for part, lever in zip(proposal.parts, levers, strict=True)]
    split_goal(goal=goal, cut=split.cut, method=split.method, parts=parts, by=by, at=at)


def _days(text: str) -> Period:
    """A period with days of its own."""
    period = parse_period(text)
    if not isinstance(period, Period):
        raise TypeError(f"{text!r} names no days.")
    return period
