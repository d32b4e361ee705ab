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


def piloted(person: Any, at: Any) -> dict[str, int]:
    """A pilot whose wave was read to its end and passed, with all that its page draws, and the next."""
    from remit.learning.actions.pilot import add_pilot
    from remit.learning.actions.wave import decide_wave, open_wave
    from remit.learning.models import WaveReading, WaveUnit
    from remit.org.models import Unit

    monday = localdate(at) - timedelta(days=localdate(at).weekday(), weeks=3)
    said = {
        "unit": Unit.objects.get(code="journey"), "title": "Tasting at the door",
        "change": "A table every weekend", "owner": person, "grain": "outlet", "metric": "net_sales",
        "planned_effect": Decimal("0.05"), "method": "even", "before": 8, "partners": 3, "weeks": 2,
        "by": person, "at": at,
    }  # fmt: skip
    row = add_pilot(**said, starts_on=monday)
    draft = add_pilot(**said, starts_on=monday + timedelta(weeks=9))
    wave = row.waves.get()
    weeks = [(monday + timedelta(weeks=week)).isoformat() for week in range(-8, 2)]
    drawn = {"weeks": weeks, "ours": [1.0] * 8 + [1.1, 1.2], "theirs": [1.0] * 10}
    for place, role in enumerate(("chosen", "control", "control")):
        weight = 0.5 if place else None
        WaveUnit.objects.create(
            wave=wave, role=role, place=place, code=f"S{place}", name=f"Store {place}", level=900.0,
            weight=weight,
        )  # fmt: skip
    wave.foreseen = {
        **drawn,
        "pool": ["S1", "S2"],
        "smallest": 0.04,
        "power": 0.9,
        "trials": 500,
        "fit": 0.02,
    }
    wave.stage, wave.started_at = "running", at
    wave.save()
    WaveReading.objects.create(
        wave=wave, through_on=wave.last_on, weeks_read=2, value=0.15, low=0.05, high=0.25, p=0.01, fit=0.02,
        drawn={**drawn, "chance": [place / 100 for place in range(-20, 21)]}, advice="go_on",
        because="better", other={"value": 0.14, "low": 0.04, "high": 0.24, "p": 0.02}, made_at=at,
    )  # fmt: skip
    decide_wave(wave=wave, choice="go_on", by=person, at=at)
    opened = open_wave(pilot=row, starts_on=monday + timedelta(weeks=2), weeks=2, by=person, at=at)
    return {"pilot_id": row.pk, "wave_id": opened.pk, "draft_pilot_id": draft.pk}
