"""What a person, a position or a unit owes, and how much of it was on time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from remit.org.deciding import Organisation
from remit.org.models import Absence, Person

from ..enums import Role, State
from ..models import Charge, Occurrence, RaciRow
from .handbook import by_code, titles_of
from .stakes import charges_in_force

ANSWERS = (Role.ACCOUNTABLE, Role.RESPONSIBLE)


@dataclass(frozen=True, slots=True)
class Owes:
    """A charge with its title. ``rate``: on time of those due and not waived; none when none was."""

    charge: Charge
    title: str
    due: int
    on_time: int

    @property
    def rate(self) -> float | None:
        return self.on_time / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class Owing:
    """Charges in the order of their codes, and the rate over all of them."""

    rows: tuple[Owes, ...]

    @property
    def rate(self) -> float | None:
        due = sum(row.due for row in self.rows)
        return sum(row.on_time for row in self.rows) / due if due else None


def owing(charges: QuerySet[Charge], on: date, language: str) -> Owing:
    """How charges stand that were due by a day; three queries."""
    rows = sorted(
        charges.filter(pk__in=charges_in_force(on)).select_related("duty", "unit").distinct(),
        key=lambda each: (by_code(each.duty.code), each.unit.path),
    )
    titles = titles_of({each.duty.current_id or 0 for each in rows}, language)
    on_time = Q(state__in=[State.DELIVERED, State.ACCEPTED], delivered_at__lte=F("due_at"))
    past = Occurrence.objects.filter(charge__in=[each.pk for each in rows], due_on__lte=on)
    counted = past.exclude(state=State.WAIVED).values("charge")
    sums = {
        row["charge"]: (row["due"], row["good"])
        for row in counted.annotate(due=Count("pk"), good=Count("pk", filter=on_time))
    }
    found = ((each, titles.get(each.duty.current_id or 0, "")) for each in rows)
    return Owing(tuple(Owes(each, title, *sums.get(each.pk, (0, 0))) for each, title in found))


def of_position(charges: QuerySet[Charge], position: int) -> QuerySet[Charge]:
    """Those for which a position does the work or answers."""
    theirs = RaciRow.objects.filter(position=position, role__in=ANSWERS)
    return charges.filter(pk__in=theirs.values("charge"))


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody is away, and ``charges`` are what nobody answers meanwhile."""

    first: date
    last: date
    charges: tuple[Charge, ...]


def left_behind(person: Person, on: date, organisation: Organisation) -> Left | None:
    """What of the person's nobody answers while they are away; none when they are there."""
    if not organisation.is_away(person.pk, on):
        return None
    absence = Absence.objects.filter(person=person, starts_on__lte=on, ends_on__gte=on).latest("ends_on")
    held = {post.position for post in organisation.posts if post.person == person.pk}
    rows = RaciRow.objects.filter(position__in=held, role__in=ANSWERS, charge__in=charges_in_force(on))
    silent = _silent(rows.select_related("charge__duty", "charge__unit"), person.pk, on, organisation)
    return Left(absence.starts_on, absence.ends_on, tuple(silent))


def _silent(rows: Iterable[RaciRow], person: int, on: date, organisation: Organisation) -> Collection[Charge]:
    found = {}
    for row in rows:
        answering = organisation.answering(row.position_id, row.charge.unit_id, on)
        if person in answering.silent and not answering.people:
            found[row.charge_id] = row.charge
    return sorted(found.values(), key=lambda each: (by_code(each.duty.code), each.unit.path))
