"""The demonstration's pilots on the real outlets and weeks."""

from datetime import date

import pytest

from remit.core.period import Period
from remit.demo.actions.pilots import set_up_pilots
from remit.learning.actions.pilot import PilotStands
from remit.learning.actions.wave import WaveShut, open_wave
from remit.learning.models import Pilot
from remit.metrics.engine.question import Condition, Question
from remit.metrics.queries.figures import ask
from remit.org.models import Unit
from remit.org.queries.scopes import within

from .conftest import AT

pytestmark = pytest.mark.django_db


def test_where_nothing_was_changed_nothing_is_found_and_the_next_wave_stays_shut(demonstration):
    assert set_up_pilots(at=AT) == 2
    assert set_up_pilots(at=AT) == 0
    same, later = Pilot.objects.order_by("pk")
    wave = same.waves.get()
    reading = wave.readings.latest("through_on")
    assert (same.stage, wave.stage, reading.advice, reading.because) == (
        "stopped",
        "stopped",
        "stop",
        "nothing",
    )
    assert reading.low < 0 < reading.high
    assert reading.p > 0.05
    assert [one.through_on for one in wave.readings.order_by("weeks_read")] == [
        date(2017, 9, 10), date(2017, 9, 17), date(2017, 9, 24), date(2017, 10, 1),
    ]  # fmt: skip
    with pytest.raises(PilotStands):
        open_wave(pilot=same, starts_on=date(2017, 10, 2), weeks=4, by=same.owner, at=AT)
    with pytest.raises(WaveShut, match=r"H6\.2\.2"):
        open_wave(pilot=later, starts_on=date(2018, 3, 5), weeks=4, by=later.owner, at=AT)
    first = later.waves.get()
    assert (first.stage, first.units.filter(role="chosen").count()) == ("draft", 16)
    assert 0 < first.foreseen["smallest"] < 1


def test_the_level_of_an_outlet_is_what_the_metric_says_of_it(demonstration):
    """Its figure in a mean week before the start, asked once more by itself."""
    if not Pilot.objects.exists():
        set_up_pilots(at=AT)
    one = Pilot.objects.order_by("pk").first().waves.get().units.order_by("place").first()
    asked = Question(
        ("net_sales",), within([Unit.objects.get(code="journey")]),
        where=(Condition("outlet", (one.code,)),), period=Period(date(2017, 3, 6), date(2017, 9, 3)),
    )  # fmt: skip
    (answer,) = ask(asked)
    assert float(answer.value("net_sales")) / 26 == pytest.approx(one.level)
