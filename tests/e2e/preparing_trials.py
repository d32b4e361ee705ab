"""What is tried and what is looked into, for the walk through every page."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate


def tried(person: Any, at: Any) -> int:
    """An experiment in preparation, of the whole company."""
    from remit.learning.actions.experiment import Given, add_experiment
    from remit.org.models import Unit

    row = add_experiment(
        unit=Unit.objects.get(code="journey"), key="clearer", title="A clearer price tag", owner=person,
        hypothesis="Who sees the price buys more", pain_point="Nobody finds the price", kind="other",
        audience="everybody", layer=None, start=0, end=10_000, conditions=[], starts_on=localdate(at),
        days=14, extra_days=7, mode="daily", planned_effect=Decimal("0.05"), uses_past=True, cap=None,
        metrics={"net_sales": "primary", "buyers": "guardrail"},
        variants=[Given("control", "As it is", 1), Given("large", "Large digits", 1)], by=person, at=at,
    )  # fmt: skip
    return int(row.pk)


def diagnosed(person: Any, at: Any) -> dict[str, int]:
    """A diagnosis with a root cause: a figure and a quote show it, something is done about it."""
    from remit.learning.actions.diagnosis import add_diagnosis
    from remit.learning.actions.remedy import add_remedy
    from remit.learning.actions.why import add_figure, add_quote, ask_why, judge_why
    from remit.org.models import Unit

    own = {"by": person, "at": at}
    row = add_diagnosis(
        unit=Unit.objects.get(code="journey"), title="Fewer come back", problem="Since spring",
        noticed_on=localdate(at), owner=person, came_from="/figures/metrics/net_sales", **own,
    )  # fmt: skip
    top = ask_why(diagnosis=row, parent=None, statement="Shelves are empty", **own)
    asked = {"metrics": ["net_sales"], "by": ["week"], "period": "all"}
    add_figure(why=top, question=asked, words="It falls week by week", **own)
    judge_why(why=top, verdict="holds", reason="", **own)
    low = ask_why(diagnosis=row, parent=top, statement="Nobody orders on Sunday", **own)
    add_quote(why=low, words="Nothing left on Monday", said_by="A customer", **own)
    judge_why(why=low, verdict="root", reason="Orders say so", **own)
    add_remedy(
        why=low, title="Order on Sunday", owner=person, due_on=localdate(at), metric="net_sales",
        expected=Decimal("0.05"), check_on=localdate(at) + timedelta(days=28), **own,
    )  # fmt: skip
    return {"diagnosis_id": row.pk, "why_id": low.pk}
