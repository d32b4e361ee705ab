"""How a metric is computed, as frozen data: the shipped catalogue and users' own metrics use the same.

A spec is either *simple* (one aggregate over a fact table: ``Sum``, ``Count``, ``Distinct``), *composed*
(arithmetic on other metrics: ``Ratio``, ``Linear``, ``Share``, ``Growth``), or about *people over time*
(``FirstTime``, ``Repurchase``, ``Retention``, ``Trailing``). An operand is a metric's name or a nested spec.
"""

from dataclasses import dataclass
from enum import StrEnum

from remit.core.text import Text


class Family(StrEnum):
    """Families of H6.1.1, what a retailer adds to them, and how duties are kept (H1.1)."""

    SALES = "sales"
    TRAFFIC = "traffic"
    CONVERSION = "conversion"
    LOYALTY = "loyalty"
    BRAND = "brand"
    MARGIN = "margin"
    CHANNEL = "channel"
    COST = "cost"
    DUTIES = "duties"


class Unit(StrEnum):
    """What one of the figure is. A percent is a fraction: 0.25 is 25 %."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    RATIO = "ratio"  # a plain quotient, such as baskets per buyer
    DAYS = "days"
    HOURS = "hours"


class Better(StrEnum):
    """Which way is good news."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Nothing(StrEnum):
    """What no matching row means: a true zero, or no figure at all."""

    ZERO = "zero"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Filter:
    """Rows kept by a spec: a column of its table or a dimension, compared with values.

    ``op``: ``in``, ``not in``, ``known`` (not null), ``unknown`` (null), ``>``, ``>=``, ``<``, ``<=``.
    A ``None`` among the values of ``in`` matches rows where the field is unknown.
    """

    field: str
    op: str = "in"
    values: tuple[str | int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """Sum of an amount; unknown amounts are left out. An empty ``table`` is the metric's own."""

    column: str
    where: tuple[Filter, ...] = ()
    table: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """Number of rows."""

    where: tuple[Filter, ...] = ()
    table: str = ""


@dataclass(frozen=True, slots=True)
class Distinct:
    """Number of different known values of a column (or of combinations of columns)."""

    columns: tuple[str, ...]
    where: tuple[Filter, ...] = ()
    table: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """``top / bottom``; none when the bottom is none or zero."""

    top: "Operand"
    bottom: "Operand"


@dataclass(frozen=True, slots=True)
class Linear:
    """Sum of ``plus`` less the sum of ``minus``; none when one of them is none."""

    plus: tuple["Operand", ...]
    minus: tuple["Operand", ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """The figure of a group divided by the figure over all values of the dimensions ``over``."""

    of: "Operand"
    over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """``now / before - 1``; ``against`` is ``previous`` (period) or ``last_year``."""

    of: "Operand"
    against: str = "previous"


@dataclass(frozen=True, slots=True)
class FirstTime:
    """Values of a column seen in the period for the first time ever, among the rows asked about."""

    column: str = "customer_id"


@dataclass(frozen=True, slots=True)
class Repurchase:
    """Of the buyers whose first purchase of the period lies at least ``days`` before the freshest day,
    the share who bought on a later day within ``days``."""

    days: int


@dataclass(frozen=True, slots=True)
class Retention:
    """Of the buyers whose first purchase ever lies in the period, the share who bought in the calendar
    month ``months`` later; cohorts whose month is not over yet are left out."""

    months: int


@dataclass(frozen=True, slots=True)
class Trailing:
    """Different values of a column in the ``days`` up to the end of the period (or of each time bucket)."""

    column: str
    days: int


Spec = (
    Sum | Count | Distinct | Ratio | Linear | Share | Growth | FirstTime | Repurchase | Retention | Trailing
)
Operand = str | Spec


@dataclass(frozen=True, slots=True)
class Metric:
    """A number, defined once.

    ``table``: the fact table its rows come from (the top's table for composed ones). ``owner``: code of
    the position that answers for it. ``digits``: decimals shown. ``shipped`` is False for users' own.
    """

    name: str
    title: Text
    meaning: Text
    family: Family
    unit: Unit
    better: Better
    table: str
    grain: Text
    nothing: Nothing
    owner: str
    spec: Spec
    digits: int = 0
    shipped: bool = True
    version: int = 1
