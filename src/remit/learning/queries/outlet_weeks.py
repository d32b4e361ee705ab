"""A pilot's figure by outlet or region and week, read through the catalogue in a scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from remit.core.period import Period
from remit.core.scope import Scope
from remit.core.unanswered import UnknownName
from remit.kernels.pilots.comparing import Floats
from remit.metrics.catalog.spec import Nothing, Unit
from remit.metrics.engine.answer import Answer
from remit.metrics.engine.question import Question
from remit.metrics.queries.definitions import catalogue
from remit.metrics.queries.figures import ask
from remit.org.queries.scopes import within

from ..models import Pilot
from ..rules import company_of

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Weekly:
    """``figures``: shape (codes, weeks), not a number where there is none. ``weeks``: whole, by Monday."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    weeks: tuple[date, ...]
    figures: Floats

    def rows_of(self, codes: Sequence[str]) -> list[int]:
        """Row numbers of the codes that are there."""
        at = {code: row for row, code in enumerate(self.codes)}
        return [at[code] for code in codes if code in at]

    def upto(self, weeks: int) -> "Weekly":
        return Weekly(self.codes, self.names, self.weeks[:weeks], self.figures[:, :weeks])


def weekly(pilot: Pilot, scope: Scope, first: date, last: date) -> Weekly:
    """Whole weeks from Monday ``first`` to Sunday ``last``, as far as the data reach. Raise a CannotAnswer.

    A week without rows is nothing sold where the catalogue says so, and no figure otherwise.
    """
    known, company = catalogue(), company_of(pilot.unit)
    if pilot.metric not in known:  # one of the users' own, which is gone
        raise UnknownName("metric", pilot.metric, known)
    metric = known[pilot.metric]
    currency = company.currency if company and metric.unit is Unit.MONEY else None
    asked = Question(
        (pilot.metric,), scope, by=(pilot.grain, "week"), period=Period(first, last),
        within=within([pilot.unit]), currency=currency,
    )  # fmt: skip
    (answer,) = ask(asked)
    weeks = _whole_weeks(answer, first, last)
    titles = _titles(answer, pilot.grain)
    codes = tuple(sorted(titles))
    figures = np.full((len(codes), len(weeks)), 0.0 if metric.nothing is Nothing.ZERO else np.nan)
    row_of, column_of = {c: n for n, c in enumerate(codes)}, {w: n for n, w in enumerate(weeks)}
    for row in answer.dicts():
        code, week, value = str(row[pilot.grain]), row["week"], row[pilot.metric]
        if code in row_of and isinstance(week, date) and week in column_of and value is not None:
            figures[row_of[code], column_of[week]] = float(str(value))
    return Weekly(codes, tuple(titles[code] for code in codes), weeks, figures)


def _whole_weeks(answer: Answer, first: date, last: date) -> tuple[date, ...]:
    """Mondays of the weeks of which every day is in the data of every table."""
    for one in answer.freshness:
        if one.first is None or one.last is None:
            return ()
        first, last = max(first, one.first), min(last, one.last)
    monday, found = first + timedelta(days=-first.weekday() % 7), []
    while monday + timedelta(days=6) <= last:
        found.append(monday)
        monday += WEEK
    return tuple(found)


def _titles(answer: Answer, grain: str) -> dict[str, str]:
    """Names by code; what belongs to no outlet or region is left out."""
    name = f"{grain}_name" if f"{grain}_name" in answer.names else grain
    return {str(row[grain]): str(row[name] or row[grain]) for row in answer.dicts() if row[grain] is not None}
