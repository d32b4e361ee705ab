"""Conflicts: keep what is found, log by hand, see ways out, decide, say what came of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.notices.actions import notify
from remit.org.models import Person, Unit
from remit.org.queries.organisation import heads_of, organisation_on
from remit.org.queries.today import company_day
from remit.planning.models import Plan

from .. import events
from ..enums import ClashKind, ConflictState
from ..models import Conflict, ConflictOption
from ..queries.clashes import Clash, clashes_on


class ConflictUnclear(ValueError):
    """What was given says too little; the message says what is missing."""


class ConflictDecided(ValueError):
    """It was decided, or is no longer there."""


def find_conflicts(*, at: datetime) -> dict[str, int]:
    """Look for clashes: new ones are kept and told, old ones get their present figures, gone ones lapse.

    What was decided is not found again under the same key. Repeatable.
    """
    found = {clash.key: clash for clash in clashes_on(company_day(at))}
    known = {row.key: row for row in Conflict.objects.filter(by=None).order_by("pk")}
    new = 0
    for key, clash in found.items():
        row = known.get(key)
        if row is None or row.state == ConflictState.LAPSED:
            new += _keep(clash, at)
        elif row.state == ConflictState.OPEN and (row.facts, row.things) != (clash.facts, [*clash.things]):
            Conflict.objects.filter(pk=row.pk, state=ConflictState.OPEN).update(
                facts=clash.facts, things=list(clash.things)
            )
    gone = [row.pk for key, row in known.items() if row.state == ConflictState.OPEN and key not in found]
    Conflict.objects.filter(pk__in=gone, state=ConflictState.OPEN).update(
        state=ConflictState.LAPSED, lapsed_at=at
    )
    return {"new": new, "gone": len(gone)}


@transaction.atomic
def log_conflict(
    *, unit: Unit, kind: str, title: str, note: str, by: Person, at: datetime, things: Iterable[str] = ()
) -> Conflict:
    """Log a conflict that no figure shows."""
    if not title.strip() or not note.strip():
        raise ConflictUnclear(_("Say in a title and in words what pulls apart."))
    row = Conflict.objects.create(
        unit=unit, kind=ClashKind(kind), title=title.strip()[:160], note=note.strip()[:1000], by=by,
        found_at=at, things=list(things), decider=_decider(unit, at),
    )  # fmt: skip
    record(events.CONFLICT_LOGGED, row, by=by, at=at, fields={"title": row.title, "kind": kind})
    _tell_decider(row, at, by=by)
    return row


@transaction.atomic
def add_option(*, conflict: Conflict, text: str, by: Person, at: datetime) -> ConflictOption:
    """A way out."""
    conflict = _held(conflict, ConflictState.OPEN)
    if not text.strip():
        raise ConflictUnclear(_("Say what could be done."))
    return ConflictOption.objects.create(conflict=conflict, text=text.strip()[:400], by=by, at=at)


@transaction.atomic
def decide_conflict(
    *, conflict: Conflict, decision: str, by: Person, at: datetime, option: ConflictOption | None = None
) -> Conflict:
    """Decide: an option, or words of one's own; the people concerned are told."""
    conflict = _held(conflict, ConflictState.OPEN)
    text = decision.strip() or (option.text if option else "")
    if not text:
        raise ConflictUnclear(_("Choose a way out, or say in words what holds (H4.1.3)."))
    if option is not None:
        conflict.options.filter(pk=option.pk).update(chosen=True)
    conflict.state, conflict.decision = ConflictState.DECIDED, text[:1000]
    conflict.decided_by, conflict.decided_at = by, at
    conflict.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    record(events.CONFLICT_DECIDED, conflict, by=by, at=at, fields={"decision": conflict.decision})
    owners = Plan.objects.filter(pk__in=_ids(conflict, "plan")).values("owner")
    notify(
        people=Person.objects.filter(pk__in=owners).exclude(pk=by.pk),
        text=gettext_noop("%(by)s decided a conflict: %(subject)s. %(decision)s"),
        fields={"by": by, "decision": conflict.decision}, subject=conflict,
        key=f"conflict:{conflict.pk}:decided", by=by, at=at,
    )  # fmt: skip
    return conflict


@transaction.atomic
def say_consequence(*, conflict: Conflict, text: str, by: Person, at: datetime) -> Conflict:
    """What came of the decision."""
    conflict = _held(conflict, ConflictState.DECIDED)
    if not text.strip():
        raise ConflictUnclear(_("Say what came of the decision."))
    conflict.consequence = text.strip()[:1000]
    conflict.save(update_fields=["consequence"])
    fields = {"consequence": conflict.consequence}
    record(events.CONFLICT_CONSEQUENCE, conflict, by=by, at=at, fields=fields)
    return conflict


@transaction.atomic
def _keep(clash: Clash, at: datetime) -> bool:
    unit = Unit.objects.get(pk=clash.unit)
    values: dict[str, Any] = {
        "unit": unit, "kind": clash.kind, "facts": clash.facts, "things": list(clash.things),
        "found_at": at, "decider": _decider(unit, at),
    }  # fmt: skip
    row, made = Conflict.objects.get_or_create(key=clash.key, state=ConflictState.OPEN, defaults=values)
    if made:
        record(events.CONFLICT_FOUND, row, by=None, at=at, fields={"kind": clash.kind, "key": clash.key})
        _tell_decider(row, at)
    return made


def _held(conflict: Conflict, state: ConflictState) -> Conflict:
    row = Conflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    if row.state != state:
        raise ConflictDecided(_("This conflict is no longer at that point; look at it again."))
    return row


def _decider(unit: Unit, at: datetime) -> Person | None:
    day = company_day(at)
    heads = heads_of(unit, organisation_on(day), day)
    return Person.objects.filter(pk=heads[0]).first() if heads else None


def _tell_decider(row: Conflict, at: datetime, by: Person | None = None) -> None:
    if row.decider is None or row.decider == by:
        return
    notify(
        people=[row.decider], text=gettext_noop("A conflict waits for your decision: %(subject)s."),
        subject=row, key=f"conflict:{row.pk}", by=by, at=at,
    )  # fmt: skip


def _ids(conflict: Conflict, kind: str) -> list[int]:
    return [int(thing.partition(":")[2]) for thing in conflict.things if thing.startswith(f"{kind}:")]
