"""The measures of duties are read once a month; a reading says how far a target was reached."""

from datetime import date
from decimal import Decimal

import pytest

from remit.core.period import Period
from remit.duties.actions.publication import publish_duties
from remit.duties.actions.reading import read_measures, take_reading
from remit.duties.models import DutyVersion, Reading
from remit.duties.queries.company import facts_on
from remit.metrics.actions.target import set_target

from .conftest import AT
from .test_figures import LATER, done

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture(autouse=True)
def _lake(settings, tmp_path):
    settings.LAKE_URL = str(tmp_path / "lake")


def measured(house, metric="on_time_rate"):
    """A charge measured by a metric, delivered on time in March."""
    charge = house.charge(measure={"metric": metric})
    done(house, house.first(charge), house.first(charge).due_at)
    publish_duties(at=LATER)
    return charge


def test_a_month_is_read_against_its_target_and_again_without_harm(house):
    charge, dora = measured(house), house.people["dora"]
    set_target(
        metric="on_time_rate", unit=house.units["shop"], period=MARCH, value=Decimal("0.9"), owner=dora,
        by=dora, at=AT,
    )  # fmt: skip
    assert [read_measures(month=MARCH, at=LATER) for _twice in range(2)] == [1, 1]
    (reading,) = Reading.objects.all()
    assert (reading.charge, reading.value, reading.target) == (charge, Decimal(1), Decimal("0.9"))
    assert (reading.first, reading.last, reading.source) == (MARCH.first, MARCH.last, "metric")


def test_months_without_data_and_metrics_that_are_gone_give_no_reading(house):
    charge = measured(house)
    assert read_measures(month=Period(date(2025, 1, 1), date(2025, 1, 31)), at=LATER) == 0
    DutyVersion.objects.filter(duty=charge.duty).update(measure_metric="gone")
    assert read_measures(month=MARCH, at=LATER) == 0
    assert not Reading.objects.exists()


def test_where_lower_is_better_half_the_target_is_twice_as_good(house):
    charge = measured(house, "returned_rate")
    reading = {"first": MARCH.first, "last": MARCH.last, "by": None, "at": LATER}
    take_reading(charge=charge, value=Decimal("0.1"), target=Decimal("0.2"), **reading)
    (owed,) = facts_on(MARCH.last).owed
    assert owed.attained == 2.0
    take_reading(charge=charge, value=Decimal("0.4"), target=Decimal("0.2"), **reading)
    (owed,) = facts_on(MARCH.last).owed
    assert owed.attained == 0.5
    assert Reading.objects.count() == 1
