"""A home of the time when goals and tasks were of one room with campaigns is upgraded without loss."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings

from remit.config.stepping import Steps
from remit.execution.models import Dependency, Risk, Task
from remit.goals.models import Goal, ManualReading
from remit.planning.models import Plan, PlanObjective

from .conftest import databases
from .test_fresh import tables

BEFORE = [("planning", "0013_to_the_cent")]
AT, ON, LAST = datetime(2026, 3, 2, 4, tzinfo=UTC), date(2026, 3, 2), date(2026, 3, 31)
MADE = {"made_at": AT, "changed_at": AT}


type Upgraded = tuple[BaseDatabaseWrapper, Any, set[tuple[str, str]]]


@pytest.fixture(scope="module")
def upgraded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Upgraded]:
    """The database as it was before, brought to today; its models then, and how tables look in a new home."""
    with (
        override_settings(MIGRATION_MODULES={}),  # also where the tests run without migrations
        django_db_blocker.unblock(),
        databases(tmp_path_factory.mktemp("parted")) as made,
    ):
        home = made("parted")
        today = tables(home)
        fill(Steps(home).migrate(BEFORE).apps, home)
        executor = Steps(home)
        after = executor.migrate(executor.loader.graph.leaf_nodes()).apps
        yield home, after, today


def fill(apps: Any, home: BaseDatabaseWrapper) -> None:
    """Rows of each kind that moved, and work that waits under addresses of that time."""

    def add(model: str, /, **values: Any) -> Any:
        return apps.get_model(model).objects.using(home.alias).create(**values)

    unit = add("org.Unit", path="0001", depth=1, code="shop", name="門市", is_company=True, currency="TWD")
    ana = add("org.Person", email="ana@example.org", name="安娜")
    own = {"unit": unit, "owner": ana, "made_by": ana, **MADE}
    strategy = add("planning.Strategy", title="會員優先", starts_on=ON, ends_on=LAST, **own)
    goal = add("planning.Goal", title="銷售成長三成", strategy=strategy, target=Decimal("1300.5"), **own)
    part = add("planning.Goal", title="第一季", parent=goal, is_part=True, **own)
    part.partners.add(ana)
    add("planning.ManualReading", goal=part, on=ON, value=Decimal("12.25"), source="帳冊", by=ana, at=AT)
    plan = add("planning.Plan", code="spring", title="春季清倉", kind="brand", currency="TWD",
               starts_on=ON, ends_on=LAST, **own)  # fmt: skip
    add("planning.PlanObjective", plan=plan, goal=part)
    days = {"owner": ana, "starts_on": ON, "ends_on": LAST, "made_by": ana, **MADE}
    first = add("planning.Task", plan=plan, title="腳本", **days)
    second = add("planning.Task", plan=plan, title="拍攝", **days)
    add("planning.Dependency", before=first, after=second)
    risk = add("planning.Risk", unit=unit, plan=plan, title="缺貨", probability=3, impact=4, owner=ana,
               response="備貨", review_on=LAST, watched_since=AT, made_by=ana, made_at=AT)  # fmt: skip
    add("planning.FallbackTask", risk=risk, title="換品", owner=ana, task=second, after_days=0, days=2)
    add(
        "contenttypes.ContentType", app_label="goals", model="goal"
    )  # made early; the one in use takes its place
    event = add("audit.Event", name="planning.task.slipped", subject="task:1", at=AT, digest="d", previous="")
    for reaction in ("remit.planning.tasks.see_risks", "remit.planning.tasks.publish_soon"):
        add("audit.Delivery", event=event, reaction=reaction, due_at=AT)
    for task in ("watch_risks", "measure_effects"):
        add("django_tasks_database.DBTaskResult", task_path=f"remit.planning.tasks.{task}", run_after=AT,
            args_kwargs={"args": [], "kwargs": {}}, backend_name="default")  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_goals_and_tasks_of_an_older_home_are_there_after_the_upgrade(upgraded: Upgraded) -> None:
    home, after, today = upgraded
    part = Goal.objects.using(home.alias).select_related("parent__strategy").get(title="第一季")
    assert (part.parent.title, part.parent.target) == ("銷售成長三成", Decimal("1300.5"))
    assert part.parent.strategy.title == "會員優先"
    assert [person.name for person in part.partners.all()] == ["安娜"]
    assert ManualReading.objects.using(home.alias).get().value == Decimal("12.25")
    assert PlanObjective.objects.using(home.alias).get().goal == part
    edge = Dependency.objects.using(home.alias).select_related("before", "after").get()
    assert (edge.before.title, edge.after.title) == ("腳本", "拍攝")
    plan = Plan.objects.using(home.alias).get()
    assert Task.objects.using(home.alias).filter(plan=plan).count() == 2
    assert Risk.objects.using(home.alias).get().fallback_tasks.get().task.title == "拍攝"
    assert waiting(after, home) == (
        ["remit.execution.tasks.see_risks", "remit.planning.tasks.publish_soon"],
        ["remit.execution.tasks.watch_risks", "remit.planning.tasks.measure_effects"],
    )
    kinds = after.get_model("contenttypes.ContentType").objects.using(home.alias)
    moved = kinds.filter(model__in=["goal", "task"]).order_by("model")
    assert list(moved.values_list("app_label", "model")) == [("goals", "goal"), ("execution", "task")]
    assert tables(home) ^ today == set()  # the same as in a home that is new
    home.check_constraints()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_moved_still_refuses_what_it_refused(upgraded: Upgraded) -> None:
    home, _after, _today = upgraded
    home.check_constraints()
    with pytest.raises(Exception, match="task_ends_after_it_starts"):
        Task.objects.using(home.alias).update(ends_on=date(2020, 1, 1))


def waiting(apps: Any, home: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    deliveries = apps.get_model("audit.Delivery").objects.using(home.alias)
    queued = apps.get_model("django_tasks_database.DBTaskResult").objects.using(home.alias)
    reactions = deliveries.order_by("reaction").values_list("reaction", flat=True)
    return list(reactions), sorted(queued.values_list("task_path", flat=True))
