"""Grow and reshape the tree of units."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..models import Person, Unit

CHANGEABLE = ("name", "name_en", "region", "structure", "is_company", "currency", "is_demonstration")


class UnitCodeTaken(ValueError):
    """Another unit has this code."""


class CompanyNeedsCurrency(ValueError):
    """A unit that keeps books says in which currency."""


class UnitCannotMoveBelowItself(ValueError):
    """The new place lies in the unit's own subtree."""


@transaction.atomic
def add_unit(
    *, parent: Unit | None, code: str, name: str, by: Person | None, at: datetime, **more: Any
) -> Unit:
    """Add a unit below another, or a root. ``more``: any of CHANGEABLE besides the name."""
    _lock_tree()
    unit = Unit(code=code, name=name, **_known(more))
    _require_books(unit)
    if Unit.objects.filter(code=code).exists():
        raise UnitCodeTaken(_("The code %s belongs to another unit. Choose a different one.") % code)
    if parent is None:
        Unit.objects.add_root(instance=unit)
    else:
        Unit.objects.add_child(Unit.objects.get(pk=parent.pk), instance=unit)
    fields = {"code": code, "name": name, "parent": parent.code if parent else None}
    record(events.UNIT_ADDED, unit, by=by, at=at, fields=fields)
    return unit


@transaction.atomic
def move_unit(*, unit: Unit, to: Unit, by: Person | None, at: datetime) -> Unit:
    """Hang a unit with everything below it under another one; scopes follow at once."""
    _lock_tree()
    unit, to = Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=to.pk)
    if to.path.startswith(unit.path):
        raise UnitCannotMoveBelowItself(
            _("%(to)s is a part of %(unit)s. Choose a place outside it.") % {"to": to, "unit": unit}
        )
    parent = Unit.objects.get_parent(unit)
    Unit.objects.move(unit, to, pos="last-child")
    fields = {"code": unit.code, "from": parent.code if parent else None, "to": to.code}
    record(events.UNIT_MOVED, unit, by=by, at=at, fields=fields)
    moved: Unit = Unit.objects.get(pk=unit.pk)
    return moved


@transaction.atomic
def change_unit(*, unit: Unit, by: Person | None, at: datetime, **changes: Any) -> Unit:
    """Change any of CHANGEABLE; nothing is written when nothing differs."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    changed = {name: value for name, value in _known(changes).items() if getattr(unit, name) != value}
    if not changed:
        return unit
    for name, value in changed.items():
        setattr(unit, name, value)
    _require_books(unit)
    unit.save(update_fields=list(changed))
    record(events.UNIT_CHANGED, unit, by=by, at=at, fields={"code": unit.code, "changes": changed})
    return unit


def _known(values: dict[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise TypeError(f"A unit has no changeable field {', '.join(unknown)}.")
    return values


def _require_books(unit: Unit) -> None:
    if unit.is_company and not re.fullmatch("[A-Z]{3}", unit.currency):
        raise CompanyNeedsCurrency(
            _("A unit that keeps books needs a currency: three capital letters, such as TWD.")
        )


def _lock_tree() -> None:
    """One change of shape at a time: paths are counted from the neighbours."""
    list(Unit.objects.select_for_update().filter(depth=1).values_list("pk"))
