"""Answers about attribution, sessions, lifecycle and stickiness as pages show them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import numbers
from ..charts import Chart, Series
from .shown import Cell, Drawing, Link, Shown, Table, begin_words, count, funnel, paths, retention, share
from .words import MODEL_TITLES, seconds_words

DRAWN = ("first", "last", "markov")
MOST_BARS = 12


def attribution(data: Mapping[str, Any], _link: Link) -> Shown:
    channels = data["channels"]
    shown = channels[:MOST_BARS]
    chart = Chart(
        "bar",
        [one["channel"] for one in shown],
        [Series(str(MODEL_TITLES[model]), [one["conversions"][model] for one in shown]) for model in DRAWN],
        label_title=_("Channel"),
    )
    tables = [_shared(data, "conversions", _("Conversions by rule"))]
    if "value" in data["conversions"]:
        tables.append(_shared(data, "value", _("Value by rule")))
    return Shown(
        finding=_attribution_finding(data),
        drawings=[Drawing(chart, _("Three rules side by side"), "attribution", "tall")],
        tables=tables,
        notes=data["notes"],
    )


def _shared(data: Mapping[str, Any], kind: str, title: str) -> Table:
    rows = [
        (
            Cell(one["channel"]),
            count(one["touches"]),
            share(one["removal_effect"]),
            *(count(one[kind][model], 1) for model in MODEL_TITLES),
        )
        for one in data["channels"]
    ]
    heads = (_("Channel"), _("Touches"), _("Lost without it"), *map(str, MODEL_TITLES.values()))
    return Table(title, heads, rows)


def _attribution_finding(data: Mapping[str, Any]) -> str:
    found = data["conversions"]
    if not data["channels"] or not found["attributed"]:
        return _("No touch can claim a conversion in this period.")
    best = max(data["channels"], key=lambda one: one["conversions"]["markov"])
    return _(
        "%(channel)s brings most: %(share)s of %(attributed)s conversions by the Markov rule; "
        "%(without)s had no touch before"
    ) % {
        "channel": best["channel"],
        "share": numbers.percent(best["conversions"]["markov"] / found["attributed"]),
        "attributed": numbers.grouped(found["attributed"]),
        "without": numbers.grouped(found["without_touch"]),
    }


def sessions(data: Mapping[str, Any], _link: Link) -> Shown:
    goal = "goal" in data
    landed = [
        (
            Cell(one["name"] or _("others")),
            count(one["sessions"]),
            share(one["bounced"] / one["sessions"] if one["sessions"] else None),
            *([share(one["goal"] / one["sessions"] if one["sessions"] else None)] if goal else []),
        )
        for one in data["landed"]
    ]
    left = [(Cell(one["name"] or _("others")), count(one["sessions"])) for one in data["left"]]
    top = [one for one in data["landed"] if one["name"]][:MOST_BARS]
    series = (Series(pgettext("journey", "Sessions"), [one["sessions"] for one in top]),)
    chart = Chart("bar", [one["name"] for one in top], series, label_title=_("Landed on"))
    heads = (
        _("Landed on"),
        pgettext("journey", "Sessions"),
        _("Bounced"),
        *([_("Reached the goal")] if goal else []),
    )
    return Shown(
        finding=_sessions_finding(data),
        drawings=[Drawing(chart, _("Where sessions begin"), "sessions")],
        tables=[_measures(data), Table(_("Landing"), heads, landed),
                Table(_("Leaving"), (_("Left from"), pgettext("journey", "Sessions")), left)],
        notes=data["notes"],
    )  # fmt: skip


def _measures(data: Mapping[str, Any]) -> Table:
    def row(title: str, key: str, words: Callable[[float | None], str]) -> tuple[Cell, ...]:
        return (Cell(title), *(Cell(words(data[key][name])) for name in ("p10", "median", "p90")))

    heads = (_("Measure"), _("One in ten at most"), _("Half at most"), _("Nine in ten at most"))
    rows = [
        row(_("Length"), "seconds", seconds_words),
        row(_("Events in a session"), "events_each", numbers.grouped),
        row(_("Sessions of a person"), "sessions_each", numbers.grouped),
    ]
    return Table(_("How long, how much, how often"), heads, rows)


def _sessions_finding(data: Mapping[str, Any]) -> str:
    if not data["count"]:
        return _("There is no session in this period.")
    words = {
        "sessions": numbers.grouped(data["count"]),
        "people": numbers.grouped(data["people"]),
        "bounced": numbers.percent(data["bounced"]["share"]),
    }
    if "goal" not in data:
        return _("%(sessions)s sessions of %(people)s people; %(bounced)s end after one event") % words
    words["goal"] = numbers.percent(data["goal"]["share"])
    return _("%(goal)s of %(sessions)s sessions reach the goal; %(bounced)s end after one event") % words


def lifecycle(data: Mapping[str, Any], _link: Link) -> Shown:
    unit, periods = data["lifecycle"]["unit"], data["periods"]
    titles = {
        "new": _("New"), "returning": _("Returning"), "resurrected": _("Resurrected"),
        "dormant": _("Dormant"),
    }  # fmt: skip
    names = [begin_words(one["from"], unit) for one in periods]
    series = [
        Series(title, [_signed(one[key], key) for one in periods], muted=key == "dormant")
        for key, title in titles.items()
    ]
    rows = [
        (Cell(name), count(one["active"]), *(count(one[key]) for key in titles))
        for name, one in zip(names, periods, strict=True)
    ]
    chart = Chart("stacked", names, series, label_title=pgettext("period", "From"))
    return Shown(
        finding=_lifecycle_finding(periods, unit),
        drawings=[Drawing(chart, _("Who comes, and who stays away"), "lifecycle")],
        tables=[Table(_("By period"), (pgettext("period", "From"), _("Active"), *titles.values()), rows)],
        notes=data["notes"],
    )


def _signed(people: int | None, key: str) -> int | None:
    """Those who stay away stand below the line."""
    return -people if people and key == "dormant" else people


def _lifecycle_finding(periods: Sequence[Mapping[str, Any]], unit: str) -> str:
    known = [one for one in periods if one["active"] is not None]
    if not known:
        return _("Nobody was active in this period.")
    whole = known[-2] if len(known) > 1 else known[-1]  # the last one is seldom over
    return _("From %(day)s: %(active)s active, %(new)s of them new; %(dormant)s fell asleep") % {
        "day": begin_words(whole["from"], unit),
        **{key: numbers.grouped(whole[key]) for key in ("active", "new", "dormant")},
    }


def stickiness(data: Mapping[str, Any], _link: Link) -> Shown:
    unit = data["stickiness"]["unit"]
    periods = [one for one in data["periods"] if one["days"]]
    names = [begin_words(one["from"], unit) for one in periods]
    chart = Chart(
        "line",
        names,
        (Series(_("Stickiness"), [one["stickiness"] for one in periods], unit="percent"),),
        label_title=pgettext("period", "From"),
    )
    rows = [
        (Cell(name), count(one["people"]), count(one["each_day"], 1), share(one["stickiness"]))
        for name, one in zip(names, periods, strict=True)
    ]
    heads = (pgettext("period", "From"), pgettext("journey", "People"), _("On a day"), _("Stickiness"))
    return Shown(
        finding=_stickiness_finding(periods, unit),
        drawings=[Drawing(chart, _("People on a day over people of the period"), "stickiness"),
                  *_days_active(periods)],
        tables=[Table(_("By period"), heads, rows)],
        notes=data["notes"],
    )  # fmt: skip


def _days_active(periods: Sequence[Mapping[str, Any]]) -> list[Drawing]:
    """On how many days people came, all periods together."""
    width = max((len(one["by_days"]) for one in periods), default=0)
    if not width:
        return []
    held = [sum(one["by_days"][day] for one in periods if day < len(one["by_days"])) for day in range(width)]
    labels = [str(day + 1) for day in range(width)]
    chart = Chart("column", labels, (Series(pgettext("journey", "People"), held),), label_title=_("Days"))
    return [Drawing(chart, _("On how many days people come"), "days-active")]


def _stickiness_finding(periods: Sequence[Mapping[str, Any]], unit: str) -> str:
    known = [one for one in periods if one["stickiness"] is not None]
    if not known:
        return _("Nobody was active in this period.")
    last = known[-1]
    return _("From %(day)s: on a day %(share)s of the period's %(people)s people come") % {
        "day": begin_words(last["from"], unit),
        "share": numbers.percent(last["stickiness"]),
        "people": numbers.grouped(last["people"]),
    }


SHOWN: Mapping[str, Callable[[Mapping[str, Any], Link], Shown]] = {
    "funnel": funnel,
    "retention": retention,
    "paths": paths,
    "attribution": attribution,
    "sessions": sessions,
    "lifecycle": lifecycle,
    "stickiness": stickiness,
}
