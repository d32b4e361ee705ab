"""The charts of a goal: its parts against what came, and its history with what lies ahead."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from remit.goals.models import Goal
from remit.goals.queries.goal_figures import Sight
from remit.goals.queries.goals import measured
from remit.goals.queries.outlook import Outlook

from ..charts import Chart, Series
from .row import PartRow

HISTORY_MOST = 104


def parts_chart(goal: Goal, rows: Sequence[PartRow], sight: Sight) -> Chart:
    """Of each part its target, what came, and what is forecast of it."""
    unit = measured(goal, sight.metrics).unit
    targets = [_number(row.part.target) for row in rows]
    came = [_number(row.row.came) for row in rows]
    ahead = [row.prospect.mean if row.prospect else None for row in rows]
    series = [Series(_("Target"), targets, unit=unit, currency=goal.currency, muted=True)]
    if any(value is not None for value in came):
        series.append(Series(_("Actual"), came, unit=unit, currency=goal.currency))
    if any(value is not None for value in ahead):
        name = pgettext("goal", "Forecast")
        series.append(Series(name, ahead, unit=unit, currency=goal.currency, estimate=True))
    return Chart("column", [row.short for row in rows], series, label_title=pgettext("goal", "Part"))


def history_chart(goal: Goal, outlook: Outlook, sight: Sight) -> Chart:
    """What came by month or week, and the forecast within its limits."""
    unit = measured(goal, sight.metrics).unit
    buckets = outlook.buckets[-HISTORY_MOST:]
    low, high = outlook.forecast.band()
    labels = [_label(outlook, bucket.period.first) for bucket in buckets]
    labels += [_label(outlook, period.first) for period in outlook.ahead]
    gap: list[float | None] = [None] * len(buckets)
    past = [bucket.value for bucket in buckets] + [None] * len(outlook.ahead)
    return Chart(
        "line",
        labels,
        (
            Series(_("Actual"), past, unit=unit, currency=goal.currency),
            Series(
                pgettext("goal", "Forecast"), gap + [float(each) for each in outlook.forecast.mean],
                unit=unit, currency=goal.currency, estimate=True,
                low=gap + [float(each) for each in low], high=gap + [float(each) for each in high],
            ),
        ),
        label_title=_("Month") if outlook.grain == "month" else _("Week"),
    )  # fmt: skip


def _label(outlook: Outlook, first: object) -> str:
    return f"{first:%Y-%m}" if outlook.grain == "month" else f"{first:%Y-%m-%d}"


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
