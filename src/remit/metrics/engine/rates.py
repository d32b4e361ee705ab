"""Exchange rates for a question that asks for one currency: dated, stated, never guessed."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from remit.core.period import Period
from remit.core.text import Text

from .errors import NoRate, UnknownName
from .pinned import Extent, Pinned
from .render import written

# Sixteen places, because the inverse of a rate never ends: with eight, sums of a year were cents off. An
# amount of DECIMAL(18,4) times such a rate is a DECIMAL(38,20), good for amounts below 10 to the 18th.
COLUMNS = {"currency": "VARCHAR", "day": "DATE", "rate": "DECIMAL(28,16)"}
PLACES, PLACES_SHOWN = 16, 8
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Quotes:
    """Rates of one currency into the target, by ascending day."""

    days: tuple[date, ...]
    rates: tuple[Decimal, ...]
    source: str

    def on(self, day: date) -> Decimal | None:
        """The rate of the day, or the last one before it; None before the first."""
        place = bisect_right(self.days, day)
        return self.rates[place - 1] if place else None


def quotes(pinned: Pinned, target: str) -> dict[str, Quotes]:
    """All known rates into ``target``; a pair known only the other way round is inverted."""
    version = pinned.version("rates")
    if version < 0:
        return {}
    rows = pinned.reader.kept(
        ("rates", version),
        lambda: pinned.fetch(
            f"SELECT base, quote, day, rate, coalesce(source, '') FROM ({pinned.source('rates')}) "  # noqa: S608  # literals are escaped
            "WHERE valid_to = DATE '9999-12-31' ORDER BY day"
        ),
    )
    straight = _grouped(
        (base, day, rate, source) for base, quote, day, rate, source in rows if quote == target
    )
    return inverted(rows, target) | straight


def inverted(rows: Iterable[tuple[str, str, date, Decimal, str]], target: str) -> dict[str, Quotes]:
    """Rates into ``target`` from rows (base, quote, day, rate, source) that quote it the other way round."""
    return _grouped(
        (quote, day, round(ONE / rate, PLACES), source)
        for base, quote, day, rate, source in rows
        if base == target
    )


def _grouped(rows: Iterable[tuple[str, date, Decimal, str]]) -> dict[str, Quotes]:
    by: dict[str, list[tuple[date, Decimal, str]]] = {}
    for currency, day, rate, source in rows:
        by.setdefault(currency, []).append((day, rate, source))
    return {
        currency: Quotes(tuple(r[0] for r in found), tuple(r[1] for r in found), found[-1][2])
        for currency, found in by.items()
    }


def conversion(
    pinned: Pinned, target: str, extents: tuple[Extent, ...], period: Period | None
) -> tuple[str, tuple[Text, ...]]:
    """The SELECT of daily rates for the days asked about, and the notes that state them.

    Raise UnknownName for a currency without any rate, NoRate for a day before the first rate.
    """
    currencies = sorted({one.currency for one in extents if one.currency})
    known = quotes(pinned, target)
    missing = [currency for currency in currencies if currency != target and currency not in known]
    if missing and len(missing) == len(currencies):
        raise UnknownName("exchange rate into", target, known)
    rows: list[tuple[str | Decimal | date | None, ...]] = []
    notes: list[Text] = []
    for currency in currencies:
        spans = [one for one in extents if one.currency == currency]
        first, last = min(one.first for one in spans), max(one.last for one in spans)
        if period is not None:
            first, last = max(first, period.first), min(last, period.last)
        if last < first:
            continue
        if currency == target:
            rows += [(currency, day, ONE) for day in _days(first, last)]
            continue
        quoted = known.get(currency)
        opening = quoted.on(first) if quoted else None
        if quoted is None or opening is None:
            raise NoRate(f"There is no rate from {currency} to {target} on or before {first}. Import one.")
        rows += [(currency, day, quoted.on(day)) for day in _days(first, last)]
        notes.append(
            _stated(currency, target, first, opening, last, quoted.on(last) or opening, quoted.source)
        )
    return written(rows, COLUMNS), tuple(notes)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _stated(
    base: str, quote: str, first: date, opening: Decimal, last: date, closing: Decimal, source: str
) -> Text:
    a, b = (f"{round(rate, PLACES_SHOWN).normalize():f}" for rate in (opening, closing))
    return Text(
        f"{base} 按每筆交易當日（或之前最近一日）的匯率換算為 {quote}：{first} 為 {a}，{last} 為 {b}"
        + (f"（來源：{source}）。" if source else "。"),
        f"{base} is converted into {quote} at the rate of each business day (or the last one before it): "
        f"{a} on {first}, {b} on {last}" + (f" (source: {source})." if source else "."),
    )
