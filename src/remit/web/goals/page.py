"""One goal: what is missing, where it stands, its parts, what lies ahead, and the campaigns that serve it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.core.text import in_a_row
from remit.goals.enums import Cut, GoalState
from remit.goals.models import Goal
from remit.goals.queries.goal_figures import Sight, Standing, days_of, standings_of
from remit.goals.queries.goals import books_currency, measured, missing_words, parts_of, stale_sources
from remit.goals.queries.outlook import Outlook, Prospect, prospects_of
from remit.goals.queries.proposals import outlook_for
from remit.goals.rules import (
    STRATEGY_CLAUSE,
    can_activate,
    can_change_goal,
    can_drop,
    can_end,
    can_enter_reading,
    can_remove,
    can_split,
    goals_visible_to,
)
from remit.org.models import Person
from remit.org.queries.today import today
from remit.planning.enums import Stage
from remit.planning.queries.objectives import plans_serving
from remit.planning.rules import plans_visible_to

from ..plans.listing import TONES as PLAN_TONES
from ..who import who
from .drawing import history_chart, parts_chart
from .forms import DropForm, LeverForm, ReadingForm
from .row import PartRow, row_of
from .words import MODELS, chance_words, growth_words, is_unrealistic, written

LIVING = (GoalState.DRAFT, GoalState.ACTIVE)


@require_GET
def page(request: HttpRequest, goal_id: int) -> HttpResponse:
    """One goal with all that hangs on it."""
    return show(request, found(request, goal_id))


def found(request: HttpRequest, goal_id: int) -> Goal:
    """The goal, if the person may see it."""
    rows = goals_visible_to(who(request)).select_related(
        "unit", "owner", "strategy", "parent__parent", "activated_by"
    )
    return get_object_or_404(rows, pk=goal_id)


def show(request: HttpRequest, goal: Goal, **more: Any) -> HttpResponse:
    """The page; 422 when a form comes back with errors."""
    context = _context(goal, who(request)) | more
    return render(request, "goals/goal.html", context, status=422 if more else 200)


def _context(goal: Goal, person: Person) -> dict[str, Any]:
    on = today()
    sight = Sight(person, on)
    children = list(
        goals_visible_to(person).filter(parent=goal, is_part=False).exclude(state=GoalState.DROPPED)
        .select_related("unit", "owner").order_by("path")
    )  # fmt: skip
    parts = list(parts_of(goal).select_related("unit", "owner"))
    stands = standings_of([goal, *children, *parts], sight)
    own = stands.get(goal.pk)
    is_over = own is not None and own.pace.gone >= 1
    look = outlook_for(goal, sight) if goal.state in LIVING and not is_over else None
    rows, prospect = _part_rows(goal, parts, stands, look, sight)
    strategy = goal.strategy
    return {
        "goal": goal, "row": row_of(goal, own, sight), "standing": own, "is_over": is_over,
        "money_in": goal.currency or books_currency(goal.unit),
        "baseline": written(goal.baseline, goal, sight.metrics), "growth": growth_words(goal),
        "expected": _expected(goal, own, sight), "partners": list(goal.partners.all()),
        "missing": missing_words(goal) if goal.state == GoalState.DRAFT else [], "clause": STRATEGY_CLAUSE,
        "stale": stale_sources(strategy, on) if strategy else [],
        "parts": rows, "unrealistic": [each for each in rows if each.is_unrealistic],
        "parts_chart": parts_chart(goal, rows, sight) if rows else None, "finding": _finding(rows),
        "children": [row_of(child, stands.get(child.pk), sight) for child in children],
        "readings": [
            (each, written(each.value, goal, sight.metrics))
            for each in goal.readings.select_related("by").order_by("-on")[:50]
        ],
        "plans": _plans(goal, person), "is_seen": sight.sees(goal.unit_id) or goal.is_manual,
        **_ahead(goal, look, prospect, sight), **_may(goal, person),
    }  # fmt: skip


def _may(goal: Goal, person: Person) -> dict[str, Any]:
    return {
        "may_change": can_change_goal(person, goal), "may_activate": can_activate(person, goal),
        "may_split": can_split(person, goal), "may_end": can_end(person, goal),
        "may_drop": can_drop(person, goal), "may_remove": can_remove(person, goal),
        "may_read_in": can_enter_reading(person, goal),
        "levering": LeverForm(initial={"lever": goal.lever}), "dropping": DropForm(),
        "reading": ReadingForm(initial={"on": today()}),
    }  # fmt: skip


def _part_rows(
    goal: Goal,
    parts: Sequence[Goal],
    stands: dict[int, Standing],
    look: Outlook | None,
    sight: Sight,
) -> tuple[list[PartRow], Prospect | None]:
    """The parts with their chance, and the chance of the whole."""
    prospects: list[Prospect | None] = [None] * len(parts)
    whole: Prospect | None = None
    figure = measured(goal, sight.metrics)
    if look is not None:
        by_time = [] if goal.cut == Cut.UNIT else parts
        asked = [(days_of(each), each.target) for each in (goal, *by_time)]
        whole, *timed = prospects_of(look, sight.lens(goal), asked, adds=figure.adds, falls=figure.falls)
        prospects = timed or [_of_unit(part, sight) for part in parts]
    rows = [
        PartRow(
            row_of(part, stands.get(part.pk), sight),
            float(part.target / goal.target) if figure.adds and part.target and goal.target else None,
            prospect,
            written(prospect.mean, goal, sight.metrics, brief=True) if prospect else "",
        )
        for part, prospect in zip(parts, prospects, strict=True)
    ]
    return rows, whole


def _of_unit(part: Goal, sight: Sight) -> Prospect | None:
    look = outlook_for(part, sight)
    if look is None:
        return None
    figure = measured(part, sight.metrics)
    asked = [(days_of(part), part.target)]
    return prospects_of(look, sight.lens(part), asked, adds=figure.adds, falls=figure.falls)[0]


def _expected(goal: Goal, standing: Standing | None, sight: Sight) -> str:
    """What should have been reached by now."""
    if standing is None or not standing.is_seen or standing.pace.expected is None:
        return ""
    figure = measured(goal, sight.metrics)
    return written(round(standing.pace.expected, figure.places), goal, sight.metrics)


def _finding(rows: Sequence[PartRow]) -> str:
    """What the chart of the parts says."""
    low = [row for row in rows if row.is_unrealistic]
    if low:
        names = in_a_row((row.short for row in low), get_language())
        said = ngettext(
            "%(names)s is unrealistic under the forecast",
            "%(names)s are unrealistic under the forecast",
            len(low),
        )
        return said % {"names": names}
    if any(row.prospect for row in rows):
        return _("Every part is within reach of the forecast")
    return ""


def _ahead(goal: Goal, look: Outlook | None, prospect: Prospect | None, sight: Sight) -> dict[str, Any]:
    """The forecast with what it is worth."""
    if look is None:
        return {"outlook": None}
    made: dict[str, Any] = {
        "outlook": look, "history_chart": history_chart(goal, look, sight),
        "model": MODELS[look.forecast.model],
        "scores": [(MODELS[score.model], score) for score in look.forecast.scores],
        "one_year": look.season == 1,
    }  # fmt: skip
    if prospect is not None:
        values = (prospect.mean, prospect.low, prospect.high)
        mean, low, high = (written(value, goal, sight.metrics, brief=True) for value in values)
        made |= {
            "ahead": {"mean": mean, "low": low, "high": high, "chance": chance_words(prospect.chance)},
            "is_unrealistic": is_unrealistic(prospect.chance),
        }
    return made


def _plans(goal: Goal, person: Person) -> list[dict[str, Any]]:
    """Campaigns that the person sees, with how much of each serves this goal."""
    return [
        {"plan": row.plan, "share": row.share / 100, "tone": PLAN_TONES.get(Stage(row.plan.stage), "")}
        for row in plans_serving(goal, plans_visible_to(person))
    ]
