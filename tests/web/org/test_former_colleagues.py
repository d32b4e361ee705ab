"""Whoever no longer works here reads nothing and does nothing, whatever they owned and led the day before."""

import pytest
from django.utils import translation

from remit.audit.models import Event
from remit.duties.rules import charges_visible_to
from remit.execution.conflict_rules import conflicts_visible_to
from remit.execution.cooperation_rules import cooperations_visible_to
from remit.execution.report_rules import reports_visible_to
from remit.execution.risk_rules import can_keep_risk, risks_visible_to
from remit.execution.task_rules import tasks_visible_to
from remit.governance.actions.content_item import add_content
from remit.governance.content_rules import can_change_content, contents_visible_to
from remit.governance.meeting_rules import (
    can_meet_in,
    can_run_series,
    can_start,
    meetings_of,
    series_visible_to,
)
from remit.governance.queries.inbox import steps_for
from remit.governance.rules import can_sign, can_submit, requests_visible_to
from remit.learning.rules import experiments_visible_to
from remit.org.actions.person import close_account, open_account
from remit.org.growth_rules import mentorings_visible_to, newcomer_plans_visible_to
from remit.org.queries.organisation import organisation_on
from remit.org.time_rules import delegations_visible_to, projects_visible_to
from remit.planning.effect_rules import effects_visible_to
from remit.planning.money_rules import lines_visible_to, units_with_budgets_of
from remit.planning.rules import can_plan_in, plans_visible_to

from ...execution.test_risks import risk_of
from ...governance.conftest import AT, DAY
from ...governance.test_meeting_series import weekly
from ...planning.planned import department, estimated, plan_of, submitted

READS = {
    "charges": charges_visible_to,
    "conflicts": conflicts_visible_to,
    "contents": contents_visible_to,
    "cooperations": cooperations_visible_to,
    "delegations": delegations_visible_to,
    "effects": effects_visible_to,
    "experiments": experiments_visible_to,
    "lines": lines_visible_to,
    "meetings": meetings_of,
    "mentorings": mentorings_visible_to,
    "newcomers": newcomer_plans_visible_to,
    "plans": plans_visible_to,
    "projects": projects_visible_to,
    "reports": reports_visible_to,
    "requests": requests_visible_to,
    "risks": risks_visible_to,
    "series": series_visible_to,
    "tasks": tasks_visible_to,
    "units with budgets": units_with_budgets_of,
}


@pytest.fixture
def house(db):
    return department()


def test_who_left_reads_nothing_of_what_was_theirs_and_all_of_it_again_once_they_are_back(house):
    owner = house["ana"]
    plan = plan_of(house)
    risk_of(house, plan)
    estimated(house, plan)
    submitted(house, plan)
    text = {"title": "秋季", "channel": "shop", "text": "歡迎光臨"}
    add_content(unit=house.units["shop"], owner=owner, by=owner, at=AT, **text)
    weekly(house, chair=owner)
    before = {name: read(owner).count() for name, read in READS.items()}
    assert all(before[name] for name in ("contents", "meetings", "plans", "requests", "risks", "series"))
    close_account(person=owner, by=house["dora"], at=AT)
    owner.refresh_from_db()
    assert {name: read(owner).count() for name, read in READS.items()} == dict.fromkeys(READS, 0)
    open_account(person=owner, by=house["dora"], at=AT)
    owner.refresh_from_db()
    assert {name: read(owner).count() for name, read in READS.items()} == before


def test_who_left_is_refused_what_they_led_and_carried(house):
    owner, shop = house["ana"], house.units["shop"]
    plan = plan_of(house)
    risk = risk_of(house, plan)
    estimated(house, plan)
    request = submitted(house, plan)
    text = {"title": "秋季", "channel": "shop", "text": "歡迎光臨"}
    item = add_content(unit=shop, owner=owner, by=owner, at=AT, **text)
    series = weekly(house, chair=owner)
    meeting = series.meetings.first()
    asks = {
        "Its owner does this, or who leads the unit.": lambda: can_keep_risk(owner, risk),
        "You no longer work here.": lambda: can_change_content(owner, item),
        "You call meetings of the units that you work in.": lambda: can_meet_in(owner, shop),
        "Who chairs the series changes it, or who heads the unit.": lambda: can_run_series(owner, series),
        "You propose campaigns of the units that you work in.": lambda: can_plan_in(owner, shop),
    }
    assert all(ask() for ask in asks.values())
    close_account(person=owner, by=house["dora"], at=AT)
    owner.refresh_from_db()
    with translation.override("en"):
        assert [str(ask().reason) for ask in asks.values()] == list(asks)
        assert can_start(owner, meeting).reason == "You no longer work here."
        assert can_submit(owner, request).reason == "Only its author submits a request."


def test_who_left_signs_nothing_any_more_and_others_see_it_waiting(house):
    plan = plan_of(house)
    estimated(house, plan)
    request = submitted(house, plan)
    (step,) = (one for one in house.open_steps(request) if can_sign(house["leo"], one, DAY))
    assert [found for found, _hand in steps_for(house["leo"], DAY, organisation_on(DAY))] == [step]
    close_account(person=house["leo"], by=house["dora"], at=AT)
    house["leo"].refresh_from_db()
    assert can_sign(house["leo"], step, DAY).reason == "You no longer work here."
    assert steps_for(house["leo"], DAY, organisation_on(DAY)) == []


def test_an_account_is_closed_and_opened_once_and_the_record_says_so_once(house):
    for times in (1, 2):
        close_account(person=house["leo"], by=house["dora"], at=AT)
        assert Event.objects.filter(name="org.person.left").count() == 1, times
    for times in (1, 2):
        open_account(person=house["leo"], by=house["dora"], at=AT)
        assert Event.objects.filter(name="org.person.returned").count() == 1, times
