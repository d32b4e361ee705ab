"""Write strategies and say what they rest on."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.audit.chain import plain
from remit.org.models import Person, Unit

from .. import events
from ..enums import SourceKind
from ..models import Source, Strategy
from ..models.strategy import STALE_DAYS

CHANGEABLE = ("title", "summary", "owner", "starts_on", "ends_on")


class StrategyUnclear(ValueError):
    """The strategy contradicts itself; the message says where."""


class StrategyTitleTaken(ValueError):
    """The unit has a strategy of this title from this day on."""


@transaction.atomic
def add_strategy(*, unit: Unit, by: Person, at: datetime, **values: Any) -> Strategy:
    """Write a strategy of a unit; ``values``: all of CHANGEABLE."""
    strategy = Strategy(unit=unit, made_by=by, made_at=at, changed_at=at)
    _take(strategy, values)
    strategy.save()
    fields = {"title": strategy.title, "unit": unit.code}
    record(events.STRATEGY_ADDED, strategy, by=by, at=at, fields=fields)
    return strategy


@transaction.atomic
def change_strategy(*, strategy: Strategy, by: Person, at: datetime, **changes: Any) -> Strategy:
    """Edit it."""
    strategy = _held(strategy)
    before = {name: plain(_value(strategy, name)) for name in CHANGEABLE}
    _take(strategy, changes)
    strategy.changed_at = at
    strategy.save()
    changed = sorted(name for name in CHANGEABLE if plain(_value(strategy, name)) != before[name])
    if changed:
        fields = {"title": strategy.title, "changes": changed}
        record(events.STRATEGY_CHANGED, strategy, by=by, at=at, fields=fields)
    return strategy


@transaction.atomic
def cite_source(
    *,
    strategy: Strategy,
    kind: str,
    title: str,
    dated_on: date,
    by: Person,
    at: datetime,
    place: str = "",
    stale_days: int | None = None,
    stale_on: date | None = None,
) -> Source:
    """Rest a strategy on research, a competitor report or other material of a day.

    It goes stale after so many days (180 unless said) or on a day, not both.
    """
    strategy = _held(strategy)
    if stale_days is not None and stale_on is not None:
        raise StrategyUnclear(_("Say either after how many days it is stale, or on which day."))
    if stale_on is not None and stale_on <= dated_on:
        raise StrategyUnclear(_("It would be stale before it was there."))
    if not (title := title.strip()[:200]):
        raise StrategyUnclear(_("Name the material."))
    row = Source.objects.create(
        strategy=strategy, kind=SourceKind(kind), title=title, place=place.strip()[:300], dated_on=dated_on,
        stale_days=None if stale_on else (stale_days or STALE_DAYS), stale_on=stale_on, by=by, at=at,
    )  # fmt: skip
    fields = {"title": strategy.title, "source": title, "until": plain(row.stale_from)}
    record(events.SOURCE_CITED, strategy, by=by, at=at, fields=fields)
    return row


@transaction.atomic
def remove_source(*, source: Source, by: Person, at: datetime) -> None:
    """The strategy no longer rests on it."""
    strategy = source.strategy
    fields = {"title": strategy.title, "source": source.title}
    record(events.SOURCE_REMOVED, strategy, by=by, at=at, fields=fields)
    source.delete()


def _held(strategy: Strategy) -> Strategy:
    return Strategy.objects.select_for_update(of=("self",)).select_related("unit").get(pk=strategy.pk)


def _value(strategy: Strategy, name: str) -> Any:
    return getattr(strategy, f"{name}_id" if name == "owner" else name)


def _take(strategy: Strategy, values: dict[str, Any]) -> None:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A strategy has no changeable field {', '.join(unknown)}.")
    for name, value in values.items():
        setattr(strategy, name, value)
    if not strategy.title.strip():
        raise StrategyUnclear(_("Give the strategy a title."))
    if strategy.ends_on < strategy.starts_on:
        raise StrategyUnclear(_("The strategy ends before it starts."))
    same = Strategy.objects.filter(unit=strategy.unit, title=strategy.title, starts_on=strategy.starts_on)
    if same.exclude(pk=strategy.pk).exists():
        raise StrategyTitleTaken(_("The unit has a strategy of this title from this day on."))
