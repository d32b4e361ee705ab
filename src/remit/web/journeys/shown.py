"""Answers about funnels, retention and paths as pages show them: a finding, drawings, tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from .. import numbers
from ..charts import Chart, Series
from ..figures.words import day_words, month_words
from .words import NOTHING_MORE, column_title, seconds_words

type Link = Callable[[int, str], str]  # to the people of a step or cohort; empty where they are not named

CLASSES_S = (0, 60, 600, 3600, 6 * 3600, 86_400, 3 * 86_400, 7 * 86_400, 30 * 86_400)
MOST_COHORTS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """``fill``: from 0 to 1, how dark it is drawn; empty without. ``note``: what stands behind it."""

    text: str
    href: str = ""
    fill: str = ""
    note: str = ""
    is_later: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of a row is its name. ``is_triangle``: cells are drawn by how dark they are."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    is_triangle: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    chart: Chart
    title: str
    file: str
    size: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """``loss``: the sentence about a funnel's biggest loss."""

    finding: str
    drawings: Sequence[Drawing] = ()
    tables: Sequence[Table] = ()
    loss: str = ""
    notes: Sequence[str] = field(default_factory=tuple)


def count(value: float | None, decimals: int = 0) -> Cell:
    return Cell(numbers.grouped(value, decimals))


def share(value: float | None) -> Cell:
    return Cell(numbers.percent(value))


def rows_of(*columns: Sequence[Cell]) -> list[tuple[Cell, ...]]:
    return list(zip(*columns, strict=True))


# -- funnel -----------------------------------------------------------------------------------


def funnel(data: Mapping[str, Any], link: Link) -> Shown:
    steps = data["steps"]
    names = [f"{step['step']}. {step['name']}" for step in steps]
    series = (Series(pgettext("journey", "People"), [step["people"] for step in steps]),)
    chart = Chart("funnel", names, series, label_title=_("Step"))
    rows = [
        (
            Cell(name),
            Cell(numbers.grouped(step["people"]), link(step["step"], "") if step["people"] else ""),
            share(step["of_first"]),
            share(step["of_previous"]),
            Cell(seconds_words(step["converted"]["median_s"])),
            _gone(steps, place, link),
        )
        for place, (name, step) in enumerate(zip(names, steps, strict=True))
    ]
    heads = (
        _("Step"), pgettext("journey", "People"), _("Of the first"), _("Of the one before"), _("Median time"),
        _("Did not go on"),
    )  # fmt: skip
    tables = [Table(_("Step by step"), heads, rows)]
    tables += [_broken_down(data["breakdown"], names)] if data.get("breakdown", {}).get("values") else []
    return Shown(
        finding=_funnel_finding(steps),
        drawings=[Drawing(chart, _("How far people come"), "funnel"), *_times(data["time_to_convert"])],
        tables=tables,
        loss=data["loss"]["sentence"].get(get_language() or "zh-hant", "") if "loss" in data else "",
        notes=data["notes"],
    )


def _funnel_finding(steps: Sequence[Mapping[str, Any]]) -> str:
    first, last = steps[0], steps[-1]
    if not first["people"]:
        return _("Nobody did “%s” in this period.") % first["name"]
    return _("%(share)s of %(people)s people who did “%(first)s” reach “%(last)s”") % {
        "share": numbers.percent(last["of_first"]),
        "people": numbers.grouped(first["people"]),
        "first": first["name"],
        "last": last["name"],
    }


def _gone(steps: Sequence[Mapping[str, Any]], place: int, link: Link) -> Cell:
    """How many reach a step and not the next one that has to be reached."""
    then = next((step for step in steps[place + 1 :] if not step.get("optional")), None)
    if then is None or steps[place].get("optional"):
        return Cell("")
    gone = steps[place]["people"] - then["people"]
    return Cell(numbers.grouped(gone), link(place + 1, "gone") if gone else "")


def _times(times: Mapping[str, Any]) -> list[Drawing]:
    """How long people take; nothing where nobody arrives or nothing lasts."""
    if not times["people"]:
        return []
    held = [0] * len(CLASSES_S)
    for one in times["classes"]:
        held[max(place for place, low in enumerate(CLASSES_S) if low <= one["from_s"])] += one["people"]
    names = [
        _("under %s") % seconds_words(CLASSES_S[1]),
        *(f"{seconds_words(low)}–{seconds_words(high)}" for low, high in pairwise(CLASSES_S[1:])),
        _("over %s") % seconds_words(CLASSES_S[-1]),
    ]  # fmt: skip
    last = max(place for place, people in enumerate(held) if people) + 1
    chart = Chart(
        "column", names[:last], (Series(pgettext("journey", "People"), held[:last]),), label_title=_("Time")
    )
    title = _("From the first step to the last: half take %s at most") % seconds_words(times["median_s"])
    return [Drawing(chart, title, "time-to-convert")]


def _broken_down(breakdown: Mapping[str, Any], names: Sequence[str]) -> Table:
    rows = []
    for one in breakdown["values"]:
        people = one["people"]
        reached = people[-1] / people[0] if people[0] else None
        rows.append((Cell(one["value"] or _("none")), *(count(number) for number in people), share(reached)))
    others = breakdown.get("others", {})
    if "people" in others:
        people = others["people"]
        reached = people[-1] / people[0] if people[0] else None
        title = _("%d others") % others["values"]
        rows.append((Cell(title), *(count(number) for number in people), share(reached)))
    title = column_title(breakdown["column"])
    return Table(_("By %s") % title, (title, *names, _("Reach the last step")), rows)


# -- retention --------------------------------------------------------------------------------


def retention(data: Mapping[str, Any], link: Link) -> Shown:
    unit = data["retention"]["unit"]
    cohorts = data["cohorts"]
    width = max((len([c for c in one["returned"] if c is not None]) for one in cohorts), default=0)
    held = [(place, one) for place, one in enumerate(cohorts) if one["people"]][-MOST_COHORTS:]
    rows = [
        (
            Cell(begin_words(one["from"], unit)),
            Cell(numbers.grouped(one["people"]), link(place, "")),
            *(_came(one, place, after, link) for after in range(width)),
        )
        for place, one in held
    ]
    later = [row for row in data["all"] if row["people"]]
    chart = Chart(
        "line",
        [str(row["after"]) for row in later],
        (Series(_("All cohorts"), [row["share"] for row in later], unit="percent"),),
        label_title=_("Periods after the first"),
    )
    heads = (pgettext("period", "From"), pgettext("journey", "People"), *map(str, range(width)))
    return Shown(
        finding=_retention_finding(data, unit),
        drawings=[Drawing(chart, _("Share that came back, all cohorts together"), "retention")],
        tables=[Table(_("By cohort"), heads, rows, is_triangle=True)],
        notes=data["notes"],
    )


def begin_words(begin: str, unit: str) -> str:
    day = date.fromisoformat(begin)
    return month_words(day) if unit == "month" else day_words(day)


def _came(one: Mapping[str, Any], place: int, after: int, link: Link) -> Cell:
    back = one["returned"][after] if after < len(one["returned"]) else None
    if back is None:
        return Cell("", is_later=True)
    part = back / one["people"]
    behind = _("%(returned)s of %(people)s") % {
        "returned": numbers.grouped(back),
        "people": numbers.grouped(one["people"]),
    }
    return Cell(numbers.percent(part, 0), link(place, str(after)) if back else "", f"{part:.3f}", behind)


def _retention_finding(data: Mapping[str, Any], unit: str) -> str:
    people = sum(one["people"] for one in data["cohorts"])
    if not people:
        return _("Nobody began in this period.")
    found = next((row for row in data["all"] if row["after"] == 1 and row["people"]), None)
    if found is None:
        return _("No cohort is old enough yet to say who came back.")
    words = {
        "day": _("%(share)s of %(people)s people came back on the day after"),
        "week": _("%(share)s of %(people)s people came back in the week after"),
        "month": _("%(share)s of %(people)s people came back in the month after"),
    }[unit]
    if data["retention"]["counting"] == "rolling":
        words = _("%(share)s of %(people)s people came back in the period after or later")
    return words % {"share": numbers.percent(found["share"]), "people": numbers.grouped(found["people"])}


# -- paths ------------------------------------------------------------------------------------


def paths(data: Mapping[str, Any], _link: Link) -> Shown:
    back = "to" in data["paths"]
    links = [_sankey_link(one, back=back) for one in data["links"] if one["to"] is not None]
    arrow = " ← " if back else " → "
    rows = [
        (
            Cell(arrow.join(_node(name) for name in one["path"])),
            count(one["people"]),
            share(one["people"] / data["people"]),
        )
        for one in data["frequent"]
    ]
    return Shown(
        finding=_paths_finding(data, arrow),
        drawings=[Drawing(Chart("sankey", links=links), _("From step to step"), "paths", "tall")],
        tables=[
            Table(
                _("The most frequent whole paths"),
                (_("Path"), pgettext("journey", "People"), _("Share")),
                rows,
            )
        ],
        notes=data["notes"],
    )


def _node(name: str | None) -> str:
    return str(NOTHING_MORE) if name is None else _("others") if name == "others" else name


def _sankey_link(one: Mapping[str, Any], *, back: bool) -> tuple[str, str, int]:
    """A node is told apart by its step, since one event may stand at several."""
    step = one["step"]
    here, there = f"{step + 1}. {_node(one['from'])}", f"{step + 2}. {_node(one['to'])}"
    if back:
        here, there = f"−{step + 1}. {_node(one['to'])}", f"{_minus(step)}. {_node(one['from'])}"
    return here, there, one["people"]


def _minus(step: int) -> str:
    return f"−{step}" if step else "0"


def _paths_finding(data: Mapping[str, Any], arrow: str) -> str:
    if not data["people"]:
        return _("Nobody has such a path in this period.")
    first = data["frequent"][0]
    return _("The most frequent path of %(people)s people: %(path)s (%(share)s)") % {
        "people": numbers.grouped(data["people"]),
        "path": arrow.join(_node(name) for name in first["path"]),
        "share": numbers.percent(first["people"] / data["people"]),
    }
