"""Scans about people over time: first purchases, repurchase, retention, activity. As Ibis expressions."""

from typing import Any

import ibis

from remit.lake.tables import TABLES

from ..catalog.dimensions import BUCKETS
from ..catalog.spec import FirstTime, Repurchase, Retention, Trailing
from .expressions import Rows, base, bucket, lake_table, slot_day
from .shape import Shape


def people(shape: Shape) -> Rows:
    """The one leaf of a shape that is about people: columns ``k…``, then ``a0`` (and ``a1``)."""
    (leaf,) = shape.leaves
    spec = leaf.spec
    if isinstance(spec, FirstTime):
        return _first_time(shape, spec)
    if isinstance(spec, Repurchase):
        return _repurchase(shape, spec)
    if isinstance(spec, Retention):
        return _retention(shape, spec)
    assert isinstance(spec, Trailing)
    return _trailing(shape, spec)


def _keys(shape: Shape) -> list[str]:
    """Keys that are no time bucket: people are followed within each of them."""
    return [f"k{i}" for i, name in enumerate(shape.by) if name not in BUCKETS]


def _buckets(shape: Shape, day: Any) -> dict[str, Any]:
    return {f"k{i}": bucket(day, name) for i, name in enumerate(shape.by) if name in BUCKETS}


def _by_key(shape: Shape, rows: Rows, values: dict[str, Any]) -> Rows:
    keys = [f"k{i}" for i in range(len(shape.by))]
    return rows.group_by(keys).aggregate(**values) if keys else rows.aggregate(**values)


def _in_period(shape: Shape, rows: Rows, day: str) -> Rows:
    if not shape.has_period:
        return rows
    return rows.filter([rows[day] >= slot_day("first"), rows[day] <= slot_day("last")])


def _days(shape: Shape, column: str) -> Rows:
    """Different (keys, person, day) of the days that can matter, with the person's company."""
    rows = base(shape, with_period=False)
    rows = _in_window(rows.filter(rows[column].notnull()), TABLES[shape.fact].day)
    day = rows[TABLES[shape.fact].day]
    kept = {name: rows[name] for name in _keys(shape)}
    return rows.select(**kept, person=rows[column], company=rows.unit_id, day=day).distinct()


def _firsts(shape: Shape, column: str) -> Rows:
    """First day ever of each person within the keys."""
    rows = base(shape, with_period=False)
    rows = rows.filter(rows[column].notnull())
    keys = [*_keys(shape), column]
    found = rows.group_by(keys).aggregate(
        first=rows[TABLES[shape.fact].day].min(), company=rows.unit_id.min()
    )
    return found.rename(person=column)


def _first_time(shape: Shape, spec: FirstTime) -> Rows:
    firsts = _in_period(shape, _firsts(shape, spec.column).drop("company"), "first")
    firsts = firsts.mutate(**_buckets(shape, firsts["first"]))
    return _by_key(shape, firsts, {"a0": firsts.count()})


def _repurchase(shape: Shape, spec: Repurchase) -> Rows:
    """First days of the period, and whether a later day follows within the window."""
    days = _days(shape, "customer_id")
    seen = _in_period(shape, days, "day")
    seen = seen.mutate(**_buckets(shape, seen.day))
    keys = [f"k{i}" for i in range(len(shape.by))]
    firsts = seen.group_by([*keys, "person"]).aggregate(first=seen.day.min(), company=seen.company.min())
    firsts = firsts.mutate(until=(firsts["first"] + ibis.interval(days=spec.days)).cast("date"))
    firsts = _fresh(firsts)
    firsts = firsts.filter(firsts.until <= firsts.fresh_day)
    firsts = firsts.mutate(since=(firsts["first"] + ibis.interval(days=1)).cast("date"))
    return _came_back(shape, firsts, days)


def _retention(shape: Shape, spec: Retention) -> Rows:
    """First days ever, and whether a day follows in the calendar month so many months later."""
    firsts = _in_period(shape, _firsts(shape, "customer_id"), "first")
    firsts = firsts.mutate(**_buckets(shape, firsts["first"]))
    start = firsts["first"].truncate("M") + ibis.interval(months=spec.months)
    end = firsts["first"].truncate("M") + ibis.interval(months=spec.months + 1) - ibis.interval(days=1)
    firsts = _fresh(firsts.mutate(since=start.cast("date"), until=end.cast("date")))
    firsts = firsts.filter(firsts.until <= firsts.fresh_day)
    return _came_back(shape, firsts, _days(shape, "customer_id"))


def _fresh(firsts: Rows) -> Rows:
    """With the freshest day of each person's company."""
    fresh = lake_table("freshest").rename(fresh_unit="unit_id", fresh_day="day")
    return firsts.inner_join(fresh, firsts.company == fresh.fresh_unit)


def _came_back(shape: Shape, firsts: Rows, days: Rows) -> Rows:
    """How many of ``firsts`` have a day from ``since`` to ``until`` (``a0``), of how many (``a1``)."""
    held = _keys(shape)
    days = days.rename({"b_person": "person", "b_day": "day", **{f"b_{key}": key for key in held}})
    matches = [firsts.person == days.b_person, days.b_day >= firsts.since, days.b_day <= firsts.until]
    matches += [firsts[key].identical_to(days[f"b_{key}"]) for key in held]
    back = firsts.semi_join(days, matches)
    everyone = _by_key(shape, firsts, {"a1": firsts.count()})
    returned = _by_key(shape, back, {"a0": back.count()})
    if not shape.by:
        return returned.cross_join(everyone)
    returned = returned.rename({f"r{i}": f"k{i}" for i in range(len(shape.by))})
    same = [everyone[f"k{i}"].identical_to(returned[f"r{i}"]) for i in range(len(shape.by))]
    both = everyone.left_join(returned, same)
    keys = {f"k{i}": both[f"k{i}"] for i in range(len(shape.by))}
    return both.select(**keys, a0=both.a0.fill_null(0), a1=both.a1)


def _trailing(shape: Shape, spec: Trailing) -> Rows:
    """Different people in the window of each bucket; without buckets it is one window, and no join."""
    if not any(name in BUCKETS for name in shape.by):
        rows = base(shape, with_period=False)
        rows = _in_window(rows, TABLES[shape.fact].day)
        return _by_key(shape, rows, {"a0": rows[spec.column].nunique()})
    days = _days(shape, spec.column)
    ends = lake_table("ends")
    seen = days.inner_join(ends, [days.day >= ends["first"], days.day <= ends["last"]])
    seen = seen.mutate(**{f"k{i}": seen["bucket"] for i, name in enumerate(shape.by) if name in BUCKETS})
    return _by_key(shape, seen, {"a0": seen.person.nunique()})


def _in_window(rows: Rows, day: str | None) -> Rows:
    return rows.filter([rows[day] >= slot_day("window_first"), rows[day] <= slot_day("window_last")])
