"""What everybody new does in their first thirty days."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..models import Person, TemplateStep
from ..models.newcomer_plan import LAST_DAY


class StepOutsideThirtyDays(ValueError):
    """Steps lie on day 1 to 30."""


@transaction.atomic
def add_template_step(
    *, day: int, name: str, name_en: str = "", by: Person | None, at: datetime
) -> TemplateStep:
    """Add a step for newcomers to come; plans that are made already stay as they are."""
    return _set(TemplateStep(), day, name, name_en, by, at)


@transaction.atomic
def change_template_step(
    *, step: TemplateStep, day: int, name: str, name_en: str = "", by: Person | None, at: datetime
) -> TemplateStep:
    """Change a step for newcomers to come."""
    step = TemplateStep.objects.select_for_update().get(pk=step.pk)
    if (step.day, step.name, step.name_en) == (day, name, name_en):
        return step
    return _set(step, day, name, name_en, by, at)


@transaction.atomic
def remove_template_step(*, step: TemplateStep, by: Person | None, at: datetime) -> None:
    """Newcomers to come do without it."""
    record(events.TEMPLATE_STEP_REMOVED, step, by=by, at=at, fields={"name": step.name})
    step.delete()


def _set(
    step: TemplateStep, day: int, name: str, name_en: str, by: Person | None, at: datetime
) -> TemplateStep:
    if not 1 <= day <= LAST_DAY:
        raise StepOutsideThirtyDays(_("Choose a day from 1 to %d.") % LAST_DAY)
    step.day, step.name, step.name_en = day, name, name_en
    step.save()
    record(events.TEMPLATE_STEP_SET, step, by=by, at=at, fields={"day": day, "name": name})
    return step
