"""Who reads the findings: whom they see, what they may mend themselves, and who can where they cannot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from remit.duties.deciding import Finding, Kind
from remit.org.enums import Ability
from remit.org.models import Person, Position, Unit
from remit.org.queries.posts import people_able_in
from remit.org.rules import can_bring_in, can_manage, paths_with, people_visible_to

# A position that somebody has to be given, or a person of whose posts one has to end.
type About = Position | Person | None
BY_ONESELF = {Kind.ABSENT, Kind.SINGLE_POINT}
PERSONAL = {Kind.ABSENT, Kind.OVERLOAD, Kind.SINGLE_POINT, Kind.TWO_ACCOUNTABLES}
NEEDED = {
    Kind.NO_ACCOUNTABLE: Ability.MANAGE_DUTIES,
    Kind.NO_RESPONSIBLE: Ability.MANAGE_DUTIES,
    Kind.TWO_ACCOUNTABLES: Ability.MANAGE_PEOPLE,
    Kind.VACANT: Ability.MANAGE_PEOPLE,
    Kind.ABSENT: Ability.MANAGE_PEOPLE,
    Kind.SINGLE_POINT: Ability.MANAGE_PEOPLE,
}  # to look at a load, or to enter a figure, is answered by those pages themselves


@dataclass(frozen=True, slots=True)
class Reader:
    """``able``: for each unit and ability, who has it there, unit by unit upward."""

    person: Person
    sees: frozenset[int]
    paths: Mapping[Ability, tuple[str, ...]]
    able: Mapping[tuple[int, Ability], list[list[Person]]]

    @classmethod
    def of(cls, person: Person, units: Mapping[int, Unit], on: date) -> "Reader":
        """A fixed number of queries."""
        abilities = (Ability.MANAGE_DUTIES, Ability.MANAGE_PEOPLE)
        return cls(
            person,
            frozenset(people_visible_to(person, on).values_list("pk", flat=True)),
            {ability: tuple(paths_with(person, ability, on)) for ability in abilities},
            people_able_in(abilities, units.values(), on),
        )

    def sees_who(self, finding: Finding) -> bool:
        """Whether all people whom the finding is about are theirs to see."""
        about = {finding.person, *finding.people} - {None} if finding.kind in PERSONAL else set()
        return about <= self.sees

    def may_mend(self, finding: Finding, unit: Unit, about: About = None) -> bool:
        """Whether the offered fix would be open to them; ``about``: what has to be given, or taken."""
        needed = NEEDED.get(finding.kind)
        if needed is None:
            return True
        if finding.kind in BY_ONESELF and finding.person == self.person.pk:
            return True  # everybody names who acts for them
        if about is not None:
            return _may(self.person, about, unit)
        return self.sees_who(finding) and unit.path.startswith(self.paths[needed] or ("-",))

    def to_ask(self, finding: Finding, unit: Unit, about: About = None) -> list[Person]:
        """Who can mend it where the reader cannot, the nearest above; nobody where they can."""
        if self.may_mend(finding, unit, about):
            return []
        for people in self.able.get((unit.pk, NEEDED[finding.kind]), []):
            others = [each for each in people if each.pk not in (self.person.pk, finding.person)]
            if able := [each for each in others if about is None or _may(each, about, unit)]:
                return able
        return []


def _may(person: Person, about: Position | Person, unit: Unit) -> bool:
    """Whether somebody may give the position in the unit, or change the posts of the person."""
    if isinstance(about, Position):
        return bool(can_bring_in(person, about, unit))
    return bool(can_manage(person, about))
