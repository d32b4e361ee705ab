"""What goals and strategies refuse, each with its sentence: contradictions, and what others stand on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from remit.audit.models import Event
from remit.goals.actions.decomposition import (
    AlreadySplit,
    PartsDoNotAddUp,
    Sized,
    give_lever,
    split_goal,
    undo_split,
)
from remit.goals.actions.goal import (
    DEPTH_MOST,
    GoalBinds,
    GoalUnclear,
    activate_goal,
    add_goal,
    change_goal,
    drop_goal,
    end_goal,
    remove_goal,
)
from remit.goals.actions.strategy import StrategyTitleTaken, StrategyUnclear, change_strategy, cite_source
from remit.goals.enums import Lever
from remit.goals.models import Goal
from remit.goals.rules import can_drop, can_enter_reading, can_remove
from remit.planning.actions.objectives import Serves

from ..governance.conftest import AT, DAY
from ..planning.planned import department, plan_of
from .aims import drafted, in_force, split
from .test_goals import strategy_of

LATER = AT + timedelta(days=400)


@pytest.fixture
def house(db):
    return department()


def dora(house):
    return {"by": house["dora"], "at": AT}


def changed_times() -> int:
    return Event.objects.filter(name="planning.goal.changed").count()


# -- whole goals ----------------------------------------------------------------------------------


def test_a_goal_comes_into_force_once_and_a_part_only_with_its_whole(house):
    goal = in_force(house)
    with pytest.raises(GoalBinds, match="Only a draft is put in force"):
        activate_goal(goal=goal, **dora(house))
    part = split(house, drafted(house, title="另一個"), "300", "300", "300", "400")[0]
    with pytest.raises(GoalBinds, match="put in force with the whole: “另一個”"):
        activate_goal(goal=part, **dora(house))


def test_what_is_not_a_whole_goal_in_force_is_not_dropped(house):
    draft = drafted(house)
    with pytest.raises(GoalBinds, match="Only a whole goal in force is dropped"):
        drop_goal(goal=draft, reason="不做了", **dora(house))
    part = split(house, in_force(house, title="另一個"), "300", "300", "300", "400")[0]
    assert "given up with the whole" in can_drop(house["dora"], part).reason
    with pytest.raises(GoalBinds, match="Only a whole goal in force is dropped"):
        drop_goal(goal=part, reason="不做了", **dora(house))


def test_what_was_in_force_and_what_others_hang_on_is_not_removed(house):
    with pytest.raises(GoalBinds, match="Only a whole draft is removed"):
        remove_goal(goal=in_force(house), **dora(house))
    above = drafted(house, title="上層")
    drafted(house, title="下層", parent=above)
    with pytest.raises(GoalBinds, match="give them another parent first"):
        remove_goal(goal=above, **dora(house))
    part = split(house, drafted(house, title="另一個"), "300", "300", "300", "400")[0]
    assert "given up with the whole" in can_remove(house["dora"], part).reason
    assert Goal.objects.filter(pk__in=[above.pk, part.pk]).count() == 2


def test_partners_are_changed_and_a_change_of_nothing_is_not_recorded(house):
    goal = drafted(house)
    change_goal(goal=goal, partners=[house["ana"]], **dora(house))
    assert (list(goal.partners.all()), changed_times()) == ([house["ana"]], 1)
    assert Event.objects.get(name="planning.goal.changed").fields["changes"] == ["partners"]
    change_goal(goal=goal, partners=[house["ana"]], title=goal.title, **dora(house))
    assert changed_times() == 1


def test_goals_that_others_hang_on_stay_where_they_are_in_the_tree(house):
    root, above = drafted(house, title="根"), drafted(house, title="上層")
    drafted(house, title="下層", parent=above)
    with pytest.raises(GoalUnclear, match="it stays where it is"):
        change_goal(goal=above, parent=root, **dora(house))


def test_the_tree_of_goals_has_a_deepest_level(house):
    parent = None
    for level in range(DEPTH_MOST):
        parent = drafted(house, title=f"第 {level} 層", parent=parent)
    with pytest.raises(GoalUnclear, match=f"The tree of goals is {DEPTH_MOST} deep at most"):
        drafted(house, title="太深", parent=parent)


def test_a_goal_that_is_split_keeps_what_its_parts_add_up_to(house):
    goal = drafted(house)
    part = split(house, goal, "300", "300", "300", "400")[0]
    with pytest.raises(GoalBinds, match="undo the split before you change"):
        change_goal(goal=goal, baseline=Decimal(900), **dora(house))
    with pytest.raises(GoalBinds, match="follow from the split of the whole"):
        change_goal(goal=part, growth=None, target=Decimal(1), **dora(house))


def test_a_field_that_goals_do_not_have_is_a_mistake_of_the_program(house):
    with pytest.raises(TypeError, match="no changeable field state"):
        change_goal(goal=drafted(house), state="active", **dora(house))
    with pytest.raises(TypeError, match="no changeable field made_at"):
        change_strategy(strategy=strategy_of(house), made_at=AT, **dora(house))
    with pytest.raises(TypeError, match="no changeable field colour"):
        add_goal(unit=house.units["shop"], colour="red", **dora(house))


def test_readings_by_hand_belong_to_a_goal_in_force(house):
    goal = drafted(house, metric="manual", measured_in="count")
    assert can_enter_reading(house["dora"], goal).reason == "Readings belong to a goal in force."


# -- splits ---------------------------------------------------------------------------------------


def test_only_what_lives_and_has_a_target_is_split_and_takes_a_lever(house):
    with pytest.raises(GoalBinds, match="with a target, is split"):
        split(house, drafted(house, growth=None, target=None), "1")
    ended = end_goal(goal=in_force(house, title="去年"), by=house["dora"], at=LATER)
    with pytest.raises(GoalBinds, match="with a target, is split"):
        split(house, ended, "1")
    with pytest.raises(GoalBinds, match="This has ended"):
        give_lever(goal=ended, lever=Lever.values[0], **dora(house))


def test_every_part_of_a_split_has_its_number(house):
    goal = drafted(house)
    with pytest.raises(PartsDoNotAddUp, match="There are 4 parts, and 2 numbers were given"):
        split_goal(goal=goal, cut="quarter", method="hand", parts=[Sized(Decimal(650))] * 2, **dora(house))
    assert not goal.children.exists()


def test_a_split_that_something_stands_on_is_not_undone(house):
    goal = in_force(house)
    with pytest.raises(AlreadySplit, match="The goal is not split"):
        undo_split(goal=goal, **dora(house))
    first, second, *_rest = split(house, goal, "300", "300", "300", "400")
    hanging = drafted(house, title="掛著的", parent=first, starts_on=first.starts_on, ends_on=first.ends_on)
    with pytest.raises(GoalBinds, match="“掛著的” hangs on a part"):
        undo_split(goal=goal, **dora(house))
    remove_goal(goal=hanging, **dora(house))
    plan_of(house, objectives=[Serves(second, Decimal(100))])
    with pytest.raises(GoalBinds, match="Campaigns serve the part"):
        undo_split(goal=goal, **dora(house))
    goal.refresh_from_db()
    assert goal.cut == "quarter"


# -- strategies -----------------------------------------------------------------------------------


def test_a_strategy_says_what_it_is_called_and_does_not_end_before_it_starts(house):
    with pytest.raises(StrategyUnclear, match="Give the strategy a title"):
        strategy_of(house, title=" ")
    with pytest.raises(StrategyUnclear, match="ends before it starts"):
        strategy_of(house, starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 1))
    strategy = strategy_of(house)
    with pytest.raises(StrategyTitleTaken, match="a strategy of this title"):
        strategy_of(house)
    with pytest.raises(StrategyUnclear, match="Name the material"):
        cite_source(strategy=strategy, kind="other", title=" ", dated_on=DAY, **dora(house))


def test_a_strategy_that_was_not_changed_is_not_recorded_as_changed(house):
    strategy = strategy_of(house)
    change_strategy(strategy=strategy, title=strategy.title, **dora(house))
    kept = Event.objects.filter(name="planning.strategy.changed")
    assert not kept.exists()
    change_strategy(strategy=strategy, title="新的重點", **dora(house))
    assert kept.get().fields["changes"] == ["title"]


def test_the_owner_is_not_their_own_partner(house):
    goal = drafted(house, partners=[house["dora"], house["ana"]])
    assert set(goal.partners.all()) == {house["ana"]}
    change_goal(goal=goal, owner=house["ana"], **dora(house))  # who takes it over shares it no more
    assert not goal.partners.exists()
