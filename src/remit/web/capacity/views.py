"""Who is full in which week, and who has a skill and time: capacity against demand."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from remit.execution.loading import WeekLoad
from remit.execution.queries.capacity import able_people, capacity_of
from remit.execution.queries.people import working_below
from remit.org.growth_rules import skills_visible_to
from remit.org.models import Person, Unit
from remit.org.queries.today import today
from remit.org.queries.working_days import calendar_of
from remit.org.rules import people_visible_to, units_visible_to

from ..forms import TitledChoice
from ..who import who

A_PAGE = 50
STEPS = (0.6, 0.85, 1.0)  # light, well filled, full; beyond it is too much


class PoolForm(forms.Form):
    """Whom to look at."""

    unit = TitledChoice(
        label=gettext_lazy("Unit"), queryset=None, required=False, empty_label=gettext_lazy("All")
    )
    skill = TitledChoice(
        label=gettext_lazy("Skill"), queryset=None, required=False, empty_label=gettext_lazy("Any")
    )
    level: Any = forms.TypedChoiceField(
        label=gettext_lazy("At least level"), choices=[(n, str(n)) for n in range(1, 6)], coerce=int,
        required=False, empty_value=None,
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_visible_to(by).order_by("path")
        fields["skill"].queryset = skills_visible_to(by).order_by("-kind", "code")


@dataclass(frozen=True, slots=True)
class Cell:
    """A week as it is drawn. ``tone``: 0 (free) to 3 (too much)."""

    load: WeekLoad
    tone: int
    percent: int | None
    said: str


@require_GET
def weeks(request: HttpRequest) -> HttpResponse:
    """Weeks of whom one leads or manages, and one's own; with a skill: who has it, by free time."""
    person, on = who(request), today()
    form = PoolForm(request.GET or None, by=person)
    asked = form.cleaned_data if form.is_valid() else {}
    people = people_visible_to(person).filter(is_active=True)
    if unit := asked.get("unit"):
        people = working_below(people, unit, on)
    levels: dict[int, int] = {}
    if skill := asked.get("skill"):
        levels = able_people(people, skill, asked.get("level") or 1)
        people = people.filter(pk__in=levels)
    page = Paginator(people.order_by("name", "pk"), A_PAGE).get_page(request.GET.get("page"))
    calendar = calendar_of(unit or _own_unit(person), on)
    found = capacity_of(list(page.object_list), on, calendar)
    if skill:
        found = [replace(one, level=levels[one.person.pk]) for one in found]
        found.sort(key=lambda one: -one.free)
    context = {
        "form": form, "rows": [(one, [_cell(week) for week in one.weeks]) for one in found], "page": page,
        "mondays": [week.monday for week in found[0].weeks] if found else [], "skill": skill,
        "over": sum(one.is_over for one in found),
    }  # fmt: skip
    return render(request, "capacity/weeks.html", context)


def _own_unit(person: Person) -> Unit:
    return units_visible_to(person).order_by("path").first() or Unit(path="")


def _cell(load: WeekLoad) -> Cell:
    share = load.share
    tone = 0 if share is None else sum(share > step + 0.001 for step in STEPS)
    said = _("%(taken).1f of %(has).1f h: duties %(duties).1f, projects %(projects).1f, tasks %(tasks).1f")
    said %= {
        "taken": load.taken, "has": load.has, "duties": load.duties, "projects": load.projects,
        "tasks": load.tasks,
    }  # fmt: skip
    percent = None if share is None or share == float("inf") else round(share * 100)
    return Cell(load, tone, percent, said)
