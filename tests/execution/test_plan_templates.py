"""Templates of plans: their days, those that ship, taken, kept, removed; what a copy takes along."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from remit.audit.models import Event
from remit.core.text import Text
from remit.execution.actions.risk import Fallback, add_risk, close_risk, fire_risk
from remit.execution.actions.task import add_task, set_task_state
from remit.execution.actions.template import (
    NothingToKeep,
    TemplateNameTaken,
    TemplateNotTaken,
    keep_template,
    remove_template,
    start_from,
    take_template,
)
from remit.execution.enums import RiskState, TaskState
from remit.execution.models import PlanTemplate, Risk, Task
from remit.execution.plan_templates import (
    TemplateTask,
    TemplateUnclear,
    costs,
    laid_out,
    placed,
    plain,
    read_off,
    read_template,
    share_of,
)
from remit.execution.queries.schedule import edges_of
from remit.execution.queries.tasks import tasks_of
from remit.execution.queries.templates import content_of, shipped_templates
from remit.execution.scheduling import Span
from remit.execution.template_rules import can_remove_template, can_take_template, templates_visible_to
from remit.metrics.catalog.shipped import SHIPPED
from remit.org.positions import SHIPPED_POSITIONS
from remit.org.working_days import WorkingCalendar
from remit.planning.actions.plan import cancel_plan, duplicate_plan
from remit.planning.enums import CampaignKind
from remit.planning.models import Plan

from ..governance.conftest import AT
from ..planning.planned import MEASURES, WHOLE, approved, department, plan_of

ON = AT.date()
WEEK = WorkingCalendar()  # Monday to Friday
CHINA = WorkingCalendar("CN")
# Monday 6 April 2026 to Friday 17 April.
FIRST, LAST = date(2026, 4, 6), date(2026, 4, 17)


def task(code="one", anchor="start", day=0, days=1, **more) -> TemplateTask:
    return TemplateTask(code, Text(code, code, code), anchor, day, days, **more)


# -- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anchor", "day", "days", "first", "last"),
    [
        ("start", 0, 1, date(2026, 4, 6), date(2026, 4, 6)),
        ("start", -1, 1, date(2026, 4, 3), date(2026, 4, 3)),  # the Friday before
        ("start", -6, 3, date(2026, 3, 27), date(2026, 3, 31)),  # over a weekend
        ("start", 4, 2, date(2026, 4, 10), date(2026, 4, 13)),
        ("end", 0, 1, date(2026, 4, 17), date(2026, 4, 17)),
        ("end", 3, 2, date(2026, 4, 22), date(2026, 4, 23)),
        ("end", -4, 1, date(2026, 4, 13), date(2026, 4, 13)),
    ],
)
def test_days_of_a_template_are_working_days_from_the_first_or_the_last(anchor, day, days, first, last):
    assert placed(task(anchor=anchor, day=day, days=days), FIRST, LAST, WEEK) == Span(first, last)


def test_a_campaign_over_a_weekend_counts_from_the_working_days_inside():
    saturday, sunday = date(2026, 4, 4), date(2026, 4, 12)
    assert placed(task(), saturday, sunday, WEEK).first == date(2026, 4, 6)
    assert placed(task(day=-1), saturday, sunday, WEEK).first == date(2026, 4, 3)
    assert placed(task(anchor="end"), saturday, sunday, WEEK).first == date(2026, 4, 10)


def test_the_holidays_of_the_country_are_no_working_days():
    """1 to 8 October 2025 are off in China, and 28 September and 11 October are worked."""
    assert placed(task(day=-1), date(2025, 10, 9), date(2025, 10, 20), CHINA).first == date(2025, 9, 30)
    assert placed(task(day=2), date(2025, 10, 9), date(2025, 10, 20), CHINA).first == date(2025, 10, 11)


DAYS = st.integers(0, 300).map(lambda n: date(2025, 8, 1) + timedelta(days=n))
CALENDARS = st.sampled_from([WEEK, CHINA])


@given(CALENDARS, DAYS, st.integers(0, 90), DAYS, st.integers(0, 30))
def test_what_is_read_off_a_plan_lies_on_the_same_days_when_it_is_placed_again(
    calendar, first, long, day, more
):
    last = first + timedelta(days=long)
    begins = calendar.at_or_after(day)
    span = Span(begins, calendar.shifted(begins, more))
    anchor, offset, days = read_off(span, first, last, calendar)
    assert placed(task(anchor=anchor, day=offset, days=days), first, last, calendar) == span
    assert days == more + 1


@given(CALENDARS, DAYS, st.integers(-40, 40), st.integers(1, 20))
def test_so_many_working_days_lie_between_as_the_template_says(calendar, first, offset, days):
    span = placed(task(day=offset, days=days), first, first, calendar)
    origin = next(day for n in range(60) if calendar.is_working(day := first + timedelta(days=n)))
    low, high = sorted((origin, span.first))
    between = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    assert sum(map(calendar.is_working, between)) == abs(offset) + 1
    taken = [span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1)]
    assert sum(map(calendar.is_working, taken)) == days


def test_nothing_begins_before_today_nor_before_what_it_waits_for_has_ended():
    rows = [
        task("third", day=2, waits_for=("second",)), task("first", day=-10, days=3),
        task("second", day=-7, days=2, waits_for=("first",)), task("alone", day=-20),
    ]  # fmt: skip
    early = laid_out(rows, FIRST, LAST, calendar=WEEK, today=date(2026, 3, 1))
    assert [early[code].first for code in ("alone", "first", "second", "third")] == [
        date(2026, 3, 9), date(2026, 3, 23), date(2026, 3, 26), date(2026, 4, 8),
    ]  # fmt: skip
    late = laid_out(rows, FIRST, LAST, calendar=WEEK, today=date(2026, 4, 4))  # a Saturday
    assert late["alone"] == Span(date(2026, 4, 6), date(2026, 4, 6))
    assert late["first"] == Span(date(2026, 4, 6), date(2026, 4, 8))
    assert late["second"] == Span(date(2026, 4, 9), date(2026, 4, 10))
    assert late["third"] == Span(date(2026, 4, 13), date(2026, 4, 13))


# -- those that ship -----------------------------------------------------------------------------


def test_every_kind_of_campaign_has_a_template():
    assert list(shipped_templates()) == [kind.value for kind in CampaignKind]
    assert {code: one.kind for code, one in shipped_templates().items()} == {
        kind: kind for kind in CampaignKind
    }


@pytest.mark.parametrize("kind", [kind.value for kind in CampaignKind])
def test_a_template_that_ships_is_sound_and_obeys_its_own_dependencies(kind):
    template = shipped_templates()[kind]
    assert read_template(plain(template)) == template
    first, last = date(2026, 6, 1), date(2026, 6, 30)
    days = laid_out(template.tasks, first, last, calendar=WEEK, today=date(2026, 1, 1))
    for one in template.tasks:
        assert days[one.code] == placed(one, first, last, WEEK), one.code
        assert one.title.en and one.title.zh_hant and one.title.en != one.title.zh_hant
    assert {one.metric for one in template.measures if one.metric} <= set(SHIPPED)
    assert {"result", "process"} <= {one.kind for one in template.measures}
    assert template.risks
    # A promotion files its estimate fifteen days ahead: what is submitted leaves room for the signatures.
    approval = next(one for one in template.tasks if one.code == "approval")
    assert days["approval"].last <= first - timedelta(days=15)
    assert not approval.position


def test_positions_that_templates_name_are_of_the_handbook():
    rows = [one for each in shipped_templates().values() for one in (*each.tasks, *each.risks)]
    assert {one.position for one in rows} - {""} <= {each.code for each in SHIPPED_POSITIONS}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": 1, "end": 1}, "neither"), ({"days": 0}, "no time"), ({"start": -500}, "too far"),
        ({"waits_for": ["nobody"]}, "not there"), ({"waits_for": ["a"]}, "each other"),
        ({"title": 7}, "lacks"), ({"share": 101}, "more than the campaign has"),
        ({"share": -1}, "less than nothing"),
    ],
)  # fmt: skip
def test_a_template_that_contradicts_itself_is_refused(change, said):
    row = {"code": "a", "title": "甲", "start": 0, "days": 1}
    if "start" not in change and "end" in change:
        del row["start"]
    with pytest.raises(TemplateUnclear, match=said):
        read_template({"kind": "brand", "title": "t", "tasks": [row | change]})


def costing(*shares):
    return [
        TemplateTask(f"t{n}", Text("甲", "甲", "a"), "start", 0, 1, share=share)
        for n, share in enumerate(shares)
    ]


@given(
    amounts=st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=8),
    left=st.decimals(0, 1000, places=2),
    other=st.decimals(0, 10**6, places=2),
)
def test_shares_of_the_money_are_exact_and_never_cost_more_than_there_is(amounts, left, other):
    whole = sum(amounts, left)
    tasks = costing(*(share_of(money, whole) for money in amounts))
    assert costs(tasks, whole) == (amounts if whole else [Decimal(0)] * len(amounts))
    assert 0 <= sum(costs(tasks, other)) <= other


# -- taken ---------------------------------------------------------------------------------------


@pytest.fixture
def house(db):
    return department()


def far(**more):
    return {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 30), **more}


def test_taken_its_tasks_have_owners_by_position_and_lie_on_working_days(house):
    plan = plan_of(house, "dora", **far())
    with translation.override("en"):
        taken = take_template(plan=plan, template=shipped_templates()["promotion"], by=house["dora"], at=AT)
    assert (
        (taken.tasks, taken.risks)
        == (tasks_of(plan).count(), Risk.objects.filter(plan=plan).count())
        == (11, 3)
    )
    owners = dict(tasks_of(plan).values_list("title", "owner__name"))
    assert owners["Check the stock of the main items"] == "leo"  # logistics
    assert owners["Work out thresholds and margin of the offer"] == "ana"  # the shop's analyst
    assert owners["Key visual and copy"] == "dora"  # nobody is brand manager: the plan's owner
    assert len(edges_of(plan)) == sum(len(one.waits_for) for one in shipped_templates()["promotion"].tasks)
    assert tasks_of(plan).get(title="Last check and launch").starts_on == date(2026, 6, 1)
    assert tasks_of(plan).get(title="Complete the papers and submit").checklist.count() == 3
    assert Risk.objects.filter(plan=plan).filter(review_on=date(2026, 5, 25)).count() == 3
    costing_most = tasks_of(plan).get(title="Set up and test coupons and tills")
    assert (plan.money, costing_most.money) == (Decimal(300000), Decimal(120000))
    assert sum(tasks_of(plan).values_list("money", flat=True)) == Decimal(225000)  # 15, 40 and 20 %
    assert Event.objects.get(name="planning.template.taken").fields["tasks"] == 11


def test_titles_are_in_the_language_of_who_takes_them(house):
    plan = plan_of(house, **far())
    with translation.override("zh-hant"):
        take_template(plan=plan, template=shipped_templates()["member"], by=house["ana"], at=AT)
    assert tasks_of(plan).filter(title="寄出第一批邀請").exists()


def test_it_is_taken_once_and_only_in_preparation(house):
    plan, template = plan_of(house, **far()), shipped_templates()["brand"]
    add_task(plan=plan, title="自己的", owner=house["ana"], starts_on=ON, ends_on=ON, by=house["ana"], at=AT)
    with pytest.raises(TemplateNotTaken, match="already"):
        take_template(plan=plan, template=template, by=house["ana"], at=AT)
    assert not can_take_template(house["ana"], plan)
    set_task_state(task=tasks_of(plan).get(), state=TaskState.DROPPED, by=house["ana"], at=AT)
    assert can_take_template(house["ana"], plan)
    assert not can_take_template(house["leo"], plan)
    assert take_template(plan=plan, template=template, by=house["ana"], at=AT).tasks == 11
    other = approved(house, code="signed")
    with pytest.raises(TemplateNotTaken, match="approved"):
        take_template(plan=other, template=template, by=house["ana"], at=AT)
    assert not can_take_template(house["ana"], other)


def test_a_plan_with_risks_keeps_them_as_they_are(house):
    plan = plan_of(house, **far())
    risk(house, plan)
    assert take_template(plan=plan, template=shipped_templates()["live"], by=house["ana"], at=AT).risks == 0


def test_a_plan_starts_from_a_template_or_from_nothing(house):
    values = {**WHOLE, **far(), "unit": house.units["shop"], "owner": house["ana"], "measures": MEASURES}
    own = {"by": house["ana"], "at": AT}
    plan = start_from(template=shipped_templates()["promotion"], code="with", **values, **own)
    assert tasks_of(plan).count() == 11
    assert tasks_of(start_from(template=None, code="without", **values, **own)).count() == 0


# -- kept ----------------------------------------------------------------------------------------


def days_of(plan):
    return {one.title: (one.starts_on, one.ends_on) for one in tasks_of(plan).all()}


def test_kept_and_taken_again_a_plan_has_the_same_tasks_owners_and_risks(house):
    plan = plan_of(house, "dora", **far())
    own = {"by": house["dora"], "at": AT}
    first = add_task(
        plan=plan, title="備貨", detail="兩批", owner=house["leo"], hours=Decimal(8),
        money=Decimal("1234.56"), starts_on=date(2026, 5, 18), ends_on=date(2026, 5, 20),
        checklist=["入庫", "點數"], **own,
    )  # fmt: skip
    add_task(
        plan=plan, title="收尾", owner=house["dora"], starts_on=date(2026, 7, 2), ends_on=date(2026, 7, 3),
        waits_for=[first], **own,
    )  # fmt: skip
    risk(house, plan)
    row = keep_template(plan=plan, name=" 清倉範本 ", **own)
    kept = content_of(row)
    assert (row.name, row.kind, row.unit) == ("清倉範本", "promotion", house.units["shop"])
    assert [one.title.en for one in kept.measures] == [one.title for one in MEASURES]
    with pytest.raises(TemplateNameTaken, match="清倉範本"):
        keep_template(plan=plan, name="清倉範本", **own)
    same = plan_of(house, "dora", code="same", **far())
    take_template(plan=same, template=kept, **own)
    assert days_of(same) == days_of(plan)
    assert set(tasks_of(same).values_list("title", "owner__name", "detail", "hours", "money")) == set(
        tasks_of(plan).values_list("title", "owner__name", "detail", "hours", "money")
    )
    assert list(tasks_of(same).get(title="備貨").checklist.values_list("title", flat=True)) == [
        "入庫",
        "點數",
    ]
    assert len(edges_of(same)) == 1
    assert list(Risk.objects.filter(plan=same).values_list("title", "fallback")) == [("缺貨", "換品")]
    longer = plan_of(house, "dora", code="longer", **far(ends_on=date(2026, 8, 31)))
    take_template(plan=longer, template=kept, **own)
    assert days_of(longer) == {
        "備貨": (date(2026, 5, 18), date(2026, 5, 20)), "收尾": (date(2026, 9, 2), date(2026, 9, 3)),
    }  # fmt: skip


def test_without_a_task_or_a_name_nothing_is_kept(house):
    plan = plan_of(house)
    with pytest.raises(NothingToKeep, match="tasks"):
        keep_template(plan=plan, name="空的", by=house["ana"], at=AT)
    with pytest.raises(NothingToKeep, match="name"):
        keep_template(plan=plan, name=" ", by=house["ana"], at=AT)


def test_a_template_is_seen_in_its_unit_and_removed_by_who_kept_it_or_leads(house):
    plan = plan_of(house)
    add_task(plan=plan, title="甲", owner=house["ana"], starts_on=ON, ends_on=ON, by=house["ana"], at=AT)
    row = keep_template(plan=plan, name="範本", by=house["ana"], at=AT)
    assert list(templates_visible_to(house["dora"])) == [row]
    assert list(templates_visible_to(house.person("out"))) == []
    assert can_remove_template(house["ana"], row)
    assert can_remove_template(house["dora"], row)
    assert not can_remove_template(house["leo"], row)
    remove_template(template=row, by=house["ana"], at=AT)
    assert not PlanTemplate.objects.exists()


# -- a copied plan -------------------------------------------------------------------------------


def risk(house, plan, **more):
    values = {
        "title": "缺貨", "probability": 3, "impact": 4, "owner": house["ana"], "response": "每日看庫存",
        "fallback": "換品", "review_on": ON + timedelta(days=7), **more,
    }  # fmt: skip
    return add_risk(unit=plan.unit, plan=plan, by=house["ana"], at=AT, **values)


def test_a_copied_plan_takes_its_risks_along_watched_anew_with_their_plan_b(house):
    plan = plan_of(house)
    plan_b = [Fallback("改寄電子目錄", house["leo"], 1, 2, Decimal(4))]
    fired = risk(house, plan, fallback_tasks=plan_b)
    fire_risk(risk=fired, reason="真的缺了", by=house["ana"], at=AT)
    dated = risk(house, plan, title="颱風", trigger="date", trigger_on=date(2026, 4, 10))
    close_risk(risk=risk(house, plan, title="已解決"), by=house["ana"], at=AT)
    house["leo"].is_active = False
    house["leo"].save(update_fields=["is_active"])
    later = datetime(2026, 5, 4, 2, tzinfo=UTC)
    made = duplicate_plan(
        plan=Plan.objects.get(pk=plan.pk), code="again", starts_on=plan.starts_on + timedelta(days=91),
        by=house["dora"], at=later,
    )  # fmt: skip
    rows = {row.title: row for row in Risk.objects.filter(plan=made)}
    assert set(rows) == {"缺貨", "颱風"}
    assert {row.state for row in rows.values()} == {RiskState.WATCHED}
    (again,) = rows["缺貨"].fallback_tasks.all()
    assert (again.title, again.owner, again.after_days, again.days) == ("改寄電子目錄", house["dora"], 1, 2)
    assert rows["颱風"].trigger_on == dated.trigger_on + timedelta(days=91)
    assert rows["缺貨"].review_on == fired.review_on + timedelta(days=91)


def test_no_copied_risk_is_reviewed_or_fires_on_a_day_that_is_past(house):
    plan = plan_of(house)
    risk(house, plan, trigger="date", trigger_on=ON)
    later = datetime(2026, 9, 1, 2, tzinfo=UTC)
    made = duplicate_plan(
        plan=plan, code="again", starts_on=plan.starts_on + timedelta(days=1), by=house["ana"], at=later
    )
    (row,) = Risk.objects.filter(plan=made)
    assert (row.trigger_on, row.review_on) == (date(2026, 9, 2), date(2026, 9, 2))


def test_a_copied_plan_has_the_tasks_their_lists_and_what_they_wait_for(house):
    plan = plan_of(house)
    own = {"owner": house["ana"], "by": house["ana"], "at": AT}
    first = add_task(plan=plan, title="甲", starts_on=ON, ends_on=ON, checklist=["一", "二"], **own)
    add_task(plan=plan, title="乙", starts_on=ON, ends_on=ON, waits_for=[first], **own)
    dropped = add_task(plan=plan, title="丙", starts_on=ON, ends_on=ON, waits_for=[first], **own)
    set_task_state(task=dropped, state=TaskState.DROPPED, by=house["ana"], at=AT)
    moved = timedelta(days=30)
    made = duplicate_plan(plan=plan, code="again", starts_on=plan.starts_on + moved, by=house["ana"], at=AT)
    tasks = {one.title: one for one in Task.objects.filter(plan=made)}
    assert set(tasks) == {"甲", "乙"}
    assert tasks["甲"].starts_on == ON + moved
    assert edges_of(made) == [(tasks["甲"].pk, tasks["乙"].pk)]
    assert tasks["甲"].checklist.count() == 2
    cancel_plan(plan=plan, reason="換成新的", by=house["ana"], at=AT)
    assert tasks_of(made).filter(ended_at=None).count() == 2
