"""Customers by month of first purchase and by recency, frequency and value; how far data reach."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from remit.core.period import Period, Relative
from remit.core.scope import Scope
from remit.lake.queries import the_lake

from ..engine.cohorts import FACT, Cohorts, cohorts
from ..engine.pinned import Pinned, visible
from ..engine.quadrant import Quadrant, quadrant
from ..engine.reader import reader_of
from ..engine.rfm import Member, Rfm, members, rfm

Span = Period | Relative | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one company's sales reach within a scope, and the currencies that they are booked in."""

    unit_id: int
    first: date
    last: date
    currencies: tuple[str, ...]


def _pinned() -> Pinned:
    return Pinned(reader_of(the_lake()))


def reach_of(scope: Scope, within: Scope | None = None) -> list[Reach]:
    """One entry per company with sales in the scope, the freshest first."""
    found: dict[int, list[tuple[date, date, str]]] = {}
    for one in visible(_pinned().extents(FACT), scope, within):
        found.setdefault(one.unit_id, []).append((one.first, one.last, one.currency or ""))
    reaches = [
        Reach(
            unit_id,
            min(first for first, _last, _currency in parts),
            max(last for _first, last, _currency in parts),
            tuple(sorted({currency for _first, _last, currency in parts if currency})),
        )
        for unit_id, parts in found.items()
    ]
    return sorted(reaches, key=lambda one: (one.last, -one.unit_id), reverse=True)


def cohorts_in(scope: Scope, within: Scope | None, span: Span, months: int = 12) -> Cohorts:
    """Cohorts whose first month lies in the span; a relative one counts from the freshest day."""
    pinned, period = _pinned(), _days(scope, within, span)
    key = ("cohorts", pinned.version(FACT), scope, within, period, months)
    return cast(Cohorts, pinned.reader.kept(key, lambda: cohorts(pinned, scope, within, period, months)))


def quadrant_in(scope: Scope, within: Scope | None, span: Span) -> Quadrant:
    """Segments of the customers who bought in the span; raise SeveralCurrencies."""
    pinned, period = _pinned(), _days(scope, within, span)
    key = ("quadrant", pinned.version(FACT), scope, within, period)
    return cast(Quadrant, pinned.reader.kept(key, lambda: quadrant(pinned, scope, within, period)))


def rfm_in(scope: Scope, within: Scope | None, span: Span) -> Rfm:
    """Scores of the customers who bought in the span; raise SeveralCurrencies."""
    pinned, period = _pinned(), _days(scope, within, span)
    key = ("rfm", pinned.version(FACT), scope, within, period)
    return cast(Rfm, pinned.reader.kept(key, lambda: rfm(pinned, scope, within, period)))


def members_in(
    scope: Scope,
    within: Scope | None,
    span: Span,
    scores: tuple[int | None, int | None, int | None],
    *,
    limit: int,
    offset: int = 0,
) -> list[Member]:
    """Customers with these scores (recency, frequency, money), who spent most first."""
    pinned, period = _pinned(), _days(scope, within, span)
    key = ("rfm members", pinned.version(FACT), scope, within, period, scores, limit, offset)

    def asked() -> list[Member]:
        return members(pinned, scope, within, period, scores=scores, limit=limit, offset=offset)

    return cast(list[Member], pinned.reader.kept(key, asked))


def _days(scope: Scope, within: Scope | None, span: Span) -> Period | None:
    if not isinstance(span, Relative):
        return span
    reaches = reach_of(scope, within)
    return span.resolve(reaches[0].last) if reaches else None
