"""How waves are said and drawn: paths before and after, what chance does, effects as sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from remit.learning.enums import PilotStage, WaveAdvice, WaveRole, WaveStage
from remit.learning.models import Wave, WaveReading, WaveUnit
from remit.metrics.catalog.spec import Metric

from .. import numbers
from ..charts import Chart, Series

PILOT_TONES = {PilotStage.OPEN: "accent", PilotStage.ROLLED_OUT: "good"}
WAVE_TONES = {WaveStage.RUNNING: "accent", WaveStage.READ: "warn", WaveStage.PASSED: "good"}
ADVICE_TONES = {WaveAdvice.GO_ON: "good", WaveAdvice.STOP: "bad", WaveAdvice.WAIT: "accent"}
BINS = 21


@dataclass(frozen=True, slots=True)
class Place:
    """One outlet or region of a wave, with its figure in a mean week before the start in words."""

    name: str
    code: str
    level: str
    weight: float | None


def places_of(units: Sequence[WaveUnit], role: WaveRole, metric: Metric | None, currency: str) -> list[Place]:
    """Those of one role, in their order."""
    return [
        Place(one.name, one.code, level_of(one.level, metric, currency), one.weight)
        for one in units
        if one.role == role
    ]


def level_of(value: float, metric: Metric | None, currency: str) -> str:
    """A figure as its metric is written."""
    if metric is None:
        return numbers.grouped(value)
    return numbers.figure(
        value, metric.unit, currency=currency, language=get_language() or "zh-hant", brief=False
    )


def paths(drawn: dict[str, Any], starts_on: date) -> Chart:
    """Those that try it beside those they are compared with, week by week; 1 is the mean before the start.

    What they did since the start is a line of its own, which begins where the one before ends.
    """
    weeks = [date.fromisoformat(week) for week in drawn["weeks"]]
    before, ours = sum(week < starts_on for week in weeks), drawn["ours"]
    lines = [
        Series(
            _("Tries it, before"),
            [*ours[:before], *[None] * (len(ours) - before)],
            unit="percent",
            muted=True,
        ),
        Series(_("Compared with"), drawn["theirs"], unit="percent", dashed=True),
    ]
    if before < len(weeks):
        since = [*[None] * (before - 1), *ours[before - 1 :]]
        lines.insert(0, Series(_("Tries it, since the start"), since, unit="percent"))
    labels = [_short(week) for week in weeks]
    return Chart("line", labels, lines, label_title=_("Week"), target=1.0)


def chance(reading: WaveReading) -> Chart | None:
    """How often other sets went how far their own way, and where this one lies; none where it cannot be."""
    values, own = reading.drawn.get("chance", []), reading.value
    if not values or own is None:
        return None
    most = max(map(abs, (*values, own))) or 0.01
    width = 2 * most / BINS
    counts = [0] * BINS
    for one in values:
        counts[_bin(one, most, width)] += 1
    here = _bin(own, most, width)
    others = [0 if place == here else count for place, count in enumerate(counts)]
    ours = [counts[here] + 1 if place == here else 0 for place in range(BINS)]
    labels = [numbers.change(-most + width * (place + 0.5)) for place in range(BINS)]
    return Chart(
        "stacked", labels,
        (Series(_("Sets drawn by lot"), others, muted=True), Series(_("Where this one lies"), ours)),
        label_title=_("Effect"),
    )  # fmt: skip


def _bin(value: float, most: float, width: float) -> int:
    return min(max(int((value + most) / width), 0), BINS - 1)


def effect_said(reading: WaveReading) -> str:
    """The effect with its interval in a sentence."""
    if reading.value is None:
        return str(reading.get_because_display())
    said = {"effect": numbers.change(reading.value), "p": numbers.grouped(reading.p, 3)}
    if reading.low is None or reading.high is None:
        return _("%(effect)s against the others; what chance does cannot be said.") % said
    said |= {"low": numbers.change(reading.low), "high": numbers.change(reading.high)}
    return _("%(effect)s against the others (95 %%: %(low)s to %(high)s; p = %(p)s).") % said


def sight_said(wave: Wave) -> str:
    """What would be seen, in a sentence."""
    smallest, power = wave.foreseen.get("smallest"), wave.foreseen.get("power")
    planned = numbers.change(wave.pilot.planned_effect)
    if smallest is None:
        return _(
            "How small an effect would be seen cannot be said: the past is too short, or others too few."
        )
    said = {
        "smallest": numbers.percent(smallest), "planned": planned, "power": numbers.percent(power, 0),
    }  # fmt: skip
    if smallest > abs(wave.pilot.planned_effect):
        return (
            _(
                "It sees effects from %(smallest)s on. The planned %(planned)s would be missed too often "
                "(seen in %(power)s of trials): choose more outlets, more weeks, or a calmer figure."
            )
            % said
        )
    return _("It sees effects from %(smallest)s on; the planned %(planned)s in %(power)s of trials.") % said


def days_left_said(wave: Wave, on: date) -> str:
    """How long it still runs."""
    days = max((wave.last_on - on).days, 0)
    return ngettext("%d day left", "%d days left", days) % days


def _short(day: date) -> str:
    return (
        f"{day.month}/{day.day}" if (get_language() or "").startswith("en") else f"{day.month}月{day.day}日"
    )
