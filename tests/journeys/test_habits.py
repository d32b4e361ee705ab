"""Stickiness and lifecycle against plain twins that look at every person's days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.core.period import Period
from remit.journeys.habits import answer_lifecycle, answer_stickiness
from remit.journeys.reader import WrongJourney
from remit.journeys.reading_habits import (
    read_lifecycle,
    read_paths,
    read_sequence,
    read_sessions,
    read_stickiness,
)
from remit.journeys.specification import (
    Condition,
    Happening,
    Lifecycle,
    Paths,
    Sequence,
    Sessions,
    Step,
    Stickiness,
    Unit,
)
from remit.journeys.time import TooManyPeriods
from remit.journeys.writing_habits import lifecycle_data, stickiness_data
from tests.journeys import plain_habits as plain
from tests.journeys.plain import Event, begins_of, local_day
from tests.journeys.small_index import index_of

HOUR_MS = 3_600_000
events = st.builds(
    Event,
    person=st.sampled_from("PPPQR"),
    ms=st.integers(0, 24 * 75).map(lambda hour: (24 * 60 + hour) * HOUR_MS),
    name=st.sampled_from(["open", "buy", "idle"]),
)
terms = {
    "events": st.sampled_from([(), ("open",), ("open", "buy"), ("never",)]),
    "period": st.sampled_from([None, Period(date(2000, 3, 1), date(2000, 4, 20))]),
    "zone": st.sampled_from(["UTC", "Asia/Taipei", "Asia/Kathmandu", "America/New_York"]),
}


def begins_asked(history, asked):
    """First days of the periods; none of no events."""
    if asked.period is not None:
        return begins_of(asked.period.first, asked.period.last, asked.unit)
    days = [local_day(event, asked.zone) for event in history]
    if not days:
        return []
    first = min(days)
    first -= timedelta(days=first.weekday() if asked.unit is Unit.WEEK else 0)
    return begins_of(first, max(days), asked.unit)


@given(
    st.lists(events, max_size=25),
    st.builds(Stickiness, unit=st.sampled_from([Unit.WEEK, Unit.MONTH]), **terms),
)
@settings(max_examples=300, deadline=None)
def test_stickiness_is_what_counting_each_persons_days_says(history, asked):
    got = answer_stickiness(index_of(history), asked)
    begins = begins_asked(history, asked)
    assert list(got.begins) == begins
    expected = plain.days_active(history, asked, begins)
    found = [
        {days: people for days, people in enumerate(row) if days and people} for row in got.people.tolist()
    ]
    assert found == expected
    last = max((local_day(event, asked.zone) for event in history), default=date.min)
    days = [sum(low + timedelta(days=n) <= last for n in range((high - low).days))
            for low, high in pairwise(begins)]  # fmt: skip
    assert list(got.days) == days


@given(st.lists(events, max_size=25), st.builds(Lifecycle, unit=st.sampled_from(Unit), **terms))
@settings(max_examples=300, deadline=None)
def test_a_lifecycle_is_what_looking_at_each_persons_days_says_and_its_stages_add_up(history, asked):
    got = answer_lifecycle(index_of(history), asked)
    begins = begins_asked(history, asked)
    assert list(got.begins) == begins
    if not begins:
        return
    before = (begins[0] - timedelta(days=1)).replace(day=1) if asked.unit is Unit.MONTH else (
        begins[0] - timedelta(days=1 if asked.unit is Unit.DAY else 7))  # fmt: skip
    assert got.people.tolist() == plain.stages(history, asked, [before, *begins])
    active = got.people[:, :3].sum(axis=1)
    new, _returning, resurrected, dormant = got.people.T
    assert (active[1:] == active[:-1] - dormant[1:] + new[1:] + resurrected[1:]).all()


def at(day, person="P", name="open"):
    return Event(person, day * 24 * HOUR_MS, name)


def test_what_has_not_begun_is_not_known_which_is_not_zero():
    history = [at(0), at(7), at(21), at(0, "Q")]
    period = Period(date(2000, 1, 1), date(2000, 2, 4))
    data = lifecycle_data(answer_lifecycle(index_of(history), Lifecycle(period=period)))
    rows = [
        [row[k] for k in ("active", "new", "returning", "resurrected", "dormant")] for row in data["periods"]
    ]
    assert rows == [[2, 2, 0, 0, 0], [1, 0, 1, 0, 1], [0, 0, 0, 0, 1], [1, 0, 0, 1, 0], [None] * 5]
    sticky = stickiness_data(answer_stickiness(index_of(history), Stickiness(unit=Unit.WEEK, period=period)))
    assert sticky["periods"][0] == {
        "from": "2000-01-01", "days": 7, "people": 2, "each_day": 0.285714, "stickiness": 0.142857,
        "by_days": [2],
    }  # fmt: skip
    assert sticky["periods"][3]["days"] == 1
    assert [sticky["periods"][4][key] for key in ("days", "people", "each_day", "stickiness")] == [
        0,
        None,
        None,
        None,
    ]


def test_a_table_that_nobody_could_read_is_refused():
    asked = Lifecycle(unit=Unit.DAY, period=Period(date(2000, 1, 1), date(2003, 1, 1)))
    with pytest.raises(TooManyPeriods, match="is more than 400 days"):
        answer_lifecycle(index_of([at(0)]), asked)


def test_pages_say_everything_that_questions_have():
    period, zone = {"period": "2017-03"}, {"zone": "Asia/Taipei"}
    month = Period(date(2017, 3, 1), date(2017, 3, 31))
    path = {"to": ["pay"], "events": ["view", "pay"], "of": "page", "steps": 3, "top": 4, "loops": "keep"}
    told = Paths(("pay",), True, ("view", "pay"), "page", 3, 4, False, 86_400, month, "Asia/Taipei")
    assert read_paths({**path, "window": "1 day", **period, **zone}) == told
    goal = {"event": "pay", "where": {"channel": "ad"}}
    session = {"gap": "1 hour", "events": "view", "goal": goal, "of": "page", "top": 3}
    paid = Happening(("pay",), {"channel": ("ad",)})
    expected = Sessions(3600, ("view",), paid, "page", 3, month, "Asia/Taipei")
    assert read_sessions({**session, **period, **zone}) == expected
    assert read_stickiness({"events": "view", "unit": "week", **period, **zone}) == Stickiness(
        ("view",), Unit.WEEK, month, "Asia/Taipei")  # fmt: skip
    assert read_lifecycle({"events": "view", "unit": "day", **period, **zone}) == Lifecycle(
        ("view",), Unit.DAY, month, "Asia/Taipei")  # fmt: skip
    conditions = [
        {"did": ["view", {"event": "cart"}], "within": "3 days", "without": ["refund"]},
        {"did": "pay", "times": 2, "not": True},
    ]
    assert read_sequence({"any": conditions, "show": 5, **period, **zone}) == Sequence(
        (
            Condition(
                (Step(("view",), "view"), Step(("cart",), "cart")), 3 * 86_400, (Happening(("refund",)),)
            ),
            Condition((Step(("pay",), "pay"),), 10 * 366 * 86_400, times=2, negated=True),
        ),
        False, 5, month, "Asia/Taipei",
    )  # fmt: skip


REFUSED = [
    (read_paths, {"from": "a", "to": "b"}, "paths: write from or to, not both."),
    (read_paths, {"loops": "fold"}, "paths.loops: write collapse or keep, not 'fold'"),
    (read_paths, {"steps": 11}, "paths.steps: write a whole number from 1 to 10, not 11"),
    (read_paths, {"from": [f"n{n}" for n in range(21)]}, "paths.from: 21 names; at most 20."),
    (read_sessions, {"gap": "soon"}, "sessions.gap: write a length such as 30 minutes"),
    (read_sessions, {"goal": {"events": "a"}}, "sessions.goal does not know events"),
    (read_stickiness, {"unit": "day"}, "stickiness.unit: write week or month: days are counted in it"),
    (read_lifecycle, {"unit": "year"}, "lifecycle.unit: write one of day, week, month"),
    (read_sequence, {}, "sequence: write all or any, with a list of conditions."),
    (read_sequence, {"all": []}, "sequence.all: write a list"),
    (read_sequence, {"all": ["a"] * 21}, "sequence.all: 21 conditions; at most 20."),
    (read_sequence, {"all": [{"within": "1 day"}]}, "sequence.all[1].did[1]: write keys and values"),
    (read_sequence, {"all": [{"did": ["a", "b"], "times": 2}]}, "times: goes with one step only"),
    (
        read_sequence,
        {"all": [{"did": "a", "within": "1 day"}]},
        "within and without go with two steps or more",
    ),
    (read_sequence, {"all": [{"did": ["a", "b"], "without": ["a"]}]}, "without: a cannot be a step as well"),
    (read_sequence, {"all": [{"did": ["a", {"event": "b", "optional": True}]}]}, "did: leave optional out"),
]


@pytest.mark.parametrize(("read", "page", "sentence"), REFUSED)
def test_a_page_that_cannot_be_understood_says_where_and_what_to_write(read, page, sentence):
    with pytest.raises(WrongJourney) as refused:
        read(page)
    assert sentence in str(refused.value)
