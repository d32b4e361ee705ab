"""How ready somebody is for the next rung of the ladders on which they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..growing import Answered, Asked, answered, months_held
from ..models import Assignment, Confirmation, Criterion, Ladder, Person, Rung
from .assignments import assignments_of
from .skill_levels import standings_of


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion with its answer, and who confirmed it."""

    criterion: Criterion
    answer: Answered
    confirmation: Confirmation | None


@dataclass(frozen=True, slots=True)
class Climb:
    """Where somebody stands on a ladder; ``following`` is none on the highest rung."""

    ladder: Ladder
    standing: Rung
    following: Rung | None
    criteria: tuple[CriterionRow, ...] = ()

    @property
    def met(self) -> int:
        return sum(row.answer.is_met for row in self.criteria)


def climbs_of(person: Person, on: date) -> list[Climb]:
    """The ladders on which a position of the person stands that day, each with the next rung's criteria."""
    held = set(assignments_of(person, on).values_list("position_id", flat=True))
    rungs = list(
        Rung.objects.filter(ladder__rungs__position__in=held)
        .select_related("ladder", "position")
        .prefetch_related("criteria__skill")
        .distinct()
        .order_by("ladder__code", "order")
    )
    if not rungs:
        return []
    standings = standings_of(Person.objects.filter(pk=person.pk)).get(person.pk, {})
    confirmations = {
        each.criterion_id: each
        for each in Confirmation.objects.filter(person=person).select_related("confirmed_by")
    }
    spans = _spans(person)
    climbs = []
    for ladder in {rung.ladder_id: rung.ladder for rung in rungs}.values():
        steps = [rung for rung in rungs if rung.ladder_id == ladder.pk]
        at = max(index for index, rung in enumerate(steps) if rung.position_id in held)
        following = steps[at + 1] if at + 1 < len(steps) else None
        criteria = list(following.criteria.all()) if following else []
        answers = answered(
            map(_asked, criteria),
            standings=standings,
            months=months_held(spans.get(steps[at].position_id, ()), on),
            confirmed=frozenset(confirmations),
        )
        rows = tuple(
            CriterionRow(criterion, answer, confirmations.get(criterion.pk))
            for criterion, answer in zip(criteria, answers, strict=True)
        )
        climbs.append(Climb(ladder, steps[at], following, rows))
    return climbs


def _asked(criterion: Criterion) -> Asked:
    return Asked(criterion.pk, criterion.skill_id, criterion.level or 0, criterion.months or 0)


def _spans(person: Person) -> dict[int, Iterable[tuple[date, date | None]]]:
    found: dict[int, list[tuple[date, date | None]]] = {}
    rows = Assignment.objects.filter(person=person)
    for position, first, last in rows.values_list("position_id", "starts_on", "ends_on"):
        found.setdefault(position, []).append((first, last))
    return dict(found)
