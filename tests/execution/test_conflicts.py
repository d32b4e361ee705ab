"""Conflicts: found by figures, logged by hand; ways out, a decision, what came of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from remit.execution.actions.conflict import (
    ConflictDecided,
    ConflictUnclear,
    add_option,
    decide_conflict,
    find_conflicts,
    log_conflict,
    say_consequence,
)
from remit.execution.actions.material import add_material, count_material, need_material
from remit.execution.actions.task import add_task, set_task_state
from remit.execution.conflict_rules import can_count, can_decide_conflict, conflicts_visible_to
from remit.execution.enums import ConflictState, TaskState
from remit.execution.models import Conflict
from remit.execution.queries import clashes
from remit.goals.actions.goal import activate_goal, add_goal
from remit.notices.models import Notice
from remit.org.models import Unit
from remit.planning.actions.budget import add_budget, add_line
from remit.planning.actions.ledger import Movement, ask_for_money, order
from remit.planning.models import Campaign
from remit.web.conflicts.words import named, said, title_of

from ..governance.conftest import AT
from ..planning.planned import department, plan_of

MONDAY = AT.date() - timedelta(days=AT.date().weekday())
LATER = MONDAY + timedelta(days=7)
WORDS = {"need": "要", "evidence": "有", "alternative": "無"}


@pytest.fixture
def house(db):
    return department()


def open_kinds():
    rows = Conflict.objects.filter(state=ConflictState.OPEN).order_by("kind")
    return list(rows.values_list("kind", flat=True))


def overfull(house):
    ana, days = house["ana"], {"starts_on": LATER, "ends_on": LATER + timedelta(days=4)}
    own = {"owner": ana, "by": ana, "at": AT}
    first = add_task(plan=plan_of(house), title="拍攝", hours=Decimal(30), **days, **own)
    add_task(plan=plan_of(house, code="summer"), title="展場", hours=Decimal(20), **days, **own)
    return first


def test_somebody_over_a_hundred_percent_is_found_with_the_plans_and_told_to_who_leads(house):
    overfull(house)
    assert find_conflicts(at=AT) == {"new": 1, "gone": 0}
    assert find_conflicts(at=AT) == {"new": 0, "gone": 0}
    row = Conflict.objects.get()
    assert (row.kind, row.facts) == (
        "person", {"monday": LATER.isoformat(), "has": 40.0, "taken": 50.0},
    )  # fmt: skip
    assert [thing.partition(":")[0] for thing in row.things] == ["person", "plan", "plan"]
    assert row.decider is not None
    assert Notice.objects.filter(person=row.decider, text__contains="waits for your decision").count() == 1


def test_campaigns_that_reach_the_same_people_are_named(house):
    shop = house.units["shop"]
    days = {"starts_on": MONDAY, "ends_on": LATER, "changed_at": AT}
    one, other = (
        Campaign.objects.create(unit=shop, code=name, name=name, **days) for name in ("春茶", "開學")
    )
    things = [f"campaign:{one.pk}", f"campaign:{other.pk}"]
    row = Conflict.objects.create(
        unit=shop, kind="audience", key="audience:1:2", things=things, facts={"both": 67, "smaller": 183},
        found_at=AT,
    )  # fmt: skip
    named([row])
    assert title_of(row) == "“春茶” and “開學” reach the same 67 customers"
    Campaign.objects.filter(pk=other.pk).update(name="", code="18")  # data name no other
    named([row])
    assert title_of(row) == "“春茶” and “Campaign 18” reach the same 67 customers"


def test_what_is_no_longer_there_lapses_and_what_was_decided_is_not_found_again(house):
    task = overfull(house)
    find_conflicts(at=AT)
    set_task_state(task=task, state=TaskState.DROPPED, by=house["ana"], at=AT)
    assert find_conflicts(at=AT) == {"new": 0, "gone": 1}
    set_task_state(task=task, state=TaskState.TODO, by=house["ana"], at=AT)
    assert find_conflicts(at=AT) == {"new": 1, "gone": 0}
    row = Conflict.objects.get(state=ConflictState.OPEN)
    decide_conflict(conflict=row, decision="展場延後", by=house["dora"], at=AT)
    assert find_conflicts(at=AT) == {"new": 0, "gone": 0}


def budget_of(house, total=Decimal(1000)):
    return add_budget(
        unit=house.units["shop"], title="年度", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
        total=total, by=house["dora"], at=AT,
    )  # fmt: skip


def test_one_paper_on_two_lines_is_the_same_money_twice(house):
    budget = budget_of(house)
    for code in ("search", "shelf"):
        line = add_line(
            budget=budget, code=code, title=code, owner=house["ana"], granted=Decimal(400), words=WORDS,
            by=house["dora"], at=AT,
        )  # fmt: skip
        asked = ask_for_money(line=line, movement=Movement(Decimal(90), AT.date()), by=house["ana"], at=AT)
        movement = Movement(Decimal(80), AT.date(), reference="PO-7", draws_on=asked.entry)
        order(line=line, movement=movement, by=house["ana"], at=AT)
    (clash,) = clashes.references(AT.date())
    assert clash.facts["lines"] == ["search", "shelf"]
    assert Decimal(clash.facts["amount"]) == 80


def test_plans_that_together_want_more_than_the_budget_has_left(house):
    budget_of(house, Decimal(500000))
    plan_of(house)
    assert list(clashes.budgets(AT.date())) == []
    plan_of(house, code="summer")
    (clash,) = clashes.budgets(AT.date())
    assert (Decimal(clash.facts["asked"]), Decimal(clash.facts["left"])) == (600000, 500000)


def test_a_plan_that_alone_wants_more_than_the_budget_has_left(house):
    budget = budget_of(house, Decimal(299999))
    plan = plan_of(house)
    (clash,) = clashes.budgets(AT.date())
    assert (Decimal(clash.facts["asked"]), Decimal(clash.facts["left"])) == (300000, 299999)
    assert clash.things == (f"budget:{budget.pk}", f"plan:{plan.pk}")
    find_conflicts(at=AT)
    row = Conflict.objects.get()
    assert title_of(row) == "A plan wants more than the budget has left"
    assert said(row).startswith("It still wants")


def test_what_a_plan_has_in_lines_is_not_wanted_again_and_budgets_of_a_unit_count_together(house):
    budget, plan = budget_of(house, Decimal(250000)), plan_of(house)
    add_line(
        budget=budget, code="spring", title="春季", owner=house["ana"], granted=Decimal(200000), words=WORDS,
        plan=plan, by=house["dora"], at=AT,
    )  # fmt: skip
    (clash,) = clashes.budgets(AT.date())
    assert (Decimal(clash.facts["asked"]), Decimal(clash.facts["left"])) == (100000, 50000)
    add_budget(
        unit=house.units["shop"], title="檔期", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30),
        total=Decimal(50000), by=house["dora"], at=AT,
    )  # fmt: skip
    assert list(clashes.budgets(AT.date())) == []


def test_papers_of_two_companies_may_have_one_number(house):
    other = Unit.objects.get(pk=house.units["west"].pk)
    other.is_company, other.currency = True, "TWD"
    other.save()
    for unit, title in (("shop", "本店"), ("west", "別家")):
        budget = add_budget(
            unit=house.units[unit], title=title, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
            total=Decimal(1000), by=house["dora"], at=AT,
        )  # fmt: skip
        line = add_line(
            budget=budget, code="a", title=title, owner=house["ana"], granted=Decimal(400), words=WORDS,
            by=house["dora"], at=AT,
        )  # fmt: skip
        order(line=line, movement=Movement(Decimal(80), AT.date(), reference="1"), by=house["ana"], at=AT)
    assert list(clashes.references(AT.date())) == []


def goal_of(house, target, **more):
    values = {
        "unit": house.units["shop"], "title": f"到 {target}", "metric": "net_sales", "owner": house["dora"],
        "baseline": Decimal(100), "target": Decimal(target), "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31), "resources": "人", "by": house["dora"], "at": AT, **more,
    }  # fmt: skip
    return activate_goal(goal=add_goal(**values), by=house["dora"], at=AT)


def test_goals_that_pull_one_metric_apart(house):
    goal_of(house, 130)
    goal_of(house, 120)
    assert list(clashes.goals(AT.date())) == []
    goal_of(house, 80)
    assert len(list(clashes.goals(AT.date()))) == 2
    assert list(clashes.goals(date(2027, 1, 1))) == []


def test_material_is_short_when_plans_need_more_than_there_is_or_sooner(house):
    own = {"by": house["ana"], "at": AT}
    gifts = add_material(
        unit=house.units["shop"], code="gifts", title="贈品", keeper=house["ana"], stock=100, **own
    )
    first, second = plan_of(house), plan_of(house, code="summer")
    need_material(plan=first, material=gifts, pieces=60, **own)
    assert list(clashes.materials()) == []
    need_material(plan=second, material=gifts, pieces=41, **own)
    (clash,) = clashes.materials()
    assert (clash.facts["wanted"], clash.facts["stock"]) == (101, 100)
    count_material(material=gifts, stock=500, ready_on=first.starts_on + timedelta(days=1), **own)
    (clash,) = clashes.materials()
    assert clash.facts["first"] == first.starts_on.isoformat()
    count_material(material=gifts, stock=500, **own)
    need_material(plan=second, material=gifts, pieces=0, **own)
    assert list(clashes.materials()) == []
    assert can_count(house["ana"], gifts)
    assert not can_count(house["leo"], gifts)


def test_premium_image_against_volume_is_recorded_with_the_agreed_option(house):
    """H4.1.3: premium image against volume discount, recorded with the agreed option."""
    row = log_conflict(
        unit=house.units["shop"], kind="goals", title="高端形象與衝量折扣", note="年中檔期打五折",
        by=house["ana"], at=AT,
    )  # fmt: skip
    option = add_option(conflict=row, text="只對會員折扣", by=house["ana"], at=AT)
    assert not can_decide_conflict(house["ana"], row)
    assert can_decide_conflict(house["dora"], row)
    with pytest.raises(ConflictUnclear, match=r"H4\.1\.3"):
        decide_conflict(conflict=row, decision=" ", by=house["dora"], at=AT)
    row = decide_conflict(conflict=row, decision="", option=option, by=house["dora"], at=AT)
    assert (row.decision, row.options.get().chosen) == ("只對會員折扣", True)
    with pytest.raises(ConflictDecided):
        decide_conflict(conflict=row, decision="再改", by=house["dora"], at=AT)
    say_consequence(conflict=row, text="客單價不變", by=house["dora"], at=AT)
    assert Conflict.objects.get().consequence == "客單價不變"
    assert list(conflicts_visible_to(house["ana"])) == [row]
