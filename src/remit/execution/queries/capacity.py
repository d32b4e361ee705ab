"""How full people's weeks are, and who could do something."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from remit.duties.deciding import Facts, loads
from remit.duties.queries.company import WEEKS_PER_MONTH, facts_on
from remit.org.deciding import Organisation, holds
from remit.org.models import Person, ProjectMember, Secondment, Skill
from remit.org.queries.organisation import organisation_between
from remit.org.queries.skill_levels import standings_of
from remit.org.working_days import WorkingCalendar

from ..enums import OPEN_TASK
from ..loading import WEEK, WeekLoad, Work, week_load
from ..models import Task

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Capacity:
    """A person's weeks. ``lent``: where they work now instead, and until when; ``level``: of the skill."""

    person: Person
    weeks: tuple[WeekLoad, ...]
    lent: Secondment | None = None
    level: int | None = None

    @property
    def free(self) -> float:
        """Hours left in all weeks."""
        return sum(week.free for week in self.weeks)

    @property
    def is_over(self) -> bool:
        return any(week.is_over for week in self.weeks)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def capacity_of(
    people: Sequence[Person], on: date, calendar: WorkingCalendar, *, weeks: int = WEEKS
) -> list[Capacity]:
    """Each person's weeks from the one of ``on`` on; a fixed number of queries."""
    first = monday_of(on)
    mondays = [first + number * WEEK for number in range(weeks)]
    last = mondays[-1] + WEEK - timedelta(days=1)
    organisation = organisation_between(first, last)
    ids = [person.pk for person in people]
    duties = _weekly_duties(facts_on(on), on)
    works, members, lent = _works(ids, first, last), _members(ids), _lent(ids, on)
    return [
        Capacity(
            person,
            tuple(
                week_load(
                    monday,
                    hours_per_week=float(person.hours_per_week)
                    * _post_share(person.pk, organisation, monday),
                    present=_present(person.pk, monday, organisation, calendar),
                    duties=duties.get(person.pk, 0.0),
                    shares={
                        project: share
                        for project, share, begins, ends in members[person.pk]
                        if holds(begins, ends, monday)
                    },
                    works=works[person.pk],
                    calendar=calendar,
                )
                for monday in mondays
            ),
            lent.get(person.pk),
        )
        for person in people
    ]


def able_people(people: QuerySet[Person], skill: Skill, level: int) -> dict[int, int]:
    """The level of each person who has at least ``level`` of a skill."""
    return {
        person: standing.level
        for person, skills in standings_of(people).items()
        if (standing := skills.get(skill.pk)) and standing.level is not None and standing.level >= level
    }


def _weekly_duties(facts: Facts, on: date) -> dict[int, float]:
    return {load.person: load.hours / WEEKS_PER_MONTH for load in loads(facts, on)}


def _post_share(person: int, organisation: Organisation, monday: date) -> float:
    shares = [
        post.share
        for post in organisation.posts
        if post.person == person and organisation.counts(post, monday)
    ]
    return min(sum(shares), 100) / 100


def _present(person: int, monday: date, organisation: Organisation, calendar: WorkingCalendar) -> int:
    days = calendar.between(monday, monday + WEEK - timedelta(days=1))
    return sum(not organisation.is_away(person, day) for day in days)


def _works(ids: list[int], first: date, last: date) -> defaultdict[int, list[Work]]:
    rows = Task.objects.filter(
        Q(starts_on__lte=last, ends_on__gte=first), owner__in=ids, state__in=OPEN_TASK, hours__gt=0
    )
    found: defaultdict[int, list[Work]] = defaultdict(list)
    for owner, begins, ends, hours, project in rows.values_list(
        "owner", "starts_on", "ends_on", "hours", "plan__project"
    ):
        found[owner].append(Work(begins, ends, float(hours), project))
    return found


def _members(ids: list[int]) -> defaultdict[int, list[tuple[int, int, date, date | None]]]:
    found: defaultdict[int, list[tuple[int, int, date, date | None]]] = defaultdict(list)
    rows = ProjectMember.objects.filter(person__in=ids)
    for person, project, share, first, last in rows.values_list(
        "person", "project", "share", "starts_on", "ends_on"
    ):
        found[person].append((project, share, first, last))
    return found


def _lent(ids: list[int], on: date) -> dict[int, Secondment]:
    rows = Secondment.objects.filter(home__person__in=ids, starts_on__lte=on, ends_on__gte=on)
    return {row.home.person_id: row for row in rows.select_related("home", "away__unit")}
