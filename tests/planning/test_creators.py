"""Endorsers and creators: on the register, under contracts that count, engaged, with results."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.audit.models import Event
from remit.files.actions import store_file
from remit.notices.models import Notice
from remit.planning.actions.approval import NotApproved, launch_plan
from remit.planning.actions.creator import (
    CreatorKnown,
    CreatorUnclear,
    add_creator,
    change_creator,
    end_work,
    keep_contract,
    remind_of_contracts,
    resume_work,
    withdraw_contract,
)
from remit.planning.actions.engagement import EngagementUnclear, disengage, engage
from remit.planning.actions.plan import cancel_plan
from remit.planning.contract_terms import is_near, uncovered
from remit.planning.creator_rules import can_engage, can_keep_creator, creators_visible_to
from remit.planning.enums import ContractStanding, Stage
from remit.planning.models import Creator, EffectEstimate, Engagement, Plan
from remit.planning.queries.creators import hindrances, records_of, with_contracts
from remit.planning.rules import can_launch

from ..governance.conftest import AT
from .planned import approved, department, plan_of
from .test_scores import effect_of

ON = AT.date()


@pytest.fixture
def house(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return department()


def creator(house, by="ana", unit="shop", **more) -> Creator:
    values = {
        "name": "小美",
        "kind": "kol",
        "platform": "YouTube",
        "handle": "@mei",
        "owner": house[by],
        **more,
    }
    return add_creator(unit=house.units[unit], by=house[by], at=AT, **values)


def contract(house, of, first, last, **more):
    paper = store_file(content=[b"paper"], name="contract.pdf", owner=house["ana"], by=house["ana"], at=AT)
    values = {"fee": Decimal(120000), "basis": "whole", "by": house["ana"], "at": AT, **more}
    return keep_contract(creator=of, file=paper, begins_on=first, ends_on=last, **values)


def standing(row, on=ON) -> str:
    return with_contracts(Creator.objects.all(), on).get(pk=row.pk).standing


# -- what days contracts cover -------------------------------------------------------------------

DAY = st.integers(0, 40).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
SPAN = st.tuples(DAY, DAY).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(SPAN, max_size=5), SPAN)
def test_the_first_uncovered_day_is_that_of_counting_day_by_day(spans, days):
    first, last = days
    counted = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    covered = [any(begins <= day <= ends for begins, ends in spans) for day in counted]
    joins = covered.index(True) if True in covered else 0
    left = [day for day, is_in in zip(counted[joins:], covered[joins:], strict=True) if not is_in]
    assert uncovered(spans, first, last) == (left[0] if left else None)


@pytest.mark.parametrize(("days", "near"), [(-1, False), (0, True), (30, True), (31, False)])
def test_thirty_days_before_the_last_it_is_near(days, near):
    assert is_near(ON + timedelta(days=days), ON) is near


# -- the register --------------------------------------------------------------------------------


def test_one_account_is_registered_once_in_a_unit(house):
    first = creator(house)
    with pytest.raises(CreatorKnown, match="register"):
        creator(house, name=" 小美 ")
    other = creator(house, platform="Instagram")
    with pytest.raises(CreatorKnown):
        change_creator(creator=other, platform="YouTube", by=house["ana"], at=AT)
    change_creator(creator=first, note="只拍室內", by=house["ana"], at=AT)
    assert Creator.objects.get(pk=first.pk).note == "只拍室內"
    assert [event.fields["changes"] for event in Event.objects.filter(name="planning.creator.changed")] == [
        ["note"]
    ]


def test_a_name_is_needed_and_the_kind_is_one_of_the_register(house):
    with pytest.raises(CreatorUnclear):
        creator(house, name="  ")
    with pytest.raises(ValueError, match="star"):
        creator(house, kind="star")


def test_its_owner_keeps_it_and_who_leads_and_nobody_else(house):
    row = creator(house)
    assert can_keep_creator(house["ana"], row)
    assert can_keep_creator(house["dora"], row)
    refused = can_keep_creator(house["leo"], row)
    assert (bool(refused), refused.clause) == (False, "H2.1.3")


def test_it_is_seen_by_those_who_see_its_unit(house):
    row = creator(house, unit="west", by="dora")
    assert list(creators_visible_to(house["dora"])) == [row]
    assert list(creators_visible_to(house["ben"])) == []


def test_how_the_contract_stands_follows_from_those_that_count(house):
    row = creator(house)
    assert standing(row) == ContractStanding.MISSING
    old = contract(house, row, ON - timedelta(days=90), ON - timedelta(days=1))
    assert standing(row) == ContractStanding.EXPIRED
    new = contract(house, row, ON + timedelta(days=1), ON + timedelta(days=60))
    assert standing(row) == ContractStanding.RUNNING  # it began with the old one
    withdraw_contract(contract=old, reason="重簽", by=house["ana"], at=AT)
    assert standing(row) == ContractStanding.COMING
    assert standing(row, ON + timedelta(days=29)) == ContractStanding.RUNNING
    assert standing(row, ON + timedelta(days=30)) == ContractStanding.EXPIRING
    with pytest.raises(CreatorUnclear, match="already"):
        withdraw_contract(contract=old, reason="再一次", by=house["ana"], at=AT)
    end_work(creator=row, reason="形象不合", by=house["ana"], at=AT)
    assert standing(row) == ContractStanding.ENDED
    with pytest.raises(CreatorUnclear, match="ended"):
        contract(house, row, ON, ON)
    resume_work(creator=row, by=house["ana"], at=AT)
    assert (standing(row), new.currency) == (ContractStanding.COMING, "TWD")


def test_a_contract_that_contradicts_itself_is_refused(house):
    row = creator(house)
    with pytest.raises(CreatorUnclear, match="before it begins"):
        contract(house, row, ON, ON - timedelta(days=1))
    with pytest.raises(CreatorUnclear, match="nothing or more"):
        contract(house, row, ON, ON, fee=Decimal(-1))
    with pytest.raises(ValueError, match="hour"):
        contract(house, row, ON, ON, basis="hour")
    assert not row.contracts.exists()


# -- in a campaign -------------------------------------------------------------------------------


def engaged(house, plan, row, fee=0, purpose="開箱影片") -> Engagement:
    return engage(plan=plan, creator=row, purpose=purpose, fee=Decimal(fee), by=house["ana"], at=AT)


def test_without_a_contract_to_its_last_day_no_campaign_is_launched(house):
    plan = approved(house)  # 1 to 14 April
    row = creator(house)
    engaged(house, plan, row)
    verdict = can_launch(house["ana"], plan, ON)
    assert (bool(verdict), verdict.clause) == (False, "H2.1.3")
    assert "小美" in verdict.reason
    with pytest.raises(NotApproved, match=r"no contract with 小美.*H2\.1\.3"):
        launch_plan(plan=plan, by=house["ana"], at=AT)
    contract(house, row, date(2026, 1, 1), date(2026, 4, 13))
    with pytest.raises(NotApproved, match=r"From 14 Apr 2026 .*H2\.1\.3"):
        launch_plan(plan=plan, by=house["ana"], at=AT)
    assert Plan.objects.get(pk=plan.pk).stage == Stage.APPROVED
    contract(house, row, date(2026, 4, 14), date(2026, 12, 31))
    assert can_launch(house["ana"], plan, ON)
    assert launch_plan(plan=plan, by=house["ana"], at=AT).stage == Stage.RUNNING


def test_everybody_who_hinders_is_named(house):
    plan = approved(house)
    for name in ("小美", "阿德"):
        engaged(house, plan, creator(house, name=name))
    assert [name in " ".join(hindrances(plan)) for name in ("小美", "阿德")] == [True, True]


def test_once_it_runs_nobody_without_a_contract_joins(house):
    plan, row = approved(house), creator(house)
    launch_plan(plan=plan, by=house["ana"], at=AT)
    with pytest.raises(EngagementUnclear, match=r"H2\.1\.3"):
        engaged(house, plan, row)
    contract(house, row, date(2026, 4, 10), date(2026, 4, 14))  # joins on its tenth day
    assert engaged(house, plan, row).plan == plan


def test_who_is_no_longer_with_us_is_neither_engaged_nor_launched_with(house):
    plan, row = approved(house), creator(house)
    contract(house, row, date(2026, 1, 1), date(2026, 12, 31))
    one = engaged(house, plan, row)
    end_work(creator=row, reason="爭議言論", by=house["ana"], at=AT)
    with pytest.raises(NotApproved, match="no longer with us"):
        launch_plan(plan=plan, by=house["ana"], at=AT)
    with pytest.raises(EngagementUnclear, match="no longer with us"):
        engaged(house, plan_of(house, code="summer"), row)
    disengage(engagement=one, by=house["ana"], at=AT)
    assert launch_plan(plan=plan, by=house["ana"], at=AT).stage == Stage.RUNNING


def test_said_anew_it_is_one_engagement_and_together_they_cost_no_more_than_the_campaign_has(house):
    plan, row = plan_of(house), creator(house)  # 300,000
    engaged(house, plan, row, 200000)
    one = engaged(house, plan, row, 250000, "直播兩場")
    assert (Engagement.objects.count(), one.purpose, one.fee) == (1, "直播兩場", 250000)
    other = creator(house, name="阿德")
    with pytest.raises(EngagementUnclear, match=r"300,001\.00.*H4\.3\.3"):
        engaged(house, plan, other, 50001)
    assert engaged(house, plan, other, 50000)


def test_what_has_ended_keeps_who_appeared_in_it(house):
    plan, row = plan_of(house), creator(house)
    one = engaged(house, plan, row)
    assert not can_engage(house["leo"], plan)
    cancel_plan(plan=plan, reason="不做了", by=house["ana"], at=AT)
    plan.refresh_from_db()
    assert not can_engage(house["ana"], plan)
    with pytest.raises(EngagementUnclear, match="ended"):
        disengage(engagement=one, by=house["ana"], at=AT)
    with pytest.raises(EngagementUnclear, match="ended"):
        engaged(house, plan, row)


# -- the reminder --------------------------------------------------------------------------------


def told(house, name) -> int:
    return Notice.objects.filter(person=house[name], text__contains="contract with").count()


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def test_its_owner_is_reminded_thirty_days_before_once_a_contract(house):
    row, last = creator(house), ON + timedelta(days=100)
    contract(house, row, ON, last)
    assert remind_of_contracts(at=at(last - timedelta(days=31))) == 0
    assert remind_of_contracts(at=at(last - timedelta(days=30))) == 1
    assert remind_of_contracts(at=at(last - timedelta(days=29))) == 0
    assert told(house, "ana") == 1
    contract(house, row, last + timedelta(days=1), last + timedelta(days=365))
    assert remind_of_contracts(at=at(last)) == 0
    assert remind_of_contracts(at=at(last + timedelta(days=360))) == 1
    assert told(house, "ana") == 2


@pytest.mark.parametrize("gone", ["renewed", "withdrawn", "ended", "expired"])
def test_nobody_is_reminded_of_what_counts_no_more(house, gone):
    row, last = creator(house), ON + timedelta(days=10)
    one = contract(house, row, ON - timedelta(days=50), last)
    match gone:
        case "renewed":
            contract(house, row, last, last + timedelta(days=100))
        case "withdrawn":
            withdraw_contract(contract=one, reason="重簽", by=house["ana"], at=AT)
        case "ended":
            end_work(creator=row, reason="不續", by=house["ana"], at=AT)
    day = last + timedelta(days=1) if gone == "expired" else ON
    assert remind_of_contracts(at=at(day)) == 0


def test_where_its_owner_has_left_whoever_leads_is_reminded(house):
    row = creator(house)
    contract(house, row, ON, ON + timedelta(days=5))
    house["ana"].is_active = False
    house["ana"].save(update_fields=["is_active"])
    assert remind_of_contracts(at=AT) == 1
    assert (told(house, "ana"), told(house, "dora")) == (0, 1)


# -- results -------------------------------------------------------------------------------------


def test_results_are_those_measured_of_the_campaigns_that_the_reader_sees(house):
    plan, row = approved(house), creator(house)
    engaged(house, plan, row)
    engaged(house, plan_of(house, code="summer"), row)
    everything = Plan.objects.all(), EffectEstimate.objects.all()
    assert (found := records_of([row], *everything)[row.pk]).weekly is None
    assert (found.campaigns, found.measured) == (2, 0)
    effect = effect_of(plan, 100, 10)  # counted, but not to be estimated
    found = records_of([row], *everything)[row.pk]
    assert (found.measured, found.weekly) == (0, None)
    EffectEstimate.objects.filter(pk=effect.pk).update(
        verdict="estimate", effect=900, effect_low=500, effect_high=1300, weekly=3, weekly_low=1,
        weekly_high=5, currency="TWD",
    )  # fmt: skip
    found = records_of([row], *everything)[row.pk]
    assert (found.campaigns, found.measured, found.weekly, found.currency) == (2, 1, 3, "TWD")
    assert (found.above, found.below) == (1, 0)
    unseen = records_of([row], Plan.objects.exclude(pk=plan.pk), EffectEstimate.objects.all())[row.pk]
    assert (unseen.campaigns, unseen.measured) == (1, 0)
    assert records_of([row], Plan.objects.all(), EffectEstimate.objects.none())[row.pk].measured == 0


@pytest.mark.parametrize("many", [1, 3])
def test_the_records_of_many_are_read_at_once(house, django_assert_num_queries, many):
    rows = [creator(house, name=f"達人 {n}") for n in range(many)]
    for row in rows:
        engaged(house, plan_of(house, code=f"p{row.pk}"), row)
    with django_assert_num_queries(3):
        assert len(records_of(rows, Plan.objects.all(), EffectEstimate.objects.all())) == many
