"""Campaign materials: register, count, say what a plan needs."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person, Unit
from remit.planning.enums import Stage
from remit.planning.models import Plan

from .. import events
from ..models import Material, MaterialNeed


class MaterialCodeTaken(ValueError):
    """The unit has a material of this code."""


class MaterialUnclear(ValueError):
    """What was given contradicts itself."""


@transaction.atomic
def add_material(
    *, unit: Unit, code: str, title: str, keeper: Person, stock: int, by: Person, at: datetime,
    ready_on: date | None = None, note: str = "",
) -> Material:  # fmt: skip
    """Register a material."""
    if Material.objects.filter(unit=unit, code=code).exists():
        raise MaterialCodeTaken(_("The unit has a material with the code %s. Choose a different one.") % code)
    row = Material.objects.create(
        unit=unit, code=code, title=title.strip(), keeper=keeper, stock=stock, ready_on=ready_on, note=note,
        changed_at=at,
    )  # fmt: skip
    record(events.MATERIAL_ADDED, row, by=by, at=at, fields={"code": code, "title": title, "stock": stock})
    return row


@transaction.atomic
def count_material(
    *, material: Material, stock: int, by: Person, at: datetime, ready_on: date | None = None, note: str = ""
) -> Material:
    """So many pieces are there now, and when it is ready."""
    row = Material.objects.select_for_update().get(pk=material.pk)
    was = row.stock
    row.stock, row.ready_on, row.note, row.changed_at = stock, ready_on, note.strip()[:300], at
    row.save(update_fields=["stock", "ready_on", "note", "changed_at"])
    record(events.MATERIAL_COUNTED, row, by=by, at=at, fields={"code": row.code, "was": was, "stock": stock})
    return row


@transaction.atomic
def need_material(
    *, plan: Plan, material: Material, pieces: int, by: Person, at: datetime
) -> MaterialNeed | None:
    """A plan needs so many pieces; none takes the need away."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.stage in (Stage.CLOSED, Stage.CANCELLED):
        raise MaterialUnclear(_("This has ended and stays as it is."))
    if pieces <= 0:
        MaterialNeed.objects.filter(plan=plan, material=material).delete()
        row = None
    else:
        row, _made = MaterialNeed.objects.update_or_create(
            plan=plan, material=material, defaults={"pieces": pieces}
        )
    fields = {"code": material.code, "plan": plan.code, "pieces": pieces}
    record(events.MATERIAL_NEEDED, material, by=by, at=at, fields=fields)
    return row
