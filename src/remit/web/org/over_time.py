"""What a person's page shows of their absences, delegations, secondments and projects."""

from typing import Any

from django.http import HttpRequest

from remit.core.verdict import Verdict
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.over_time import memberships_of
from remit.org.queries.today import today
from remit.org.time_rules import (
    absences_visible_to,
    can_end_acting,
    can_note_absence,
    delegations_visible_to,
    projects_visible_to,
    secondments_visible_to,
)

from ..who import who
from .time_forms import AbsenceForm, DelegationForm, SecondmentForm

SHOWN = 12  # of each list, newest first


def over_time_of(request: HttpRequest, person: Person, may_change: Verdict) -> dict[str, Any]:
    """Lists and forms, forms for who may use them. Why somebody is away is read by who ``may_note`` it."""
    viewer, on = who(request), today()
    may_note = can_note_absence(viewer, person)
    named = (
        delegations_visible_to(viewer)
        .filter(person=person)
        .select_related("person", "delegate", "assignment__position", "assignment__unit")
    )
    delegations = list(named.order_by("-starts_on", "-pk")[:SHOWN])
    lent = secondments_visible_to(viewer).filter(home__person=person)
    return {
        "absences": absences_visible_to(viewer).filter(person=person).order_by("-ends_on", "-pk")[:SHOWN],
        "delegations": delegations,
        "endable": {each.pk for each in delegations if can_end_acting(viewer, each)},
        "secondments": lent.select_related(
            "home__unit", "home__position", "away__unit", "away__position"
        ).order_by("-starts_on")[:SHOWN],
        "memberships": memberships_of(person, on, organisation_on(on), projects_visible_to(viewer)),
        "may_note": may_note,
        "absence_form": AbsenceForm(initial={"starts_on": on}) if may_note else None,
        "delegation_form": DelegationForm(by=viewer, person=person, on=on) if may_note else None,
        "secondment_form": SecondmentForm(by=viewer, person=person, on=on) if may_change else None,
    }
