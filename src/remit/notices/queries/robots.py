"""Which robots somebody may choose, and which one speaks for a team."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from remit.org.models import Assignment, Person, Unit
from remit.org.queries.assignments import holding_on, paths_of
from remit.org.queries.scopes import ancestor_paths

from ..models import Preference, RobotAllowance, TeamRobot
from ..robots import robots


def robot_names() -> list[str]:
    """The robots that are set up."""
    return sorted(robots())


def allowances_of(owner: Person | Unit) -> QuerySet[RobotAllowance]:
    """What was allowed to the person, or to the unit, itself."""
    return RobotAllowance.objects.filter(**{"unit" if isinstance(owner, Unit) else "person": owner})


def robots_open_to(person: Person, on: date) -> list[str]:
    """Robots that are set up and allowed to an active person, or to a unit at or above a position."""
    if not person.is_active or not robots():
        return []
    paths = {path for each in paths_of(person, on) for path in (*ancestor_paths(each), each)}
    allowed = RobotAllowance.objects.filter(Q(person=person) | Q(unit__path__in=paths))
    return sorted(set(allowed.values_list("robot", flat=True)) & set(robots()))


def robot_of(person: Person, on: date) -> str:
    """The robot that the person chose and may still use; empty: none."""
    chosen = Preference.objects.filter(person=person).values_list("robot", flat=True).first() or ""
    return chosen if chosen in robots_open_to(person, on) else ""


def team_robot_of(unit: Unit) -> TeamRobot:
    """The unit's own team robot, or an unsaved one without a name, with the defaults."""
    return TeamRobot.objects.filter(unit=unit).first() or TeamRobot(unit=unit)


def teams_of(people: Collection[Person], on: date) -> dict[int, list[TeamRobot]]:
    """For each person (by id) the team robot at or nearest above each position that they hold on a day."""
    by_path = {team.unit.path: team for team in TeamRobot.objects.select_related("unit")}
    if not by_path:
        return {}
    found: dict[int, dict[int, TeamRobot]] = {}
    held = Assignment.objects.filter(holding_on(on), person__in=people)
    for person, path in held.values_list("person", "unit__path"):
        upward = reversed((*ancestor_paths(path), path))
        if nearest := next((by_path[each] for each in upward if each in by_path), None):
            found.setdefault(person, {})[nearest.pk] = nearest
    return {person: list(teams.values()) for person, teams in found.items()}


def robots_not_set_up() -> list[str]:
    """Names that somebody chose or a team has, and that the setting does not know."""
    named = set(TeamRobot.objects.values_list("robot", flat=True))
    named |= set(Preference.objects.exclude(robot="").values_list("robot", flat=True))
    return sorted(named - set(robots()))
