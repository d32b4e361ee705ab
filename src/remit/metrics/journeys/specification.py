"""What a question about journeys consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from remit.core.period import Period, Relative

When = Period | Relative | None


class Order(StrEnum):
    ORDERED = "ordered"
    STRICT = "strict"
    ANY = "any"


class Ties(StrEnum):
    TOGETHER = "together"
    LATER = "later"


class Attribution(StrEnum):
    FIRST = "first"
    LAST = "last"
    ALL = "all"


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Step:
    """Events of any of these names whose columns have one of the values in ``where``."""

    events: tuple[str, ...]
    name: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Ends chains that have reached step ``after`` (from 1) and not step ``before``."""

    events: tuple[str, ...]
    after: int
    before: int
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The ``top`` values with the most people at step one; the rest are told as one."""

    column: str
    by: Attribution = Attribution.FIRST
    top: int = 10


@dataclass(frozen=True, slots=True)
class Funnel:
    steps: tuple[Step, ...]
    window_s: int
    order: Order = Order.ORDERED
    ties: Ties = Ties.TOGETHER
    first_only: bool = False
    exclude: tuple[Exclusion, ...] = ()
    breakdown: Breakdown | None = None
    period: When = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Retention:
    """``each``: people belong to each period with a start, else to the first one's. ``rolling``: or later."""

    start: tuple[str, ...]
    back: tuple[str, ...]
    unit: Unit = Unit.WEEK
    each: bool = False
    rolling: bool = False
    period: When = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns of a file of events; ``zone`` is that of times that name none."""

    person: str = "person"
    at: str = "time"
    event: str = "event"
    zone: str = "UTC"
