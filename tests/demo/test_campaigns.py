"""The demonstration's campaigns stand at three points of their line, and their money adds up."""

from datetime import UTC, datetime

from remit.demo.actions.campaigns import set_up_campaigns
from remit.demo.actions.goals import set_up_goals
from remit.demo.actions.organisation import set_up_organisation
from remit.execution.models import Cooperation
from remit.governance.models import Request
from remit.planning.models import Budget, BudgetLine, Plan, PlanObjective

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def test_one_runs_one_waits_and_one_is_a_draft(db):
    set_up_organisation(at=AT)
    set_up_goals(at=AT)
    assert set_up_campaigns(at=AT) == 32
    assert set_up_campaigns(at=AT) == 0
    stages = dict(Plan.objects.values_list("code", "stage"))
    assert stages == {"member-day": "running", "year-end": "draft", "spring-video": "draft"}
    states = sorted(Request.objects.values_list("kind", "state"))
    assert states == [
        ("campaign", "approved"), ("campaign", "submitted"), ("cooperation", "approved"),
        ("cooperation", "submitted"),
    ]  # fmt: skip
    assert sorted(Cooperation.objects.values_list("state", flat=True)) == ["answered", "asking"]
    line = BudgetLine.objects.get(code="member-day")
    assert (line.forecast, line.committed, line.spent, line.overrun) == (3400, 8600, 0, 0)
    assert Budget.objects.get().allotted == 198000


def test_each_serves_goals_of_its_own_days(db):
    set_up_organisation(at=AT)
    set_up_goals(at=AT)
    set_up_campaigns(at=AT)
    served = [(row.plan, row.goal) for row in PlanObjective.objects.select_related("plan", "goal")]
    assert {plan.code for plan, _goal in served} == {"member-day", "year-end", "spring-video"}
    for plan, goal in served:
        assert goal.starts_on <= plan.starts_on <= plan.ends_on <= goal.ends_on
