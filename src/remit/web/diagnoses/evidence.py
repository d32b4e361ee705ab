"""Pieces of evidence as they are shown: figures as they stood, quotes, tests, things."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.ref import Ref
from remit.learning.enums import ClueKind
from remit.learning.models import Clue, Why
from remit.learning.queries.diagnosing import clues_of, thawed
from remit.metrics.saved import is_journey
from remit.notices.subjects import Subject
from remit.org.models import Unit

from .. import numbers
from ..charts import Chart
from ..experiments.words import advice_of, with_newest
from ..figures.asked import Asked
from ..figures.explored import Block, explored
from ..figures.filtering import condition_words
from ..figures.naming import journey_url, period_of, saved_words
from ..figures.sight import Sight
from ..figures.words import period_words, span_words
from ..journeys.shown_habits import SHOWN
from ..refs import resolve_all

ICONS = {
    ClueKind.FIGURE: "chart-line", ClueKind.QUOTE: "message", ClueKind.TEST: "bulb", ClueKind.THING: "link",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart of a figure, or, where it is a single one, its words."""

    title: str
    chart: Chart | None = None
    value: str = ""
    size: str = "low"


@dataclass(frozen=True, slots=True)
class Evidence:
    """``about``: what was asked, of which segment and days; ``said``: sentences that were found with it."""

    clue: Clue
    icon: str
    drawn: Sequence[Drawn] = ()
    about: str = ""
    said: Sequence[str] = ()
    title: str = ""
    url: str = ""


def evidence_of(whys: Iterable[Why], unit: Unit, sight: Sight) -> dict[int, list[Evidence]]:
    """What each of these whys rests on, in its order, by the key of the why; a fixed number of queries."""
    clues = clues_of(whys)
    with_newest(clue.experiment for clue in clues if clue.experiment)
    refs = {ref for clue in clues if (ref := _ref_of(clue))}
    subjects = resolve_all(sight.person, refs)
    found: dict[int, list[Evidence]] = defaultdict(list)
    for clue in clues:
        found[clue.why_id].append(_shown(clue, unit, sight, subjects))
    return found


def _ref_of(clue: Clue) -> Ref | None:
    if clue.experiment_id is not None:
        return Ref("experiment", clue.experiment_id)
    return Ref.parse(clue.ref) if clue.ref else None


def _shown(clue: Clue, unit: Unit, sight: Sight, subjects: Mapping[Ref, Subject]) -> Evidence:
    bare = Evidence(clue, ICONS[ClueKind(clue.kind)])
    if clue.kind == ClueKind.FIGURE:
        return _journey(bare, sight) if is_journey(clue.question) else _figure(bare, unit, sight)
    ref = _ref_of(clue)
    if ref is None:
        return replace(bare, title=clue.url, url=clue.url)
    subject = subjects.get(ref)
    if subject is None:
        return bare
    test = clue.experiment
    about = " · ".join(filter(None, (test.get_stage_display(), advice_of(test)))) if test else ""
    return replace(bare, title=subject.title, url=subject.url, about=about)


def _figure(bare: Evidence, unit: Unit, sight: Sight) -> Evidence:
    """Drawn from what was kept; the link asks the same today, of the days that it was about."""
    kept, asked = bare.clue.answer, Asked.from_saved(bare.clue.question)
    answer = thawed(kept)
    found = explored(asked, [answer, answer], sight.metrics)
    days = answer.period
    period = period_words(days) if days else span_words(asked.period, None)
    parts = [saved_words(bare.clue.question, sight.metrics), *map(condition_words, asked.where), period]
    again = replace(asked, unit=asked.unit or unit.code, period=f"{days.first}..{days.last}" if days else "")
    said = [_("%d more rows were not kept.") % kept["left_out"]] if kept["left_out"] else []
    return replace(
        bare, drawn=[_drawn(block) for block in found.blocks], about=" · ".join(parts), said=said,
        url=f"{reverse('figures_explorer')}?{again.query()}",
    )  # fmt: skip


def _drawn(block: Block) -> Drawn:
    language = get_language() or "zh-hant"
    title = f"{block.metric.title.say(language)}{f' ({block.currency})' if block.currency else ''}"
    if block.chart is not None:
        return Drawn(title, block.chart, size=block.size or "low")
    value = numbers.figure(
        block.value, block.column.unit, currency=block.currency, language=language, brief=False
    )
    return Drawn(title, value=value)


def _journey(bare: Evidence, sight: Sight) -> Evidence:
    """Drawn as the page of journeys does, without ways to people."""
    question: Any = bare.clue.question
    shown = SHOWN[question["journey"]](bare.clue.answer["journey"], lambda _place, _then: "")
    parts = [saved_words(question, sight.metrics), span_words(period_of(question), None)]
    first = [Drawn(one.title, one.chart, size=one.size or "low") for one in shown.drawings[:1]]
    said = [text for text in (shown.finding, shown.loss) if text]
    return replace(bare, drawn=first, about=" · ".join(parts), said=said, url=journey_url(question, sight))
