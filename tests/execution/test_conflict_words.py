"""What a conflict is called and how its figures are said: one line for each of its kinds."""

import pytest
from django.utils import translation

from remit.execution.enums import ClashKind
from remit.execution.models import Conflict
from remit.web.conflicts.words import said, title_of

PERSON = {"monday": "2026-03-02", "taken": 52, "has": 40}
PAPER = {"reference": "PO-7", "amount": "1200", "currency": "TWD", "lines": ["影片", "海報"]}
WANTED = {"asked": "900", "left": "500", "currency": "TWD"}
BOTH = {"both": 1234, "smaller": 2000}
STOCK = {"material": "春茶禮盒", "wanted": 300, "stock": 120}
LATE = {**STOCK, "ready_on": "2026-04-10", "first": "2026-04-01"}


def conflict(kind: str, facts: dict[str, object], things: tuple[str, ...] = (), **more: str) -> Conflict:
    row = Conflict(kind=kind, facts=facts, things=list(things), note=more.pop("note", ""))
    for name, value in more.items():
        setattr(row, name, value)
    return row


@pytest.mark.parametrize(
    ("row", "title", "words"),
    [
        (
            conflict(ClashKind.PERSON, PERSON, who="Ana"),
            "Ana: more work than hours in the week of 2 Mar 2026",
            "52 hours of work against 40 hours.",
        ),
        (
            conflict(ClashKind.MONEY, PAPER),
            "The paper PO-7 stands against several lines",
            "NT$1,200 are entered on: 影片, 海報.",
        ),
        (
            conflict(ClashKind.MONEY, WANTED, ("plan:1", "plan:2", "budget:1")),
            "Plans want more than the budget has left",
            "Together they want NT$900, NT$500 are left to grant.",
        ),
        (
            conflict(ClashKind.MONEY, WANTED, ("plan:1", "budget:1")),
            "A plan wants more than the budget has left",
            "It still wants NT$900, NT$500 are left to grant.",
        ),
        (
            conflict(ClashKind.AUDIENCE, BOTH),
            "Two campaigns reach the same 1,234 customers",
            "1,234 of the 2,000 customers of the smaller campaign are in both.",
        ),
        (
            conflict(ClashKind.STOCK, STOCK),
            "Material is short: 春茶禮盒",
            "Plans need 300 pieces, 120 are there.",
        ),
        (
            conflict(ClashKind.STOCK, LATE),
            "Material is short: 春茶禮盒",
            "Plans need 300 pieces, 120 are there. "
            "It is ready on 10 Apr 2026, the first campaign begins on 1 Apr 2026.",
        ),
    ],
)
def test_a_found_conflict_is_said_from_its_facts(row, title, words):
    with translation.override("en"):
        assert (title_of(row), said(row)) == (title, words)


def test_goals_that_pull_a_figure_apart_name_it_by_its_title(db):
    row = conflict(ClashKind.GOALS, {"metric": "net_sales"})
    gone = conflict(ClashKind.GOALS, {"metric": "no_longer_there"})
    with translation.override("en"):
        assert title_of(row) == "Goals pull “Net sales” apart"
        assert said(row) == "One goal wants it to rise, the other to fall, on the same days."
        assert title_of(gone) == "Goals pull “no_longer_there” apart"


def test_what_somebody_noted_goes_before_the_figures():
    row = conflict(ClashKind.STOCK, STOCK, note="倉庫說週五到貨")
    assert said(row) == "倉庫說週五到貨"


def test_campaigns_that_both_have_names_are_called_by_them():
    row = conflict(ClashKind.AUDIENCE, BOTH)
    row.which = ["春茶", "開學"]
    half = conflict(ClashKind.AUDIENCE, BOTH)
    half.which = ["春茶", ""]
    with translation.override("en"):
        assert title_of(row) == "“春茶” and “開學” reach the same 1,234 customers"
        assert title_of(half) == "Two campaigns reach the same 1,234 customers"
