"""What waits for somebody's signature."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from remit.org.deciding import Organisation
from remit.org.models import Person

from ..deciding import Hand
from ..enums import StepState
from ..models import Part, Step
from .signers import hands_of, involved_in, signers_of


def open_steps() -> QuerySet[Step]:
    """Steps that can be signed now, with all that a list says of them."""
    return Step.objects.filter(state=StepState.OPEN).select_related(
        "round__request__unit", "round__request__author", "position", "place"
    )


def steps_for(person: Person, on: date, organisation: Organisation) -> list[tuple[Step, Hand]]:
    """The open steps that the person may sign, the most urgent first, each with the hand that signs.

    A step of which the person answers for the position is found by the database; only those that were
    escalated, that name a role, or of which all holders had a part are looked at one by one.
    """
    if not person.is_active:
        return []
    found = _within_reach(person, on, organisation)
    involved = involved_in(found)
    signed = [
        (step, hand)
        for step in found
        for hand in signers_of(step, on, organisation, involved[step.round_id]).hands
        if hand.signer == person.pk
    ]
    return sorted(signed, key=lambda pair: (pair[0].due_at, pair[0].pk))


def steps_nobody_can_sign(on: date, organisation: Organisation) -> list[Step]:
    """Open steps that wait for ever: nobody answers for the position and nobody stands above."""
    rows = list(open_steps())
    involved = involved_in(rows)
    return [step for step in rows if not signers_of(step, on, organisation, involved[step.round_id]).hands]


def _within_reach(person: Person, on: date, organisation: Organisation) -> list[Step]:
    mine, above = Q(pk__in=()), Q(escalated_at__isnull=False) | ~Q(role="")
    for position, place in _pairs():
        hands = hands_of(position, place, on, organisation)
        theirs = Q(position=position, place=place)
        if any(hand.signer == person.pk for hand in hands):
            mine |= theirs
        # When all holders had a part, or there is none, whoever stands above signs.
        above |= theirs & Q(*(_had_part(*hand.people) for hand in hands))
    return list(open_steps().filter(mine | above).exclude(_had_part(person.pk)))


def _had_part(*people: int) -> Exists:
    return Exists(Part.objects.filter(round=OuterRef("round"), person__in=people))


def _pairs() -> Iterable[tuple[int, int]]:
    rows = Step.objects.filter(state=StepState.OPEN, position__isnull=False)
    return rows.values_list("position", "place").distinct()
