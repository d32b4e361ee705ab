"""How a round goes: its steps are laid, opened stage by stage, and it ends."""

from collections.abc import Iterable
from datetime import datetime, time

from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.audit.events import EventType
from remit.notices.actions import notify
from remit.org.models import Person, Position, Unit
from remit.org.queries.clocks import Clocks, clocks
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from .. import events
from ..clauses import ALL
from ..deciding import Fate, Judgement, Said, Seen, standing
from ..enums import RequestState, StepState
from ..kinds import kind_of
from ..models import Request, Round, Step
from ..queries.places import laid_by
from ..queries.signers import involved_in, signers_of

DUE_TIME = time(18)  # in the subject's unit
OUTCOMES = {
    Fate.APPROVED: RequestState.APPROVED,
    Fate.RETURNED: RequestState.RETURNED,
    Fate.REFUSED: RequestState.REFUSED,
}


def held(pk: int) -> Request:
    """The request, locked: always first, so that two who act on one request wait for one another."""
    rows = Request.objects.select_for_update(of=("self",)).select_related("unit", "author")
    return rows.get(pk=pk)


def open_round(request: Request) -> Round:
    """The round that is being signed."""
    row = request.rounds.select_related("version__policy", "by", "content").get(outcome="")
    row.request = request
    return row


def lay_steps(row: Round, judgement: Judgement, unit: Unit) -> None:
    """A step for every signature that the clauses ask for."""
    positions = {position.code: position for position in Position.objects.all()}
    for laid in laid_by(judgement, unit):
        rule = laid.asked.rule
        Step.objects.create(
            round=row, clause=laid.asked.clause.code, stage=rule.stage, role=rule.role, place=laid.place,
            position=positions[rule.position] if rule.position else None,
            need=laid.need, days=laid.days, is_arbiter=rule.is_arbiter,
        )  # fmt: skip


def go_on(row: Round, *, by: Person, at: datetime, reason: str = "") -> Fate:
    """Open what can be signed now, or end the round when it is decided."""
    on = company_day(at)
    steps = list(
        row.steps.select_related("position", "place", "round__request").prefetch_related("signatures")
    )
    organisation = organisation_on(on)
    involved = involved_in(steps).get(row.pk, frozenset())
    seen = [
        Seen(
            id=step.pk, stage=step.stage, need=step.need, is_arbiter=step.is_arbiter,
            said=tuple(Said(signature.decision) for signature in step.signatures.all()),
            to_come=signers_of(step, on, organisation, involved).to_come if step.need == ALL else 0,
        )
        for step in steps
    ]  # fmt: skip
    stands = standing(seen)
    _mark(steps, seen, stands.open, at)
    if stands.fate != Fate.GOES_ON:
        end_round(row, OUTCOMES[stands.fate], by=by, at=at, reason=reason)
        return stands.fate
    opened = [step for step in steps if step.pk in stands.open and step.state != StepState.OPEN]
    _open(row, opened, at, clocks())
    for step in opened:
        people = signers_of(step, on, organisation, involved).people
        tell(people, gettext_noop("%(by)s asks for your signature: %(subject)s."), row, f"sign:{step.pk}", at,
             by=row.by)  # fmt: skip
    return stands.fate


def end_round(
    row: Round, outcome: RequestState, *, by: Person | None, at: datetime, reason: str = ""
) -> None:
    """Close the round and its steps, set the request's state, and do what follows from an approval."""
    request = row.request
    row.outcome, row.ended_at = outcome, at
    row.save(update_fields=["outcome", "ended_at"])
    still = row.steps.filter(state__in=[StepState.WAITING, StepState.OPEN])
    still.update(state=StepState.CLOSED, ended_at=at)
    request.state, request.changed_at = outcome, at
    request.save(update_fields=["state", "changed_at"])
    text = ""
    if outcome == RequestState.APPROVED:
        note(events.APPROVED, row, by=by, at=at, digest=row.content_id)
        text = gettext_noop("%(subject)s has all its signatures.")
        kind_of(request.kind).approve(request=request, by=row.by, at=at)
    elif outcome == RequestState.RETURNED:
        note(events.RETURNED, row, by=by, at=at, reason=reason)
        text = gettext_noop("%(by)s returned %(subject)s: %(reason)s")
    elif outcome == RequestState.REFUSED:
        note(events.REFUSED, row, by=by, at=at, reason=reason)
        text = gettext_noop("%(by)s refused %(subject)s: %(reason)s")
        kind_of(request.kind).refused(request=request, by=by or row.by, at=at)
    if text:
        people = {request.author_id, row.by_id}
        tell(people, text, row, f"{outcome}:{row.pk}", at, by=by, reason=reason)


def note(kind: EventType, row: Round, *, by: Person | None, at: datetime, **fields: object) -> None:
    """Write an event about a request, with what names it."""
    request = row.request
    named = {"kind": request.kind, "about": request.subject, "title": request.title}
    if "round" in kind.fields:
        named["round"] = str(row.number)
    record(kind, request, by=by, at=at, fields={**named, **fields})


def tell(
    people: Iterable[int],
    text: str,
    row: Round,
    key: str,
    at: datetime,
    *,
    by: Person | None,
    **fields: object,
) -> None:
    """Tell people something about a request, once per key."""
    said = {name: value for name, value in {"by": by, **fields}.items() if f"%({name})s" in text}
    notify(
        people=Person.objects.filter(pk__in=list(people)), text=text, fields=said,
        subject=row.request, key=f"request:{key}", by=by, at=at,
    )  # fmt: skip


def due_after(days: int, unit: int, at: datetime, times: Clocks) -> datetime:
    """``days`` working days after a moment, at the end of that day in the unit."""
    day = times.day(unit, at)
    return times.moment(unit, times.calendar(unit, day).shifted(day, days), DUE_TIME)


def _open(row: Round, steps: Iterable[Step], at: datetime, times: Clocks) -> None:
    for step in steps:
        step.state, step.opened_at = StepState.OPEN, at
        step.due_at = due_after(step.days, row.request.unit_id, at, times)
        step.save(update_fields=["state", "opened_at", "due_at"])


def _mark(steps: Iterable[Step], seen: Iterable[Seen], open_now: frozenset[int], at: datetime) -> None:
    """Steps that are decided by their signatures, whatever comes of the round."""
    for step, one in zip(steps, seen, strict=True):
        state = StepState.OPPOSED if one.against else StepState.DONE if one.is_done else None
        if state and step.state == StepState.OPEN and step.pk not in open_now:
            step.state, step.ended_at = state, at
            step.save(update_fields=["state", "ended_at"])
