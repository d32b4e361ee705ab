"""Handovers: expected with the work, offered by the giver, accepted or returned by the receiver (H1.3d)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.notices.actions import notify
from remit.org.models import Person
from remit.org.queries.clocks import Clocks, clocks
from remit.org.queries.organisation import organisation_on
from remit.org.queries.scopes import ancestor_paths
from remit.org.queries.today import company_day

from .. import events
from ..enums import HandoverState
from ..models import Charge, Handover, HandoverStep, Occurrence
from ..queries.stakes import charges_in_force, crews_of
from .generation import DUE_TIME

NOTE_MAX = 300


class HandoverMoved(ValueError):
    """The other side moved it meanwhile."""


class HandoverNeedsReason(ValueError):
    """A handover is returned with a reason."""


def expect_handovers(*, occurrence: Occurrence, at: datetime) -> list[Handover]:
    """Write down what this occurrence hands to whom by when; again without harm."""
    return expect_all(occurrences=[occurrence], at=at).get(occurrence.pk, [])


@transaction.atomic
def expect_all(
    *, occurrences: Iterable[Occurrence], at: datetime, times: Clocks | None = None
) -> dict[int, list[Handover]]:
    """The same of several, by occurrence, in three queries besides the clocks.

    The receiver is the charge of the named duty in the same unit, else in the nearest unit above. Where
    nobody owes that duty there is nothing to hand over. Not in the record: it follows from the version.
    """
    giving = [one for one in occurrences if one.version.hands_over]
    if not giving:
        return {}
    times = times or clocks()
    receivers = _receivers({rule["to"] for one in giving for rule in one.version.hands_over}, company_day(at))
    wanted = [
        _expected(one, rule, to, times)
        for one in giving
        for rule in one.version.hands_over
        if (to := _nearest(receivers[rule["to"]], one.charge.unit.path)) is not None
    ]
    Handover.objects.bulk_create(wanted, ignore_conflicts=True)
    names = {(each.occurrence_id, each.to_id, each.what) for each in wanted}
    found: defaultdict[int, list[Handover]] = defaultdict(list)
    for row in Handover.objects.filter(occurrence__in=giving).order_by("pk"):
        if (row.occurrence_id, row.to_id, row.what) in names:
            found[row.occurrence_id].append(row)
    return found


@transaction.atomic
def offer(*, handover: Handover, by: Person, at: datetime, note: str = "") -> HandoverStep:
    """The giver puts it on the table; the receiving side is told."""
    handover = _held(handover, HandoverState.EXPECTED, HandoverState.RETURNED)
    step = _move(handover, HandoverState.OFFERED, note, by, at)
    day = company_day(at)
    crew = crews_of([handover.to], day, organisation_on(day))[handover.to_id]
    notify(
        people=Person.objects.filter(pk__in=[*crew.responsible, *crew.accountables]).exclude(pk=by.pk),
        text=gettext_noop("%(by)s hands over to you: %(subject)s"),
        fields={"by": by}, subject=handover, key=f"handover:{step.pk}", by=by, at=at,
    )  # fmt: skip
    return step


@transaction.atomic
def take(*, handover: Handover, by: Person, at: datetime) -> HandoverStep:
    """The receiver accepts it: done."""
    return _move(_held(handover, HandoverState.OFFERED), HandoverState.ACCEPTED, "", by, at)


@transaction.atomic
def give_back(*, handover: Handover, reason: str, by: Person, at: datetime) -> HandoverStep:
    """The receiver returns it with a reason; the giver is told."""
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise HandoverNeedsReason(_("Say what is missing, so that the giver can mend it."))
    handover = _held(handover, HandoverState.OFFERED)
    giver = handover.steps.filter(state=HandoverState.OFFERED).select_related("by").order_by("-pk")[0].by
    step = _move(handover, HandoverState.RETURNED, reason, by, at)
    notify(
        people=[giver],
        text=gettext_noop("%(by)s returned the handover %(subject)s: %(reason)s"),
        fields={"by": by, "reason": step.note}, subject=handover, key=f"handover:{step.pk}",
        by=by, at=at,
    )  # fmt: skip
    return step


@transaction.atomic
def drop(*, handovers: QuerySet[Handover], reason: str, by: Person, at: datetime) -> int:
    """What was not taken yet is no longer owed, for a reason; the receiving side is told. Return how many."""
    rows = handovers.filter(closed_at=None).select_for_update(of=("self",)).select_related("to__duty")
    held = list(rows.order_by("pk"))
    day = company_day(at)
    crews = crews_of([each.to for each in held], day, organisation_on(day)) if held else {}
    for each in held:
        step = _move(each, HandoverState.DROPPED, reason, by, at)
        crew = crews[each.to_id]
        notify(
            people=Person.objects.filter(pk__in=[*crew.responsible, *crew.accountables]).exclude(pk=by.pk),
            text=gettext_noop("What you were to receive is no longer owed: %(subject)s. Reason: %(reason)s"),
            fields={"reason": step.note}, subject=each, key=f"handover:{step.pk}", by=by, at=at,
        )  # fmt: skip
    return len(held)


def _receivers(codes: set[str], on: date) -> defaultdict[str, dict[str, Charge]]:
    """The charges in force of duties, by code and the path of their unit."""
    found: defaultdict[str, dict[str, Charge]] = defaultdict(dict)
    for charge in charges_in_force(on).filter(duty__code__in=codes).select_related("duty", "unit"):
        found[charge.duty.code][charge.unit.path] = charge
    return found


def _nearest(charges: dict[str, Charge], path: str) -> Charge | None:
    """Of the unit itself, else of the nearest above."""
    places = (path, *reversed(ancestor_paths(path)))
    return next((charges[place] for place in places if place in charges), None)


def _expected(one: Occurrence, rule: dict[str, Any], to: Charge, times: Clocks) -> Handover:
    unit = one.charge.unit_id
    due_on = times.calendar(unit, one.due_on).shifted(one.due_on, rule["within_days"])
    return Handover(
        occurrence=one, to=to, what=rule["what"]["zh"][:200], what_en=rule["what"]["en"][:200],
        due_at=times.moment(unit, due_on, DUE_TIME),
    )  # fmt: skip


def _held(handover: Handover, *states: HandoverState) -> Handover:
    rows = Handover.objects.select_for_update(of=("self",)).select_related("to__duty", "occurrence__charge")
    held = rows.get(pk=handover.pk)
    if held.state not in states:
        raise HandoverMoved(
            _("This handover is %(state)s already: look at it again.")
            % {"state": HandoverState(held.state).label.lower()}
        )
    return held


def _move(handover: Handover, state: HandoverState, note: str, by: Person, at: datetime) -> HandoverStep:
    note = note.replace("\x00", "").strip()[:NOTE_MAX]
    step = HandoverStep.objects.create(handover=handover, state=state, note=note, by=by, at=at)
    handover.state = state
    handover.closed_at = at if state in (HandoverState.ACCEPTED, HandoverState.DROPPED) else None
    handover.save(update_fields=["state", "closed_at"])
    fields = {"what": handover.what, "to": handover.to.duty.code, "state": state.value, "note": note}
    record(events.HANDOVER_MOVED, handover, by=by, at=at, fields=fields)
    return step
