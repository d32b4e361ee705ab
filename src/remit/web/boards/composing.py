"""From rows and shipped plans to tiles that can be answered."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language

from remit.metrics.models import Tile
from remit.metrics.saved import is_journey
from remit.org.models import Person
from remit.org.queries.assignments import assignments_of
from remit.org.queries.today import today

from ..figures.asked import Asked
from ..figures.naming import asked_words, journey_words
from ..figures.sight import Sight
from ..journeys.asked import AskedJourney
from .plans import PLANS, BoardPlan
from .tiles import Wanted, narrowed

# A board that took longer than this the last time shows its frame first and its figures when they come.
BUDGET_S = 0.8
KEPT = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader of a board chose: ``unit`` None is no choice, empty is everything."""

    unit: str | None
    period: str
    fallback: str

    @property
    def chosen_unit(self) -> str:
        return self.fallback if self.unit is None else self.unit


def of_plan(plan: BoardPlan, filters: Filters, sight: Sight) -> list[Wanted]:
    """The tiles of a shipped board."""
    return [
        _wanted(f"{plan.code}-{place}", tile.kind, tile.size, "", tile.asked, filters, sight)
        for place, tile in enumerate(plan.tiles)
    ]


def of_rows(tiles: Iterable[Tile], filters: Filters, sight: Sight) -> list[Wanted]:
    """The tiles of somebody's board, in their places."""
    return [_of_row(tile, filters, sight) for tile in tiles]


def _of_row(tile: Tile, filters: Filters, sight: Sight) -> Wanted:
    key, kind, size = str(tile.pk), tile.kind, tile.size
    if not is_journey(tile.question):
        return _wanted(key, kind, size, tile.title, Asked.from_saved(tile.question), filters, sight)
    journey = AskedJourney.from_saved(tile.question)
    bare = Asked(unit=sight.own_part(journey.unit), period=str(journey.spec.get("period", "")))
    held = narrowed(bare, filters.unit, filters.fallback, filters.period)
    spec = {**journey.spec, **({"period": held.period} if held.period else {})}
    title = tile.title or journey_words(journey)
    return Wanted(key, kind, size, title, held, replace(journey, spec=spec, unit=held.unit))


def _wanted(
    key: str, kind: str, size: str, title: str, asked: Asked, filters: Filters, sight: Sight
) -> Wanted:
    own = replace(asked, unit=sight.own_part(asked.unit))
    held = narrowed(own, filters.unit, filters.fallback, filters.period)
    return Wanted(key, kind, size, title or asked_words(asked, sight.metrics), held)


def plan_of(person: Person) -> BoardPlan:
    """The shipped board of the person's position; the analyst's for somebody without one."""
    held = assignments_of(person, today()).select_related("position").order_by("pk").first()
    return PLANS[held.position.board if held else "analyst"]


def copied(plan: BoardPlan) -> list[dict[str, Any]]:
    """The tiles of a shipped board, as ``make_board`` takes them."""
    return [
        {"kind": tile.kind, "size": tile.size, "title": "", "question": tile.asked.saved()}
        for tile in plan.tiles
    ]


def plan_title(plan: BoardPlan) -> str:
    return str(plan.title.say(get_language() or "zh-hant"))


class Pace:
    """How long each board took to answer the last time, in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._took: OrderedDict[str, float] = OrderedDict()

    def is_slow(self, key: str) -> bool:
        with self._lock:
            return self._took.get(key, 0.0) > BUDGET_S

    def note(self, key: str, seconds: float) -> None:
        with self._lock:
            self._took[key] = seconds
            self._took.move_to_end(key)
            while len(self._took) > KEPT:
                self._took.popitem(last=False)


PACE = Pace()
