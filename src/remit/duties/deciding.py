"""What is wrong with the division of duties. Pure (``docs/how/lint.md``).

Facts in, findings out; a what-if (``supposing``) is the same question about changed facts. People,
positions, units and charges are ids.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from remit.org.deciding import Away, Deputy, Lent, Organisation, Post, holds

from .cadence import hours_per_month

LOOK_AHEAD = timedelta(days=14)  # absences that begin within two weeks are findings already
A_DAY, A_YEAR = timedelta(days=1), timedelta(days=365)
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
    ``ends_on``: the last day, where it ends by what was decided already.
    """

    kind: Kind
    unit: int
    charges: tuple[int, ...] = ()
    person: int | None = None
    position: int | None = None
    people: tuple[int, ...] = ()
    fixer: int | None = None
    on: date | None = None
    ends_on: date | None = None
    hours: float = 0.0
    limit: float = 0.0

    @property
    def vacant(self) -> int | None:
        """The position that somebody has to be found for, where that is what is wrong."""
        return self.position if self.kind == Kind.VACANT else None

    @property
    def one_too_many(self) -> int | None:
        """The person of whose posts one has to end, where more than one answers."""
        return self.people[-1] if self.kind == Kind.TWO_ACCOUNTABLES else None

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
    """Two charges of the same effort whose results lie far apart (H1.3c): effort could move to ``better``.

    ``fixer``: who stands above what is worse, and should look at it.
    """

    better: int
    worse: int
    hours: float
    better_attained: float
    worse_attained: float
    fixer: int | None = None


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
    """Findings about one position or the same people of a unit as one for each who should mend them, with
    all their charges. What nobody stands above goes with those of the first.
    """
    groups: defaultdict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for each in found:
        same = (each.person, each.position, each.people)
        about = same if any(same) else each.key
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


def reallocations(facts: Facts, on: date) -> tuple[Reallocation, ...]:
    """Pairs of the same effort with results at least threefold apart, the widest gap first."""
    rated = sorted(
        (o for o in facts.owed if o.attained is not None and o.hours > 0), key=lambda o: (o.hours, o.charge)
    )
    above: dict[int, int | None] = {}
    found = []
    for index, one in enumerate(rated):
        for other in rated[index + 1 :]:
            if other.hours > one.hours * (1 + SAME_EFFORT):
                break
            better, worse = (one, other) if (one.attained or 0) >= (other.attained or 0) else (other, one)
            high, low = max(better.attained or 0, 0), max(worse.attained or 0, 0)
            if high > 0 and high >= RESULT_GAP * low:
                if worse.charge not in above:
                    above[worse.charge] = _above(worse, facts.organisation, on)
                found.append(
                    Reallocation(better.charge, worse.charge, one.hours, high, low, above[worse.charge])
                )
    return tuple(sorted(found, key=lambda r: (-(r.better_attained - r.worse_attained), r.better, r.worse)))


# -- inside ----------------------------------------------------------------------------------------


def _of_charge(owed: Owed, organisation: Organisation, on: date) -> Iterator[Finding]:
    fixer = _above(owed, organisation, on)
    if not owed.accountable:
        yield Finding(Kind.NO_ACCOUNTABLE, owed.unit, (owed.charge,), fixer=fixer)
    if not owed.responsible:
        yield Finding(Kind.NO_RESPONSIBLE, owed.unit, (owed.charge,), fixer=fixer)
    for position in dict.fromkeys((*owed.accountable, *owed.responsible)):
        if not organisation.holders(position, owed.unit, on):
            above = next(iter(organisation.superiors(position, owed.unit, on)), None)
            yield Finding(Kind.VACANT, owed.unit, (owed.charge,), position=position, fixer=above)
    people = _people(owed.accountable, owed.unit, organisation, on)
    if len(people) > 1:
        after = _people(owed.accountable, owed.unit, organisation, on + A_DAY)
        yield Finding(
            Kind.TWO_ACCOUNTABLES, owed.unit, (owed.charge,), people=people, fixer=fixer,
            ends_on=on if len(after) == 1 else None,
        )  # fmt: skip
    last = max(owed.begins, owed.measured_on or owed.begins)
    if on - last >= A_YEAR:
        accountable = people[0] if len(people) == 1 else fixer
        yield Finding(Kind.UNMEASURED, owed.unit, (owed.charge,), fixer=accountable)


def _absences(facts: Facts, on: date) -> Iterator[Finding]:
    """People who are, or within two weeks will be, away on a day on which nobody acts.

    Of those who are responsible only where nobody is left to do the work that day. A delegation for a part
    of an absence covers that part: the finding is about the first day that it leaves open.
    """
    organisation = facts.organisation
    until = on + LOOK_AHEAD
    if not any(away.last >= on and away.first <= until for away in organisation.aways):
        return
    days = sorted({on, *(day for day in _turns(organisation) if on < day <= until)})
    for owed in facts.owed:
        for position in dict.fromkeys((*owed.accountable, *owed.responsible)):
            for person, day in _silent_days(position, owed, organisation, days).items():
                yield Finding(
                    Kind.ABSENT, owed.unit, (owed.charge,), person=person, position=position,
                    fixer=organisation.superior(position, owed.unit, person, on), on=day,
                )  # fmt: skip


def _turns(organisation: Organisation) -> Iterator[date]:
    """Days on which somebody else may answer than the day before; between two of them nothing changes."""
    rows: tuple[Post | Away | Deputy | Lent, ...] = (
        *organisation.posts, *organisation.aways, *organisation.deputies, *organisation.lents,
    )  # fmt: skip
    for row in rows:
        yield row.first
        if row.last is not None and row.last < date.max:
            yield row.last + A_DAY


def _silent_days(
    position: int, owed: Owed, organisation: Organisation, days: Iterable[date]
) -> dict[int, date]:
    """Absent holders with the first of the days on which nobody acts and the work has nobody."""
    found: dict[int, date] = {}
    for day in days:
        silent = organisation.answering(position, owed.unit, day).silent
        if silent and (
            position in owed.accountable or not _people(owed.responsible, owed.unit, organisation, day)
        ):
            for person in silent:
                found.setdefault(person, day)
    return found


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
    """People on whom alone charges depend, and who have no deputy for some of their posts."""
    organisation = facts.organisation
    covered = _covered(organisation, on)
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


def _covered(organisation: Organisation, on: date) -> set[int]:
    """Who has a deputy for all posts, or for each post that counts that day."""
    deputies = [d for d in organisation.deputies if holds(d.first, d.last, on)]
    named = {d.post for d in deputies if d.post is not None}
    posts: defaultdict[int, list[int]] = defaultdict(list)
    for post in organisation.posts:
        if organisation.counts(post, on):
            posts[post.person].append(post.id)
    general = {d.person for d in deputies if d.post is None}
    return general | {person for person, mine in posts.items() if named.issuperset(mine)}


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
