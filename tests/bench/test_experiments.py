"""The simulated experiments, smaller: a reading that is made every day is not fooled more often."""

import numpy as np
import pytest

from bench.experiments import arriving, interval, lines, rates_of, staying, walked
from remit.kernels.experiments.moments import Moments


@pytest.mark.slow
@pytest.mark.parametrize(("make", "people"), [(arriving, 800), (staying, 400)])
def test_without_an_effect_alarms_are_no_more_than_chance_allows(make, people):
    """120 experiments; the same seed always, so that it cannot fail by bad luck."""
    low, high = interval(120)
    found = rates_of(make, 120, people, seed=1)
    assert low <= found.at_end <= high
    assert found.daily <= high
    assert 0.68 < found.power_at_end < 0.92
    assert found.power_at_end - 0.1 < found.power_daily <= found.power_at_end + 0.02


def test_reading_with_the_plain_edge_every_day_would_be_fooled():
    """What the boundaries are for: with 1.96 on each day far more than a twentieth would be alarms."""
    fooled = 0
    for number in range(30):
        z, _errors = walked(arriving(np.random.default_rng(number), 600))
        fooled += bool((abs(z[3:]) >= 1.96).any())
    assert fooled >= 5


def test_shops_are_what_they_say():
    shop = staying(np.random.default_rng(1), 300)
    rows, treated = shop.days[-1]
    moments = Moments.of_rows(shop.names, rows)
    assert moments.covariance("spend", "before") / moments.variance("before") > 0.5
    assert (rows.shape, treated.shape, len(shop.days)) == ((300, 2), (300,), 28)
    assert (shop.days[0][0][:, 0] <= rows[:, 0]).all()


def test_every_line_has_its_mark():
    said: list[str] = []
    found = list(lines(said.append, experiments=4))
    assert len(said) == 2
    assert [line.what.partition(",")[0] for line in found] == [
        "A/A",
        "A/A",
        "power at the planned effect",
    ] * 2
    assert [line.passed is None for line in found] == [False, False, True] * 2
