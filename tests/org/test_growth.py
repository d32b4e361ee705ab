"""Ladders, mentors, first days and successors: what is written, and who may."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from remit.org.actions import (
    add_criterion,
    add_ladder,
    add_rung,
    add_template_step,
    assess,
    begin_mentoring,
    check_in,
    confirm,
    end_mentoring,
    make_newcomer_plan,
    name_successor,
    remove_successor,
    reopen_step,
    tick_step,
    withdraw_confirmation,
)
from remit.org.actions.confirmation import NothingToConfirm
from remit.org.actions.ladder import (
    CriterionIncomplete,
    LadderCodeTaken,
    PositionStandsThere,
    SkillAskedAlready,
)
from remit.org.actions.mentoring import MenteeHasMentor, MentoringEndsBeforeItStarts, MentorIsMentee
from remit.org.actions.newcomer_plan import CheckInEmpty, PlanExists, TemplateEmpty
from remit.org.actions.successor import HolderIsNoSuccessor, PositionIsNotKey
from remit.org.actions.template_step import StepOutsideThirtyDays
from remit.org.enums import CriterionKind
from remit.org.growth_rules import (
    can_check_in,
    can_name_successors,
    can_tick,
    confirmations_visible_to,
    growth_visible_to,
    mentorings_visible_to,
    newcomer_plans_visible_to,
    successors_visible_to,
)
from remit.org.models import (
    Confirmation,
    Ladder,
    Mentoring,
    Successor,
    Unit,
)
from remit.org.queries.newcomer_plans import plan_page
from remit.org.queries.readiness import climbs_of
from remit.org.queries.successions import key_posts

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = AT.date()
NOW = {"by": None, "at": AT}


# -- ladders ------------------------------------------------------------------------------------


@pytest.fixture
def ladder(house):
    """From analyst to head: insight at 3, a year, and one statement."""
    ladder = add_ladder(code="up", name="up", **NOW)
    add_rung(ladder=ladder, position=house.positions["analyst"], **NOW)
    rung = add_rung(ladder=ladder, position=house.positions["head"], **NOW)
    add_criterion(rung=rung, kind=CriterionKind.SKILL, skill=house.skill, level=3, **NOW)
    add_criterion(rung=rung, kind=CriterionKind.TENURE, months=12, **NOW)
    add_criterion(rung=rung, kind=CriterionKind.STATEMENT, statement="led a study", **NOW)
    return ladder


def test_readiness_says_what_is_met_and_what_is_missing_with_figures(house, ladder):
    ann = house.person("ann", ("analyst", "east"), starts_on=DAY - timedelta(200))
    (climb,) = climbs_of(ann, DAY)
    assert (climb.standing.position.code, climb.following.position.code) == ("analyst", "head")
    assert [(row.answer.have, row.answer.want) for row in climb.criteria] == [(0, 3), (6, 12), (0, 1)]
    assess(person=ann, skill=house.skill, source="manager", level=3, by=None, at=AT)
    confirm(criterion=climb.criteria[2].criterion, person=ann, by=ann, at=AT)
    assert climbs_of(ann, DAY)[0].met == 2
    assert climbs_of(ann, DAY + timedelta(200))[0].met == 3


def test_on_the_highest_rung_nothing_follows_and_beside_a_ladder_there_is_none(house, ladder):
    head, other = house.person("head", ("head", "east")), house.person("other", ("importer", "east"))
    assert [climb.following for climb in climbs_of(head, DAY)] == [None]
    assert climbs_of(other, DAY) == []


def test_only_statements_are_confirmed_once_and_a_confirmation_can_be_withdrawn(house, ladder):
    ann = house.person("ann", ("analyst", "east"))
    head, stranger = house.person("head", ("head", "grocer")), house.person("far", ("head", "west"))
    skill, _tenure, statement = [row.criterion for row in climbs_of(ann, DAY)[0].criteria]
    with pytest.raises(NothingToConfirm):
        confirm(criterion=skill, person=ann, by=head, at=AT)
    first = confirm(criterion=statement, person=ann, by=head, at=AT)
    assert confirm(criterion=statement, person=ann, by=ann, at=AT) == first
    assert first.confirmed_by == head
    assert [confirmations_visible_to(p, DAY).count() for p in (ann, head, stranger)] == [1, 1, 0]
    withdraw_confirmation(confirmation=first, by=head, at=AT)
    assert Confirmation.objects.count() == 0


def test_a_wrong_ladder_is_refused(house, ladder):
    rung = ladder.rungs.get(order=2)
    with pytest.raises(LadderCodeTaken):
        add_ladder(code="up", name="again", **NOW)
    with pytest.raises(PositionStandsThere):
        add_rung(ladder=ladder, position=house.positions["head"], **NOW)
    with pytest.raises(SkillAskedAlready):
        add_criterion(rung=rung, kind="skill", skill=house.skill, level=4, **NOW)
    for kind in CriterionKind.values:
        with pytest.raises(CriterionIncomplete):
            add_criterion(rung=rung, kind=kind, **NOW)
    assert Ladder.objects.count() == 1


# -- mentors ------------------------------------------------------------------------------------


def test_a_mentee_has_one_mentor_at_a_time_and_nobody_mentors_themselves(house):
    ann, bo, cy = (house.person(name, ("analyst", "east")) for name in ("ann", "bo", "cy"))
    with pytest.raises(MentorIsMentee):
        begin_mentoring(mentor=ann, mentee=ann, starts_on=DAY, aim="x", **NOW)
    with pytest.raises(MentoringEndsBeforeItStarts):
        begin_mentoring(mentor=bo, mentee=ann, starts_on=DAY, ends_on=DAY - timedelta(1), aim="x", **NOW)
    first = begin_mentoring(mentor=bo, mentee=ann, starts_on=DAY, aim="x", **NOW)
    for days in (-5, 0, 400):
        with pytest.raises(MenteeHasMentor, match="bo"):
            begin_mentoring(mentor=cy, mentee=ann, starts_on=DAY + timedelta(days), aim="x", **NOW)
    before = begin_mentoring(
        mentor=cy, mentee=ann, starts_on=DAY - timedelta(9), ends_on=DAY - timedelta(1), aim="x", **NOW
    )
    end_mentoring(mentoring=first, ends_on=DAY, **NOW)
    begin_mentoring(mentor=cy, mentee=ann, starts_on=DAY + timedelta(1), aim="x", **NOW)
    assert end_mentoring(mentoring=before, ends_on=DAY + timedelta(30), **NOW).ends_on == DAY - timedelta(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mentoring.objects.create(mentor=ann, mentee=ann, starts_on=DAY, aim="x")
    assert [mentorings_visible_to(p, DAY).count() for p in (ann, bo, cy)] == [3, 1, 2]


# -- the first thirty days ----------------------------------------------------------------------


@pytest.fixture
def plan(house):
    add_template_step(day=1, name="arrive", **NOW)
    add_template_step(day=30, name="review", **NOW)
    newcomer = house.person("new", ("analyst", "boston"), starts_on=DAY)
    return make_newcomer_plan(person=newcomer, starts_on=DAY, **NOW)


def test_a_plan_counts_calendar_days_and_shows_what_is_overdue(plan):
    page = plan_page(plan, DAY + timedelta(2))
    assert [(step.name, step.due_on) for step in page.steps] == [
        ("arrive", date(2026, 3, 2)),
        ("review", date(2026, 3, 31)),
    ]
    assert [step.name for step in page.overdue] == ["arrive"]
    tick_step(step=page.steps[0], by=plan.person, at=AT)
    tick_step(step=page.steps[0], by=plan.person, at=AT + timedelta(1))
    page = plan_page(plan, DAY + timedelta(2))
    assert (page.done, page.overdue, page.steps[0].done_at) == (1, (), AT)
    reopen_step(step=page.steps[0], by=plan.person, at=AT)
    assert plan_page(plan, DAY).done == 0
    assert plan_page(plan, DAY).overdue == ()


def test_a_step_of_a_day_off_moves_to_the_working_day_before_it_or_after_where_the_plan_begins_then(house):
    for day, name in ((1, "arrive"), (6, "saturday"), (7, "sunday"), (8, "monday")):
        add_template_step(day=day, name=name, **NOW)
    newcomer = house.person("new", ("analyst", "boston"), starts_on=DAY)
    plan = make_newcomer_plan(person=newcomer, starts_on=DAY, **NOW)
    assert [(step.name, step.due_on.day) for step in plan_page(plan, DAY).steps] == [
        ("arrive", 2), ("saturday", 6), ("sunday", 6), ("monday", 9),
    ]  # fmt: skip
    plan = make_newcomer_plan(person=newcomer, starts_on=DAY + timedelta(5), **NOW)  # a Saturday
    assert [(step.name, step.due_on.day) for step in plan_page(plan, DAY).steps] == [
        ("arrive", 9), ("saturday", 12), ("sunday", 13), ("monday", 13),
    ]  # fmt: skip


def test_a_plan_that_is_made_stays_as_it_is(plan):
    add_template_step(day=2, name="later", **NOW)
    assert plan.steps.count() == 2
    with pytest.raises(PlanExists):
        make_newcomer_plan(person=plan.person, starts_on=DAY, **NOW)
    with pytest.raises(StepOutsideThirtyDays):
        add_template_step(day=31, name="never", **NOW)


def test_without_a_template_there_is_no_plan_and_a_check_in_says_something(house):
    with pytest.raises(TemplateEmpty):
        make_newcomer_plan(person=house.person("ann"), starts_on=DAY, **NOW)


def test_the_newcomer_ticks_and_mentor_and_head_write_check_ins(house, plan):
    newcomer = plan.person
    mentor, head = house.person("mentor", ("analyst", "west")), house.person("head", ("head", "east"))
    peer = house.person("peer", ("analyst", "boston"))
    begin_mentoring(mentor=mentor, mentee=newcomer, starts_on=DAY, ends_on=DAY + timedelta(9), aim="x", **NOW)
    people = (newcomer, mentor, head, peer)
    assert [newcomer_plans_visible_to(p, DAY).count() for p in people] == [1, 1, 1, 0]
    assert [bool(can_tick(p, plan)) for p in people] == [True, False, False, False]
    assert [bool(can_check_in(p, plan, DAY)) for p in people] == [False, True, True, False]
    assert not growth_visible_to(mentor, DAY).filter(pk=newcomer.pk).exists()
    assert not newcomer_plans_visible_to(mentor, DAY + timedelta(10)).exists()
    check_in(plan=plan, text=" went well ", by=mentor, at=AT)
    assert [each.text for each in plan_page(plan, DAY).check_ins] == ["went well"]
    with pytest.raises(CheckInEmpty):
        check_in(plan=plan, text="  ", by=mentor, at=AT)


# -- successors ---------------------------------------------------------------------------------


def test_key_positions_show_holders_successors_and_gaps(house):
    holder, ann = house.person("holder", ("head", "east")), house.person("ann", ("analyst", "east"))
    house.person("was", ("head", "west"), ends_on=DAY - timedelta(1))
    post = {"position": house.positions["head"], "unit": house.units["east"]}
    named = name_successor(**post, person=ann, readiness="now", **NOW)
    assert name_successor(**post, person=ann, readiness="one_year", order=2, **NOW).pk == named.pk
    posts = key_posts(Unit.objects.all(), DAY)
    assert [
        (p.unit.code, [h.name for h in p.holders], [s.person.name for s in p.successors], p.is_gap)
        for p in posts
    ] == [("east", ["holder"], ["ann"], False), ("west", [], [], True)]
    with pytest.raises(HolderIsNoSuccessor):
        name_successor(**post, person=holder, readiness="now", **NOW)
    with pytest.raises(PositionIsNotKey):
        name_successor(
            position=house.positions["analyst"], unit=house.units["east"], person=ann, readiness="now", **NOW
        )
    remove_successor(successor=named, **NOW)
    assert Successor.objects.count() == 0


def test_successors_are_seen_by_heads_and_managers_not_by_the_named(house):
    ann = house.person("ann", ("analyst", "east"))
    name_successor(
        position=house.positions["head"], unit=house.units["east"], person=ann, readiness="now", **NOW
    )
    people = (
        ann,
        house.person("head", ("head", "grocer")),
        house.person("west", ("head", "west")),
        house.person("manager", ("people", "group")),
    )
    assert [successors_visible_to(p, DAY).count() for p in people] == [0, 1, 0, 1]
    allowed = [
        bool(can_name_successors(p, house.positions["head"], house.units["east"], ann, DAY)) for p in people
    ]
    assert allowed == [False, True, False, True]
