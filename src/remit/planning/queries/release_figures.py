"""The figures that rules of release are judged on: of the line's campaign where they know campaigns."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from remit.core.period import Period
from remit.metrics.catalog.spec import Metric
from remit.metrics.catalog.spec import Unit as MetricUnit
from remit.metrics.engine.answer import Answer
from remit.metrics.engine.errors import CannotAnswer
from remit.metrics.engine.question import Condition, Question
from remit.metrics.queries import ask, catalogue
from remit.org.queries.scopes import within

from ..models import ReleaseRule
from ..release_terms import TRIED_DAYS, Seen

OF_CAMPAIGN, OF_UNIT = "campaign", "unit"  # whose rows were read


@dataclass(frozen=True, slots=True)
class Days:
    """``rows``: OF_CAMPAIGN or OF_UNIT. ``seen``: a window for each day, the newest last."""

    rows: str
    seen: tuple[Seen, ...]


def judged_figures() -> dict[str, Metric]:
    """Figures that a rule may be made of, by code: shares, ratios and money."""
    units = (MetricUnit.PERCENT, MetricUnit.RATIO, MetricUnit.MONEY)
    return {code: metric for code, metric in catalogue().items() if metric.unit in units}


def counted_figures() -> dict[str, Metric]:
    """Figures that count cases, by code."""
    return {code: metric for code, metric in catalogue().items() if metric.unit == MetricUnit.COUNT}


def newest(rule: ReleaseRule) -> Days | None:
    """The window up to the last day that all data behind the figure reach; none without data."""
    return _days(rule, 1)


def past(rule: ReleaseRule) -> Days | None:
    """A window for each of the last ``TRIED_DAYS`` days that have data."""
    return _days(rule, TRIED_DAYS)


def _days(rule: ReleaseRule, most: int) -> Days | None:
    whole = Question(
        metrics=tuple(dict.fromkeys((rule.metric, rule.counted))), scope=within([rule.line.budget.unit]),
        currency=rule.line.budget.currency,
    )  # fmt: skip
    plan = rule.line.plan
    choices = [(OF_UNIT, whole)]
    if plan is not None:
        code = plan.campaign.code if plan.campaign else plan.code
        choices.insert(0, (OF_CAMPAIGN, replace(whole, where=(Condition("campaign", (code,)),))))
    for rows, question in choices:
        try:
            (answer,) = ask(question)
            if (span := _span(answer)) is None:
                return None
            ends = _ends(span, rule.days, most)
            windows = [
                replace(question, period=Period(on - timedelta(days=rule.days - 1), on)) for on in ends
            ]
            answers = ask(*windows) if windows else []
        except CannotAnswer:  # the figure does not know campaigns, or this one is in no facts yet
            continue
        return Days(rows, tuple(_seen(rule, on, one) for on, one in zip(ends, answers, strict=True)))
    return None


def _span(answer: Answer) -> Period | None:
    """The days that all tables behind an answer hold."""
    firsts = [entry.first for entry in answer.freshness if entry.first]
    lasts = [entry.last for entry in answer.freshness if entry.last]
    if not firsts or len(lasts) < len(answer.freshness) or max(firsts) > min(lasts):
        return None
    return Period(max(firsts), min(lasts))


def _ends(span: Period, days: int, most: int) -> list[date]:
    """The last days of whole windows within the data, the newest last."""
    first = span.first + timedelta(days=days - 1)
    count = min(most, (span.last - first).days + 1)
    return [span.last - timedelta(days=back) for back in range(count - 1, -1, -1)]


def _seen(rule: ReleaseRule, on: date, answer: Answer) -> Seen:
    return Seen(on, _figure(answer, rule.metric), _figure(answer, rule.counted))


def _figure(answer: Answer, name: str) -> Decimal | None:
    value = answer.value(name) if len(answer.rows) == 1 else None
    return None if value is None else Decimal(str(value))


def rules_to_look_at() -> Iterable[int]:
    """Ids of those that are live."""
    return list(ReleaseRule.objects.filter(state="live").order_by("pk").values_list("pk", flat=True))
