"""How well people can what their positions ask for."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from ..growing import UNSAID, Gap, Standing
from ..models import Assignment, Person, Skill, SkillLevel
from .assignments import holding_on


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One skill of a person, held against what their positions ask for."""

    skill: Skill
    gap: Gap


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A person and one gap a skill of the matrix, in its order."""

    person: Person
    gaps: tuple[Gap, ...]

    @property
    def missing(self) -> int:
        """How many skills lie below what is asked."""
        return sum(gap.missing > 0 for gap in self.gaps)

    @property
    def unsaid(self) -> int:
        """How many skills are asked for of which nobody said anything."""
        return sum(gap.is_open for gap in self.gaps)


def standings_of(people: QuerySet[Person]) -> dict[int, dict[int, Standing]]:
    """Person → skill → what each source said last; one query."""
    newest = (
        SkillLevel.objects.filter(person__in=people.values("pk"))
        .values("person", "skill", "source")
        .annotate(newest=Max("pk"))
    )
    said: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = SkillLevel.objects.filter(pk__in=newest.values("newest"))
    for person, skill, source, level in rows.values_list("person_id", "skill_id", "source", "level"):
        said[person][skill][source] = level
    return {
        person: {skill: Standing(by_source) for skill, by_source in skills.items()}
        for person, skills in said.items()
    }


def needs_of(people: QuerySet[Person], on: date) -> dict[int, dict[int, int]]:
    """Person → skill → the highest level that their positions of a day ask for; one query."""
    held = Assignment.objects.filter(holding_on(on), person__in=people.values("pk"))
    rows = held.filter(position__skills__isnull=False)
    needs: dict[int, dict[int, int]] = defaultdict(dict)
    for person, skill, level in rows.values_list(
        "person_id", "position__skills__skill_id", "position__skills__level"
    ):
        needs[person][skill] = max(level, needs[person].get(skill, 0))
    return dict(needs)


def skills_of(person: Person, on: date) -> list[SkillRow]:
    """What is asked of the person or was said of them; the widest gaps first."""
    alone = Person.objects.filter(pk=person.pk)
    (row,), skills = team_matrix(alone, on)
    rows = [SkillRow(skill, gap) for skill, gap in zip(skills, row.gaps, strict=True)]
    return sorted(rows, key=lambda each: (-each.gap.missing, not each.gap.is_open, -each.gap.asked))


def team_matrix(people: QuerySet[Person], on: date, kind: str = "") -> tuple[list[MatrixRow], list[Skill]]:
    """People by name × the skills that are asked of any of them or were said of any; four queries."""
    needs, standings = needs_of(people, on), standings_of(people)
    wanted = {skill for found in (needs, standings) for skills in found.values() for skill in skills}
    skills = Skill.objects.filter(pk__in=wanted).order_by("-kind", "code")
    shown = list(skills.filter(kind=kind) if kind else skills)
    rows = [
        MatrixRow(
            person,
            tuple(
                Gap(
                    needs.get(person.pk, {}).get(skill.pk, 0),
                    standings.get(person.pk, {}).get(skill.pk, UNSAID),
                )
                for skill in shown
            ),
        )
        for person in people.order_by("name", "pk")
    ]
    return rows, shown


def history_of(person: Person, skill: Skill) -> QuerySet[SkillLevel]:
    """Everything that was said of the person and the skill, newest first."""
    said = SkillLevel.objects.filter(person=person, skill=skill)
    return said.select_related("said_by").order_by("-pk")


def said_of(person: Person) -> QuerySet[SkillLevel]:
    """Everything that was said of the person's skills, newest first."""
    said = SkillLevel.objects.filter(person=person)
    return said.select_related("skill", "said_by").order_by("-pk")
