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
    """The ``top`` values with the most people at step one; the rest are one. ``title``: in sentences."""

    column: str
    by: Attribution = Attribution.FIRST
    top: int = 10
    title: str = ""


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
class Happening:
    """Events of any of these names whose columns have one of the values in ``where``."""

    events: tuple[str, ...]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attributed:
    """Which values of the column ``channel`` brought the conversions; ``order``: of the chain of channels.

    ``value``: a column of numbers; ``currency``: the column that says of which money they are.
    """

    touches: Happening
    conversion: Happening
    channel: str = "channel"
    window_s: int = 30 * 86_400
    half_life_s: int = 7 * 86_400
    order: int = 1
    value: str | None = None
    currency: str | None = None
    period: When = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Paths:
    """``begins``: nodes where paths begin, anything without; ``backward``: they lead there. ``events``: all
    without. ``of``: a column whose values are the nodes, event names without."""

    begins: tuple[str, ...] = ()
    backward: bool = False
    events: tuple[str, ...] = ()
    of: str | None = None
    steps: int = 5
    top: int = 10
    collapse: bool = True
    window_s: int = 30 * 86_400
    period: When = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Sessions:
    gap_s: int = 1800
    events: tuple[str, ...] = ()
    goal: Happening | None = None
    of: str | None = None
    top: int = 10
    period: When = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Stickiness:
    """``unit``: week or month."""

    events: tuple[str, ...] = ()
    unit: Unit = Unit.MONTH
    period: When = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Lifecycle:
    events: tuple[str, ...] = ()
    unit: Unit = Unit.WEEK
    period: When = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Condition:
    """Steps in order, or one step ``times`` times; ``negated``: whoever does not."""

    did: tuple[Step, ...]
    within_s: int
    without: tuple[Happening, ...] = ()
    times: int = 1
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """``every``: all conditions, else any of them. ``show``: how many people to name."""

    conditions: tuple[Condition, ...]
    every: bool = True
    show: int = 100
    period: When = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns of a file of events; ``zone`` is that of times that name none."""

    person: str = "person"
    at: str = "time"
    event: str = "event"
    zone: str = "UTC"
