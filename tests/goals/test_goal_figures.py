"""Progress is read from data in the scope of who looks; splits by history; chances under the forecast."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from remit.audit import guard
from remit.core.period import Period
from remit.goals.actions.decomposition import Sized, split_goal
from remit.goals.actions.goal import activate_goal, add_goal
from remit.goals.models import Goal
from remit.goals.pacing import REALISTIC
from remit.goals.queries.baselines import CannotRead, baseline_of
from remit.goals.queries.goal_figures import Sight, days_of, standings_of
from remit.goals.queries.outlook import prospects_of
from remit.goals.queries.proposals import CannotPropose, outlook_for, pieces_of, propose
from remit.org.models import Person, Unit
from tests.cast import enter_cast
from tests.company import AT, JOURNEY_LISTS, LINES, bring

DAY, LAST = AT.date(), date(2017, 6, 30)


def rows():
    """East sells for 10 a day; West for 30, and 60 in February; until the end of June 2017."""
    day = date(2017, 1, 2)  # a Monday
    while day <= LAST:
        at = f"{day} 10:00"
        west = 60 if day.month == 2 else 30
        yield (at, f"E{day}", "1", "HARBOUR-E", "JC-EAST-1", "JP-APPLE", 1, 10, 0)
        yield (at, f"W{day}", "1", "PRAIRIE-W", "", "JP-APPLE", 1, west, 0)
        day += timedelta(days=1)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The company with its sales, committed once; all tables are emptied after the module."""
    home = tmp_path_factory.mktemp("goal-figures")
    with override_settings(LAKE_URL=str(home / "lake")):
        with django_db_blocker.unblock():
            enter_cast()
            for table in ("outlets", "products", "customers"):
                bring(home / "in", "journey", table, *JOURNEY_LISTS[table])
            bring(home / "in", "journey", "order_lines", LINES, list(rows()))
        yield
        with django_db_blocker.unblock():
            guard.remove(connection)
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def company(loaded: None, db: None) -> dict[str, Person]:
    return {person.email.partition("@")[0]: person for person in Person.objects.all()}


def goal_of(company, target="20000", **more) -> Goal:
    values = {
        "title": "Sales", "metric": "net_sales", "baseline": Decimal(10000), "target": Decimal(target),
        "starts_on": date(2017, 1, 1), "ends_on": date(2017, 12, 31), "owner": company["journey"],
        "money": Decimal(1), **more,
    }  # fmt: skip
    unit = Unit.objects.get(code=values.pop("unit", "journey"))
    return add_goal(unit=unit, by=company["journey"], at=AT, **values)


def in_force(company, **more) -> Goal:
    return activate_goal(goal=goal_of(company, **more), by=company["journey"], at=AT)


def sight(company, name="journey") -> Sight:
    return Sight(company[name], DAY)


SOLD = 40 * 180 + 30 * 28  # 180 days from the second of January; 30 more on each day of February


def test_where_a_goal_stands_is_read_from_data_and_its_pace_follows_the_split(company):
    goal = in_force(company, target="16000")
    alone = standings_of([goal], sight(company))[goal.pk]
    assert (alone.pace.value, alone.fresh) == (SOLD, LAST)
    assert alone.pace.pace == pytest.approx(SOLD / (16000 * 181 / 365))
    sizes = [Sized(Decimal(each)) for each in ("4000", "4800", "3200", "4000")]
    parts = split_goal(goal=goal, cut="quarter", method="hand", parts=sizes, by=company["journey"], at=AT)
    found = standings_of([goal, *parts], sight(company))
    assert found[goal.pk].pace.pace == pytest.approx(SOLD / 8800)
    assert [found[part.pk].pace.value for part in parts[:2]] == [40 * 89 + 30 * 28, 40 * 91]
    assert found[parts[3].pk].pace.gone == 0
    assert found[parts[3].pk].pace.pace is None


def test_a_filter_narrows_what_is_read_and_a_unit_what_is_seen(company):
    milk = in_force(company, where=["product=JP-MILK"])
    east = in_force(company, unit="journey-east")
    shared = in_force(company, title="Shared", partners=[company["east"]])
    found = standings_of([milk, east], sight(company))
    assert (found[milk.pk].pace.value, found[east.pk].pace.value) == (0, 10 * 180)
    of_east = standings_of([east, shared], sight(company, "east"))
    assert of_east[east.pk].pace.value == 10 * 180
    assert (of_east[shared.pk].is_seen, of_east[shared.pk].pace.value) == (False, None)


def test_a_baseline_is_read_where_the_data_hold_its_days(company):
    draft = goal_of(company, baseline=None)
    first = Period(date(2017, 1, 1), date(2017, 3, 31))
    assert baseline_of(draft, first, company["journey"], DAY) == 40 * 89 + 30 * 28
    with pytest.raises(CannotRead):
        baseline_of(draft, Period(date(2017, 6, 1), date(2017, 8, 31)), company["journey"], DAY)
    with pytest.raises(CannotRead):  # before the data begin nothing is not zero
        baseline_of(draft, Period(date(2016, 1, 1), date(2016, 12, 31)), company["journey"], DAY)
    with pytest.raises(CannotRead):
        baseline_of(draft, first, company["east"], DAY)


def test_parts_by_history_keep_its_season_and_add_up(company):
    goal = goal_of(company, "12345.67", starts_on=date(2018, 2, 1), ends_on=date(2018, 6, 30))
    found = propose(goal, "month", "history", "", sight(company))
    assert sum(part.amount for part in found.parts) == Decimal("12345.67")
    assert [part.before for part in found.parts] == [70 * 28, 40 * 31, 40 * 30, 40 * 31, 40 * 30]
    february, march, *_rest = [part.amount for part in found.parts]
    assert february / march == pytest.approx(Decimal(70 * 28) / (40 * 31), abs=Decimal("0.0001"))
    of_units = propose(goal, "unit", "history", "", sight(company))
    sizes = {part.piece.unit.code: part.amount for part in of_units.parts}
    assert sum(sizes.values()) == Decimal("12345.67")
    assert sizes["journey-west"] > 3 * sizes["journey-east"]
    assert sizes["journey-south"] == 0


def test_where_the_year_before_is_not_in_the_data_history_is_refused(company):
    with pytest.raises(CannotPropose, match="year before"):
        propose(goal_of(company), "quarter", "history", "", sight(company))
    with pytest.raises(CannotPropose, match="85"):
        propose(goal_of(company), "quarter", "shares", "15/20/25/25", sight(company))
    basket = goal_of(company, metric="basket_value")
    with pytest.raises(CannotPropose, match="own level"):
        propose(basket, "quarter", "shares", "15/20/25/40", sight(company))
    with pytest.raises(CannotPropose, match="finer"):
        pieces_of(goal_of(company, ends_on=date(2017, 3, 31)), "quarter")


def test_a_level_splits_by_history_with_its_wave(company):
    goal = goal_of(
        company, "40", metric="basket_value", starts_on=date(2018, 2, 1), ends_on=date(2018, 3, 31)
    )
    february, march = propose(goal, "month", "history", "", sight(company)).parts
    assert (february.before, march.before) == (35, 20)
    assert february.amount > 40 > march.amount


def test_the_chance_of_a_part_is_high_where_the_forecast_is_above_it_and_unrealistic_far_above(company):
    goal = goal_of(company, starts_on=date(2017, 7, 1), ends_on=date(2017, 9, 30))
    look = outlook_for(goal, sight(company))
    assert look is not None
    assert (look.grain, look.season, look.fresh) == ("week", 1, LAST)
    assert len(look.buckets) == 25  # whole weeks; the one that is not over is left out
    lens, period = sight(company).lens(goal), days_of(goal)
    asked = [(period, Decimal(each)) for each in ("1000", "40000")]
    low, high = prospects_of(look, lens, asked, adds=True, falls=False)
    assert low.chance > 0.8
    assert high.chance < REALISTIC
    assert low.low < 40 * 92 < low.high


def test_what_is_there_already_counts_in_the_running_part(company):
    goal = goal_of(company, starts_on=date(2017, 6, 1), ends_on=date(2017, 7, 31))
    look = outlook_for(goal, sight(company))
    (found,) = prospects_of(
        look, sight(company).lens(goal), [(days_of(goal), Decimal(1000))], adds=True, falls=False
    )
    assert found.mean == pytest.approx(40 * 61, rel=0.2)
    assert found.low > 40 * 30  # June has happened
    assert found.chance > 0.99


@pytest.mark.parametrize("items", [1, 3])
def test_a_page_of_goals_asks_the_database_as_often_for_three_as_for_one(
    company, items, django_assert_num_queries
):
    for number in range(items):
        in_force(company, title=f"Goal {number}")
    browse = Client(HTTP_ACCEPT_LANGUAGE="en")
    browse.force_login(company["journey"])
    browse.get(reverse("goals_list"))
    with django_assert_num_queries(QUERIES):
        page = browse.get(reverse("goals_list")).content.decode()
    assert page.count("at this pace") == items


QUERIES = 17
