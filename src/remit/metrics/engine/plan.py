"""From metrics to the aggregates they need, each in a view (split, filters, period)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from remit.core.period import Period, add_months

from ..catalog.dimensions import BUCKETS
from ..catalog.spec import Growth, Linear, Metric, Nothing, Operand, Ratio, Share, Spec
from .errors import UnknownName, WrongSpec
from .leaves import Leaf, is_leaf, leaf_of
from .question import Condition

DEEPEST = 8
Catalog = Mapping[str, Metric]


@dataclass(frozen=True, slots=True)
class View:
    """What an aggregate is split by and restricted to; days of ``period`` are included (None: all)."""

    by: tuple[str, ...]
    where: tuple[Condition, ...]
    period: Period | None

    @property
    def bucket(self) -> str:
        """The time bucket of the split, or empty."""
        return next((name for name in self.by if name in BUCKETS), "")

    def without(self, dimensions: tuple[str, ...]) -> "View":
        """Over all values of these dimensions."""
        return replace(
            self,
            by=tuple(name for name in self.by if name not in dimensions),
            where=tuple(one for one in self.where if one.dimension not in dimensions),
        )

    def earlier(self, against: str) -> "View | None":
        """The view to compare with; None where the whole data has nothing before it.

        Of the whole data in buckets, each bucket but the first has one before it: the view is its own.
        """
        if self.period is None:
            return self if self.bucket else None
        if self.bucket:
            first = shifted(self.period.first, self.bucket, against)
            return replace(self, period=Period(first, shifted_end(self.period.last, self.bucket, against)))
        before = self.period.previous() if against == "previous" else self.period.last_year()
        return replace(self, period=before)


def shifted(day: date, bucket: str, against: str) -> date:
    """The same day one bucket, or one year (52 weeks for days and weeks), earlier."""
    if against == "last_year":
        return day - timedelta(weeks=52) if bucket in ("day", "week") else add_months(day, -12)
    if bucket in ("day", "week"):
        return day - timedelta(days=1 if bucket == "day" else 7)
    return add_months(day, {"month": -1, "quarter": -3, "year": -12}[bucket])


def shifted_end(day: date, bucket: str, against: str) -> date:
    """As ``shifted``, for a last day: the last of a month stays the last of a month."""
    after = day + timedelta(days=1)
    if after.day == 1 and bucket not in ("day", "week"):
        return shifted(after, bucket, against) - timedelta(days=1)
    return shifted(day, bucket, against)


@dataclass(frozen=True, slots=True)
class Request:
    """One aggregate in one view."""

    leaf: Leaf
    view: View


@dataclass(frozen=True, slots=True)
class Term:
    """An operand resolved: its spec, the table it stands on, and what no row means."""

    spec: Spec
    table: str
    is_zero: bool


def term(operand: Operand, catalog: Catalog, table: str) -> Term:
    """Look up a metric's name, or take a nested spec as it is (no row of it is zero)."""
    if isinstance(operand, str):
        if operand not in catalog:
            raise UnknownName("metric", operand, catalog)
        metric = catalog[operand]
        return Term(metric.spec, metric.table, metric.nothing is Nothing.ZERO)
    return Term(operand, table, True)


def leaves(one: Term, catalog: Catalog, depth: int = 0) -> Iterator[Leaf]:
    """Every aggregate that a term is made of. Raise WrongSpec for a metric that contains itself."""
    if depth > DEEPEST:
        raise WrongSpec("The metric refers to itself, or is nested too deeply.")
    if is_leaf(one.spec):
        yield leaf_of(one.spec, one.table)  # type: ignore[arg-type]  # is_leaf has just said so
        return
    for operand in operands(one.spec):
        yield from leaves(term(operand, catalog, one.table), catalog, depth + 1)


def looks_back(one: Term, catalog: Catalog) -> bool:
    """Whether a term compares with an earlier period somewhere in it."""
    return isinstance(one.spec, Growth) or (
        not is_leaf(one.spec)
        and any(looks_back(term(operand, catalog, one.table), catalog) for operand in operands(one.spec))
    )


def operands(spec: Spec) -> tuple[Operand, ...]:
    """What a composed spec is made of."""
    if isinstance(spec, Ratio):
        return (spec.top, spec.bottom)
    if isinstance(spec, Linear):
        return (*spec.plus, *spec.minus)
    if isinstance(spec, Share | Growth):
        return (spec.of,)
    return ()


def requests(one: Term, view: View, catalog: Catalog) -> Iterator[Request]:
    """Every aggregate that a term needs in a view."""
    spec = one.spec
    if is_leaf(spec):
        yield Request(leaf_of(spec, one.table), view)  # type: ignore[arg-type]  # is_leaf has just said so
        return
    parts = [term(operand, catalog, one.table) for operand in operands(spec)]
    for part in parts:
        yield from requests(part, view, catalog)
        if isinstance(spec, Share):
            yield from requests(part, view.without(spec.over), catalog)
        if isinstance(spec, Growth) and (before := view.earlier(spec.against)):
            yield from requests(part, before, catalog)
