"""Answers as tables for people at a shell: heads and rows of text, from the plain data."""

from collections.abc import Callable, Mapping
from typing import Any

type Rows = tuple[list[str], list[list[str]]]


def table_of(kind: str, data: Mapping[str, Any]) -> Rows:
    """What a person looks at first; the rest is in the data."""
    return _TABLES[kind](data)


def _funnel(data: Mapping[str, Any]) -> Rows:
    values = data.get("breakdown", {}).get("values", [])
    heads = ["step", "people", "of first", "of previous", "median time"]
    rows = []
    for place, step in enumerate(data["steps"]):
        shares = [_percent(step["of_first"]), _percent(step["of_previous"])]
        row = [step["name"], f"{step['people']:,}", *shares, _seconds(step["converted"]["median_s"])]
        rows.append([*row, *(f"{one['people'][place]:,}" for one in values)])
    return [*heads, *(one["value"] or "none" for one in values)], rows


def _retention(data: Mapping[str, Any]) -> Rows:
    cohorts = data["cohorts"]
    rows = []
    for one in cohorts:
        shares = [_percent(back / one["people"] if one["people"] else None) if back is not None else ""
                  for back in one["returned"]]  # fmt: skip
        rows.append([one["from"], f"{one['people']:,}", *shares, *[""] * (len(cohorts) - len(shares))])
    return ["from", "people", *map(str, range(len(cohorts)))], rows


def _attribution(data: Mapping[str, Any]) -> Rows:
    channels = data["channels"]
    models = list(channels[0]["conversions"]) if channels else []
    heads = ["channel", "touches", "removal", *(model.replace("_", " ") for model in models)]
    rows = [
        [
            one["channel"],
            f"{one['touches']:,}",
            _percent(one["removal_effect"]),
            *(f"{share:,.1f}" for share in one["conversions"].values()),
        ]
        for one in channels
    ]
    return heads, rows


def _paths(data: Mapping[str, Any]) -> Rows:
    arrow = " ← " if "to" in data["paths"] else " → "
    rows = [
        [
            arrow.join(name or "others" for name in one["path"]),
            f"{one['people']:,}",
            _percent(one["people"] / data["people"]),
        ]
        for one in data["frequent"]
    ]
    return ["path", "people", "share"], rows


def _sessions(data: Mapping[str, Any]) -> Rows:
    goal = "goal" in data
    total = ["all", data["count"], data["bounced"]["sessions"], data["goal"]["sessions"] if goal else 0]
    rows = [total, *([one["name"] or "others", one["sessions"], one["bounced"], one.get("goal", 0)]
                     for one in data["landed"])]  # fmt: skip
    told = [[name, f"{count:,}", f"{alone:,}", *([f"{arrived:,}"] if goal else [])]
            for name, count, alone, arrived in rows]  # fmt: skip
    return ["landed", "sessions", "bounced", *(["goal"] if goal else [])], told


def _stickiness(data: Mapping[str, Any]) -> Rows:
    rows = [
        [one["from"], _count(one["people"]), _count(one["each_day"], ".1f"), _percent(one["stickiness"])]
        for one in data["periods"]
    ]
    return ["from", "people", "each day", "stickiness"], rows


def _lifecycle(data: Mapping[str, Any]) -> Rows:
    heads = ["from", "active", "new", "returning", "resurrected", "dormant"]
    return heads, [[one["from"], *(_count(one[head]) for head in heads[1:])] for one in data["periods"]]


def _sequence(data: Mapping[str, Any]) -> Rows:
    head = f"{data['people']:,} of {data['of']:,} people"
    return [head], [[name] for name in data["named"]]


def _count(count: float | None, form: str = "") -> str:
    return "" if count is None else format(count, f",{form}")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:,} s"


_TABLES: Mapping[str, Callable[[Mapping[str, Any]], Rows]] = {
    "funnel": _funnel,
    "retention": _retention,
    "attribution": _attribution,
    "paths": _paths,
    "sessions": _sessions,
    "stickiness": _stickiness,
    "lifecycle": _lifecycle,
    "sequence": _sequence,
}
