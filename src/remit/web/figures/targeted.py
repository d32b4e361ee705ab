"""Targets beside figures: those of a question, and how far each has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.period import Period
from remit.metrics.catalog.spec import Better, Metric
from remit.metrics.engine.answer import Answer
from remit.metrics.engine.question import Question
from remit.metrics.models import Target
from remit.metrics.queries import ask
from remit.metrics.queries.targets import targets_for

from .. import numbers
from .asked import Asked
from .reading import say
from .refusals import REFUSALS
from .sight import Sight
from .words import period_words


def targets_of(asked: Asked, sight: Sight, period: Period | None) -> Mapping[tuple[str, str], Any]:
    """Targets over exactly the answered period, by metric and currency; no unit named: the widest one's."""
    if asked.compare != "target" or period is None:
        return {}
    found = targets_for(sight.person, asked.metrics, sight.unit(asked.unit), period)
    kept: dict[tuple[str, str], Any] = {}
    for target in found:
        kept.setdefault((target.metric, target.currency), target.value)
    return kept


@dataclass(frozen=True, slots=True)
class Progress:
    """A target and where it stands. ``elapsed``: share of its days that the data reach, 0 before it began."""

    target: Target
    metric: Metric | None
    value: Any
    elapsed: float
    fresh: date | None

    @property
    def title(self) -> str:
        return say(self.metric.title) if self.metric else self.target.metric

    @property
    def unit_title(self) -> str:
        return str(self.target.unit.title(get_language() or "zh-hant"))

    @property
    def days(self) -> str:
        return period_words(Period(self.target.first, self.target.last))

    @property
    def measure(self) -> str:
        return str(self.metric.unit) if self.metric else "count"

    def written(self, value: Any) -> str:
        """A value in the unit of the metric."""
        language = get_language() or "zh-hant"
        currency = self.target.currency
        return numbers.figure(value, self.measure, currency=currency, language=language, brief=False)

    @property
    def reached(self) -> float | None:
        """The share of the target that is reached."""
        if self.value is None or not self.target.value:
            return None
        return float(self.value) / float(self.target.value)

    @property
    def fill(self) -> str:
        """How far the bar is drawn."""
        return f"{min(100.0, max(0.0, (self.reached or 0) * 100)):.1f}%"

    @property
    def tone(self) -> str:
        """``good``, ``bad`` or empty: whether it is on its way, by the days gone where figures add up."""
        if self.reached is None or self.metric is None or not self.elapsed:
            return ""
        if self.metric.better == Better.DOWN:
            return "good" if self.value <= self.target.value else "bad"
        expected = self.elapsed if adds_over_time(self.metric) else 1.0
        return "good" if self.reached >= expected else "bad"

    @property
    def words(self) -> str:
        """``84% reached, 60% of the days gone``."""
        if self.fresh is not None and not self.elapsed:
            return _("not begun")
        if self.reached is None:
            return _("no data")
        words = {"reached": numbers.percent(self.reached, 0), "elapsed": numbers.percent(self.elapsed, 0)}
        if self.elapsed >= 1:
            return _("%(reached)s reached") % words
        return _("%(reached)s reached, %(elapsed)s of the days gone") % words


def adds_over_time(metric: Metric) -> bool:
    """Whether the figure grows with the days gone: an amount or a count does, a ratio does not."""
    return metric.unit in ("money", "count")


def questions_of_targets(targets: Iterable[Target], sight: Sight) -> list[Question]:
    """One question a target, over the target's own days and unit."""
    return [
        Question(
            metrics=(target.metric,),
            scope=sight.scope,
            within=sight.within(target.unit.code),
            period=Period(target.first, target.last),
            currency=target.currency or None,
        )
        for target in targets
    ]


def progress(targets: Sequence[Target], sight: Sight) -> list[Progress]:
    """How far each target has come; answered together, one by one where one cannot be answered."""
    known = [target for target in targets if target.metric in sight.metrics]
    questions = questions_of_targets(known, sight)
    try:
        answers: list[Answer | None] = list(ask(*questions))
    except REFUSALS:
        answers = [_alone(question) for question in questions]
    found = {target.pk: answer for target, answer in zip(known, answers, strict=True)}
    return [progress_of(target, sight, found.get(target.pk)) for target in targets]


def _alone(question: Question) -> Answer | None:
    try:
        return ask(question)[0]
    except REFUSALS:
        return None


def progress_of(target: Target, sight: Sight, answer: Answer | None) -> Progress:
    """The standing of one target, from the answer to its question."""
    metric = sight.metrics.get(target.metric)
    value: Decimal | None = None
    fresh = answer.last_day if answer else None
    if answer is not None and len(answer.rows) == 1:
        value = answer.rows[0][answer.names.index(target.metric)]  # type: ignore[assignment]  # a metric's cell is a number
    gone = (min(fresh, target.last) - target.first).days + 1 if fresh else 0
    total = (target.last - target.first).days + 1
    return Progress(target, metric, value, max(0.0, gone / total), fresh)
