"""Campaigns and money of others, for the attempts to reach them."""

from datetime import timedelta
from decimal import Decimal

from remit.execution.actions.conflict import log_conflict
from remit.execution.actions.cooperation import add_cooperation, add_cooperation_file
from remit.execution.actions.material import add_material
from remit.execution.actions.risk import add_risk
from remit.execution.actions.task import add_task, add_task_file, change_task
from remit.execution.actions.template import keep_template
from remit.files.actions import store_file
from remit.goals.actions.goal import activate_goal, add_goal
from remit.goals.actions.reading import enter_reading
from remit.goals.actions.strategy import add_strategy, cite_source
from remit.governance.actions.content_item import add_content
from remit.org.models import Person, Unit
from remit.planning.actions.approval import ask_for_approval
from remit.planning.actions.budget import add_budget, add_line
from remit.planning.actions.creator import add_creator, keep_contract
from remit.planning.actions.engagement import engage
from remit.planning.actions.ledger import Movement, ask_for_money
from remit.planning.actions.plan import Judged, add_plan
from remit.planning.actions.release_rule import write_rule
from remit.planning.models import Deviation, Plan, Release
from remit.planning.release_terms import Terms
from tests.company import AT


def keep_plans_of_others(unit: Unit, director: Person) -> dict[str, int]:
    """A campaign that the director plans for the West, what it is judged by, its request and a deviation."""
    own = {"by": director, "at": AT}
    plan = add_plan(
        unit=unit, code="kept", title="kept-by-director plan", kind="brand", owner=director,
        starts_on=AT.date(), ends_on=AT.date(), measures=[Judged("result", "kept-by-director", Decimal(1))],
        **own,
    )  # fmt: skip
    asked = ask_for_approval(plan=plan, **own)
    changes = {"money": ["0", "1"]}
    deviation = Deviation.objects.create(plan=plan, changes=changes, reason="kept-by-director", **own)
    on_plan = (
        "plan", "edit", "copy", "estimate", "approval", "launch", "deviation", "results", "retrospective",
        "close", "cancel", "pdf", "take_template", "keep_template", "audience", "audience_removal",
    )  # fmt: skip
    on_request = ("request", "submission", "withdrawal", "green", "signature")
    return {f"plans_{name}": plan.pk for name in on_plan} | {
        **{f"approvals_{name}": asked.pk for name in on_request},
        "plans_result": plan.measures.get().pk, "plans_deviation_drop": deviation.pk,
        **_content(unit, director), **_tasks(plan, director), **_risk(unit, director),
        **_pulled(unit, director), **_asked(unit, plan, director), **_appearing(plan, director),
        "plans_template_removal": keep_template(plan=plan, name="kept-by-director template", **own).pk,
    }  # fmt: skip


def _content(unit: Unit, director: Person) -> dict[str, int]:
    """Live content with a finding."""
    item = add_content(
        unit=unit, title="kept-by-director content", channel="store", text="kept-by-director 頂級",
        owner=director, by=director, at=AT, live_at=AT,
    )  # fmt: skip
    on_content = ("content", "edit", "review", "withdrawal")
    return {f"contents_{name}": item.pk for name in on_content} | {
        "contents_exception": item.findings.get().pk
    }


def _tasks(plan: Plan, director: Person) -> dict[str, int]:
    """A task that slipped, one that waits for it, a line to tick and a file."""
    own = {"by": director, "at": AT}
    days = {"starts_on": AT.date(), "ends_on": AT.date(), "owner": director}
    task = add_task(plan=plan, title="kept-by-director task", checklist=["kept-by-director"], **days, **own)
    add_task(plan=plan, title="kept-by-director after", waits_for=[task], **days, **own)
    file = store_file(content=[b"kept"], name="kept-by-director.txt", owner=director, **own)
    kept = add_task_file(task=task, file=file, **own)
    change_task(task=task, ends_on=AT.date() + timedelta(days=1), **own)
    on_task = ("task", "edit", "state", "attach", "carry")
    return {f"tasks_{name}": task.pk for name in on_task} | {
        "tasks_plan": plan.pk, "tasks_new": plan.pk, "tasks_check": task.checklist.get().pk,
        "tasks_attached": kept.pk, "tasks_shift": task.slips.get().pk, "tasks_leave": task.slips.get().pk,
    }  # fmt: skip


def _risk(unit: Unit, director: Person) -> dict[str, int]:
    """A risk that the director watches."""
    risk = add_risk(
        unit=unit, title="kept-by-director risk", probability=3, impact=3, owner=director,
        response="kept-by-director", review_on=AT.date(), by=director, at=AT,
    )  # fmt: skip
    return {f"risks_{name}": risk.pk for name in ("risk", "edit", "review", "fire", "watch", "close")}


def _asked(unit: Unit, plan: Plan, director: Person) -> dict[str, int]:
    """A request to another department, with a paper."""
    own = {"by": director, "at": AT}
    row = add_cooperation(
        unit=unit, title="kept-by-director cooperation", what="kept-by-director", purpose="kept-by-director",
        plan=plan, asked_unit=unit, needed_on=AT.date(), money=777777, **own,
    )  # fmt: skip
    file = store_file(content=[b"kept"], name="kept-by-director.pdf", owner=director, **own)
    paper = add_cooperation_file(cooperation=row, file=file, **own)
    on_row = (
        "one", "edit", "attach", "request", "drop", "answer", "signature", "accept", "done", "missing",
        "confirm",
    )  # fmt: skip
    return {f"cooperation_{name}": row.pk for name in on_row} | {"cooperation_attached": paper.pk}


def _appearing(plan: Plan, director: Person) -> dict[str, int]:
    """A host on the director's register, under contract, in the plan."""
    own = {"by": director, "at": AT}
    row = add_creator(unit=plan.unit, name="kept-by-director host", kind="host", owner=director, **own)
    file = store_file(content=[b"kept"], name="kept-by-director contract.txt", owner=director, **own)
    contract = keep_contract(
        creator=row, file=file, begins_on=AT.date(), ends_on=AT.date(), fee=Decimal(777777), basis="whole",
        exclusivity="kept-by-director", **own,
    )  # fmt: skip
    one = engage(plan=plan, creator=row, purpose="kept-by-director", **own)
    on_creator = ("creator", "edit", "contract", "end", "resume", "engaged")
    return {f"creators_{name}": row.pk for name in on_creator} | {
        "creators_file": contract.pk, "creators_withdraw": contract.pk, "creators_disengage": one.pk,
        "creators_engage": plan.pk,
    }  # fmt: skip


def _pulled(unit: Unit, director: Person) -> dict[str, int]:
    """A conflict that the director logged, and a material."""
    own = {"by": director, "at": AT}
    conflict = log_conflict(
        unit=unit, kind="goals", title="kept-by-director conflict", note="kept-by-director", **own
    )
    material = add_material(
        unit=unit, code="kept", title="kept-by-director material", keeper=director, stock=777777, **own
    )
    on_conflict = ("conflict", "option", "decision", "consequence")
    tried = {"experiments_dispute": conflict.pk}
    return (
        tried
        | {f"conflicts_{name}": conflict.pk for name in on_conflict}
        | {f"materials_{name}": material.pk for name in ("material", "count", "need")}
    )


def keep_goals_of_others(unit: Unit, director: Person) -> dict[str, int]:
    """A strategy of the West with its material, and a manual goal of it in force with a reading."""
    own = {"by": director, "at": AT}
    days = {"starts_on": AT.date(), "ends_on": AT.date()}
    strategy = add_strategy(unit=unit, title="kept-by-director strategy", owner=director, **days, **own)
    source = cite_source(
        strategy=strategy, kind="research", title="kept-by-director", dated_on=AT.date(), **own
    )
    goal = add_goal(
        unit=unit, title="kept-by-director goal", strategy=strategy, metric="manual", owner=director,
        baseline=Decimal(777777), target=Decimal(888888), resources="kept-by-director", **days, **own,
    )  # fmt: skip
    goal = activate_goal(goal=goal, **own)
    enter_reading(goal=goal, on=AT.date(), value=Decimal(788888), source="kept-by-director", **own)
    on_goal = (
        "goal",
        "edit",
        "activation",
        "split",
        "split_removal",
        "lever",
        "reading",
        "end",
        "drop",
        "removal",
    )
    return {
        **{f"goals_{name}": goal.pk for name in on_goal},
        **{f"goals_{name}": strategy.pk for name in ("strategy", "strategy_edit", "source")},
        "goals_source_removal": source.pk,
    }  # fmt: skip


def keep_money_of_others(unit: Unit, director: Person) -> dict[str, int]:
    """A budget of the West with a line, a request on it, and a release that the director asks for."""
    own = {"by": director, "at": AT}
    budget = add_budget(
        unit=unit, title="kept-by-director budget", starts_on=AT.date(), ends_on=AT.date(),
        total=Decimal(777777), **own,
    )  # fmt: skip
    words = dict.fromkeys(("need", "evidence", "alternative"), "kept-by-director")
    line = add_line(
        budget=budget, code="kept", title="kept-by-director line", owner=director, granted=Decimal(777777),
        words=words, **own,
    )  # fmt: skip
    asked = ask_for_money(line=line, movement=Movement(Decimal(7), AT.date()), **own).entry
    release = Release.objects.create(line=line, amount=1, reason="kept-by-director", **own)
    terms = Terms(7, Decimal(1), Decimal("1.2"), 1, Decimal(7), 7)
    rule = write_rule(line=line, metric="roi", counted="baskets", terms=terms, **own)
    on_line = ("line", "line_remove", "movement", "release", "rule_new")
    return {
        **{f"budgets_{name}": budget.pk for name in ("budget", "total", "line_new", "actuals")},
        **{f"budgets_{name}": line.pk for name in on_line},
        **{f"budgets_{name}": rule.pk for name in ("rule", "rule_trial", "rule_start", "rule_end")},
        "budgets_back": asked.pk, "budgets_release_drop": release.pk,
    }  # fmt: skip
