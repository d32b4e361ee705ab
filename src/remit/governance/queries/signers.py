"""Who may sign a step at a moment: resolved through assignments, absences and delegations, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from remit.core.ref import Ref
from remit.org.deciding import Organisation

from ..deciding import Hand, able
from ..kinds import kind_of
from ..models import Part, Step


@dataclass(frozen=True, slots=True)
class Signers:
    """``hands``: who may sign now. ``is_above``: nobody of the position is left, or it was escalated."""

    hands: tuple[Hand, ...]
    is_above: bool = False

    @property
    def people(self) -> tuple[int, ...]:
        return tuple(hand.signer for hand in self.hands)

    @property
    def to_come(self) -> int:
        """How many signatures are outstanding where everybody signs; whoever is above signs for all."""
        return 0 if self.is_above else len(self.hands)


def signers_of(
    step: Step,
    on: date,
    organisation: Organisation,
    involved: frozenset[int] | None = None,
) -> Signers:
    """Who may sign one step; ``involved``: who had a part in its round, read when it is not given."""
    if involved is None:
        involved = involved_in([step])[step.round_id]
    own = able(_hands(step, on, organisation), involved=involved)
    if own and step.escalated_at is None:
        return Signers(own)
    above = able(_above(step, on, organisation), involved=involved)
    return Signers((*own, *(hand for hand in above if hand not in own)), is_above=True)


def involved_in(steps: Iterable[Step]) -> dict[int, frozenset[int]]:
    """Everybody who had a part in the rounds of these steps, author and owners included; one query."""
    rounds = {step.round_id for step in steps}
    found: dict[int, set[int]] = {round_id: set() for round_id in rounds}
    for round_id, person in Part.objects.filter(round__in=rounds).values_list("round", "person"):
        found[round_id].add(person)
    return {round_id: frozenset(people) for round_id, people in found.items()}


def hands_of(position: int, place: int, on: date, organisation: Organisation) -> list[Hand]:
    """The holders of a position in a place, each with who acts for them; who is absent alone is left out."""
    posts = organisation.holders(position, place, on)
    acting = [(organisation.acting(post, on), post.person) for post in posts]
    return [Hand(signer, principal) for signer, principal in acting if signer is not None]


def _hands(step: Step, on: date, organisation: Organisation) -> list[Hand]:
    if step.position_id and step.place_id:
        return hands_of(step.position_id, step.place_id, on, organisation)
    acting = [(organisation.standing_in(person, on), person) for person in _in_role(step)]
    return [Hand(signer, principal) for signer, principal in acting if signer is not None]


def _in_role(step: Step) -> tuple[int, ...]:
    request = step.round.request
    subject = kind_of(request.kind).read(Ref.parse(request.subject))
    return tuple(subject.roles.get(step.role, ()))


def _above(step: Step, on: date, organisation: Organisation) -> list[Hand]:
    """Whoever stands above: of the holders, or of the people in the role; above them when they had a part."""
    if not (step.position_id and step.place_id):
        found = [organisation.superior_of(person, on) for person in _in_role(step)]
    else:
        posts = organisation.holders(step.position_id, step.place_id, on)
        holders = [post.person for post in posts] or [0]
        found = [organisation.superior(step.position_id, step.place_id, person, on) for person in holders]
    chain: dict[int, None] = {}
    waiting = [person for person in found if person is not None]
    while waiting:  # also whoever stands above them, for when the nearest had a part already
        person = waiting.pop(0)
        if person in chain:
            continue
        chain[person] = None
        if (higher := organisation.superior_of(person, on)) is not None:
            waiting.append(higher)
    return [Hand(person, person) for person in chain]
