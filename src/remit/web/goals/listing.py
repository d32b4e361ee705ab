"""The tree of goals, and the strategies that they serve."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from remit.goals.enums import GoalState
from remit.goals.models import Goal, Strategy
from remit.goals.queries.goal_figures import Sight, Standing, standings_of
from remit.goals.queries.goals import stale_strategies
from remit.goals.rules import goals_visible_to, strategies_visible_to, units_to_set_goals_for
from remit.org.models import Person
from remit.org.queries.today import today

from ..lists import Column, Filter, Listing
from ..templatetags.figures import day, say
from ..who import who
from .words import metric_title, pace_words, short_title, tone_of, written

STATES = {GoalState.ACTIVE: "good", GoalState.DROPPED: "bad"}
EXPORTED_WITH_FIGURES = 200


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Goals as a tree, each with its owner and where it stands; strategies below."""
    person = who(request)
    found = Tree(request, person)
    strategies = _strategies(request, person)
    if answer := found.listing.export() or strategies.export():
        return answer
    context = {
        "listing": found.listing,
        "strategies": strategies,
        "may_set": units_to_set_goals_for(person).exists(),
    }
    return render(request, "goals/list.html", context)


class Tree:
    """The list with the figures of the rows that it shows."""

    def __init__(self, request: HttpRequest, person: Person) -> None:
        self.sight = Sight(person, today())
        rows = goals_visible_to(person).select_related("unit", "owner", "strategy").order_by("path")
        if request.GET.get("state") != GoalState.DROPPED:
            rows = rows.exclude(state=GoalState.DROPPED)
        self.listing = Listing(
            request, rows, self._columns(), name="goals", search=("title", "owner__name", "unit__name"),
            filters=_filters(person), per_page=25,
        )  # fmt: skip
        exported = "export" in request.GET
        shown = self.listing.narrowed[:EXPORTED_WITH_FIGURES] if exported else self.listing.page
        self.stands: dict[int, Standing] = standings_of(list(shown), self.sight)
        self.stale = stale_strategies((goal.strategy_id for goal in shown), today())

    def _columns(self) -> tuple[Column, ...]:
        metrics = self.sight.metrics
        return (
            Column("title", gettext_lazy("Goal"), value=self._title, sort="title", note=self._note,
                   href=lambda goal: reverse("goals_goal", args=[goal.pk])),
            Column("owner", gettext_lazy("Owner"), value=lambda goal: goal.owner, sort="owner__name"),
            Column("days", gettext_lazy("Period"), kind="day", sort="starts_on", note=_until,
                   value=lambda goal: goal.starts_on),
            Column("target", gettext_lazy("Target"), value=lambda goal: written(goal.target, goal, metrics)),
            Column("value", gettext_lazy("So far"), value=self._value),
            Column("progress", gettext_lazy("Progress"), kind="bar", value=self._reached, note=self._pace,
                   tone=lambda goal: tone_of(self.stands.get(goal.pk))),
            Column("lever", gettext_lazy("Lever"), value=lambda goal: goal.get_lever_display()),
            Column("state", gettext_lazy("State"), kind="badge", sort="state",
                   value=lambda goal: goal.get_state_display(),
                   tone=lambda goal: STATES.get(GoalState(goal.state), "")),
            Column("baseline", gettext_lazy("Baseline"), optional=True,
                   value=lambda goal: written(goal.baseline, goal, metrics)),
        )  # fmt: skip

    def _title(self, goal: Goal) -> str:
        """Indented as in a tree; there a part stands below its whole and needs only its own name."""
        if self.listing.is_narrowed or self.listing.order[0]:
            return goal.title
        return "　" * (goal.depth - 1) + (short_title(goal) if goal.is_part else goal.title)

    def _note(self, goal: Goal) -> str:
        if goal.is_part:
            return say(goal.unit)
        said = [say(goal.unit), metric_title(goal, self.sight.metrics) if goal.metric else ""]
        if goal.strategy_id in self.stale:
            said.append(_("its strategy rests on stale material"))
        return " · ".join(filter(None, said))

    def _reached(self, goal: Goal) -> float | None:
        standing = self.stands.get(goal.pk)
        return standing.pace.reached if standing and standing.is_seen else None

    def _value(self, goal: Goal) -> str:
        standing = self.stands.get(goal.pk)
        value = standing.pace.value if standing and standing.is_seen else None
        return written(value, goal, self.sight.metrics)

    def _pace(self, goal: Goal) -> str:
        return pace_words(self.stands.get(goal.pk), goal.starts_on)


def _until(goal: Goal) -> str:
    return f"– {day(goal.ends_on)}" if goal.ends_on else ""


def _filters(person: Person) -> tuple[Filter, ...]:
    def whose(rows: QuerySet[Goal], value: str) -> QuerySet[Goal]:
        return rows.filter(owner=person) if value == "mine" else rows.filter(partners=person)

    def whole(rows: QuerySet[Goal], _value: str) -> QuerySet[Goal]:
        return rows.filter(is_part=False)

    strategies = strategies_visible_to(person).order_by("-starts_on", "title")
    return (
        Filter("state", _("State"), GoalState.choices, field="state"),
        Filter("whose", _("Whose"), (("mine", _("Mine")), ("shared", _("I share in"))), apply=whose),
        Filter("whole", _("Shown"), (("whole", _("Without parts")),), apply=whole),
        Filter(
            "strategy", _("Strategy"), [(str(one.pk), one.title) for one in strategies], field="strategy_id"
        ),
    )


def _strategies(request: HttpRequest, person: Person) -> Listing:
    on = today()
    rows = strategies_visible_to(person).select_related("unit", "owner").prefetch_related("sources")
    columns = (
        Column("title", gettext_lazy("Strategy"), sort="title", note=lambda row: say(row.unit),
               href=lambda row: reverse("goals_strategy", args=[row.pk])),
        Column("owner", gettext_lazy("Owner"), value=lambda row: row.owner, sort="owner__name"),
        Column("starts_on", gettext_lazy("First day"), kind="day", sort="starts_on"),
        Column("ends_on", gettext_lazy("Last day"), kind="day", sort="ends_on"),
        Column("rests", pgettext_lazy("strategy", "Rests on"), kind="badge",
               value=lambda row: rests_words(row, on), tone=lambda row: rests_tone(row, on)),
    )  # fmt: skip
    return Listing(
        request,
        rows,
        columns,
        name="strategies",
        search=("title", "owner__name"),
        sort="-starts_on",
        prefix="s-",
    )


def rests_words(strategy: Strategy, on: Any) -> str:
    """Whether what it rests on still holds."""
    sources = list(strategy.sources.all())
    if not sources:
        return _("nothing cited")
    stale = sum(source.is_stale(on) for source in sources)
    if stale:
        return _("%(stale)s of %(all)s stale") % {"stale": stale, "all": len(sources)}
    return _("up to date")


def rests_tone(strategy: Strategy, on: Any) -> str:
    """A warning for what is stale or missing."""
    sources = list(strategy.sources.all())
    return "good" if sources and not any(source.is_stale(on) for source in sources) else "warn"
