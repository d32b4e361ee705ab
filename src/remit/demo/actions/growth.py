"""Skills, a mentor, a newcomer's plan and successors of the demonstration: configuration."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from remit.org.actions import (
    assess,
    begin_mentoring,
    check_in,
    confirm,
    make_newcomer_plan,
    name_successor,
    tick_step,
)
from remit.org.enums import CriterionKind, SkillSource
from remit.org.models import (
    Criterion,
    Mentoring,
    NewcomerPlan,
    Person,
    Position,
    Skill,
    SkillLevel,
    Successor,
    Unit,
)
from remit.org.queries.today import company_day

from .. import cast, growth


@transaction.atomic
def set_up_growth(*, at: datetime) -> int:
    """Say what the cast can do, and give it mentor, plan and successors, each where there is none at all.

    Return how many things were added. Somebody who changed or removed some keeps what they have.
    """
    people = {
        person.email.partition("@")[0]: person for person in Person.objects.filter(is_demonstration=True)
    }
    return _levels(people, at) + _newcomer(people, at) + _successors(people, at)


def _levels(people: dict[str, Person], at: datetime) -> int:
    if SkillLevel.objects.exists():
        return 0
    skills = {skill.code: skill for skill in Skill.objects.all()}
    count = 0
    for name, levels in growth.LEVELS.items():
        for code, said in levels.items():
            own, managers = said[0], said[1]
            about: dict[str, Any] = {"person": people[name], "skill": skills[code], "at": at}
            if own != "-":
                assess(source=SkillSource.SELF, level=int(own), by=people[name], **about)
                count += 1
            if managers != "-":
                manager = people[growth.MANAGERS[name]]
                assess(source=SkillSource.MANAGER, level=int(managers), by=manager, **about)
                count += 1
    return count + _proofs(people, skills, at)


def _proofs(people: dict[str, Person], skills: dict[str, Skill], at: datetime) -> int:
    """One piece of evidence, and one confirmed statement of a ladder."""
    name, code, level, place = growth.EVIDENCE
    assess(
        person=people[name], skill=skills[code], source=SkillSource.EVIDENCE, level=level, evidence=place,
        by=people[growth.MANAGERS[name]], at=at,
    )  # fmt: skip
    name, position = growth.CONFIRMED
    statements = Criterion.objects.filter(kind=CriterionKind.STATEMENT, rung__position__code=position)
    for statement in statements.order_by("pk")[:1]:
        confirm(criterion=statement, person=people[name], by=people[growth.MANAGERS[name]], at=at)
    return 1


def _newcomer(people: dict[str, Person], at: datetime) -> int:
    if NewcomerPlan.objects.exists() or Mentoring.objects.exists():
        return 0
    newcomer, mentor = people[growth.NEWCOMER], people[growth.MENTOR]
    manager = people[growth.MANAGERS[growth.NEWCOMER]]
    first = company_day(at) - timedelta(days=cast.NEWCOMER_DAYS)
    begin_mentoring(mentor=mentor, mentee=newcomer, starts_on=first, aim=growth.MENTOR_AIM, by=manager, at=at)
    plan = make_newcomer_plan(person=newcomer, starts_on=first, by=manager, at=at)
    steps = list(plan.steps.order_by("pk"))
    for place in growth.STEPS_DONE:
        tick_step(step=steps[place], by=newcomer, at=at)
    for name, text in growth.CHECK_INS:
        check_in(plan=plan, text=text, by=people[name], at=at)
    return 2


def _successors(people: dict[str, Person], at: datetime) -> int:
    if Successor.objects.exists():
        return 0
    positions = {position.code: position for position in Position.objects.all()}
    units = {unit.code: unit for unit in Unit.objects.all()}
    director = people["director"]
    for each in growth.SUCCESSORS:
        name_successor(
            position=positions[each.position], unit=units[each.unit], person=people[each.person],
            readiness=each.readiness, order=each.order, by=director, at=at,
        )  # fmt: skip
    return len(growth.SUCCESSORS)
