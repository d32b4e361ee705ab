"""Projects with two leads, and how far units decide alone."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.text import day_in

from .. import events
from ..enums import Decider, DecisionKind
from ..models import AutonomyLimit, Person, Project, ProjectDecision, ProjectMember, Unit
from .assignment import require_order


class ProjectCodeTaken(ValueError):
    """Another project has this code."""


class ArbiterIsTheLead(ValueError):
    """A conflict with the lead cannot be settled by the lead."""


class OutsideTheProject(ValueError):
    """A membership lies outside the days of its project."""


class MemberAlready(ValueError):
    """The person works in the project in a part of the time."""


@transaction.atomic
def start_project(
    *,
    code: str,
    name: str,
    unit: Unit,
    lead: Person,
    arbiter: Person,
    starts_on: date,
    ends_on: date,
    by: Person | None,
    at: datetime,
    name_en: str = "",
    decides: Mapping[str, str] | None = None,
    is_demonstration: bool = False,
) -> Project:
    """A temporary team. ``decides``: who decides which kind of decision; both where none is named."""
    require_order(starts_on, ends_on)
    if Project.objects.filter(code=code).exists():
        raise ProjectCodeTaken(_("The code %s belongs to another project. Choose a different one.") % code)
    if lead.pk == arbiter.pk:
        raise ArbiterIsTheLead(_("Name an arbiter who is not the lead: they settle conflicts with the lead."))
    project = Project.objects.create(
        code=code, name=name, name_en=name_en, unit=unit, lead=lead, arbiter=arbiter, starts_on=starts_on,
        ends_on=ends_on, is_demonstration=is_demonstration,
    )  # fmt: skip
    chosen = {kind.value: Decider.BOTH.value for kind in DecisionKind} | dict(decides or {})
    ProjectDecision.objects.bulk_create(
        ProjectDecision(project=project, kind=DecisionKind(kind), decider=Decider(decider))
        for kind, decider in chosen.items()
    )
    fields = {"code": code, "name": name, "starts_on": starts_on, "ends_on": ends_on}
    record(events.PROJECT_STARTED, project, by=by, at=at, fields=fields)
    return project


@transaction.atomic
def join_project(
    *,
    project: Project,
    person: Person,
    share: int,
    starts_on: date,
    ends_on: date,
    by: Person | None,
    at: datetime,
    role: str = "",
) -> ProjectMember:
    """Somebody works in the project with a share of their time, in percent (1–100)."""
    require_order(starts_on, ends_on)
    if starts_on < project.starts_on or ends_on > project.ends_on:
        raise OutsideTheProject(
            _("The project lasts from %(first)s to %(last)s. Choose days within it.")
            % {
                "first": day_in(project.starts_on, get_language()),
                "last": day_in(project.ends_on, get_language()),
            }
        )
    Project.objects.select_for_update().get(pk=project.pk)  # two leads at once see each other's row
    known = ProjectMember.objects.filter(project=project, person=person)
    if known.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise MemberAlready(_("%s works in this project in a part of these days already.") % person)
    member = ProjectMember.objects.create(
        project=project, person=person, role=role[:80], share=share, starts_on=starts_on, ends_on=ends_on
    )
    fields = {"project": project.code, "person": person.pk, "share": share, "ends_on": ends_on}
    record(events.PROJECT_JOINED, project, by=by, at=at, fields=fields)
    return member


@transaction.atomic
def leave_project(*, member: ProjectMember, ends_on: date, by: Person | None, at: datetime) -> ProjectMember:
    """Set the last day of a membership."""
    require_order(member.starts_on, ends_on)
    member.ends_on = min(ends_on, member.ends_on, member.project.ends_on)
    member.save(update_fields=["ends_on"])
    fields = {"project": member.project.code, "person": member.person_id, "ends_on": member.ends_on}
    record(events.PROJECT_LEFT, member.project, by=by, at=at, fields=fields)
    return member


@transaction.atomic
def set_limit(
    *,
    unit: Unit,
    amount: Decimal,
    currency: str,
    brands: str,
    starts_on: date,
    by: Person | None,
    at: datetime,
) -> AutonomyLimit:
    """From a day on the unit decides alone up to an amount, for some brands or all (H3.1.2)."""
    limit, _made = AutonomyLimit.objects.update_or_create(
        unit=unit, starts_on=starts_on,
        defaults={"amount": amount, "currency": currency.upper(), "brands": brands[:300]},
    )  # fmt: skip
    fields = {"code": unit.code, "amount": amount, "currency": currency, "starts_on": starts_on}
    record(events.LIMIT_SET, unit, by=by, at=at, fields=fields)
    return limit
