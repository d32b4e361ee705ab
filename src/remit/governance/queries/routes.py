"""The way of a request: who signs in which order, by which clause, and what they said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from remit.org.deciding import Organisation
from remit.org.models import Person, Position, Unit

from ..clauses import Clause
from ..deciding import Hand, Judgement, able
from ..kinds import kind_of
from ..models import Request, Round, Signature, Step
from .inbox import open_steps
from .places import laid_by
from .requests import steps_of
from .signers import hands_of, involved_in, signers_of


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of the way.

    ``people``: ids of who may sign it, as things stand. ``state``: empty before the submission.
    """

    stage: int
    clause: Clause | None
    position: Position | None
    role: str
    place: Unit | None
    need: int
    is_arbiter: bool
    people: tuple[int, ...]
    state: str = ""
    step: Step | None = None
    due_at: datetime | None = None
    signatures: tuple[Signature, ...] = ()


def way_of(row: Round, on: date, organisation: Organisation) -> list[Stop]:
    """The way of a round that was submitted."""
    clauses = {clause.code: clause for clause in row.version.read()}
    steps = steps_of(row)
    involved = involved_in(steps).get(row.pk, frozenset())
    return [
        Stop(
            stage=step.stage, clause=clauses.get(step.clause), position=step.position, role=step.role,
            place=step.place, need=step.need, is_arbiter=step.is_arbiter,
            people=signers_of(step, on, organisation, involved).people, state=step.state, step=step,
            due_at=step.due_at, signatures=tuple(step.signatures.all()),
        )
        for step in steps
    ]  # fmt: skip


def way_to_come(request: Request, judgement: Judgement, on: date, organisation: Organisation) -> list[Stop]:
    """The way that a request would take if it were submitted now."""
    positions = {position.code: position for position in Position.objects.all()}
    subject = kind_of(request.kind).read(request.ref)
    involved = frozenset({request.author_id, *subject.own})
    stops = []
    for laid in laid_by(judgement, request.unit):
        rule, position = laid.asked.rule, positions.get(laid.asked.rule.position)
        if position and laid.place:
            hands = able(hands_of(position.pk, laid.place.pk, on, organisation), involved=involved)
            people = tuple(hand.signer for hand in hands)
        else:
            people = _standing(subject.roles.get(rule.role, ()), on, organisation, involved)
        stops.append(
            Stop(
                stage=rule.stage, clause=laid.asked.clause, position=position, role=rule.role,
                place=laid.place, need=laid.need, is_arbiter=rule.is_arbiter, people=people,
            )
        )  # fmt: skip
    return sorted(stops, key=lambda stop: (stop.stage, stop.is_arbiter))


def _standing(
    people: Iterable[int], on: date, organisation: Organisation, involved: frozenset[int]
) -> tuple[int, ...]:
    acting = [organisation.standing_in(person, on) for person in people]
    return tuple(person for person in acting if person is not None and person not in involved)


def steps_to_sign(
    request: Request, person: Person, on: date, organisation: Organisation
) -> list[tuple[Step, Hand]]:
    """The open steps of a request that the person may sign now, each with the hand that signs."""
    steps = list(open_steps().filter(round__request=request))
    involved = involved_in(steps)
    return [
        (step, hand)
        for step in steps
        for hand in signers_of(step, on, organisation, involved[step.round_id]).hands
        if hand.signer == person.pk
    ]
