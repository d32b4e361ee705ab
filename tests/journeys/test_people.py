"""The people behind a figure are as many as the figure says."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.core.unanswered import UnknownName
from remit.journeys.funnel import answer_funnel
from remit.journeys.offering import offer_of, titled
from remit.journeys.people import people_at, people_of
from remit.journeys.reading import read_funnel, read_retention
from remit.journeys.retention import answer_retention
from tests.journeys import test_funnels, test_retention
from tests.journeys.plain import Event
from tests.journeys.small_index import index_of


@given(test_funnels.histories, test_funnels.funnels())
@settings(max_examples=150, deadline=None)
def test_as_many_people_reach_a_step_as_the_funnel_counts(history, asked):
    index = index_of(history)
    counts = answer_funnel(index, asked).tally.people.tolist()
    assert [len(people_at(index, asked, step)) for step in range(1, len(asked.steps) + 1)] == counts
    needed = [place for place, step in enumerate(asked.steps) if not step.optional]
    for here, then in pairwise(needed):
        both = [people_at(index, asked, place + 1).found for place in (here, then)]
        gone = people_at(index, asked, here + 1, gone=True).found
        for at, on, left in zip(*both, gone, strict=True):
            assert np.array_equal(left, at & ~on)


@given(st.lists(test_retention.events, max_size=20), test_retention.questions)
@settings(max_examples=150, deadline=None)
def test_as_many_people_are_in_a_cohort_and_came_back_as_the_table_counts(history, asked):
    index = index_of(history)
    table = answer_retention(index, asked)
    for cohort in range(min(len(table.sizes), 12)):
        assert len(people_of(index, asked, cohort)) == table.sizes[cohort]
        for after in range(min(len(table.sizes) - cohort, 6)):
            assert len(people_of(index, asked, cohort, after)) == table.returned[cohort][after]


def test_a_step_or_cohort_that_is_none_is_said():
    index = index_of([Event("1 P", 0, "a")])
    with pytest.raises(UnknownName, match="no step '3'"):
        people_at(index, read_funnel({"steps": ["a", "b"]}), 3)
    with pytest.raises(UnknownName, match="no cohort '7'"):
        people_of(index, read_retention({"start": "a", "return": "a"}), 7)


def test_what_is_offered_are_events_with_counts_and_columns_with_values():
    history = [Event("1 P", n * 1000, name, {"channel": "mail"}) for n, name in enumerate("abb")]
    offer = offer_of(index_of(history))
    assert (offer.events, dict(offer.columns), offer.people) == (
        (("b", 2), ("a", 1)),
        {"channel": ("mail",)},
        1,
    )
    assert offer_of(index_of([])).last_at is None
    assert offer_of(titled(index_of(history), "channel", {"mail": "Letters"})).columns == {
        "channel": ("Letters",)
    }
