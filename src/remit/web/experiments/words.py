"""How readings are said: advice, figures with their intervals as small drawings, days left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from remit.learning.enums import Advice, ExperimentStage, MetricRole
from remit.learning.models import Experiment, Reading
from remit.learning.queries.newest import newest_readings
from remit.metrics.catalog.spec import Better, Metric
from remit.metrics.queries.definitions import catalogue

from ..charts import Chart, Series

TONES = {
    ExperimentStage.RUNNING: "accent", ExperimentStage.READ: "warn", ExperimentStage.ROLLED_OUT: "good",
    ExperimentStage.SCORED: "good",
}  # fmt: skip
ADVICE_TONES = {Advice.SHIP: "good", Advice.STOP: "bad", Advice.EXTEND: "warn", Advice.WAIT: "accent"}
EDGE = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of one treatment as it is shown; ``low`` and ``high`` are shares of the control."""

    metric: Metric
    role: str
    variant: str
    control: float | None
    treatment: float | None
    share: float | None
    low: float | None
    high: float | None
    p: float | None
    tone: str
    drawing: SafeString

    @property
    def role_title(self) -> str:
        return str(MetricRole(self.role).label)


def with_newest(rows: Iterable[Experiment]) -> None:
    """Give each its newest reading, as ``newest``, for the column of advice."""
    listed = list(rows)
    found = newest_readings(listed)
    for row in listed:
        row.newest = found.get(row.pk)  # type: ignore[attr-defined]  # for the column below


def advice_of(row: Experiment) -> str:
    """What the rule said last; nothing before the first reading."""
    newest = getattr(row, "newest", None)
    return newest.get_advice_display() if newest else ""


def lines_of(reading: Reading, experiment: Experiment) -> list[Line]:
    """The figures of a reading, all drawn to one scale."""
    known, titles = catalogue(), {one.code: one.title for one in experiment.variants.all()}
    rows = [row for row in reading.figures if row["metric"] in known]
    ends = [abs(row[name]) for row in rows for name in ("share_low", "share_high") if row[name] is not None]
    scale = min(max(ends, default=0.1), 1.0) or 0.1
    return [
        _line(row, known[row["metric"]], titles.get(row["variant"], row["variant"]), scale) for row in rows
    ]


def _line(row: dict[str, Any], metric: Metric, variant: str, scale: float) -> Line:
    low, high = row["share_low"], row["share_high"]
    falls = metric.better is Better.DOWN
    above, below = low is not None and low > 0, high is not None and high < 0
    tone = "good" if (below if falls else above) else "bad" if (above if falls else below) else "flat"
    drawing = whisker(row["share"], low, high, scale, tone)
    return Line(
        metric, row["role"], variant, row["control"], row["treatment"], row["share"], low, high,
        row["adjusted"], tone, drawing,
    )  # fmt: skip


def whisker(
    value: float | None, low: float | None, high: float | None, scale: float, tone: str
) -> SafeString:
    """An interval as a line, the estimate as a dot, zero as a mark; nothing where nothing may be said."""
    if value is None or low is None or high is None:
        return SafeString("")
    left, dot, right = (_place(one, scale) for one in (low, value, high))
    return format_html(
        '<svg class="whisker whisker-{}" viewBox="0 0 200 14" aria-hidden="true">'
        '<line class="whisker-zero" x1="100" x2="100" y1="0" y2="14"/>'
        '<line class="whisker-line" x1="{}" x2="{}" y1="7" y2="7"/><circle cx="{}" cy="7" r="4"/></svg>',
        tone, left, right, dot,
    )  # fmt: skip


def _place(value: float, scale: float) -> str:
    return f"{min(max(100 + value / scale * (100 - EDGE), EDGE), 200 - EDGE):.1f}"


def over_time(readings: Iterable[Reading], variants: dict[str, str], day_title: str) -> Chart:
    """The primary figure's difference day by day, with the interval that holds at all looks together."""
    looks = [one for one in readings if one.is_look]
    series = []
    for code, title in variants.items():
        rows = [_primary(one, code) for one in looks]
        series.append(
            Series(
                title,
                [row.get("share") for row in rows],
                unit="percent",
                low=[row.get("share_low") for row in rows],
                high=[row.get("share_high") for row in rows],
            )
        )
    return Chart("line", [_short(one.through_on) for one in looks], series, label_title=day_title, target=0.0)


def _primary(reading: Reading, code: str) -> dict[str, Any]:
    """Its numbers once there is an interval: before that a line would invite guessing."""
    for row in reading.figures:
        if row["role"] == MetricRole.PRIMARY and row["variant"] == code and row["share_low"] is not None:
            found: dict[str, Any] = row
            return found
    return {}


def _short(day: date) -> str:
    return (
        f"{day.month}/{day.day}" if (get_language() or "").startswith("en") else f"{day.month}月{day.day}日"
    )
