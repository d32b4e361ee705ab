"""What a campaign came to, read from data."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from remit.core.period import Period
from remit.metrics.engine.errors import CannotAnswer, CannotSplit
from remit.metrics.engine.question import Condition, Question
from remit.metrics.queries import ask
from remit.org.queries.scopes import within

from ..models import Measure, Plan


@dataclass(frozen=True, slots=True)
class Read:
    """``value`` in the unit of the metric; ``source``: the metric, and of which rows it was read.

    ``until``: the last day that all data behind it reach.
    """

    value: Decimal
    source: str
    until: date | None = None


def results_of(plan: Plan) -> dict[int, Read]:
    """The figure of each measure that names a metric, over the plan's days, by measure.

    Of the campaign's own rows where the metric knows campaigns, else of the whole unit. Measures without
    data are left out.
    """
    found = {}
    for measure in plan.measures.exclude(metric=""):
        if (read := result_over(plan, measure, Period(plan.starts_on, plan.ends_on))) is not None:
            found[measure.pk] = read
    return found


def result_over(plan: Plan, measure: Measure, period: Period) -> Read | None:
    """The figure of a measure with a metric over some days; none without data."""
    question = Question(
        metrics=(measure.metric,),
        scope=within([plan.unit]),
        period=period,
        currency=plan.currency,
    )
    try:
        own = replace(question, where=(Condition("campaign", (_code(plan),)),))
        return _value(own, measure, _("rows of the campaign"))
    except CannotSplit:
        try:
            return _value(question, measure, _("all rows of the unit in these days"))
        except CannotAnswer:
            return None
    except CannotAnswer:  # the campaign is in no facts yet
        return None


def _value(question: Question, measure: Measure, rows: str) -> Read | None:
    (answer,) = ask(question)
    value = answer.value(measure.metric)
    if value is None:
        return None
    ends = [entry.last for entry in answer.freshness]
    until = None if not ends or None in ends else min(day for day in ends if day is not None)
    return Read(Decimal(str(value)), f"{measure.metric} · {rows}"[:200], until)


def _code(plan: Plan) -> str:
    return plan.campaign.code if plan.campaign else plan.code
