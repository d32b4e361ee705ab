"""A plan, a budget, a release and whatever else a duty asks for is given by the address of its page."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from remit.duties.models import Evidence, Occurrence
from remit.execution.actions.task import add_task
from remit.planning.actions.budget import add_budget, add_line
from remit.planning.actions.plan import Judged, add_plan
from remit.planning.models import Deviation, Release
from tests.web.duties.conftest import house, staffed

__all__ = ["house", "staffed"]
AT = datetime(2026, 3, 2, tzinfo=UTC)
DAY = date(2026, 3, 2)


@pytest.fixture
def things(staffed) -> dict[str, tuple[str, int]]:
    """The address of each kind of thing, and its id."""
    ana, shop = staffed.people["ana"], staffed.units["shop"]
    own = {"by": ana, "at": AT}
    plan = add_plan(
        unit=shop, code="spring", title="Spring", kind="brand", owner=ana, starts_on=DAY, ends_on=DAY,
        measures=[Judged("result", "r", Decimal(1))], **own,
    )  # fmt: skip
    task = add_task(plan=plan, title="Task", owner=ana, starts_on=DAY, ends_on=DAY, **own)
    budget = add_budget(unit=shop, title="B", starts_on=DAY, ends_on=DAY, total=Decimal(9), **own)
    words = dict.fromkeys(("need", "evidence", "alternative"), "x")
    line = add_line(budget=budget, code="l", title="L", owner=ana, granted=Decimal(9), words=words, **own)
    released = {"line": line, "amount": 1, "reason": "r", **own}
    first = Release.objects.create(state="applied", **released)
    second = Release.objects.create(**released)
    deviation = Deviation.objects.create(plan=plan, changes={}, reason="r", **own)
    on_line = reverse("budgets_line", args=[line.pk])
    on_plan = reverse("plans_plan", args=[plan.pk])
    return {
        "plan": (on_plan, plan.pk),
        "plan by its tasks": (reverse("tasks_plan", args=[plan.pk]), plan.pk),
        "task": (reverse("tasks_task", args=[task.pk]), task.pk),
        "budget": (reverse("budgets_budget", args=[budget.pk]), budget.pk),
        "release": (on_line, second.pk),
        "release pointed at": (f"{on_line}#release-{first.pk}", first.pk),
        "deviation": (f"{on_plan}#deviation-{deviation.pk}", deviation.pk),
        "position": (reverse("org_position", args=[staffed.positions["market_analyst"].pk]), None),
    }  # fmt: skip


def asks_for(staffed, kind: str) -> Occurrence:
    return staffed.first(staffed.charge("T2.1", evidence={"kind": "thing", "of": kind}))


@pytest.mark.parametrize(
    "name",
    ["plan", "plan by its tasks", "task", "budget", "release", "release pointed at", "deviation"],
)
def test_the_address_of_a_page_is_the_thing(staffed, things, browse, name):
    kind = name.split(" ")[0]
    one = asks_for(staffed, kind)
    address, pk = things[name]
    ana = browse("ana")
    assert ana.get(address.partition("#")[0]).status_code == 200
    given = {"kind": "thing", "text": f"http://testserver{address}"}
    answer = ana.post(reverse("duties_evidence", args=[one.pk]), given)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Evidence.objects.get().thing == f"{kind}:{pk}"
    assert ana.post(reverse("duties_submission", args=[one.pk]), {"note": ""}).status_code == 302
    page = ana.get(reverse("duties_occurrence", args=[one.pk])).content.decode()
    assert "not visible to you" not in page


def test_a_page_about_something_else_is_refused_and_says_what_is_asked_for(staffed, things, browse):
    one = asks_for(staffed, "budget")
    answer = browse("ana").post(
        reverse("duties_evidence", args=[one.pk]), {"kind": "thing", "text": things["plan"][0]}
    )
    assert answer.status_code == 422
    assert "Asked for: Budget" in str(answer.context["form"].errors["text"])
    assert not Evidence.objects.exists()


def test_the_page_says_which_kind_of_thing_is_asked_for(staffed, browse):
    one = asks_for(staffed, "release")
    page = browse("ana").get(reverse("duties_occurrence", args=[one.pk])).content.decode()
    assert "1 × Release of reserve" in page


def test_what_one_may_not_see_is_no_evidence(staffed, things, browse):
    one = asks_for(staffed, "budget")
    given = {"kind": "thing", "text": reverse("budgets_budget", args=[987654321])}
    assert browse("ana").post(reverse("duties_evidence", args=[one.pk]), given).status_code == 422
