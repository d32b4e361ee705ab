"""Every mistake that an author of a policy can make is said with its place."""

import pytest

from remit.governance.clauses import DATE, FLAG, LIST, NUMBER, TEXT, FactMissing, UnreadableClause, clauses_of
from remit.governance.deciding import latest_day
from remit.org.working_days import WorkingCalendar

from .conftest import clause, step

FACTS = {"money": NUMBER, "starts_on": DATE, "is_major": FLAG, "kind": TEXT, "tags": LIST}
SIGNED = [step()]


def read(**more):
    return clauses_of([clause(**more)], FACTS)


@pytest.mark.parametrize(
    ("more", "where", "why"),
    [
        ({"code": ""}, "clause 1", "needs a code"),
        ({"steps": SIGNED, "stpes": []}, "C1", "unknown field 'stpes'"),
        ({}, "C1", "nothing follows"),
        ({"steps": SIGNED, "text": "只有一種語言"}, "C1", "zh: … and en: …"),
        ({"steps": SIGNED, "text": {"zh": "中文"}}, "C1", "zh: … and en: …"),
        ({"steps": SIGNED, "when": "money >"}, "C1.when", "facts:"),
        ({"steps": SIGNED, "when": "mony > 3.0"}, "C1.when", "unknown fact 'mony'"),
        ({"steps": SIGNED, "when": "true || mony > 3.0"}, "C1.when", "unknown fact 'mony'"),
        ({"steps": SIGNED, "when": "money"}, "C1.when", "true or false"),
        ({"steps": SIGNED, "when": "kind > 3"}, "C1.when", "facts:"),
        ({"steps": step()}, "C1.steps", "write a list"),
        ({"steps": ["marketing_director"]}, "C1.steps", "write fields"),
        ({"steps": [{"stage": 1}]}, "C1.steps", "either a position or a role"),
        (
            {"steps": [{"stage": 1, "role": "lead", "position": "x"}]},
            "C1.steps",
            "either a position or a role",
        ),
        ({"steps": [step(where="moon")]}, "C1.steps", "where is one of"),
        ({"steps": [step(stage=0)]}, "C1.steps.stage", "from 1 to 20"),
        ({"steps": [step(need="most")]}, "C1.steps.need", "whole number"),
        ({"steps": [step(days=True)]}, "C1.steps.days", "whole number"),
        ({"steps": [step(arbiter="yes")]}, "C1.steps.arbiter", "true or false"),
        ({"papers": [{"code": "roi estimate", "title": {"zh": "甲", "en": "a"}}]}, "C1.papers", "letters"),
        ({"papers": [{"code": "roi", "title": "ROI"}]}, "C1.papers.title", "zh: … and en: …"),
        ({"lead": {"days": 15, "before": "money"}}, "C1.lead.before", "a date: starts_on"),
        ({"lead": {"days": 0, "before": "starts_on"}}, "C1.lead.days", "from 1 to 366"),
        ({"lead": {"days": 5, "before": "starts_on", "working": 1}}, "C1.lead.working", "true or false"),
        ({"green": {"days": 5, "quota": 2, "period": "week"}}, "C1.green.period", "month, quarter, year"),
        ({"green": {"days": 5, "quota": 0}}, "C1.green.quota", "from 1 to 1000"),
        ({"refuse": "always"}, "C1.refuse", "true or false"),
    ],
)
def test_the_place_and_the_reason_are_said(more, where, why):
    with pytest.raises(UnreadableClause) as error:
        read(**more)
    assert error.value.text.en.startswith(f"{where}: ")
    assert why in error.value.text.en
    assert error.value.text.zh_hant.startswith(f"{where}：")


@pytest.mark.parametrize("rows", [[], {}, "text", None])
def test_a_policy_is_a_list_of_clauses(rows):
    with pytest.raises(UnreadableClause, match="at least one clause"):
        clauses_of(rows, FACTS)


def test_a_code_stands_for_one_clause():
    with pytest.raises(UnreadableClause, match="used twice"):
        clauses_of([clause(steps=SIGNED), clause(steps=SIGNED)], FACTS)


def test_too_many_clauses_are_no_policy():
    with pytest.raises(UnreadableClause, match="at most 100"):
        clauses_of([clause(f"C{n}", steps=SIGNED) for n in range(101)], FACTS)


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ("money >= 1000.0", {"money": 1000.0}, True),
        ("money >= 1000", {"money": 999.99}, False),
        ("starts_on < '2026-04-01'", {"starts_on": "2026-03-31"}, True),
        ("'live' in tags", {"tags": ["live", "shop"]}, True),
        ("tags.exists(tag, tag == 'live')", {"tags": ["shop"]}, False),
        ("kind in ['a', 'b'] && !is_major", {"kind": "b", "is_major": False}, True),
        ("false && is_major", {}, False),
    ],
)
def test_conditions_read_the_facts(condition, facts, expected):
    (only,) = read(when=condition, steps=SIGNED)
    assert only.holds(facts) is expected


def test_a_fact_that_is_not_known_is_never_a_no():
    (only,) = read(when="is_major", steps=SIGNED)
    with pytest.raises(FactMissing):
        only.holds({})


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ({"days": 15, "before": "starts_on"}, "2026-03-17"),
        ({"days": 10, "before": "starts_on", "working": True}, "2026-03-18"),
        ({"days": 1, "before": "starts_on", "working": True}, "2026-03-31"),
    ],
)
def test_lead_times_count_calendar_or_working_days(lead, expected):
    (only,) = read(lead=lead)
    assert str(latest_day(only.lead, {"starts_on": "2026-04-01"}, WorkingCalendar())) == expected
