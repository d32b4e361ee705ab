"""Titles and addresses of plans, deviations and estimates."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from remit.notices.subjects import Subject
from remit.org.models import Person
from remit.planning.rules import deviations_visible_to, estimates_visible_to, plans_visible_to

from ..refs import resolves


@resolves("plan")
def plans(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Plans that the person sees."""
    return {
        plan.pk: Subject(plan.title, _page(plan.pk)) for plan in plans_visible_to(person).filter(pk__in=ids)
    }


@resolves("deviation")
def deviations(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Deviations of the plans that the person sees."""
    seen = deviations_visible_to(person).filter(pk__in=ids).select_related("plan")
    return {
        one.pk: Subject(_("Deviation: %s") % one.plan.title, f"{_page(one.plan_id)}#deviation-{one.pk}")
        for one in seen
    }


@resolves("estimate")
def estimates(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Estimates of the plans that the person sees."""
    seen = estimates_visible_to(person).filter(pk__in=ids).select_related("plan")
    return {
        one.pk: Subject(_("ROI estimate: %s") % one.plan.title, f"{_page(one.plan_id)}#estimates")
        for one in seen
    }


def _page(plan_id: int) -> str:
    return reverse("plans_plan", args=[plan_id])
