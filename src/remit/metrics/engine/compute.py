"""Arithmetic on the results of scans: exact decimals, unknown stays unknown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..catalog.spec import Growth, Linear, Ratio, Share
from .leaves import is_leaf, leaf_of, quotient, value_of
from .plan import Catalog, Request, Term, View, operands, shifted, term

Key = tuple[Any, ...]
ZERO = Decimal(0)
BUCKET_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}


@dataclass(frozen=True, slots=True)
class Figures:
    """A figure per key of a view; ``other`` is the figure of a key without rows."""

    values: Mapping[Key, Decimal | None]
    other: Decimal | None = None

    def at(self, key: Key) -> Decimal | None:
        return self.values.get(key, self.other)


@dataclass(frozen=True, slots=True)
class Results:
    """Raw results by request. ``absent``: whether a request's table has no data for its period.

    ``begins_within(first, days, table)``: whether a table's data begin only well after ``first``.
    """

    raw: Mapping[Request, Mapping[Key, tuple[Any, ...]]]
    absent: Callable[[Request], bool]
    begins_within: Callable[[date, int, str], bool]


def figures(one: Term, view: View, catalog: Catalog, results: Results) -> Figures:
    """The figures of a term in a view."""
    spec = one.spec
    if is_leaf(spec):
        leaf = leaf_of(spec, one.table)  # type: ignore[arg-type]  # is_leaf has just said so
        request = Request(leaf, view)
        if results.absent(request):
            return Figures({})
        nothing = ZERO if one.is_zero else None
        raw = results.raw[request]
        return Figures({key: value_of(leaf, row, nothing) for key, row in raw.items()}, nothing)
    parts = [term(operand, catalog, one.table) for operand in operands(spec)]
    if isinstance(spec, Share):
        return _share(spec, parts[0], view, catalog, results)
    if isinstance(spec, Growth):
        return _growth(spec, parts[0], view, catalog, results)
    known = [figures(part, view, catalog, results) for part in parts]
    if isinstance(spec, Ratio):
        return combined(known, lambda top, bottom: quotient(top, bottom))
    assert isinstance(spec, Linear)
    ahead = len(spec.plus)
    return combined(known, lambda *all_: sum(all_[:ahead], ZERO) - sum(all_[ahead:], ZERO))


def combined(parts: list[Figures], formula: Callable[..., Decimal | None]) -> Figures:
    """Apply a formula key by key; an unknown operand makes the result unknown."""
    keys = dict.fromkeys(key for part in parts for key in part.values)

    def at(operands_: list[Decimal | None]) -> Decimal | None:
        return None if any(value is None for value in operands_) else formula(*operands_)

    return Figures(
        {key: at([part.at(key) for part in parts]) for key in keys}, at([part.other for part in parts])
    )


def before(
    part: Term, view: View, against: str, keys: Iterable[Key], catalog: Catalog, results: Results
) -> Figures:
    """The figures of the earlier period, under the given keys of the present one.

    A part of the earlier period in which the data only begin gives None: it would flatter the present.
    """
    earlier = view.earlier(against)
    if earlier is None:
        return Figures({})
    then = figures(part, earlier, catalog, results)
    if not view.bucket:
        assert earlier.period is not None
        if results.begins_within(earlier.period.first, earlier.period.days, part.table):
            return Figures({})
        return then
    place = view.by.index(view.bucket)
    found: dict[Key, Decimal | None] = {}
    for key in keys:
        start = shifted(key[place], view.bucket, against)
        first = start if earlier.period is None else max(start, earlier.period.first)
        if not results.begins_within(first, BUCKET_DAYS[view.bucket], part.table):
            found[key] = then.at((*key[:place], start, *key[place + 1 :]))
    return Figures(found)


def change(now: Decimal | None, then: Decimal | None) -> Decimal | None:
    """``now / then - 1``; None where there was nothing before."""
    if now is None or then is None or then <= 0:
        return None
    ratio = quotient(now, then)
    return None if ratio is None else ratio - 1


def _growth(spec: Growth, part: Term, view: View, catalog: Catalog, results: Results) -> Figures:
    now = figures(part, view, catalog, results)
    then = before(part, view, spec.against, now.values, catalog, results)
    return Figures({key: change(value, then.at(key)) for key, value in now.values.items()})


def _share(spec: Share, part: Term, view: View, catalog: Catalog, results: Results) -> Figures:
    of_group = figures(part, view, catalog, results)
    wider = view.without(spec.over)
    of_all = figures(part, wider, catalog, results)
    places = [place for place, name in enumerate(view.by) if name not in spec.over]

    def at(key: Key, value: Decimal | None) -> Decimal | None:
        whole = of_all.at(tuple(key[place] for place in places))
        return None if value is None or whole is None else quotient(value, whole)

    return Figures({key: at(key, value) for key, value in of_group.values.items()})
