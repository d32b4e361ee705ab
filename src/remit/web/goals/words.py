"""Goals in words: figures by their unit, pace, chance, the names of the models behind a forecast."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from remit.goals.models import Goal
from remit.goals.pacing import REALISTIC
from remit.goals.queries.goal_figures import Standing
from remit.goals.queries.goals import measured
from remit.metrics.catalog.spec import Metric

from .. import numbers
from ..templatetags.figures import say

MODELS: Mapping[str, Any] = {
    "drift": pgettext_lazy("forecast", "Drift"),
    "damped_trend": pgettext_lazy("forecast", "Damped trend (Holt)"),
    "theta": pgettext_lazy("forecast", "Theta"),
    "seasonal_naive": pgettext_lazy("forecast", "Last season with drift"),
    "holt_winters_additive": pgettext_lazy("forecast", "Holt-Winters, additive"),
    "holt_winters_multiplicative": pgettext_lazy("forecast", "Holt-Winters, multiplicative"),
}


def metric_title(goal: Goal, metrics: Mapping[str, Metric]) -> str:
    """What is measured."""
    if goal.is_manual:
        return _("Readings by hand")
    return say(metrics[goal.metric].title) if goal.metric in metrics else goal.metric


def written(value: Any, goal: Goal, metrics: Mapping[str, Metric], *, brief: bool = False) -> str:
    """A value in the unit of the goal."""
    unit = measured(goal, metrics).unit if goal.metric else "count"
    language = get_language() or "zh-hant"
    return numbers.figure(value, unit, currency=goal.currency, language=language, brief=brief)


def pace_words(standing: Standing | None, starts_on: date | None) -> str:
    """``at this pace 92%``, or why there is no pace."""
    if standing is None:
        return ""
    if not standing.is_seen:
        return _("not yours to see")
    pace = standing.pace
    if standing.fresh is not None and not pace.gone:
        return _("not begun")
    if pace.pace is None:
        return _("no data")
    if pace.gone >= 1:
        return pgettext("goal", "its days are over")
    return _("at this pace %s") % numbers.percent(pace.pace, 0)


def tone_of(standing: Standing | None) -> str:
    """``good``, ``bad`` or nothing."""
    good = standing.pace.is_good if standing is not None and standing.is_seen else None
    return {True: "good", False: "bad"}.get(good, "") if good is not None else ""


def chance_words(chance: float | None) -> str:
    """A probability as people say it: nothing is certain, and nothing is impossible."""
    if chance is None:
        return ""
    if chance < 0.01:
        return _("below 1%")
    if chance > 0.99:
        return _("above 99%")
    return numbers.percent(chance, 0)


def short_title(goal: Goal) -> str:
    """A part's own name, without that of the whole."""
    return goal.title.partition(" · ")[0]


def is_unrealistic(chance: float | None) -> bool:
    """Whether a chance is below what the handbook calls realistic."""
    return chance is not None and chance < REALISTIC


def growth_words(goal: Goal) -> str:
    """``+30%`` over the baseline; nothing where that cannot be said."""
    if not goal.baseline or goal.target is None:
        return ""
    return numbers.change(Decimal(goal.target) / Decimal(goal.baseline) - 1)
