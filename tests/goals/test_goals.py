"""A goal binds nobody before it is complete; split, it adds up; what came of it is never typed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from remit.audit.models import Event
from remit.audit.queries.verification import verify
from remit.goals.actions.decomposition import AlreadySplit, PartsDoNotAddUp, give_lever, undo_split
from remit.goals.actions.goal import (
    GoalBinds,
    GoalIncomplete,
    GoalUnclear,
    activate_goal,
    change_goal,
    drop_goal,
    end_goal,
    remove_goal,
)
from remit.goals.actions.reading import ReadFromData, ReadingUnclear, enter_reading
from remit.goals.actions.strategy import StrategyUnclear, add_strategy, cite_source
from remit.goals.models import Goal, ManualReading
from remit.goals.queries.goals import stale_sources, stale_strategies
from remit.goals.rules import (
    can_activate,
    can_change_goal,
    can_drop,
    can_enter_reading,
    can_set_goals_in,
    goals_visible_to,
    sees_figures_of,
    strategies_visible_to,
)

from ..governance.conftest import AT, DAY
from ..planning.planned import department
from .aims import drafted, in_force, split

LATER = AT + timedelta(days=400)


@pytest.fixture
def house(db):
    return department()


@pytest.mark.parametrize(
    ("lacks", "word"),
    [
        ({"metric": ""}, "metric"), ({"baseline": None, "growth": None, "target": 9}, "baseline"),
        ({"growth": None, "target": None}, "target"), ({"ends_on": None}, "dates"),
        ({"owner": None}, "owner"),
        ({"money": None, "resources": " "}, "resources"),
    ],
)  # fmt: skip
def test_a_goal_that_lacks_something_stays_a_draft_and_is_told_what(house, lacks, word):
    goal = drafted(house, **lacks)
    verdict = can_activate(house["dora"], goal)
    assert (bool(verdict), verdict.clause) == (False, "H2.1.3")
    assert verdict.reason == f"This goal stays a draft. Still missing: {word}."
    with pytest.raises(GoalIncomplete, match=rf"H2\.1\.3.*{word}"):
        activate_goal(goal=goal, by=house["dora"], at=AT)
    assert Goal.objects.get(pk=goal.pk).state == "draft"


def test_all_that_is_missing_is_said_at_once(house):
    empty = dict.fromkeys(("baseline", "growth", "starts_on", "owner", "money"))
    goal = drafted(house, **empty, metric="", resources="")
    assert can_activate(house["dora"], goal).reason.endswith(
        "metric, baseline, target, dates, owner, resources."
    )


def test_the_database_itself_keeps_an_incomplete_goal_from_binding(house):
    goal = drafted(house, baseline=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(state="active", activated_at=AT, activated_by=house["dora"])


def test_growth_over_the_baseline_makes_the_target_to_the_cent(house):
    goal = drafted(house, baseline=Decimal("4596039.58"))
    assert goal.target == Decimal("5974851")  # TWD has no cents
    changed = change_goal(goal=goal, by=house["dora"], at=AT, baseline=Decimal(200))
    assert changed.target == 260


def test_only_who_leads_the_unit_puts_its_goals_in_force(house):
    goal = drafted(house, by="ana")
    assert can_change_goal(house["ana"], goal)
    assert not can_activate(house["ana"], goal)
    assert can_activate(house["dora"], goal)
    assert can_activate(house["chief"], goal)
    assert not can_activate(house["eva"], goal)


def test_in_force_what_it_measures_and_how_much_stays(house):
    goal = in_force(house)
    for change in ({"growth": Decimal("0.2")}, {"ends_on": date(2027, 1, 31)}, {"metric": "units"}):
        with pytest.raises(GoalBinds):
            change_goal(goal=goal, by=house["dora"], at=AT, **change)
    changed = change_goal(goal=goal, by=house["dora"], at=AT, owner=house["ana"], resources="更多人手")
    assert (changed.owner, changed.target) == (house["ana"], 1300)


def test_a_year_split_15_20_25_40_adds_up_and_binds_with_the_whole(house):
    goal = drafted(house)
    parts = split(house, goal, "195", "260", "325", "520")
    assert [part.title.partition(" · ")[0] for part in parts] == ["2026 Q1", "2026 Q2", "2026 Q3", "2026 Q4"]
    assert sum(part.target for part in parts) == goal.target
    assert sum(part.baseline for part in parts) == goal.baseline
    months = split(house, parts[3], "170", "170", "180", cut="month")
    activate_goal(goal=goal, by=house["dora"], at=AT)
    assert set(Goal.objects.values_list("state", flat=True)) == {"active"}
    assert [month.depth for month in months] == [3, 3, 3]


@pytest.mark.parametrize(
    ("last", "said"), [("521", "1 more than the whole of 1,300"), ("519", "1 less than")]
)
def test_parts_that_are_one_more_or_less_are_refused_by_how_much(house, last, said):
    goal = drafted(house)
    with pytest.raises(PartsDoNotAddUp, match=said):
        split(house, goal, "195", "260", "325", last)
    assert not goal.children.exists()


def test_a_level_is_carried_by_each_part_and_need_not_add_up(house):
    goal = drafted(house, metric="basket_value", baseline=Decimal(100))
    parts = split(house, goal, "120", "125", "130", "145")
    assert [part.target for part in parts] == [120, 125, 130, 145]
    assert {part.baseline for part in parts} == {100}


def test_by_units_a_part_belongs_to_whoever_heads_the_unit(house):
    parts = split(house, in_force(house), "700", "600", cut="unit")
    owners = {part.unit.code: part.owner for part in parts}
    assert owners == {"east": house["eva"], "west": house["dora"]}


def test_a_goal_has_one_split_at_a_time_and_it_can_be_undone(house):
    goal = in_force(house)
    split(house, goal, "300", "300", "300", "400")
    with pytest.raises(AlreadySplit):
        split(house, goal, "300", "300", "300", "400")
    with pytest.raises(GoalBinds):
        change_goal(goal=goal.children.first(), by=house["dora"], at=AT, ends_on=date(2026, 2, 1))
    undo_split(goal=goal, by=house["dora"], at=AT)
    assert set(goal.children.values_list("state", flat=True)) == {"dropped"}  # in force once: kept on record
    assert len(split(house, goal, "200", "300", "300", "500")) == 4


def test_a_draft_s_parts_go_with_the_split_and_with_the_draft(house):
    goal = drafted(house)
    split(house, goal, "300", "300", "300", "400")
    undo_split(goal=goal, by=house["dora"], at=AT)
    assert not goal.children.exists()
    split(house, goal, "300", "300", "300", "400")
    remove_goal(goal=goal, by=house["dora"], at=AT)
    assert not Goal.objects.exists()


def test_each_quarter_carries_its_lever(house):
    parts = split(house, in_force(house), "300", "300", "300", "400")
    for part, lever in zip(parts, ("launch", "festival", "channel", "repurchase"), strict=True):
        give_lever(goal=part, lever=lever, by=house["dora"], at=AT)
    assert list(Goal.objects.filter(is_part=True).order_by("path").values_list("lever", flat=True)) == [
        "launch", "festival", "channel", "repurchase",
    ]  # fmt: skip


def test_where_a_metric_measures_nothing_is_typed(house):
    goal = in_force(house)
    assert not can_enter_reading(house["dora"], goal)
    with pytest.raises(ReadFromData):
        enter_reading(goal=goal, on=DAY, value=Decimal(5), source="月報", by=house["dora"], at=AT)


def test_a_manual_goal_takes_one_reading_a_day_with_its_source(house):
    goal = in_force(house, metric="manual", measured_in="count")
    assert can_enter_reading(house["dora"], goal)
    for value in (5, 7):
        enter_reading(goal=goal, on=DAY, value=Decimal(value), source="問卷", by=house["dora"], at=AT)
    assert ManualReading.objects.get().value == 7
    for wrong in ({"source": " "}, {"on": DAY + timedelta(days=1)}):
        with pytest.raises(ReadingUnclear):
            enter_reading(
                goal=goal,
                by=house["dora"],
                at=AT,
                **{"on": DAY, "value": Decimal(1), "source": "問卷", **wrong},
            )


def test_it_ends_after_its_last_day_and_is_dropped_only_with_a_reason(house):
    goal, other = in_force(house), in_force(house, title="另一個")
    part = split(house, goal, "300", "300", "300", "400")[0]
    with pytest.raises(GoalBinds):
        end_goal(goal=goal, by=house["dora"], at=AT)
    end_goal(goal=goal, by=house["dora"], at=LATER)
    assert Goal.objects.get(pk=part.pk).state == "ended"
    with pytest.raises(GoalUnclear):
        drop_goal(goal=other, reason=" ", by=house["dora"], at=AT)
    assert not can_drop(house["ana"], other)
    drop_goal(goal=other, reason="併入另一目標", by=house["dora"], at=AT)
    with pytest.raises(GoalBinds):
        change_goal(goal=other, by=house["dora"], at=AT, title="改")


def test_no_goal_hangs_below_itself(house):
    top = drafted(house)
    below = drafted(house, title="下級", parent=top)
    with pytest.raises(GoalUnclear):
        change_goal(goal=top, by=house["dora"], at=AT, parent=below)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "}, {"metric": "no_such"}, {"ends_on": date(2025, 1, 1)}, {"where": ["hour=9"]},
        {"where": ["department"]}, {"growth": Decimal(-1)}, {"metric": "manual", "where": ["department=A"]},
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(house, wrong):
    if wrong.get("where") == ["hour=9"]:
        wrong = {"where": ["display=1"]}
    with pytest.raises(GoalUnclear):
        drafted(house, **wrong)


def test_a_goal_of_the_group_says_its_currency(house):
    with pytest.raises(GoalUnclear):
        drafted(house, by="chief", unit="group")
    assert drafted(house, by="chief", unit="group", currency="TWD").currency == "TWD"


def test_who_shares_a_goal_sees_it_and_not_the_figures_of_its_unit(house):
    goal = in_force(house, partners=[house["ben"]])
    other = in_force(house, title="另一個")
    assert set(goals_visible_to(house["ben"], DAY)) == {goal}
    assert not sees_figures_of(house["ben"], goal, DAY)
    assert set(goals_visible_to(house["ana"], DAY)) == {goal, other}
    assert not can_set_goals_in(house["ben"], house.units["shop"], DAY)


def test_who_has_left_sees_nothing(house):
    in_force(house)
    house["dora"].is_active = False
    assert not goals_visible_to(house["dora"], DAY)
    assert not strategies_visible_to(house["dora"], DAY)


def strategy_of(house, **more):
    values = {
        "title": "回購優先",
        "owner": house["dora"],
        "starts_on": DAY,
        "ends_on": DAY + timedelta(days=300),
    }
    return add_strategy(unit=house.units["shop"], by=house["dora"], at=AT, **{**values, **more})


def test_a_strategy_is_flagged_when_what_it_rests_on_goes_stale(house):
    strategy = strategy_of(house)
    own = {"strategy": strategy, "by": house["dora"], "at": AT, "dated_on": DAY}
    assert stale_strategies([strategy.pk], DAY) == {strategy.pk}  # it cites nothing
    cite_source(kind="research", title="訪談", **own)
    cite_source(kind="competitor", title="競品月報", stale_on=DAY + timedelta(days=30), **own)
    found = strategies_visible_to(house["dora"], DAY).prefetch_related("sources").get()
    assert stale_sources(found, DAY + timedelta(days=29)) == []
    assert stale_sources(found, DAY + timedelta(days=30)) == ["競品月報"]
    assert stale_sources(found, DAY + timedelta(days=180)) == ["訪談", "競品月報"]
    assert stale_strategies([strategy.pk, None], DAY + timedelta(days=30)) == {strategy.pk}


def test_material_goes_stale_by_days_or_on_a_day_and_not_before_it_is_there(house):
    own = {"strategy": strategy_of(house), "kind": "other", "title": "剪報", "by": house["dora"], "at": AT}
    with pytest.raises(StrategyUnclear):
        cite_source(dated_on=DAY, stale_days=5, stale_on=DAY + timedelta(days=5), **own)
    with pytest.raises(StrategyUnclear):
        cite_source(dated_on=DAY, stale_on=DAY, **own)


def test_everything_that_happens_to_a_goal_is_on_record(house):
    goal = drafted(house)
    split(house, goal, "300", "300", "300", "400")
    activate_goal(goal=goal, by=house["dora"], at=AT)
    drop_goal(goal=goal, reason="改做別的", by=house["dora"], at=AT)
    names = Event.objects.filter(subject=f"goal:{goal.pk}").order_by("pk").values_list("name", flat=True)
    assert [name.removeprefix("planning.goal.") for name in names] == [
        "added",
        "split",
        "activated",
        "dropped",
    ]
    assert verify().holds
