"""The first thirty days: a plan from the template, ticked by the newcomer, talked about with others."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..models import CheckIn, NewcomerPlan, NewcomerStep, Person, TemplateStep, Unit
from ..queries.working_days import calendar_of
from ..working_days import WorkingCalendar


class PlanExists(ValueError):
    """There is a plan from this day on."""


class TemplateEmpty(ValueError):
    """A plan needs steps."""


class CheckInEmpty(ValueError):
    """A check-in says something."""


@transaction.atomic
def make_newcomer_plan(*, person: Person, starts_on: date, by: Person | None, at: datetime) -> NewcomerPlan:
    """Give somebody the template's steps, counted in calendar days from their first day (day 1).

    A step of a day off moves to the working day before it, within the plan; else to the first one after.
    """
    if NewcomerPlan.objects.filter(person=person, starts_on=starts_on).exists():
        raise PlanExists(_("There is a plan from this day on already."))
    template = list(TemplateStep.objects.order_by("day", "pk"))
    if not template:
        raise TemplateEmpty(_("The template has no steps yet. Add some first."))
    calendar = _calendar_of(person, starts_on)
    plan = NewcomerPlan.objects.create(person=person, starts_on=starts_on, made_by=by, made_at=at)
    NewcomerStep.objects.bulk_create(
        NewcomerStep(
            plan=plan, due_on=_worked(step.day, starts_on, calendar), name=step.name, name_en=step.name_en
        )
        for step in template
    )
    fields = {"plan": plan.pk, "starts_on": starts_on, "steps": len(template)}
    record(events.NEWCOMER_PLAN_MADE, person, by=by, at=at, fields=fields)
    return plan


def _calendar_of(person: Person, on: date) -> WorkingCalendar:
    """Of the unit where the person has, or will first have, the largest share of their work."""
    posts = person.assignments.filter(Q(ends_on=None) | Q(ends_on__gte=on)).select_related("unit")
    post = posts.order_by("starts_on", "-share", "pk").first()
    return calendar_of(post.unit if post else Unit(path=""), on)


def _worked(day: int, starts_on: date, calendar: WorkingCalendar) -> date:
    wanted = starts_on + timedelta(days=day - 1)
    return calendar.at_or_before(wanted, not_before=starts_on) or calendar.at_or_after(wanted)


@transaction.atomic
def tick_step(*, step: NewcomerStep, by: Person, at: datetime) -> NewcomerStep:
    """The newcomer did it; the first tick counts."""
    step = NewcomerStep.objects.select_for_update().get(pk=step.pk)
    if step.done_at is None:
        step.done_at = at
        step.save(update_fields=["done_at"])
        record(events.NEWCOMER_STEP_DONE, step.plan.person, by=by, at=at, fields={"step": step.name})
    return step


@transaction.atomic
def reopen_step(*, step: NewcomerStep, by: Person, at: datetime) -> NewcomerStep:
    """It was ticked by mistake."""
    step = NewcomerStep.objects.select_for_update().get(pk=step.pk)
    if step.done_at is not None:
        step.done_at = None
        step.save(update_fields=["done_at"])
        record(events.NEWCOMER_STEP_REOPENED, step.plan.person, by=by, at=at, fields={"step": step.name})
    return step


@transaction.atomic
def check_in(*, plan: NewcomerPlan, text: str, by: Person, at: datetime) -> CheckIn:
    """Write down what was talked about with the newcomer."""
    if not text.strip():
        raise CheckInEmpty(_("Write what you talked about."))
    written = CheckIn.objects.create(plan=plan, text=text.strip(), written_by=by, written_at=at)
    record(events.CHECKED_IN, plan.person, by=by, at=at, fields={"plan": plan.pk})
    return written
