"""Circles, the critical path and shifts, against slow plain twins."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.execution.scheduling import Span, circle, in_order, shifts, slack_days
from remit.org.working_days import WorkingCalendar

MONDAY = date(2026, 3, 2)
WEEKS = WorkingCalendar("NONE")


def span(first: int, last: int) -> Span:
    return Span(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))


edges_down = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]), max_size=16
)
spans_of_nine = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 10)).map(lambda pair: span(pair[0], pair[0] + pair[1])),
    min_size=9, max_size=9,
).map(lambda found: dict(enumerate(found)))  # fmt: skip


def test_a_circle_is_found_and_said_in_order():
    assert circle([(1, 2), (2, 3)]) == []
    assert circle([(1, 2), (2, 3), (3, 1)]) in ([1, 2, 3], [2, 3, 1], [3, 1, 2])
    assert circle([(5, 1), (1, 2), (2, 1)]) in ([1, 2], [2, 1])


@given(edges_down)
def test_what_points_only_onward_has_no_circle(edges):
    assert circle(edges) == []


@given(edges_down, st.data())
def test_an_edge_back_along_a_path_closes_a_circle_whose_steps_are_all_dependencies(edges, data):
    if not edges:
        return
    before, after = data.draw(st.sampled_from(edges))
    found = circle([*edges, (after, before)])
    assert found
    assert set(pairwise([*found, found[0]])) <= {*edges, (after, before)}


@given(edges_down)
def test_each_task_comes_after_all_that_it_waits_for(edges):
    order = in_order(range(9), edges)
    assert sorted(order) == list(range(9))
    assert all(order.index(before) < order.index(after) for before, after in edges)


def test_tasks_that_wait_for_each_other_have_no_order():
    with pytest.raises(ValueError, match="wait for each other"):
        in_order([1, 2], [(1, 2), (2, 1)])


def slack_by_walking(spans, edges):
    """Every way from a task to the end, one after the other."""
    end = max(one.last for one in spans.values())

    def latest(task):
        after = [b for a, b in edges if a == task]
        length = {b: (spans[b].last - spans[b].first).days for b in after}
        return min([latest(b) - timedelta(days=length[b] + 1) for b in after], default=end)

    return {task: (latest(task) - one.last).days for task, one in spans.items()}


@given(spans_of_nine, edges_down)
def test_slack_is_what_every_way_to_the_end_leaves(spans, edges):
    assert slack_days(spans, edges) == slack_by_walking(spans, edges)


def test_the_critical_path_has_no_slack():
    spans = {1: span(0, 1), 2: span(2, 4), 3: span(2, 2), 4: span(5, 7)}
    assert slack_days(spans, [(1, 2), (1, 3), (2, 4), (3, 4)]) == {1: 0, 2: 0, 3: 2, 4: 0}
    assert slack_days({}, []) == {}


def test_a_shift_keeps_the_working_days_and_begins_on_one():
    """Friday's task now ends the Tuesday after; a two-day task from Monday goes to Wednesday and Thursday."""
    spans = {1: Span(MONDAY, MONDAY + timedelta(days=8)), 2: span(7, 8), 3: span(9, 11)}
    found = shifts(spans, [(1, 2), (2, 3)], 1, calendar=WEEKS)
    assert found[2] == span(9, 10)
    assert found[3] == span(11, 15)  # three working days, over a weekend


def test_done_tasks_and_those_with_room_stay():
    spans = {1: span(0, 3), 2: span(2, 3), 3: span(30, 31)}
    edges = [(1, 2), (1, 3)]
    assert set(shifts(spans, edges, 1, calendar=WEEKS)) == {2}
    assert shifts(spans, edges, 1, calendar=WEEKS, stays=lambda task: task == 2) == {}


@given(spans_of_nine, edges_down, st.integers(0, 8))
def test_after_a_shift_nothing_behind_begins_too_early_and_nothing_gets_earlier(spans, edges, moved):
    new = {**spans, **shifts(spans, edges, moved, calendar=WEEKS)}
    touched = {moved} | {task for task in spans if new[task] != spans[task]}
    for before, after in edges:
        if before in touched:
            assert new[after].first > new[before].last
    for task, one in spans.items():
        assert new[task].first >= one.first


@given(spans_of_nine, edges_down, st.integers(0, 8))
def test_what_has_shifted_does_not_shift_again(spans, edges, moved):
    new = {**spans, **shifts(spans, edges, moved, calendar=WEEKS)}
    assert shifts(new, edges, moved, calendar=WEEKS) == {}
