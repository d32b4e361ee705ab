"""Goals through the pages: refused with the list, split before the eyes, put in force, served."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from remit.goals.actions.goal import drop_goal
from remit.goals.actions.reading import enter_reading
from remit.goals.models import Goal, ManualReading, Source, Strategy
from remit.org.queries.today import today
from remit.planning.models import Plan

from ..governance.conftest import AT
from ..planning.planned import department, plan_of
from .aims import in_force


@pytest.fixture
def house(db, lake_folder):
    return department()


def post(client, name, *args, status=302, **data):
    answer = client.post(reverse(name, args=args), data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def seen(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def new(client, house, **more):
    data = {
        "title": "A third more", "unit": house.units["shop"].pk, "metric": "net_sales", "growth": "+30%",
        "starts_on": "2026-01-01", "ends_on": "2026-12-31", "owner": house["dora"].pk, "money": "100",
        "grows": "on", **more,
    }  # fmt: skip
    post(client, "goals_new", **data)
    return Goal.objects.latest("pk"), data


PARTS = {"parts-TOTAL_FORMS": "4", "parts-INITIAL_FORMS": "4"}


def test_without_a_baseline_it_is_refused_with_the_list_and_completed_it_binds(house, browse):
    dora = browse("dora")
    goal, data = new(dora, house)
    page = seen(dora, "goals_goal", goal.pk)
    assert "baseline, target" in page
    assert "H2.1.3" in page
    assert "baseline, target" in post(dora, "goals_activation", goal.pk, status=403)
    post(dora, "goals_edit", goal.pk, **{**data, "baseline": "1,000"})
    post(dora, "goals_activation", goal.pk)
    goal.refresh_from_db()
    assert (goal.state, goal.target) == ("active", 1300)


def test_the_parts_are_shown_before_they_are_saved_and_a_wrong_sum_is_said(house, browse):
    dora = browse("dora")
    goal, _data = new(dora, house, baseline="1000")
    asked = {"cut": "quarter", "method": "shares", "text": "15/20/25/40"}
    page = seen(dora, "goals_split", goal.pk, **asked)
    assert all(f'value="{size}"' in page for size in (195, 260, 325, 520))
    assert not goal.children.exists()
    typed = {f"parts-{n}-amount": size for n, size in enumerate((195, 260, 325, 521))}
    assert "1 more than" in post(dora, "goals_split", goal.pk, status=422, **asked, **PARTS, **typed)
    typed["parts-3-amount"] = 520
    post(dora, "goals_split", goal.pk, **asked, **PARTS, **typed, **{"parts-3-lever": "festival"})
    goal.refresh_from_db()
    assert (goal.cut, goal.split_by) == ("quarter", "shares")
    assert list(goal.children.order_by("path").values_list("target", flat=True)) == [195, 260, 325, 520]
    listed = seen(dora, "goals_list")
    assert all(f"2026 Q{n}" in listed for n in (1, 2, 3, 4))
    assert "Festival promotion" in listed
    post(dora, "goals_split_removal", goal.pk)
    assert not goal.children.exists()


def test_typed_over_a_split_is_by_hand(house, browse):
    dora = browse("dora")
    goal, _data = new(dora, house, baseline="1000")
    asked = {"cut": "quarter", "method": "shares", "text": "25/25/25/25"}
    typed = {f"parts-{n}-amount": size for n, size in enumerate((100, 200, 300, 700))}
    post(dora, "goals_split", goal.pk, **asked, **PARTS, **typed)
    assert Goal.objects.get(pk=goal.pk).split_by == "hand"


@pytest.mark.parametrize("text", ["15/20/25", "15/20/25/30", "a/b/c/d"])
def test_shares_that_are_not_all_are_refused(house, browse, text):
    dora = browse("dora")
    goal, _data = new(dora, house, baseline="1000")
    page = browse("dora").get(
        reverse("goals_split", args=[goal.pk]), {"cut": "quarter", "method": "shares", "text": text}
    )
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_readings_are_entered_only_where_no_metric_measures(house, browse):
    dora = browse("dora")
    measured, manual = in_force(house), in_force(house, title="Known", metric="manual", measured_in="percent")
    given = {"on": today(), "value": "26.8%", "source": "Survey"}
    assert "never typed" in post(dora, "goals_reading", measured.pk, status=403, **given)
    post(dora, "goals_reading", manual.pk, status=422, **{**given, "on": today() + timedelta(days=3)})
    post(dora, "goals_reading", manual.pk, **given)
    assert str(ManualReading.objects.get().value) == "0.268000"
    assert "26.8%" in seen(dora, "goals_goal", manual.pk)


def test_it_is_given_a_lever_dropped_with_a_reason_and_a_draft_removed(house, browse):
    dora = browse("dora")
    goal = in_force(house)
    post(dora, "goals_lever", goal.pk, lever="channel")
    post(dora, "goals_drop", goal.pk, status=422, reason="")
    post(browse("ana"), "goals_drop", goal.pk, status=403, reason="No")
    post(dora, "goals_drop", goal.pk, reason="Another one")
    assert "Another one" in seen(dora, "goals_goal", goal.pk)
    assert goal.title not in seen(dora, "goals_list")
    assert goal.title in seen(dora, "goals_list", state="dropped")
    draft, _data = new(dora, house)
    post(dora, "goals_removal", draft.pk)
    assert not Goal.objects.filter(pk=draft.pk).exists()
    over = in_force(house, starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    post(dora, "goals_end", over.pk)
    assert Goal.objects.get(pk=over.pk).state == "ended"


def test_a_strategy_cites_what_it_rests_on_and_is_flagged_when_that_goes_stale(house, browse):
    dora = browse("dora")
    year = today().year
    post(
        dora, "goals_strategy_new", title="Families first", unit=house.units["shop"].pk,
        owner=house["dora"].pk, starts_on=f"{year}-01-01", ends_on=f"{year}-12-31", summary="Bring them back",
    )  # fmt: skip
    strategy = Strategy.objects.get()
    assert "cites nothing" in seen(dora, "goals_strategy", strategy.pk)
    old = {"kind": "competitor", "title": "Rivals", "dated_on": today() - timedelta(days=200)}
    post(dora, "goals_source", strategy.pk, status=422, **old, stale_days=3, stale_on=today())
    post(dora, "goals_source", strategy.pk, **old)
    goal, _data = new(dora, house, strategy=strategy.pk)
    assert "stale" in seen(dora, "goals_strategy", strategy.pk)
    assert "rests on stale material" in seen(dora, "goals_goal", goal.pk)
    assert "1 of 1 stale" in seen(dora, "goals_list")
    post(dora, "goals_strategy_edit", strategy.pk, title="Families", owner=house["ana"].pk,
         starts_on=f"{year}-01-01", ends_on=f"{year}-12-31", summary="")  # fmt: skip
    post(dora, "goals_source_removal", Source.objects.get().pk)
    assert Strategy.objects.get().title == "Families"


def test_a_campaign_names_its_goals_with_shares_and_the_goal_lists_the_campaign(house, browse):
    first, second = in_force(house), in_force(house, title="Ten thousand new")
    ana = browse("ana")
    data = {
        "title": "Spring", "unit": house.units["shop"].pk, "code": "spring", "kind": "brand",
        "owner": house["ana"].pk, "starts_on": "2026-04-01", "ends_on": "2026-04-14", "money": "10",
        "measures-TOTAL_FORMS": "0", "measures-INITIAL_FORMS": "0", "objectives-TOTAL_FORMS": "2",
        "objectives-INITIAL_FORMS": "0", "objectives-0-goal": first.pk, "objectives-0-share": "60",
        "objectives-1-goal": second.pk,
    }  # fmt: skip
    assert "Say how much" in post(ana, "plans_new", status=422, **data)
    post(ana, "plans_new", **data, **{"objectives-1-share": "30"})
    plan = Plan.objects.get()
    page = seen(ana, "plans_plan", plan.pk)
    assert "have to add up to exactly 100 %" in page
    post(ana, "plans_edit", plan.pk, **data, **{"objectives-1-share": "40"})
    page = seen(ana, "plans_plan", plan.pk)
    assert "have to add up" not in page
    assert "Ten thousand new" in page
    assert "Spring" in seen(ana, "goals_goal", second.pk)


def test_who_may_not_see_a_goal_finds_none(house, browse):
    goal = in_force(house)
    assert browse("ben").get(reverse("goals_goal", args=[goal.pk])).status_code == 404
    assert browse("ana").post(reverse("goals_split_removal", args=[goal.pk])).status_code == 403


def test_a_round_target_stands_in_the_form_as_people_write_it(house, browse):
    plan = plan_of(house)  # judged by 500,000
    page = seen(browse("ana"), "plans_edit", plan.pk)
    assert 'value="500000"' in page


def test_of_a_goal_whose_days_are_over_nothing_is_forecast(house, browse):
    goal = in_force(house, metric="manual", starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    enter_reading(
        goal=goal, on=date(2020, 12, 31), value=Decimal(1400), source="Books", by=house["dora"], at=AT
    )
    page = seen(browse("dora"), "goals_goal", goal.pk)
    assert "its days are over" in page
    assert "NT$5,000" in page  # what it needs, in the books' currency
    assert "forecast" not in page.lower()


def test_today_says_where_the_goals_stand_that_one_owns_or_shares_in(house, browse):
    goal = in_force(house, metric="manual", title="Known by half", target=Decimal(50))
    goal.partners.add(house["fay"])
    enter_reading(goal=goal, value=Decimal(20), on=AT.date(), source="survey", by=house["dora"], at=AT)
    for key in ("dora", "fay"):
        page = seen(browse(key), "today")
        assert "Known by half" in page and reverse("goals_goal", args=[goal.pk]) in page
    assert "Known by half" not in seen(browse("ana"), "today")
    drop_goal(goal=goal, reason="the survey ends", by=house["dora"], at=AT)
    assert reverse("goals_goal", args=[goal.pk]) not in seen(browse("dora"), "today")
