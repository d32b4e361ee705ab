"""What a person's page shows of how they grow: skills, ladders, mentors, the first thirty days."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.org.growth_rules import (
    can_guide,
    growth_visible_to,
    mentorings_visible_to,
    newcomer_plans_visible_to,
)
from remit.org.models import Person
from remit.org.queries.newcomer_plans import plan_page
from remit.org.queries.readiness import climbs_of
from remit.org.queries.skill_levels import SkillRow, skills_of
from remit.org.queries.today import today

from ..charts import Chart, Series
from ..who import who
from .growth_forms import MentoringForm, PlanForm

AXES_MAX = 8


def growth_of(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What the person's page shows of their growth to who asks; nothing for who may not see it."""
    viewer, on = who(request), today()
    if not growth_visible_to(viewer).filter(pk=person.pk).exists():
        return {}
    rows = skills_of(person, on)
    may_guide = can_guide(viewer, person)
    plan = newcomer_plans_visible_to(viewer).filter(person=person).order_by("-starts_on").first()
    mentorings = (
        mentorings_visible_to(viewer).select_related("mentor", "mentee").order_by("-starts_on", "-pk")
    )
    mentees = list(mentorings.filter(mentor=person))
    plans = newcomer_plans_visible_to(viewer).filter(person__in=[each.mentee_id for each in mentees])
    return {
        "growth": True,
        "skills": rows,
        "gaps": [row for row in rows if row.gap.missing],
        "unsaid": sum(row.gap.is_open for row in rows),
        "radar": radar(rows),
        "climbs": climbs_of(person, on),
        "may_guide": may_guide,
        "mentorings": list(mentorings.filter(mentee=person)),
        "mentees": [
            (each, next((p for p in plans if p.person_id == each.mentee_id), None)) for each in mentees
        ],
        "newcomer": plan_page(plan, on) if plan else None,
        "mentoring_form": MentoringForm(by=viewer, mentee=person, on=on) if may_guide else None,
        "plan_form": PlanForm(initial={"starts_on": person.joined_on or on}) if may_guide else None,
    }


def radar(rows: list[SkillRow]) -> Chart | None:
    """What is asked against where they stand; none for fewer than three skills, which make no shape."""
    asked = sorted((row for row in rows if row.gap.asked), key=lambda row: row.skill.code)[:AXES_MAX]
    if len(asked) < 3:
        return None
    language = get_language() or "zh-hant"
    return Chart(
        "radar",
        [row.skill.title(language) for row in asked],
        (
            Series(_("Required"), [row.gap.asked for row in asked], dashed=True),
            Series(_("Level"), [row.gap.standing.level for row in asked]),
        ),
        label_title=_("Skill"),
    )
