"""A launch that misses its first week calls one meeting with the facts; what has no data yet waits."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.audit.models import Event
from remit.execution.actions.first_week import Looked, look_at_first_weeks
from remit.execution.first_weeks import expected_by, first_week, gap_of
from remit.governance.models import Meeting
from remit.org.models import Person, Project, ProjectMember
from remit.planning.actions.plan import Judged
from remit.planning.models import Campaign, Plan
from tests.company import DAY_LINES, OUTLETS, PRODUCTS, bring

from ..governance.conftest import AT
from ..planning.planned import department, plan_of

pytestmark = pytest.mark.django_db
STARTS, ENDS = date(2026, 4, 1), date(2026, 4, 28)
MORNING = datetime(2026, 4, 9, 0, tzinfo=UTC)  # eight in the morning in Taipei, a working day
SALES = (Judged("result", "新品銷售額", Decimal(280_000), "net_sales"), Judged("process", "試用", Decimal(9)))


@pytest.fixture
def house(db, lake_folder):
    Person.objects.create(email="admin@demo.example", name="importer")  # whom ``bring`` imports as
    return department()


def launched(house, measures=SALES, **more) -> Plan:
    """Four weeks that are to bring 280,000: 70,000 in the first."""
    plan = plan_of(
        house, kind="launch", promotion_goal="", title="春茶上市", starts_on=STARTS, ends_on=ENDS, **more
    )
    plan.measures.all().delete()
    for each in measures:
        plan.measures.create(kind=each.kind, title=each.title, metric=each.metric, target=each.target)
    campaign = Campaign.objects.create(unit=plan.unit, code=plan.code, changed_at=AT)
    Plan.objects.filter(pk=plan.pk).update(
        stage="running", launched_at=datetime(2026, 4, 1, 1, tzinfo=UTC), launched_by=plan.owner,
        campaign=campaign,
    )  # fmt: skip
    return Plan.objects.get(pk=plan.pk)


def sold(folder, *amounts: int, first: date = STARTS) -> None:
    """One receipt a day from the first day on."""
    bring(folder, "shop", "outlets", OUTLETS, [("ONE", "shop", "One", "East", "store", 100)])
    bring(folder, "shop", "products", PRODUCTS, [("TEA", "Tea", "T", "T", "T", "T", "T", "1", "piece")])
    rows = [
        (day, f"R{day}", 1, "ONE", "", "TEA", 1, amount, 0)
        for day, amount in ((first + timedelta(days=n), amount) for n, amount in enumerate(amounts))
    ]
    bring(folder, "shop", "order_lines", DAY_LINES, rows, at=MORNING)


# -- the arithmetic, as docs/how/meetings.md has it -----------------------------------------------


def test_what_adds_up_is_asked_for_by_days_and_a_rate_as_it_is():
    week = first_week(STARTS, ENDS)
    assert (week.first, week.last) == (STARTS, date(2026, 4, 7))
    assert expected_by(Decimal(280_000), "money", week, ENDS) == 70_000
    assert expected_by(Decimal("0.08"), "percent", week, ENDS) == Decimal("0.08")


def test_the_gap_is_the_missing_part_of_what_was_expected():
    assert gap_of(Decimal(70_000), Decimal(52_500), falls=False) == Decimal("0.25")
    assert gap_of(Decimal(100), Decimal(130), falls=True) == Decimal("0.3")  # a cost above its plan
    assert gap_of(Decimal(0), Decimal(5), falls=False) is None


@given(st.integers(1, 400), st.integers(1, 10**9))
def test_the_first_week_never_asks_for_more_than_the_whole(length, target):
    ends_on = STARTS + timedelta(days=length - 1)
    week = first_week(STARTS, ends_on)
    expected = expected_by(Decimal(target), "count", week, ends_on)
    assert 0 < expected <= target
    assert (expected == target) == (length <= 7)


# -- what the clock does --------------------------------------------------------------------------


def test_a_miss_of_a_quarter_calls_one_meeting_with_the_facts(house, tmp_path):
    plan = launched(house)
    sold(tmp_path, *[7500] * 7)  # 52,500 of 70,000
    assert look_at_first_weeks(at=MORNING) == Looked(judged=1, missed=1)
    meeting = Meeting.objects.get()
    assert (meeting.about, meeting.chair, meeting.unit) == (f"plan:{plan.pk}", house["ana"], plan.unit)
    assert meeting.starts_at == datetime(2026, 4, 10, 2, tzinfo=UTC)  # ten o'clock of the next working day
    assert {person.name for person in meeting.people.all()} == {"ana", "dora"}
    item = meeting.items.get()
    assert (item.rule, item.decider, item.thing) == ("decider", house["dora"], f"plan:{plan.pk}")
    for fact in ("新品銷售額", "52,500 TWD", "70,000 TWD", "280,000 TWD", "25.0%"):
        assert fact in item.material
    assert Event.objects.get(name="planning.campaign.first_week_missed").fields["gap"] == "25.0%"
    for days in (0, 1, 5):  # however often one looks
        assert look_at_first_weeks(at=MORNING + timedelta(days=days)) == Looked()
    assert Meeting.objects.count() == 1


def test_a_launch_on_its_plan_calls_nobody(house, tmp_path):
    launched(house)
    sold(tmp_path, *[8100] * 7)  # 19 % below: within what is let pass
    assert look_at_first_weeks(at=MORNING) == Looked(judged=1)
    assert not Meeting.objects.exists()


def test_how_much_is_let_pass_is_a_setting(house, tmp_path, settings):
    settings.FIRST_WEEK_MISS = 0.1
    launched(house)
    sold(tmp_path, *[8100] * 7)
    assert look_at_first_weeks(at=MORNING).missed == 1


def test_data_that_do_not_reach_the_week_s_end_are_waited_for(house, tmp_path):
    launched(house)
    sold(tmp_path, *[100] * 5)
    assert look_at_first_weeks(at=MORNING) == Looked(waiting=1)
    sold(tmp_path, *[100] * 2, first=date(2026, 4, 6))
    assert look_at_first_weeks(at=MORNING + timedelta(days=2)).missed == 1


def test_before_the_week_is_over_and_a_month_later_nobody_looks(house, tmp_path):
    launched(house)
    sold(tmp_path, *[100] * 40)
    assert look_at_first_weeks(at=datetime(2026, 4, 7, 8, tzinfo=UTC)) == Looked()
    assert look_at_first_weeks(at=datetime(2026, 5, 9, 8, tzinfo=UTC)) == Looked()


def test_only_launches_that_run_are_looked_at(house, tmp_path):
    plan = launched(house)
    Plan.objects.filter(pk=plan.pk).update(kind="brand")
    sold(tmp_path, *[100] * 7)
    assert look_at_first_weeks(at=MORNING) == Looked()


def test_the_joint_team_takes_part_and_who_has_left_does_not(house, tmp_path):
    project = Project.objects.create(
        code="tea", name="春茶", unit=house.units["shop"], lead=house["ben"], arbiter=house["chief"],
        starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 1),
    )  # fmt: skip
    for name in ("fay", "leo"):
        ProjectMember.objects.create(
            project=project, person=house[name], starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 1)
        )
    house["leo"].is_active = False
    house["leo"].save()
    launched(house, project=project)
    sold(tmp_path, *[100] * 7)
    look_at_first_weeks(at=MORNING)
    assert {person.name for person in Meeting.objects.get().people.all()} == {"ana", "dora", "ben", "fay"}
