"""Hours of weeks: what people have, and what takes them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.execution.actions.task import add_task
from remit.execution.loading import WEEK, Work, hours_in, week_load
from remit.execution.queries.capacity import able_people, capacity_of
from remit.org.actions.absence import add_absence
from remit.org.models import Person, Skill, SkillLevel
from remit.org.working_days import WorkingCalendar

from ..governance.conftest import AT
from ..planning.planned import department, plan_of

MONDAY = date(2026, 3, 2)
WEEKS = WorkingCalendar("NONE")
SAID = (("ana", "self", 4), ("dora", "self", 2), ("fay", "self", 5), ("fay", "manager", 1))


@given(st.integers(0, 30), st.integers(0, 40), st.integers(1, 400))
def test_a_tasks_hours_are_all_in_its_weeks_whatever_its_days(first, length, hours):
    work = Work(MONDAY + timedelta(days=first), MONDAY + timedelta(days=first + length), float(hours))
    weeks = [MONDAY + number * WEEK for number in range(12)]
    assert sum(hours_in(work, monday, WEEKS) for monday in weeks) == pytest.approx(hours)


def test_ten_hours_over_five_working_days_and_a_weekend_lie_on_the_working_days():
    """Thursday to Wednesday: two days in the first week, three in the second."""
    work = Work(date(2026, 3, 5), date(2026, 3, 11), 10)
    assert hours_in(work, MONDAY, WEEKS) == pytest.approx(4)
    assert hours_in(work, MONDAY + WEEK, WEEKS) == pytest.approx(6)


def load(**more):
    values = {
        "hours_per_week": 40, "present": 5, "duties": 10, "shares": {}, "works": [], "calendar": WEEKS,
        **more,
    }  # fmt: skip
    return week_load(MONDAY, **values)


def test_a_project_takes_its_share_or_what_its_tasks_take_whichever_is_more():
    week = Work(MONDAY, MONDAY + timedelta(days=4), 6, project=7)
    assert load(shares={7: 20}, works=[week]).taken == pytest.approx(18)
    assert load(shares={7: 10}, works=[week]).taken == pytest.approx(16)
    assert load(works=[week]).taken == pytest.approx(16)


def test_who_is_away_two_days_has_three_days_of_hours_and_of_duties():
    found = load(present=3)
    assert (found.has, found.duties) == (pytest.approx(24), pytest.approx(6))
    assert load(present=0).share is None
    assert load(present=0, works=[Work(MONDAY, MONDAY, 3)]).is_over


@pytest.fixture
def house(db):
    return department()


def test_a_person_over_full_is_seen_in_the_week_and_an_absence_shrinks_it(house):
    plan, ana = plan_of(house), house["ana"]
    days = {"starts_on": MONDAY, "ends_on": MONDAY + timedelta(days=4)}
    add_task(plan=plan, title="拍攝", owner=ana, hours=Decimal(44), by=ana, at=AT, **days)
    [found] = capacity_of([ana], MONDAY, WEEKS, weeks=2)
    assert (found.weeks[0].has, found.weeks[0].tasks, found.weeks[0].is_over) == (40, 44, True)
    assert (found.weeks[1].tasks, found.weeks[1].free) == (0, 40)
    add_absence(
        kind="leave",
        person=ana,
        starts_on=MONDAY + WEEK,
        ends_on=MONDAY + WEEK + timedelta(days=1),
        by=ana,
        at=AT,
    )
    [found] = capacity_of([ana], MONDAY, WEEKS, weeks=2)
    assert found.weeks[1].has == 24


def test_the_talent_pool_holds_who_has_the_skill_by_whose_word_counts(house):
    skill = Skill.objects.create(code="video", name="短影音", kind="professional")
    for name, source, level in SAID:
        SkillLevel.objects.create(person=house[name], skill=skill, source=source, level=level, said_at=AT)
    assert able_people(Person.objects.all(), skill, 3) == {house["ana"].pk: 4}


def test_weeks_take_the_same_queries_for_one_and_for_three_people(house, django_assert_num_queries):
    for people in ([house["ana"]], [house["ana"], house["dora"], house["fay"]]):
        with django_assert_num_queries(22):
            capacity_of(people, MONDAY, WEEKS)
