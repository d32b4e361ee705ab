"""Where a funnel loses more people than elsewhere, found and said. How: ``docs/how/funnels.md``."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from remit.core.text import Text
from remit.kernels.experiments.comparing import holm
from remit.kernels.proportions import smaller_share

from .funnel import FunnelAnswer
from .specification import Attribution, Order

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Loss:
    """Of ``people`` at a step ``stayed`` went on; ``elsewhere``: the share of whom they are compared with.

    ``step`` counts from 0; ``value``: of the breakdown, None for the step as a whole. ``chance``: the
    p-value, corrected.
    """

    step: int
    then: int
    value: str | None
    people: int
    stayed: int
    elsewhere: float
    chance: float

    @property
    def share(self) -> float:
        return self.stayed / self.people

    @property
    def beyond(self) -> float:
        """People who would have gone on if as many did as elsewhere."""
        return self.people * self.elsewhere - self.stayed

    @property
    def significant(self) -> bool:
        return self.chance < ALPHA


@dataclass(frozen=True, slots=True)
class Losses:
    """``step``: the one with the smallest share that goes on, None where nobody is. ``value``: of those that
    lose significantly more than the others the one with most people; ``compared``: how many there were."""

    step: Loss | None
    value: Loss | None
    compared: int


def losses_of(answer: FunnelAnswer) -> Losses:
    """Of a funnel of two steps or more."""
    required = [place for place, step in enumerate(answer.funnel.steps) if not step.optional]
    moves = list(pairwise(required))
    found = _steps(answer.tally.people.tolist(), moves)
    step = min(found, key=lambda one: (one.share, one.step), default=None)
    values: list[Loss] = []
    if answer.funnel.breakdown is not None and answer.funnel.breakdown.by is Attribution.FIRST:
        values = _values(answer, moves)
    significant = [one for one in values if one.significant]
    told = max(significant, key=lambda one: (one.beyond, -one.step), default=None)
    return Losses(step, told, len(values))


def _steps(people: Sequence[int], moves: list[tuple[int, int]]) -> list[Loss]:
    """Each step beside all others together."""
    counted = [(step, then, people[step], people[then]) for step, then in moves if people[step]]
    all_people, all_stayed = sum(one[2] for one in counted), sum(one[3] for one in counted)
    compared = [(*one, all_stayed - one[3], all_people - one[2]) for one in counted]
    chances = holm([smaller_share(one[3], one[2], one[4], one[5]) for one in compared])
    return [
        Loss(step, then, None, at, stayed, others / of if of else stayed / at, chance)
        for (step, then, at, stayed, others, of), chance in zip(compared, chances, strict=True)
    ]


def _values(answer: FunnelAnswer, moves: list[tuple[int, int]]) -> list[Loss]:
    """Each step and value beside all other people at that step."""
    table = answer.tally.by_value.tolist()
    whole = answer.tally.by_value.sum(axis=0).tolist()
    compared = [
        (step, then, answer.values[place] or "", row[step], row[then], whole[then] - row[then], of)
        for step, then in moves
        for place, row in enumerate(table)
        if row[step] and (of := whole[step] - row[step])
    ]
    chances = holm([smaller_share(one[4], one[3], one[5], one[6]) for one in compared])
    return [
        Loss(step, then, value, at, stayed, others / of, chance)
        for (step, then, value, at, stayed, others, of), chance in zip(compared, chances, strict=True)
    ]


def sentence_of(answer: FunnelAnswer, losses: Losses) -> Text:
    """What was found, in words."""
    step = losses.step
    if step is None:
        return Text("沒有人走到第一步。", "Nobody reached the first step.")
    parts = [_step_sentence(answer, step)]
    if losses.value is not None:
        parts.append(_value_sentence(answer, losses.value, losses.compared))
    elif losses.compared:
        parts.append(_nowhere(answer, losses.compared))
    return Text("".join(part.zh_hant for part in parts), " ".join(part.en for part in parts))


def _named(answer: FunnelAnswer, place: int) -> Text:
    """A step by its name; in any order a step is how many of them."""
    if answer.funnel.order is Order.ANY:
        return Text(f"任 {place + 1} 步", f"any {place + 1} of the steps")
    name = answer.funnel.steps[place].name
    return Text(f"「{name}」", f"“{name}”")


def _step_sentence(answer: FunnelAnswer, loss: Loss) -> Text:
    low, high = _named(answer, loss.step), _named(answer, loss.then)
    gone = loss.people - loss.stayed
    marked = ("", "")
    if loss.significant:
        marked = "，流失率顯著高於其他步驟", ", significantly more than at the other steps"
    return Text(
        f"流失最多的一步是{low.zh_hant}到{high.zh_hant}：{loss.people:,} 人中有 {gone:,} 人"
        f"（{1 - loss.share:.1%}）沒有繼續{marked[0]}。",
        f"The step from {low.en} to {high.en} loses most: {gone:,} of {loss.people:,} people"
        f" ({1 - loss.share:.1%}) do not go on{marked[1]}.",
    )


def _value_sentence(answer: FunnelAnswer, loss: Loss, compared: int) -> Text:
    low, high = _named(answer, loss.step), _named(answer, loss.then)
    column = _column(answer)
    zh, en = (f"「{loss.value}」", f"“{loss.value}”") if loss.value else ("空", "missing")
    chance = "< 0.0001" if loss.chance < 0.0001 else f"= {loss.chance:.4f}"
    more = max(round(loss.beyond), 1)
    return Text(
        f"其中 {column} 為{zh}的人最值得注意：從{low.zh_hant}到{high.zh_hant}，{loss.people:,} 人中只有"
        f" {loss.stayed:,} 人（{loss.share:.1%}）繼續，其他人則有 {loss.elsewhere:.1%}；"
        f"若與其他人相同，會多 {more:,} 人（比較 {compared} 次，經 Holm 校正，p {chance}）。",
        f"Most can be won back where {column} is {en}: from {low.en} to {high.en} only {loss.stayed:,} of"
        f" {loss.people:,} people ({loss.share:.1%}) go on, elsewhere {loss.elsewhere:.1%}; if as many did as"
        f" there, {more:,} more would (Holm-corrected for {compared} comparisons, p {chance}).",
    )


def _nowhere(answer: FunnelAnswer, compared: int) -> Text:
    column = _column(answer)
    return Text(
        f"沒有一個 {column} 的流失率顯著高於其他（比較 {compared} 次，經 Holm 校正，顯著水準 {ALPHA:.0%}）。",
        f"No {column} loses significantly more than the others"
        f" ({compared} comparisons, Holm-corrected, at {ALPHA:.0%}).",
    )


def _column(answer: FunnelAnswer) -> str:
    breakdown = answer.funnel.breakdown
    return (breakdown.title or breakdown.column) if breakdown else ""
