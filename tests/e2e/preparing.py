"""Fill an empty home as an installation would be filled; says on the last line what the tests have to know.

Runs in a process of its own, with the real settings: ``python -m tests.e2e.preparing`` and REMIT_HOME.
"""

import json
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import django
from django.utils.timezone import localdate

TILL = b"basket,day,product,customer,store,qty,amount\nb1,2017-03-01,JP-MILK,JC-EAST-1,HARBOUR-E,1,12.50\n"
OWN_METRIC = {
    "title": "自訂銷售", "title_en": "Own sales", "meaning": "全部銷售。", "meaning_en": "All sales.",
    "family": "sales", "unit": "money", "better": "up", "table": "order_lines", "nothing": "zero",
    "digits": 2, "owner": "market_analyst", "spec": {"kind": "sum", "column": "net_sales"},
}  # fmt: skip


def main() -> None:
    """Tables, two companies, things to look at, and a session for everybody."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from tests.company import load_companies

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    home = Path(settings.HOME)
    load_companies(home / "in")
    known = {
        "things": _things(home, timezone.now()),
        "sessions": _sessions(timezone.now() + timedelta(days=1)),
    }
    sys.stdout.write("\n" + json.dumps(known) + "\n")


def _things(home: Path, at: Any) -> dict[str, int]:
    """One of each thing that has a page, by the name of the argument in its address."""
    from remit.channels.models import Outlet
    from remit.customers.models import Customer
    from remit.execution.actions.report import make_report
    from remit.files.actions import store_file
    from remit.metrics.actions import add_tile, define_metric, look_at_alerts, make_board, save_question
    from remit.metrics.models import Alert, Target
    from remit.org.models import Person, Position, Unit
    from remit.planning.models import Campaign
    from remit.products.models import Product
    from tests.web.other_units import bring_wrong_rows, conflict_of, keep_duties_of_others

    person = Person.objects.get(email="admin@demo.example")
    own = {"by": person, "at": at}
    question = {"metrics": ["net_sales"], "by": ["outlet"], "period": "all", "unit": "journey"}
    board = make_board(title="Outlets", **own)
    tile = add_tile(board=board, kind="bar", size="medium", title="", question=question, **own)
    wrong = bring_wrong_rows(home / "in", "journey")
    journey = Unit.objects.get(code="journey")
    handed = store_file(content=[TILL], name="till.csv", owner=person, scope=journey, **own)
    define_metric(code="own_sales", values=OWN_METRIC, **own)
    look_at_alerts(at=at)
    director = Person.objects.get(email="director@demo.example")
    owed = keep_duties_of_others(Unit.objects.get(code="group"), director)
    planned = _planned(journey, person, at)
    reported = make_report(kind="monthly", unit=journey, on=localdate(at), at=at)
    return (
        planned
        | {"report_id": reported.pk if reported else 0}
        | _met(journey, person, at)
        | {"content_id": _content(journey, person, at)}
        | {
            "outlet_id": Outlet.objects.get(code="HARBOUR-E").pk,
            "customer_id": Customer.objects.get(code="JC-EAST-1").pk,
            "product_id": Product.objects.get(code="JP-APPLE").pk,
            "campaign_id": Campaign.objects.get(code="JCAMP-18").pk,
            "unit_id": journey.pk,
            "person_id": Person.objects.get(email="east@demo.example").pk,
            "position_id": Position.objects.get(code="sales_person").pk,
            "board_id": board.pk,
            "tile_id": tile.pk,
            "question_id": save_question(title="By outlet", question=question, **own).pk,
            "target_id": Target.objects.filter(unit__code="journey").first().pk,
            "alert_id": Alert.objects.filter(unit__code="journey").first().pk,
            "import_id": wrong.pk,
            "key_id": _key(journey, at),
            "conflict_id": conflict_of(journey, "JC-EAST-1", "JC-EAST-2").pk,
            "file_id": handed.pk,
            "row_id": wrong.quarantine.get().pk,
            "occurrence_id": owed["duties_occurrence"],
            "handover_id": owed["duties_handover"],
            "charge_id": owed["duties_charge"],
        }
    )


def _key(unit: Any, at: Any) -> int:
    """A key of a shop's pages."""
    from remit.collection.actions import make_key

    key, _secret = make_key(
        unit=unit, name="Shop", kind="browser", origins=["https://shop.example.com"], by=None, at=at
    )
    return key.pk


def _planned(unit: Any, person: Any, at: Any) -> dict[str, int]:
    """A campaign that was signed, and one in preparation with its request."""
    from remit.governance.actions.request import submit
    from remit.governance.actions.signature import sign
    from remit.governance.queries.inbox import open_steps
    from remit.org.models import Person
    from remit.planning.actions.approval import ask_for_approval
    from remit.planning.actions.objectives import Serves
    from remit.planning.actions.plan import Judged, add_plan
    from tests.e2e.preparing_trials import diagnosed, piloted, tried

    on = localdate(at)
    whole = {
        "unit": unit, "kind": "brand", "owner": person, "by": person, "at": at, "starts_on": on,
        "ends_on": on + timedelta(days=20), "money": 100, "objective": "More know us",
        "pain_point": "Nobody knows us",
        "evidence": "Survey of March",
        "measures": [Judged("result", "Awareness", Decimal(40)), Judged("process", "Clicks", Decimal(900))],
    }  # fmt: skip
    aims = [Serves(aim_in_force(unit, person, at), Decimal(100))]
    approved = add_plan(code="known", title="Be known", objectives=aims, **whole)
    asked = ask_for_approval(plan=approved, by=person, at=at)
    submit(request=asked, by=person, at=at)
    for name in ("journey", "director"):
        (step,) = open_steps().filter(round__request=asked)
        signer = Person.objects.get(email=f"{name}@demo.example")
        sign(step=step, decision="approve", shown=step.round.content_id, by=signer, at=at)
    budget, line, rule = _budgeted(approved, person, at)
    goal, strategy = _aimed(unit, person, at)
    draft = add_plan(code="sooner", title="Be known sooner", **whole)
    return {
        "approved_plan_id": approved.pk,
        "campaign_plan_id": draft.pk,
        "request_id": ask_for_approval(plan=draft, by=person, at=at).pk,
        "task_id": _task(draft, person, at),
        "risk_id": _risk(draft, person, at),
        "experiment_id": tried(person, at),
        **diagnosed(person, at),
        **piloted(person, at),
        **_pulled(draft, person, at),
        **_asked(draft, person, at),
        **_appearing(draft, person, at),
        "budget_id": budget,
        "goal_id": goal,
        "strategy_id": strategy,
        "budget_line_id": line,
        "release_rule_id": rule,
    }


def _content(unit: Any, person: Any, at: Any) -> int:
    """Live content with findings, and a company's own words."""
    from remit.governance.actions.content_item import add_content
    from remit.governance.actions.own_words import publish_own_words

    rule = {
        "words": "驚爆, 手慢無",
        "severity": "change",
        "why": "不用煽動的說法",
        "suggestion": "寫起止時間",
    }
    own = {"rules": {"OWN-001": rule}, "disabled": {"PRI-015": "法務已確認"}}
    publish_own_words(content=own, reason="第一版", by=person, at=at, after=0)
    item = add_content(
        unit=unit, title="秋季新品", channel="shop", text="頂級羊絨，驚爆上市", owner=person, live_at=at,
        by=person, at=at,
    )  # fmt: skip
    return int(item.pk)


def _task(plan: Any, person: Any, at: Any) -> int:
    """A task with a checklist that slipped, and one that waits for it."""
    from remit.execution.actions.task import add_task, change_task

    own = {"by": person, "at": at}
    days = {"starts_on": plan.starts_on, "ends_on": plan.starts_on + timedelta(days=4), "owner": person}
    task = add_task(plan=plan, title="Script", checklist=["Draft", "Agreed"], hours=12, **days, **own)
    later = {name: day + timedelta(days=5) for name, day in days.items() if name != "owner"}
    add_task(plan=plan, title="Film", waits_for=[task], owner=person, **later, **own)
    change_task(task=task, ends_on=days["ends_on"] + timedelta(days=3), **own)
    return int(task.pk)


def _risk(plan: Any, person: Any, at: Any) -> int:
    """A risk with a task of plan B."""
    from remit.execution.actions.risk import Fallback, add_risk

    risk = add_risk(
        unit=plan.unit, plan=plan, title="The printer is late", probability=4, impact=4, owner=person,
        response="Call every Monday", fallback="Print elsewhere", review_on=localdate(at),
        fallback_tasks=[Fallback("Ask the other printer", person, 0, 2)], by=person, at=at,
    )  # fmt: skip
    return int(risk.pk)


def _met(unit: Any, person: Any, at: Any) -> dict[str, int]:
    """A series, and a meeting to come with two items."""
    from datetime import time

    from remit.governance.actions.meeting import Topic, call_meeting
    from remit.governance.actions.series import start_series

    own = {"by": person, "at": at}
    topics = [Topic("Price", "vote"), Topic("Budget", "decider", person, material="See the ledger")]
    meeting = call_meeting(
        unit=unit, title="Ahead of the season", starts_at=at + timedelta(days=2), chair=person, people=[],
        place="Room 3", topics=topics, **own,
    )  # fmt: skip
    series = start_series(
        unit=unit, title="Weekly", rhythm="weekly", day=1, time_of_day=time(10), chair=person, members=[],
        standing=[{"title": "Results", "rule": "consensus"}], **own,
    )  # fmt: skip
    return {
        "meeting_id": meeting.pk, "agenda_item_id": meeting.items.first().pk, "meeting_series_id": series.pk,
    }  # fmt: skip


def _pulled(plan: Any, person: Any, at: Any) -> dict[str, int]:
    """A logged conflict with a way out, and a material that is short."""
    from remit.execution.actions.conflict import add_option, log_conflict
    from remit.execution.actions.material import add_material, need_material

    own = {"by": person, "at": at}
    conflict = log_conflict(
        unit=plan.unit, kind="goals", title="Image against volume", note="Discounts", **own
    )  # fmt: skip
    add_option(conflict=conflict, text="Discounts only for members", **own)
    material = add_material(
        unit=plan.unit, code="gifts", title="Gifts", keeper=person, stock=10, **own
    )  # fmt: skip
    need_material(plan=plan, material=material, pieces=20, **own)
    return {"conflict_id": conflict.pk, "material_id": material.pk}


def _asked(plan: Any, person: Any, at: Any) -> dict[str, int]:
    """A request of the person to another department, and one that the person's own department answers."""
    from remit.execution.actions.cooperation import add_cooperation, ask_department
    from remit.governance.actions.request import submit
    from remit.org.models import Person, Position, Unit

    asked = {
        "title": "Two shifts more", "what": "Two shifts a day", "purpose": "Orders doubled", "plan": plan,
        "unit": plan.unit, "asked_unit": Unit.objects.get(code="group"),
        "needed_on": localdate(at) + timedelta(days=30), "at": at,
    }  # fmt: skip
    row = add_cooperation(by=person, **asked)
    director = Person.objects.get(email="director@demo.example")
    mail = Position.objects.get(code="administrator")
    other = add_cooperation(by=director, asked_position=mail, **asked)
    submit(request=ask_department(cooperation=other, by=director, at=at), by=director, at=at)
    return {"cooperation_id": row.pk, "asked_cooperation_id": other.pk}


def _appearing(plan: Any, person: Any, at: Any) -> dict[str, int]:
    """A host under contract who appears in the plan."""
    from remit.files.actions import store_file
    from remit.planning.actions.creator import add_creator, keep_contract
    from remit.planning.actions.engagement import engage

    own = {"by": person, "at": at}
    row = add_creator(
        unit=plan.unit, name="Mei", kind="host", platform="YouTube", handle="@mei", owner=person, **own
    )  # fmt: skip
    paper = store_file(content=[b"A contract"], name="contract.txt", owner=person, scope=plan.unit, **own)
    contract = keep_contract(
        creator=row, file=paper, begins_on=localdate(at), ends_on=localdate(at) + timedelta(days=20),
        fee=Decimal(900), basis="campaign", exclusivity="No other dairy", **own,
    )  # fmt: skip
    engage(plan=plan, creator=row, purpose="Two live sessions", **own)
    return {"creator_id": row.pk, "contract_id": contract.pk}


def _budgeted(plan: Any, person: Any, at: Any) -> tuple[int, int, int]:
    """A budget with a line of the plan on which something was asked for, ordered and invoiced; and a rule."""
    from decimal import Decimal

    from remit.planning.actions.budget import add_budget, add_line
    from remit.planning.actions.ledger import Movement, ask_for_money, invoice, order
    from remit.planning.actions.release_rule import write_rule
    from remit.planning.release_terms import Terms

    on = localdate(at)
    own = {"by": person, "at": at}
    budget = add_budget(
        unit=plan.unit, title="This year", starts_on=on.replace(month=1, day=1),
        ends_on=on.replace(month=12, day=31), total=Decimal(1000), **own,
    )  # fmt: skip
    words = {"need": "Films", "evidence": "Last year's ROI", "alternative": "Posters"}
    line = add_line(
        budget=budget, code="films", title="Short films", owner=person, granted=Decimal(100), plan=plan,
        words=words, channel="video", **own,
    )  # fmt: skip
    ask_for_money(line=line, movement=Movement(Decimal(30), on, note="Cutting"), **own)
    ordered = order(line=line, movement=Movement(Decimal(40), on, reference="PO-7"), **own).entry
    invoice(line=line, movement=Movement(Decimal(25), on, reference="INV-7", draws_on=ordered), **own)
    terms = Terms(7, Decimal("0.4"), Decimal("1.2"), 100, Decimal(10), 14)
    rule = write_rule(line=line, metric="roi", counted="baskets", terms=terms, **own)
    return budget.pk, line.pk, rule.pk


def aim_in_force(unit: Any, person: Any, at: Any) -> Any:
    """A goal that campaigns serve."""
    from remit.goals.actions.goal import activate_goal, add_goal

    on, own = localdate(at), {"by": person, "at": at}
    goal = add_goal(
        unit=unit, title="Known to more", metric="manual", owner=person, baseline=Decimal("0.2"),
        target=Decimal("0.3"), starts_on=on, ends_on=on + timedelta(days=300), money=Decimal(10),
        measured_in="percent", **own,
    )  # fmt: skip
    return activate_goal(goal=goal, **own)


def _aimed(unit: Any, person: Any, at: Any) -> tuple[int, int]:
    """A strategy that rests on something stale, with a goal by quarter that a forecast looks at."""
    from datetime import date

    from remit.goals.actions.decomposition import Sized, split_goal
    from remit.goals.actions.goal import add_goal
    from remit.goals.actions.strategy import add_strategy, cite_source

    on, own = localdate(at), {"by": person, "at": at}
    strategy = add_strategy(
        unit=unit, title="Families first", owner=person, starts_on=on, ends_on=on + timedelta(days=300), **own
    )
    cite_source(
        strategy=strategy, kind="research", title="Interviews", dated_on=on - timedelta(days=400), **own
    )
    goal = add_goal(
        unit=unit, title="Sell more", strategy=strategy, metric="net_sales", owner=person,
        baseline=Decimal(1000), growth=Decimal("0.3"), starts_on=date(2017, 1, 1), ends_on=date(2017, 12, 31),
        money=Decimal(10), **own,
    )  # fmt: skip
    parts = [Sized(Decimal(each), "launch") for each in ("195", "260", "325", "520")]
    split_goal(goal=goal, cut="quarter", method="shares", parts=parts, **own)
    whole = add_goal(unit=unit, title="Larger baskets", metric="basket_value", owner=person, parent=goal,
                     baseline=Decimal(10), target=Decimal(12), starts_on=date(2017, 1, 1),
                     ends_on=date(2017, 12, 31), money=Decimal(10), **own)  # fmt: skip
    return whole.pk, strategy.pk


def _sessions(until: object) -> dict[str, str]:
    """The key of a session for each of the people, and for somebody without a position."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from remit.org.actions import add_person
    from remit.org.models import Person
    from tests.company import AT

    add_person(email="nobody@demo.example", name="Nobody", by=None, at=AT)
    found = {}
    for person in Person.objects.all():
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.set_expiry(until)
        session.save()
        found[person.email.partition("@")[0]] = str(session.session_key)
    return found


if __name__ == "__main__":
    main()
