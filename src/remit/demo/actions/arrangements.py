"""A project, a secondment and absences of the demonstration, each where there is none at all."""

from datetime import date, datetime, timedelta

from django.db import transaction

from remit.org.actions.absence import add_absence, delegate
from remit.org.actions.project import join_project, start_project
from remit.org.actions.secondment import second
from remit.org.models import Absence, Assignment, Person, Project, Secondment, Unit
from remit.org.queries.today import company_day

from .. import arrangements as wanted


@transaction.atomic
def set_up_arrangements(*, at: datetime) -> int:
    """Return how many were added. What somebody ended or removed since is over, unless all of a kind went."""
    people = {
        person.email.partition("@")[0]: person for person in Person.objects.filter(is_demonstration=True)
    }
    today = company_day(at)
    return _project(people, today, at) + _secondment(people, today, at) + _absences(people, today, at)


def _project(people: dict[str, Person], today: date, at: datetime) -> int:
    if Project.objects.exists():
        return 0
    first, last = (today + timedelta(days=day) for day in (wanted.PROJECT_FIRST_DAY, wanted.PROJECT_LAST_DAY))
    project = start_project(
        code=wanted.PROJECT_CODE, name=wanted.PROJECT_NAME, name_en=wanted.PROJECT_NAME_EN,
        unit=Unit.objects.get(code=wanted.PROJECT_UNIT), lead=people[wanted.PROJECT_LEAD],
        arbiter=people[wanted.PROJECT_ARBITER], starts_on=first, ends_on=last,
        decides=wanted.PROJECT_DECIDES, is_demonstration=True, by=None, at=at,
    )  # fmt: skip
    for member in wanted.PROJECT_MEMBERS:
        join_project(
            project=project, person=people[member.person], share=member.share, role=member.role,
            starts_on=first, ends_on=last, by=people[wanted.PROJECT_LEAD], at=at,
        )  # fmt: skip
    return 1


def _secondment(people: dict[str, Person], today: date, at: datetime) -> int:
    if Secondment.objects.exists():
        return 0
    lent = wanted.LENT
    home = Assignment.objects.select_related("position").get(person=people[lent.person])
    second(
        home=home, unit=Unit.objects.get(code=lent.unit), position=home.position, reason=lent.reason,
        starts_on=today + timedelta(days=lent.first_day), ends_on=today + timedelta(days=lent.last_day),
        by=None, at=at,
    )  # fmt: skip
    return 1


def _absences(people: dict[str, Person], today: date, at: datetime) -> int:
    if Absence.objects.exists():
        return 0
    for away in wanted.AWAY:
        person = people[away.person]
        first, last = today + timedelta(days=away.first_day), today + timedelta(days=away.last_day)
        add_absence(person=person, starts_on=first, ends_on=last, kind=away.kind, by=person, at=at)
        if away.delegate:
            delegate(person=person, to=people[away.delegate], starts_on=first, ends_on=last, by=person, at=at)
    return len(wanted.AWAY)
