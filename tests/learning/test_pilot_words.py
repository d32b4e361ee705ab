"""What a wave says of itself: never more than the past or chance allow."""

from decimal import Decimal

import pytest
from django.utils import translation

from remit.learning.enums import WaveBecause
from remit.learning.models import Pilot, Wave, WaveReading
from remit.metrics.catalog.shipped import SHIPPED
from remit.web.pilots.words import BINS, chance, effect_said, level_of, sight_said


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def wave(**foreseen: object) -> Wave:
    return Wave(pilot=Pilot(planned_effect=Decimal("0.05")), foreseen=foreseen)


def test_a_figure_is_written_as_its_metric_is_and_plainly_where_it_is_gone():
    assert level_of(1234.5, SHIPPED["net_sales"], "USD").endswith("1,234.50")
    assert level_of(1234.0, None, "USD") == "1,234"


def test_an_effect_is_said_with_its_interval_or_that_chance_cannot_be_told():
    because = WaveBecause.values[0]
    assert effect_said(WaveReading(because=because)) == str(WaveBecause(because).label)
    unsure = WaveReading(value=0.08, p=0.31, low=None, high=None)
    assert effect_said(unsure) == "+8.0% against the others; what chance does cannot be said."
    sure = WaveReading(value=0.08, p=0.012, low=0.01, high=0.15)
    assert effect_said(sure) == "+8.0% against the others (95 %: +1.0% to +15.0%; p = 0.012)."


def test_what_would_be_seen_is_said_before_anything_starts():
    assert "cannot be said" in sight_said(wave())
    weak = sight_said(wave(smallest=0.12, power=0.3))
    assert weak.startswith("It sees effects from 12.0% on. The planned +5.0% would be missed too often")
    assert sight_said(wave(smallest=0.03, power=0.9)) == (
        "It sees effects from 3.0% on; the planned +5.0% in 90% of trials."
    )


def test_the_chart_of_chance_counts_every_set_and_marks_this_one():
    assert chance(WaveReading(value=None, drawn={"chance": [0.1]})) is None
    assert chance(WaveReading(value=0.1, drawn={})) is None
    chart = chance(WaveReading(value=0.2, drawn={"chance": [-0.1, 0.0, 0.19, 0.2]}))
    others, ours = (series.values for series in chart.series)
    assert (len(others), sum(others) + sum(ours), ours[-1]) == (BINS, 5, 3)
