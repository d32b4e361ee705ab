"""What is wrong with the division of duties, and what would be after a change. Pure (``docs/how/lint.md``).

Facts in, findings out; a what-if is the same question about changed facts. People, positions, units and
charges are ids.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from remit.org.deciding import Organisation, Post, Rank, holds

from .cadence import hours_per_month

LOOK_AHEAD = timedelta(days=14)  # absences that begin within two weeks are findings already
A_YEAR = timedelta(days=365)
SAME_EFFORT = 0.10  # two duties take the same effort when their hours differ by at most a tenth
RESULT_GAP = 3.0


class Kind(StrEnum):
    """Kinds of finding."""

    NO_ACCOUNTABLE = "no_accountable"
    NO_RESPONSIBLE = "no_responsible"
    TWO_ACCOUNTABLES = "two_accountables"
    VACANT = "vacant"
    ABSENT = "absent"
    OVERLOAD = "overload"
    SINGLE_POINT = "single_point"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Owed:
    """A charge in force: the positions by role, and what its duty takes. ``attained``: result over target."""

    charge: int
    unit: int
    rhythm: str
    effort_minutes: int
    accountable: tuple[int, ...] = ()
    responsible: tuple[int, ...] = ()
    begins: date = date.min
    measured_on: date | None = None
    attained: float | None = None

    @property
    def hours(self) -> float:
        """Hours in an average month."""
        return hours_per_month(self.rhythm, self.effort_minutes)


@dataclass(frozen=True)
class Facts:
    """All that the findings follow from. ``capacity``: hours a month by person, of those who hold a post."""

    organisation: Organisation
    owed: tuple[Owed, ...]
    capacity: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. ``fixer`` should mend it; none: whoever manages people and duties there.

    ``charges``: those concerned. ``hours``, ``limit``: of an overload. ``on``: from when, if not now.
    """

    kind: Kind
    unit: int
    charges: tuple[int, ...] = ()
    person: int | None = None
    position: int | None = None
    people: tuple[int, ...] = ()
    fixer: int | None = None
    on: date | None = None
    hours: float = 0.0
    limit: float = 0.0

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same finding before and after a change: one charge's, or a whole person's."""
        about = () if self.kind in (Kind.OVERLOAD, Kind.SINGLE_POINT) else self.charges[:1]
        return self.kind, self.unit, about, self.person, self.position

    @property
    def key_text(self) -> str:
        """The key as text, under which the finding is remembered."""
        return ":".join(str(part[0] if isinstance(part, tuple) and part else part or "") for part in self.key)


def person_in(key_text: str) -> int | None:
    """The person whom a remembered finding is about; none when it is about a charge or a position."""
    parts = key_text.split(":")
    return int(parts[3]) if len(parts) > 3 and parts[3] else None


@dataclass(frozen=True, slots=True)
class Load:
    """What a person's duties take in an average month, and what they have."""

    person: int
    hours: float
    limit: float
    charges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reallocation:
    """Two charges of the same effort whose results lie far apart (H1.3c): effort could move to ``better``."""

    better: int
    worse: int
    hours: float
    better_attained: float
    worse_attained: float


def findings(facts: Facts, on: date) -> tuple[Finding, ...]:
    """Everything that is wrong on a day, charges first, then people; a fixed order."""
    found: list[Finding] = []
    for owed in facts.owed:
        found += _of_charge(owed, facts.organisation, on)
    found += _absences(facts, on)
    found += _overloads(facts, on)
    found += _single_points(facts, on)
    return tuple(found)


def merged(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings about one position or one person of a unit as one for each who should mend them, with all
    their charges. What nobody stands above goes with those of the first.
    """
    groups: defaultdict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for each in found:
        about = (each.person, each.position) if each.person or each.position else each.key
        groups[each.kind, each.unit, about].append(each)
    return tuple(
        replace(
            part[0],
            charges=tuple(dict.fromkeys(charge for each in part for charge in each.charges)),
            fixer=fixer,
            on=min((each.on for each in part if each.on is not None), default=None),
        )
        for group in groups.values()
        for fixer, part in _by_fixer(group).items()
    )


def _by_fixer(group: list[Finding]) -> dict[int | None, list[Finding]]:
    first = next((each.fixer for each in group if each.fixer is not None), None)
    parts: defaultdict[int | None, list[Finding]] = defaultdict(list)
    for each in group:
        parts[first if each.fixer is None else each.fixer].append(each)
    return parts


def loads(facts: Facts, on: date) -> tuple[Load, ...]:
    """Each person's hours a month: a charge's hours in equal parts on who does it; heaviest first."""
    hours: defaultdict[int, float] = defaultdict(float)
    charges: defaultdict[int, list[int]] = defaultdict(list)
    for owed in facts.owed:
        people = doing(owed, facts.organisation, on)
        for person in people:
            hours[person] += owed.hours / len(people)
            charges[person].append(owed.charge)
    everybody = dict.fromkeys((*facts.capacity, *hours))
    rows = (
        Load(person, hours[person], facts.capacity.get(person, 0.0), tuple(charges[person]))
        for person in everybody
    )
    return tuple(sorted(rows, key=lambda row: (-row.hours, row.person)))


def doing(owed: Owed, organisation: Organisation, on: date) -> tuple[int, ...]:
    """Who does the work: the responsible; where there are none, the accountable."""
    for positions in (owed.responsible, owed.accountable):
        people = _people(positions, owed.unit, organisation, on)
        if people:
            return people
    return ()


def reallocations(facts: Facts) -> tuple[Reallocation, ...]:
    """Pairs of the same effort with results at least threefold apart, the widest gap first."""
    rated = sorted(
        (o for o in facts.owed if o.attained is not None and o.hours > 0), key=lambda o: (o.hours, o.charge)
    )
    found = []
    for index, one in enumerate(rated):
        for other in rated[index + 1 :]:
            if other.hours > one.hours * (1 + SAME_EFFORT):
                break
            better, worse = (one, other) if (one.attained or 0) >= (other.attained or 0) else (other, one)
            high, low = max(better.attained or 0, 0), max(worse.attained or 0, 0)
            if high > 0 and high >= RESULT_GAP * low:
                found.append(Reallocation(better.charge, worse.charge, one.hours, high, low))
    return tuple(sorted(found, key=lambda r: (-(r.better_attained - r.worse_attained), r.better, r.worse)))


# -- what if ---------------------------------------------------------------------------------------


def without_person(facts: Facts, person: int) -> Facts:
    """A person leaves: their posts are vacant, and they act for nobody."""
    then = facts.organisation
    then = replace(
        then,
        posts=tuple(p for p in then.posts if p.person != person),
        deputies=tuple(d for d in then.deputies if person not in (d.person, d.delegate)),
        _known={},
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
    return replace(facts, organisation=replace(then, posts=posts, ranks=ranks, _known={}), owed=owed)


def with_structure(facts: Facts, unit: int, *, alone: bool) -> Facts:
    """A unit becomes decentralised (answers alone), or stops being so."""
    then = facts.organisation
    units = then.alone | {unit} if alone else then.alone - {unit}
    return replace(facts, organisation=replace(then, alone=units, _known={}))


@dataclass(frozen=True, slots=True)
class Difference:
    """Findings that a change would bring, and those that it would mend."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]


def difference(before: Iterable[Finding], after: Iterable[Finding]) -> Difference:
    """What differs, by the findings' keys; of whom more depends on than before, what is more."""
    old, new = {f.key: f for f in before}, {f.key: f for f in after}
    return Difference(_more_in(new, old), _more_in(old, new))


# -- inside ----------------------------------------------------------------------------------------


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


def _of_charge(owed: Owed, organisation: Organisation, on: date) -> Iterator[Finding]:
    fixer = _above(owed, organisation, on)
    if not owed.accountable:
        yield Finding(Kind.NO_ACCOUNTABLE, owed.unit, (owed.charge,), fixer=fixer)
    if not owed.responsible:
        yield Finding(Kind.NO_RESPONSIBLE, owed.unit, (owed.charge,), fixer=fixer)
    for position in dict.fromkeys((*owed.accountable, *owed.responsible)):
        if not organisation.holders(position, owed.unit, on):
            yield Finding(Kind.VACANT, owed.unit, (owed.charge,), position=position, fixer=fixer)
    people = _people(owed.accountable, owed.unit, organisation, on)
    if len(people) > 1:
        yield Finding(Kind.TWO_ACCOUNTABLES, owed.unit, (owed.charge,), people=people, fixer=fixer)
    last = max(owed.begins, owed.measured_on or owed.begins)
    if on - last >= A_YEAR:
        accountable = people[0] if len(people) == 1 else fixer
        yield Finding(Kind.UNMEASURED, owed.unit, (owed.charge,), fixer=accountable)


def _absences(facts: Facts, on: date) -> Iterator[Finding]:
    """People who are, or within two weeks will be, away with nobody acting.

    Of those who are responsible only where nobody is left to do the work that day.
    """
    organisation = facts.organisation
    starts: defaultdict[int, set[date]] = defaultdict(set)
    for away in organisation.aways:
        if away.last >= on and away.first <= on + LOOK_AHEAD:
            starts[away.person].add(max(on, away.first))
    for owed in facts.owed:
        for position in dict.fromkeys((*owed.accountable, *owed.responsible)):
            for person, days in starts.items():
                day = _silent_day(person, sorted(days), position, owed, organisation)
                if day is not None:
                    yield Finding(
                        Kind.ABSENT, owed.unit, (owed.charge,), person=person, position=position,
                        fixer=organisation.superior(position, owed.unit, person, on), on=day,
                    )  # fmt: skip


def _silent_day(
    person: int, days: list[date], position: int, owed: Owed, organisation: Organisation
) -> date | None:
    def is_silent(day: date) -> bool:
        if person not in organisation.answering(position, owed.unit, day).silent:
            return False
        return position in owed.accountable or not _people(owed.responsible, owed.unit, organisation, day)

    return next((day for day in days if is_silent(day)), None)


def _overloads(facts: Facts, on: date) -> Iterator[Finding]:
    for load in loads(facts, on):
        if load.hours > load.limit and load.charges:
            post = _first_post(load.person, facts.organisation, on)
            if post is not None:
                yield Finding(
                    Kind.OVERLOAD, post.unit, load.charges, person=load.person,
                    fixer=facts.organisation.superior(post.position, post.unit, load.person, on),
                    hours=load.hours, limit=load.limit,
                )  # fmt: skip


def _single_points(facts: Facts, on: date) -> Iterator[Finding]:
    """People without a deputy on whom alone charges depend."""
    organisation = facts.organisation
    covered = {d.person for d in organisation.deputies if d.post is None and holds(d.first, d.last, on)}
    alone: defaultdict[int, list[int]] = defaultdict(list)
    for owed in facts.owed:
        people = doing(owed, organisation, on)
        if len(people) == 1 and people[0] not in covered:
            alone[people[0]].append(owed.charge)
    for person, charges in sorted(alone.items()):
        post = _first_post(person, organisation, on)
        if post is not None:
            yield Finding(
                Kind.SINGLE_POINT, post.unit, tuple(charges), person=person,
                fixer=organisation.superior(post.position, post.unit, person, on),
            )  # fmt: skip


def _people(positions: Iterable[int], unit: int, organisation: Organisation, on: date) -> tuple[int, ...]:
    return tuple(
        dict.fromkeys(p for position in positions for p in organisation.answering(position, unit, on).people)
    )


def _above(owed: Owed, organisation: Organisation, on: date) -> int | None:
    """Who stands above the accountable position, else above a responsible one."""
    for position in (*owed.accountable, *owed.responsible):
        answering = organisation.answering(position, owed.unit, on).people
        found = organisation.superior(position, owed.unit, answering[0] if answering else 0, on)
        if found is not None:
            return found
    return None


def _first_post(person: int, organisation: Organisation, on: date) -> Post | None:
    posts = [p for p in organisation.posts if p.person == person and organisation.counts(p, on)]
    return min(posts, key=lambda post: post.id, default=None)
