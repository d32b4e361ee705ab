"""One goal in one line: its figures in words, and where it stands."""

from dataclasses import dataclass
from decimal import Decimal

from remit.goals.models import Goal
from remit.goals.queries.goal_figures import Sight, Standing
from remit.goals.queries.outlook import Prospect

from .words import chance_words, is_unrealistic, metric_title, pace_words, short_title, tone_of, written


@dataclass(frozen=True, slots=True)
class GoalRow:
    """``reached``: share of the target, none where nothing is known; ``came``: the figure so far."""

    goal: Goal
    metric: str
    target: str
    value: str
    came: Decimal | None
    reached: float | None
    fill: float
    pace: str
    tone: str


def row_of(goal: Goal, standing: Standing | None, sight: Sight) -> GoalRow:
    """The goal as lists and pages show it; figures that are not the viewer's stay hidden."""
    pace = standing.pace if standing is not None and standing.is_seen else None
    came, reached = (pace.value, pace.reached) if pace else (None, None)
    return GoalRow(
        goal=goal,
        metric=metric_title(goal, sight.metrics) if goal.metric else "",
        target=written(goal.target, goal, sight.metrics),
        value=written(came, goal, sight.metrics),
        came=came,
        reached=reached,
        fill=min(1.0, max(0.0, reached or 0.0)),
        pace=pace_words(standing, goal.starts_on),
        tone=tone_of(standing),
    )


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a goal. ``share``: of the whole; ``prospect``: under the forecast, none where it is over."""

    row: GoalRow
    share: float | None
    prospect: Prospect | None
    expected: str

    @property
    def part(self) -> Goal:
        return self.row.goal

    @property
    def short(self) -> str:
        """The part's own name, without that of the whole."""
        return short_title(self.part)

    @property
    def chance(self) -> str:
        return chance_words(self.prospect.chance) if self.prospect else ""

    @property
    def is_unrealistic(self) -> bool:
        return is_unrealistic(self.prospect.chance if self.prospect else None)
