"""Diagnoses of others, for the attempts to reach them."""

from datetime import timedelta
from decimal import Decimal

from remit.learning.actions.diagnosis import add_diagnosis
from remit.learning.actions.remedy import add_remedy
from remit.learning.actions.why import add_figure, add_quote, ask_why, judge_why
from remit.org.models import Person, Unit
from tests.company import AT


def keep_diagnoses_of_others(unit: Unit, director: Person) -> dict[str, int]:
    """A diagnosis of a unit that the director leads, with a figure, a quote and what is done."""
    own, on = {"by": director, "at": AT}, AT.date()
    row = add_diagnosis(
        unit=unit, title="kept-by-director diagnosis", problem="kept-by-director", noticed_on=on,
        owner=director, **own,
    )  # fmt: skip
    why = ask_why(diagnosis=row, parent=None, statement="kept-by-director why", **own)
    asked = {"metrics": ["net_sales"], "by": ["outlet"], "period": "all"}
    add_figure(why=why, question=asked, words="kept-by-director figure", **own)
    clue = add_quote(why=why, words="kept-by-director quote", said_by="", **own)
    judge_why(why=why, verdict="root", reason="", **own)
    remedy = add_remedy(
        why=why, title="kept-by-director remedy", owner=director, due_on=on, metric="net_sales",
        expected=Decimal("0.1"), check_on=on + timedelta(days=14), **own,
    )  # fmt: skip
    of_row = ("diagnosis", "edit", "first_why", "conclusion", "drop")
    of_why = ("why", "ask", "verdict", "why_removal", "remedy")
    return (
        {f"diagnoses_{name}": row.pk for name in of_row}
        | {f"diagnoses_{name}": why.pk for name in of_why}
        | {"diagnoses_clue_removal": clue.pk}
        | {f"diagnoses_{name}": remedy.pk for name in ("remedy_done", "remedy_drop")}
    )
