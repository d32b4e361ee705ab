"""Situations by the policies that ship: the route, or every refusal with its clause.

``routes.csv`` was written from the handbook, not from what the code answers. ``facts``: those that differ
from a whole brand campaign, a clean text on the website, a small release or
what is asked of another department in good time; ``?`` is not known. ``route``:
stage:position@where or stage:role, ``?`` for the arbiter. ``refusals``: clause:kind.
"""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml

from remit.config.requests import REQUESTS
from remit.governance.clauses import Clause, clauses_of
from remit.governance.deciding import Asked, GreenUse, Refusal, judge
from remit.governance.queries.shipped import FOLDER as SHIPPED
from remit.org.working_days import WorkingCalendar

ROWS = list(csv.DictReader((Path(__file__).parent / "routes.csv").open(encoding="utf-8")))
FLAGS = {"yes": True, "no": False}
WHOLE = {
    "kind": "brand", "promotion_goal": "", "money": 1000.0, "currency": "USD", "brand": "",
    "starts_on": "2026-04-01", "ends_on": "2026-04-20", "within_limit": True, "has_pain_point": True,
    "has_objective": True, "has_project": True, "shares_add_up": True, "serves_goal": True,
    "measures": ["process", "result"],
    "unit": "shop",
    "verdict": "pass", "stops": 0.0, "to_change": 0.0, "channel": "website", "industry": "retail",
    "industries": ["retail"], "amount": 1000.0, "reserve": 100_000.0, "overrun": 0.0,
    "needed_on": "2026-04-01", "department": "depot", "position": "", "effort_days": 2.0,
    "has_purpose": True, "has_plan": False, "own_department": False,
    "money_before": 1000.0, "money_after": 1500.0, "changes": ["money"], "is_running": True,
}  # fmt: skip
NUMBERS = (
    "money",
    "money_before",
    "money_after",
    "stops",
    "to_change",
    "amount",
    "reserve",
    "overrun",
    "effort_days",
)
LISTS = ("measures", "changes", "industries")


def clauses(policy: str) -> tuple[Clause, ...]:
    rows = yaml.safe_load((SHIPPED / f"{policy}.yaml").read_text(encoding="utf-8"))["clauses"]
    return clauses_of(rows, REQUESTS[policy].fact_types)


POLICIES = {policy: clauses(policy) for policy in sorted(path.stem for path in SHIPPED.glob("*.yaml"))}


def value_of(name: str, text: str) -> object:
    if text == "?":
        return None
    if name in NUMBERS:
        return float(text)
    if name in LISTS:
        return [] if text == "none" else text.split("+")
    return FLAGS.get(text, text)


def facts_of(row: Mapping[str, str]) -> dict[str, object]:
    given = dict(pair.partition("=")[::2] for pair in row["facts"].split())
    given["structure"] = row["structure"]
    return {
        **WHOLE,
        **{name: value_of(name, text) for name, text in given.items()},
        "green": bool(row["green"]),
    }


def step_of(asked: Asked) -> str:
    rule = asked.rule
    signer = f"{rule.position}@{rule.where}" if rule.position else rule.role
    return f"{rule.stage}:{signer}{'?' if rule.is_arbiter else ''}"


def refusal_of(refusal: Refusal) -> str:
    return f"{refusal.clause.code}:{refusal.kind}" if refusal.clause else str(refusal.kind)


@pytest.mark.parametrize("row", ROWS, ids=[row["situation"] for row in ROWS])
def test_the_policy_answers_the_situation(row):
    judgement = judge(
        POLICIES[row["policy"]], facts_of(row), on=date.fromisoformat(row["day"]), calendar=WorkingCalendar(),
        given=row["papers"].split(), asks_green=bool(row["green"]),
        use=GreenUse({"quarter": int(row["used"])}, int(row["owing"])),
    )  # fmt: skip
    assert sorted(map(refusal_of, judgement.refusals)) == sorted(row["refusals"].split())
    if judgement.is_taken:
        assert sorted(map(step_of, judgement.steps)) == sorted(row["route"].split())


def test_there_are_enough_of_them_in_all_three_structures():
    assert len({row["situation"] for row in ROWS}) == len(ROWS) >= 150
    for structure in ("centralised", "decentralised", "matrix"):
        assert sum(row["structure"] == structure for row in ROWS) >= 40


def test_every_clause_that_ships_is_met_and_not_met_by_some_situation():
    for policy, read in POLICIES.items():
        rows = [
            facts_of(row)
            for row in ROWS
            if row["policy"] == policy and "?" not in row["facts"] + row["structure"]
        ]
        for clause in read:
            answers = {clause.holds(facts) for facts in rows}
            assert answers == ({True, False} if clause.when != "true" else {True}), (policy, clause.code)
