"""The worked examples of ``docs/how/pilots.md``."""

from pathlib import Path

import numpy as np
import pytest

from remit.kernels.pilots.comparing import SPAN, gap, indexed
from remit.kernels.pilots.placebos import ALPHA, DRAWS, Chance, judge

TEXT = (Path(__file__).parents[2] / "docs/how/pilots.md").read_text(encoding="utf-8")
FIGURES = np.array([[90.0, 110, 130], [180, 220, 220], [50, 50, 50]])


def test_the_figures_are_those_of_the_table():
    titles = ("tries it", "control A", "control B")
    for title, row, path in zip(titles, FIGURES, indexed(FIGURES, 2), strict=True):
        numbers = " | ".join(f"{one:g}" for one in row)
        assert f"| {title} | {numbers} | {', '.join(f'{one:.2g}' for one in path)} |" in TEXT


@pytest.mark.parametrize(("synthetic", "effect"), [(False, 0.25), (True, 0.20)])
def test_both_ways_of_comparing_give_what_is_written(synthetic, effect):
    found = gap(indexed(FIGURES, 2), 2, np.array([0]), np.array([1, 2]), synthetic=synthetic)
    assert found.value == pytest.approx(effect, abs=1e-6)
    assert f"**+{effect:.0%}**".replace("%", " %") in TEXT


@pytest.mark.parametrize(("others", "p", "is_clear"), [(19, "0.05", True), (18, "0.053", False)])
def test_nineteen_others_are_needed(others, p, is_clear):
    found = judge(0.5, Chance(np.zeros(others), np.zeros(others)))
    assert f"p = 1/{others + 1} = {p}" in TEXT
    assert f"{found.p:.2g}" == p
    assert (found.low is not None) == is_clear


def test_the_numbers_that_are_named_are_those_of_the_program():
    assert (SPAN, ALPHA, DRAWS) == (3.0, 0.05, 499)
    assert "three times larger" in TEXT
    assert f"at most\n{DRAWS}" in TEXT
