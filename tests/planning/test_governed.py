"""The table of ``docs/how/deviations.md``: what was signed, read back through the deviations in force."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.planning.governed import as_approved

RAISE = {"money": ["300000", "450000"]}


@pytest.mark.parametrize(
    ("now", "applied", "signed"),
    [("300000", [], "300000"), ("450000", [RAISE], "300000"), ("500000", [RAISE], "500000")],
)
def test_deviations_in_force_are_taken_back(now, applied, signed):
    assert as_approved({"money": now}, applied) == {"money": signed}


@given(st.lists(st.tuples(st.sampled_from(["money", "starts_on"]), st.integers()), max_size=6))
def test_any_chain_of_deviations_leads_back_to_what_was_signed(steps):
    signed = {"money": "0", "starts_on": "0"}
    now, applied = dict(signed), []
    for field, value in steps:
        applied.append({field: [now[field], str(value)]})
        now[field] = str(value)
    assert as_approved(now, applied) == signed
