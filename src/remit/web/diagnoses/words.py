"""How diagnoses are said: tones, what came of a remedy."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, pgettext_lazy

from remit.learning.enums import DiagnosisStage, Outcome, WhyVerdict
from remit.learning.models import Remedy
from remit.metrics.catalog.spec import Metric, Unit
from remit.metrics.queries.definitions import catalogue

from .. import numbers
from ..figures.reading import say

STAGE_TONES = {DiagnosisStage.OPEN: "accent", DiagnosisStage.CONCLUDED: "good"}
VERDICT_TONES = {WhyVerdict.HOLDS: "accent", WhyVerdict.ROOT: "bad", WhyVerdict.OPEN: "warn"}
VERDICT_ICONS = {
    WhyVerdict.HOLDS: "arrow-down", WhyVerdict.ROOT: "target", WhyVerdict.RULED_OUT: "x",
    WhyVerdict.OPEN: "help-circle",
}  # fmt: skip
OUTCOME_TITLES = {
    Outcome.HELD: pgettext_lazy("remedy", "As expected, or more"),
    Outcome.LESS: pgettext_lazy("remedy", "Less than expected"),
    Outcome.UNKNOWN: pgettext_lazy("remedy", "Cannot be said"),
}
OUTCOME_TONES = {Outcome.HELD: "good", Outcome.LESS: "warn"}


@dataclass(frozen=True, slots=True)
class Act:
    """A remedy as shown: its figure by name, what is expected of it, what was read."""

    row: Remedy
    metric: str
    expected: str
    before: str
    after: str
    found: str
    outcome: str
    tone: str
    may_settle: bool = False


def act_of(row: Remedy, currency: str, *, may_settle: bool = False) -> Act:
    """The remedy in words; amounts in the currency of its company."""
    metric = catalogue().get(row.metric)
    return Act(
        row, say(metric.title) if metric else row.metric, signed(row.expected),
        _figure(row.before, metric, currency), _figure(row.after, metric, currency), signed(row.found),
        str(OUTCOME_TITLES[Outcome(row.outcome)]) if row.outcome else "",
        OUTCOME_TONES.get(Outcome(row.outcome), "") if row.outcome else "", may_settle,
    )  # fmt: skip


def signed(share: Decimal | None) -> str:
    """A change with its sign; nothing where nothing was read."""
    if share is None:
        return ""
    return f"+{numbers.percent(share)}" if share > 0 else numbers.percent(share)


def _figure(value: Decimal | None, metric: Metric | None, currency: str) -> str:
    if value is None:
        return ""
    unit = metric.unit if metric else Unit.COUNT
    return numbers.figure(value, unit, currency=currency, language=get_language() or "zh-hant", brief=False)
