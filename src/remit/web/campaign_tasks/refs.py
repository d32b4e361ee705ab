"""Titles and addresses of tasks and of what slipped."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from remit.execution.task_rules import slips_visible_to, tasks_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("task")
def tasks(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Tasks that the person sees."""
    seen = tasks_visible_to(person).filter(pk__in=ids)
    return {one.pk: Subject(one.title, reverse("tasks_task", args=[one.pk])) for one in seen}


@resolves("slip")
def slips(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Proposed shifts of tasks that the person sees."""
    seen = slips_visible_to(person).filter(pk__in=ids).select_related("task")
    return {
        one.pk: Subject(_("Shift after: %s") % one.task.title, reverse("tasks_plan", args=[one.task.plan_id]))
        for one in seen
    }
