"""What a person asks for on a page: read from the address, written back into it, never whose rows.

Pure. The scope is not part of it: a view adds the viewer's own when it makes the question.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self
from urllib.parse import urlencode

from remit.core.period import Period, Relative, parse_period
from remit.core.scope import Scope
from remit.metrics.engine.question import Condition, Question

MOST_METRICS = 6
MOST_DIMENSIONS = 2
MOST_ROWS = 2_000
TIMES = ("day", "week", "month", "quarter", "year")
CLOCKS = ("weekday", "hour")
COMPARISONS = ("", "previous", "last_year", "target")
CHARTS = ("", "line", "bar", "table", "heat")


class Query(Protocol):
    """What of Django's ``QueryDict`` is read here."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """Metrics, split, period, unit, filters, comparison and currency, as the address says them.

    ``period`` is text that ``parse_period`` reads (``last 4 weeks``, ``2017-03``, ``all``). ``unit`` is the
    code of a unit or empty for everything the viewer sees. ``compare`` is one of ``COMPARISONS``.
    """

    metrics: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    period: str = ""
    unit: str = ""
    where: tuple[Condition, ...] = ()
    compare: str = ""
    currency: str = ""
    chart: str = ""

    @classmethod
    def from_query(cls, query: Query) -> Self:
        """Read an address; raise UnreadableCondition for a filter that is not ``dimension=value``."""
        compare, chart = _one(query, "compare"), _one(query, "chart")
        return cls(
            metrics=_distinct(query.getlist("metric"))[:MOST_METRICS],
            by=_distinct(query.getlist("by"))[:MOST_DIMENSIONS],
            period=period_text(query),
            unit=_one(query, "unit"),
            where=_merged(query),
            compare=compare if compare in COMPARISONS else "",
            currency=_one(query, "currency").upper()[:3],
            chart=chart if chart in CHARTS else "",
        )

    @classmethod
    def from_saved(cls, saved: Mapping[str, Any]) -> Self:
        """Read what ``saved`` wrote."""
        return cls(
            metrics=tuple(saved.get("metrics", ())),
            by=tuple(saved.get("by", ())),
            period=saved.get("period", ""),
            unit=saved.get("unit", ""),
            where=tuple(Condition.parse(text) for text in saved.get("where", ())),
            compare=saved.get("compare", ""),
            currency=saved.get("currency", ""),
            chart=saved.get("chart", ""),
        )

    def saved(self) -> dict[str, Any]:
        """The same as plain data, to be kept in a row."""
        kept: dict[str, Any] = {
            "metrics": list(self.metrics),
            "by": list(self.by),
            "where": [str(condition) for condition in self.where],
            "period": self.period,
            "unit": self.unit,
            "compare": self.compare,
            "currency": self.currency,
            "chart": self.chart,
        }
        return {key: value for key, value in kept.items() if value}

    def query(self, **changes: Any) -> str:
        """The query string of this state, with some parts changed: the same state is the same address."""
        state = replace(self, **changes) if changes else self
        pairs = [("metric", name) for name in state.metrics]
        pairs += [("by", name) for name in state.by]
        pairs += [("where", str(condition)) for condition in state.where]
        rest = ("period", "unit", "compare", "currency", "chart")
        pairs += [(name, getattr(state, name)) for name in rest if getattr(state, name)]
        return urlencode(pairs)

    def span(self) -> Period | Relative | None:
        """The period asked about; raise UnreadablePeriod."""
        return parse_period(self.period)

    def question(self, scope: Scope, within: Scope | None, **changes: Any) -> Question:
        """The engine's question in a viewer's scope; ``within`` is the scope of the unit filter."""
        values: dict[str, Any] = {
            "metrics": self.metrics,
            "scope": scope,
            "by": self.by,
            "where": self.where,
            "period": self.span(),
            "within": within,
            "currency": self.currency or None,
            "compare": self.compare if self.compare in ("previous", "last_year") else None,
        }
        return Question(**{**values, **changes})

    def without(self, dimension: str) -> tuple[Condition, ...]:
        """The filters but those on one dimension."""
        return tuple(condition for condition in self.where if condition.dimension != dimension)

    @property
    def time(self) -> str:
        """The time bucket asked for, if any."""
        return next((name for name in self.by if name in TIMES), "")

    @property
    def places(self) -> tuple[str, ...]:
        """The dimensions that are not a time bucket."""
        return tuple(name for name in self.by if name not in TIMES)


def _one(query: Query, key: str) -> str:
    """The last value of a key, as a form sends it; empty when it is absent."""
    return next(reversed(query.getlist(key)), "").replace("\0", "").strip()


def _distinct(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def period_text(query: Query) -> str:
    """The preset, or the two days of a form that chose its own days."""
    period = _one(query, "period")
    if period != "custom":
        return period
    first, last = _one(query, "first"), _one(query, "last")
    if not (first or last):
        return ""
    return f"{first or last}..{last or first}"


def _merged(query: Query) -> tuple[Condition, ...]:
    """Filters of the address and the one that the form adds, one condition a dimension and direction."""
    texts = [text for text in query.getlist("where") if text.strip()]
    found: dict[tuple[str, str], tuple[str | int | None, ...]] = {}
    conditions = [Condition.parse(text) for text in texts]
    dimension = _one(query, "add_dimension")
    values = tuple(value.strip() for value in query.getlist("add_value") if value.strip())
    if dimension and values:
        op = "not in" if _one(query, "add_op") == "not in" else "in"
        chosen = tuple(None if value == "unknown" else value for value in values)
        conditions.append(Condition(dimension, chosen, op))
    for condition in conditions:
        key = (condition.dimension, condition.op)
        found[key] = tuple(dict.fromkeys(found.get(key, ()) + condition.values))
    return tuple(Condition(dimension, values, op) for (dimension, op), values in found.items())
