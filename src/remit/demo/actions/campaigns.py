"""A budget, and campaigns at three points of their line: one runs, one is to be signed, one is a draft."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from remit.goals.enums import GoalState
from remit.goals.models import Goal
from remit.governance.actions.request import submit
from remit.governance.actions.signature import sign
from remit.governance.models import Request
from remit.governance.queries.inbox import open_steps
from remit.governance.queries.signers import signers_of
from remit.org.models import Person, Unit
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day
from remit.planning.actions.approval import ask_for_approval, launch_plan
from remit.planning.actions.budget import add_budget, add_line
from remit.planning.actions.estimate import make_estimate
from remit.planning.actions.ledger import Movement, ask_for_money, order
from remit.planning.actions.objectives import Serves
from remit.planning.actions.plan import Judged, add_plan
from remit.planning.actions.release_rule import RuleUnclear, start_rule, try_rule, write_rule
from remit.planning.models import Budget, BudgetLine, Plan
from remit.planning.release_terms import Terms

from .. import campaigns as wanted
from .campaign_tasks import give_tasks, register_risks
from .cooperation import ask_departments
from .creators import register_creators

VERBS = {"request": ask_for_money, "order": order}


@transaction.atomic
def set_up_campaigns(*, at: datetime) -> int:
    """Return how many plans, tasks, creators and budget lines were added; none where somebody did already."""
    if Plan.objects.exists() or Budget.objects.exists():
        return 0
    people = {
        person.email.partition("@")[0]: person for person in Person.objects.filter(is_demonstration=True)
    }
    plans = {plan.code: _planned(plan, people, at) for plan in wanted.PLANS}
    tasks = give_tasks(plans=plans, people=people, at=at)
    risks = register_risks(plans=plans, people=people, at=at)
    asked = ask_departments(plans=plans, people=people, at=at)
    creators = register_creators(plans=plans, people=people, at=at)
    return len(plans) + tasks + risks + asked + creators + _budgeted(plans, people, at)


def _planned(plan: wanted.DemoPlan, people: dict[str, Person], at: datetime) -> Plan:
    today, by = company_day(at), people[plan.owner]
    runs = plan.goes == "running"
    then = at - timedelta(days=wanted.DAYS_BEFORE) if runs else at
    row = add_plan(
        unit=Unit.objects.get(code=wanted.UNIT), code=plan.code, title=plan.title, kind=plan.kind, owner=by,
        starts_on=today + timedelta(days=plan.first_day), ends_on=today + timedelta(days=plan.last_day),
        money=Decimal(plan.money), promotion_goal=plan.promotion_goal, by=by, at=then,
        measures=[Judged(kind, title, Decimal(target)) for kind, title, target in plan.results],
        objectives=_served(plan),
        **plan.words,
    )  # fmt: skip
    if plan.conversion:
        low, likely, high = (Decimal(percent) / 100 for percent in plan.conversion)
        make_estimate(
            plan=row, reach=plan.reach, conversion=(low, likely, high), value=Decimal(plan.value),
            basis=plan.basis, by=by, at=then,
        )  # fmt: skip
    if plan.goes == "draft":
        return row
    request = ask_for_approval(plan=row, by=by, at=then)
    submit(request=request, by=by, at=then)
    if runs:
        _sign_all(request, then + timedelta(days=2))
        row.refresh_from_db()
        row = launch_plan(plan=row, by=by, at=at + timedelta(days=plan.first_day))
    return row


def _served(plan: wanted.DemoPlan) -> list[Serves]:
    """Its goals that are in force; where data are lacking and none is, whichever is (H2.1.3)."""
    goals = {goal.title: goal for goal in Goal.objects.filter(state=GoalState.ACTIVE).order_by("pk")}
    served = [Serves(goals[title], Decimal(share)) for title, share in plan.serves if title in goals]
    return served or [Serves(goal, Decimal(100)) for goal in list(goals.values())[:1]]


def _sign_all(request: Request, at: datetime) -> None:
    """Everybody whose turn it is agrees, one after the other."""
    on = company_day(at)
    while (step := open_steps().filter(round__request=request).first()) is not None:
        signer = Person.objects.get(pk=signers_of(step, on, organisation_on(on)).people[0])
        sign(step=step, decision="approve", shown=step.round.content_id, by=signer, at=at)


def _budgeted(plans: dict[str, Plan], people: dict[str, Person], at: datetime) -> int:
    today, by = company_day(at), people["journey"]
    budget = add_budget(
        unit=Unit.objects.get(code=wanted.UNIT), title=wanted.BUDGET_TITLE,
        starts_on=today - timedelta(days=180), ends_on=today + timedelta(days=184),
        total=Decimal(wanted.BUDGET_TOTAL), by=by, at=at,
    )  # fmt: skip
    for line in wanted.LINES:
        row = add_line(
            budget=budget, code=line.code, title=line.title, owner=people[line.owner],
            granted=Decimal(line.granted), plan=plans.get(line.plan), channel=line.channel,
            words={"need": line.need, "evidence": line.evidence, "alternative": line.alternative},
            by=by, at=at,
        )  # fmt: skip
        if line.code == wanted.RULE.line:
            _ruled(row, people, at)
        before = None
        for stage, amount, reference, days in line.moves:
            on = today - timedelta(days=days)
            movement = Movement(Decimal(amount), on, reference=reference, draws_on=before)
            before = VERBS[stage](line=row, movement=movement, by=by, at=at).entry
    return len(wanted.LINES)


def _ruled(line: BudgetLine, people: dict[str, Person], at: datetime) -> None:
    """The line's rule of release: its owner tries it on the past, who keeps the budget makes it live."""
    said = wanted.RULE
    terms = Terms(
        days=said.days, planned=Decimal(said.planned), factor=Decimal(said.factor), count_min=said.count_min,
        amount=Decimal(said.amount), cooldown_days=said.cooldown_days,
    )  # fmt: skip
    rule = write_rule(
        line=line, metric=said.metric, counted=said.counted, terms=terms, by=line.owner, at=at
    )  # fmt: skip
    try:
        try_rule(rule=rule, by=line.owner, at=at)
    except RuleUnclear:  # without data there is nothing to try it on, and it stays a draft
        return
    start_rule(rule=rule, by=people["journey"], at=at)
