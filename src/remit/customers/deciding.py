"""Who is who: from what events said to whom each person code belongs. Pure: the same claims, the same answer.

A claim says that a person code goes by a name: a customer's, or a phone, an e-mail address, an openid, a
member number, a device. Claims are taken in the order of time. Each joins two groups into one. A group is of
one known customer at most: a claim that would join two known people is not followed, and somebody decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

CUSTOMER = "customer"


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """A claim. ``at``: ms since 1970; ``name``: a digest, or the customer's id where ``kind`` is customer."""

    at: int
    id: int
    person: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Belongs:
    """``person`` is ``customer`` by the claim that completed it: its kind is the rule."""

    person: str
    customer: int
    claim: int


@dataclass(frozen=True, slots=True)
class Clash:
    """The claim would make one person of two customers."""

    claim: int
    held: int
    claimed: int


@dataclass
class _Group:
    """``people`` are those of the group; ``nodes``: all its people and names."""

    customer: int | None
    people: list[str] = field(default_factory=list)
    nodes: list[tuple[str, str]] = field(default_factory=list)


def decide_who(claims: Iterable[Said]) -> tuple[tuple[Belongs, ...], tuple[Clash, ...]]:
    """Whom each person code belongs to, by person; and what somebody has to decide, in the order of time."""
    groups: dict[tuple[str, str], _Group] = {}
    belongs: dict[str, Belongs] = {}
    clashes: list[Clash] = []
    for claim in sorted(claims):
        own = ("person", claim.person)
        one = groups.setdefault(own, _Group(None, [claim.person], [own]))
        name = (claim.kind, claim.name)
        known = int(claim.name) if claim.kind == CUSTOMER else None
        other = groups.setdefault(name, _Group(known, [], [name]))
        if one is other:
            continue
        if one.customer is not None and other.customer is not None and one.customer != other.customer:
            clashes.append(Clash(claim.id, one.customer, other.customer))
            continue
        whose = one.customer if one.customer is not None else other.customer
        if whose is not None:
            fresh = one if one.customer is None else other
            for person in fresh.people if fresh.customer is None else ():
                belongs[person] = Belongs(person, whose, claim.id)
        _join(groups, one, other, whose)
    return tuple(sorted(belongs.values(), key=lambda each: each.person)), tuple(clashes)


def _join(groups: dict[tuple[str, str], _Group], one: _Group, other: _Group, whose: int | None) -> None:
    """The smaller group goes into the larger, so that many claims stay quick."""
    large, small = (one, other) if len(one.nodes) >= len(other.nodes) else (other, one)
    large.people += small.people
    large.nodes += small.nodes
    large.customer = whose
    for node in small.nodes:
        groups[node] = large
