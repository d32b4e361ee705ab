"""Templates of plans: start from one, take its tasks, keep a plan as one, remove it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person, Position, Unit
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day
from remit.org.queries.working_days import calendar_of
from remit.org.time_rules import choosable_by
from remit.planning.actions.plan import add_plan, held_plan
from remit.planning.enums import Stage
from remit.planning.models import Plan

from .. import events
from ..enums import TaskState
from ..models import PlanTemplate, Risk
from ..plan_templates import Template, costs, laid_out, plain
from ..queries.tasks import tasks_of
from ..queries.templates import template_of
from .laying import Laid, lay_tasks
from .risk import add_risk

REVIEW_DAYS = 5  # working days before the campaign, its risks are looked at again


class TemplateNotTaken(ValueError):
    """The plan has tasks already, or is past its preparation."""


class TemplateNameTaken(ValueError):
    """The unit has a template of this name."""


class NothingToKeep(ValueError):
    """A plan without tasks and risks is no template."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How much was laid into the plan."""

    plan: Plan
    tasks: int
    risks: int


@transaction.atomic
def start_from(*, template: Template | None, by: Person, at: datetime, **values: Any) -> Plan:
    """Propose a campaign (as ``add_plan``) with the tasks and risks of a template; of none, without."""
    plan = add_plan(by=by, at=at, **values)
    if template is not None:
        take_template(plan=plan, template=template, by=by, at=at)
    return plan


@transaction.atomic
def take_template(*, plan: Plan, template: Template, by: Person, at: datetime) -> Taken:
    """Lay the tasks of a template into a plan in preparation that has none, and its risks where it has none.

    An owner is who holds the position in the plan's unit or the nearest above, if ``by`` may name them; else
    the plan's owner. Titles are in the language of ``by``.
    """
    plan = held_plan(plan)
    if plan.stage != Stage.DRAFT:
        raise TemplateNotTaken(_("What was approved has its tasks. Add what is missing one by one."))
    if tasks_of(plan).exclude(state=TaskState.DROPPED).exists():
        raise TemplateNotTaken(_("This campaign has tasks already. Add what is missing one by one."))
    on, language = company_day(at), get_language() or "zh-hant"
    owners = _Owners(plan, by, on)
    calendar = calendar_of(plan.unit, plan.starts_on)
    days = laid_out(template.tasks, plan.starts_on, plan.ends_on, calendar=calendar, today=on)
    rows = [
        Laid(
            task.code,
            {
                "title": task.title.say(language), "detail": task.detail.say(language) if task.detail else "",
                "owner": owners.of(task.position), "hours": task.hours, "money": money,
                "starts_on": days[task.code].first,
                "ends_on": days[task.code].last,
            },
            [line.say(language) for line in task.checklist], task.waits_for,
        )
        for task, money in zip(template.tasks, costs(template.tasks, plan.money), strict=True)
    ]  # fmt: skip
    tasks = lay_tasks(plan=plan, rows=rows, by=by, at=at)
    review = calendar.at_or_after(
        max(calendar.shifted(plan.starts_on, -REVIEW_DAYS), calendar.shifted(on, 1))
    )
    has_risks = Risk.objects.filter(plan=plan).exists()
    risks = 0 if has_risks else _lay_risks(plan, template, owners, review, language, by, at)
    fields = {"code": plan.code, "template": template.title.say("zh-hant"), "tasks": tasks, "risks": risks}
    record(events.TEMPLATE_TAKEN, plan, by=by, at=at, fields=fields)
    return Taken(plan, tasks, risks)


@transaction.atomic
def keep_template(*, plan: Plan, name: str, by: Person, at: datetime) -> PlanTemplate:
    """Keep a plan's tasks, risks and measures as a template of its unit and kind."""
    name = name.strip()[:120]
    if not name:
        raise NothingToKeep(_("Give the template a name."))
    if PlanTemplate.objects.filter(unit=plan.unit, name=name).exists():
        raise TemplateNameTaken(_("The unit has a template “%s”. Choose a different name.") % name)
    template = template_of(plan, name, company_day(at))
    if not template.tasks:
        raise NothingToKeep(_("A plan without tasks is no template."))
    row = PlanTemplate.objects.create(
        unit=plan.unit, name=name, kind=plan.kind, content=plain(template), made_by=by, made_at=at
    )
    fields = {"code": plan.code, "name": name, "tasks": len(template.tasks)}
    record(events.TEMPLATE_KEPT, plan, by=by, at=at, fields=fields)
    return row


@transaction.atomic
def remove_template(*, template: PlanTemplate, by: Person, at: datetime) -> None:
    """It is offered no more; plans that were made from it stay."""
    unit: Unit = template.unit
    record(events.TEMPLATE_REMOVED, unit, by=by, at=at, fields={"name": template.name})
    PlanTemplate.objects.filter(pk=template.pk).delete()


class _Owners:
    """Who gets what, by position; one look at the organisation for all."""

    def __init__(self, plan: Plan, by: Person, on: date) -> None:
        self.plan, self.on = plan, on
        self.organisation = organisation_on(on)
        self.positions = dict(Position.objects.values_list("code", "id"))
        self.people = {person.pk: person for person in choosable_by(by, on)} | {by.pk: by}

    def of(self, position: str) -> Person:
        """The plan's owner where they hold it themselves, or nobody does whom one may name."""
        owner: Person = self.plan.owner
        if (held := self.positions.get(position)) is None:
            return owner
        posts = self.organisation.holders(held, self.plan.unit_id, self.on)
        holders = [post.person for post in posts if post.person in self.people]
        if owner.pk in holders or not holders:
            return owner
        return self.people[min(holders)]


def _lay_risks(
    plan: Plan, template: Template, owners: _Owners, review: date, language: str, by: Person, at: datetime
) -> int:
    for risk in template.risks:
        add_risk(
            unit=plan.unit, plan=plan, title=risk.title.say(language), probability=risk.probability,
            impact=risk.impact, response=risk.response.say(language), owner=owners.of(risk.position),
            cause=risk.cause.say(language) if risk.cause else "", review_on=review,
            fallback=risk.fallback.say(language) if risk.fallback else "", by=by, at=at,
        )  # fmt: skip
    return len(template.risks)
