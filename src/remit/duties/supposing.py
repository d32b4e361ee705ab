"""What would be after a change: the same facts otherwise, and what differs in the findings. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from remit.org.deciding import Rank

from .deciding import Facts, Finding, Kind


def without_person(facts: Facts, person: int) -> Facts:
    """A person leaves: their posts are vacant, and they act for nobody."""
    then = facts.organisation
    then = replace(
        then,
        posts=tuple(p for p in then.posts if p.person != person),
        deputies=tuple(d for d in then.deputies if person not in (d.person, d.delegate)),
    )
    return replace(
        facts, organisation=then, capacity={p: h for p, h in facts.capacity.items() if p != person}
    )


def with_merged_positions(facts: Facts, gone: int, kept: int) -> Facts:
    """Two positions become one: holders and roles of ``gone`` go to ``kept``."""

    def merged(positions: Iterable[int]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(kept if position == gone else position for position in positions))

    then = facts.organisation
    posts = tuple(replace(p, position=kept) if p.position == gone else p for p in then.posts)
    ranks = {
        position: Rank(kept if rank.reports_to == gone and position != kept else rank.reports_to, rank.leads)
        for position, rank in then.ranks.items()
        if position != gone
    }
    owed = tuple(
        replace(o, accountable=merged(o.accountable), responsible=merged(o.responsible)) for o in facts.owed
    )
    return replace(facts, organisation=replace(then, posts=posts, ranks=ranks), owed=owed)


def with_structure(facts: Facts, unit: int, *, alone: bool) -> Facts:
    """A unit becomes decentralised (answers alone), or stops being so."""
    then = facts.organisation
    units = then.alone | {unit} if alone else then.alone - {unit}
    return replace(facts, organisation=replace(then, alone=units))


@dataclass(frozen=True, slots=True)
class Difference:
    """Findings that a change would bring, and those that it would mend."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]


def difference(before: Iterable[Finding], after: Iterable[Finding]) -> Difference:
    """What differs, by the findings' keys; of whom more depends on than before, what is more."""
    old, new = {f.key: f for f in before}, {f.key: f for f in after}
    return Difference(_more_in(new, old), _more_in(old, new))


def _more_in(
    these: Mapping[tuple[object, ...], Finding], others: Mapping[tuple[object, ...], Finding]
) -> tuple[Finding, ...]:
    found = []
    for key, each in these.items():
        same = others.get(key)
        if same is None:
            found.append(each)
        elif each.kind is Kind.SINGLE_POINT and (more := set(each.charges) - set(same.charges)):
            found.append(replace(each, charges=tuple(c for c in each.charges if c in more)))
    return tuple(found)
