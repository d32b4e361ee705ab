"""Experiments of others, for the attempts to reach them."""

from decimal import Decimal

from remit.learning.actions.experiment import Given, add_experiment, start_experiment
from remit.org.models import Person, Unit
from tests.company import AT


def keep_experiments_of_others(unit: Unit, director: Person) -> dict[str, int]:
    """An experiment of the whole company that the director runs, by people whom a file names."""
    own = {"by": director, "at": AT}
    row = add_experiment(
        unit=unit, key="kept-by-director", title="kept-by-director experiment", hypothesis="kept-by-director",
        pain_point="kept-by-director", owner=director, kind="other", audience="file", layer=None, start=0,
        end=10_000, conditions=[], starts_on=AT.date(), days=14, extra_days=0, mode="daily",
        planned_effect=Decimal("0.1"), uses_past=False, cap=None, metrics={"net_sales": "primary"},
        variants=[Given("control", "kept-by-director", 1), Given("kept", "kept-by-director", 1)], **own,
    )  # fmt: skip
    start_experiment(experiment=row, **own)
    on_row = (
        "experiment", "edit", "forecast", "start", "reading", "people", "decision", "roll_out", "cancel",
    )  # fmt: skip
    return {f"experiments_{name}": row.pk for name in on_row}
