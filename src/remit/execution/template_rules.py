"""Who sees and removes templates of plans. Without an assignment: only those that ship."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.models import Person
from remit.org.queries.leading import paths_led_by
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.planning.enums import Stage
from remit.planning.models import Plan
from remit.planning.rules import PLAN_CLAUSE

from .enums import TaskState
from .models import PlanTemplate
from .queries.tasks import tasks_of
from .task_rules import can_give_tasks


def templates_visible_to(person: Person, on: date | None = None) -> QuerySet[PlanTemplate]:
    """Of the units that the person sees."""
    return PlanTemplate.objects.filter(unit__in=units_visible_to(person, on))


def can_remove_template(person: Person, template: PlanTemplate) -> Verdict:
    """Whether the person may remove it: who kept it, or who leads the unit."""
    led = any(template.unit.path.startswith(path) for path in paths_led_by(person, today()))
    if person.is_active and (template.made_by_id == person.pk or led):
        return ALLOWED
    return refused(_("Who kept this template removes it, or who leads the unit."), PLAN_CLAUSE)


def can_take_template(person: Person, plan: Plan) -> Verdict:
    """Whether the person may take the tasks of a template: in preparation, while the plan has none."""
    if not (gives := can_give_tasks(person, plan)):
        return gives
    if plan.stage != Stage.DRAFT:
        return refused(_("What was approved has its tasks. Add what is missing one by one."), PLAN_CLAUSE)
    if tasks_of(plan).exclude(state=TaskState.DROPPED).exists():
        return refused(_("This campaign has tasks already. Add what is missing one by one."), PLAN_CLAUSE)
    return ALLOWED
