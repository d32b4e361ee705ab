"""Paths, sessions and sequences against plain twins."""

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.core.period import Period
from remit.journeys.meaning import Meanings
from remit.journeys.paths import answer_paths
from remit.journeys.sequences import answer_sequence, people_matching
from remit.journeys.sessions import answer_sessions
from remit.journeys.specification import Condition, Happening, Paths, Sequence, Sessions, Step
from remit.journeys.writing_habits import paths_data, sequence_data, sessions_data
from remit.kernels.journeys.spread import CLASSES, class_of
from remit.metrics.engine.errors import UnknownName
from tests.journeys import plain_habits as plain
from tests.journeys.plain import Event, histories
from tests.journeys.small_index import index_of

EVER = (0, 2**32)
DAY_S = 86_400
NAMES = ["a", "b", "c", "x"]
# Half of the questions are about days, half about everything.
SPANS = {None: EVER, Period(date(2000, 1, 2), date(2000, 1, 3)): (DAY_S, 3 * DAY_S)}


def events_of(people):
    return st.builds(
        Event,
        person=st.sampled_from(people),
        ms=st.integers(0, 24).map(
            lambda n: n % 12 * 500 + n // 6 * DAY_S * 1000
        ),  # ties on each of some days
        name=st.sampled_from(NAMES),
        others=st.sampled_from(["", "mail", "search"]).map(lambda value: {"channel": value} if value else {}),
    )


events = st.lists(events_of("PPPQ"), max_size=14)
looked = st.sampled_from([(), ("a", "b"), ("a", "never"), ("never",)])
lengths = st.sampled_from([0, 1, 3, DAY_S, 2 * DAY_S])
periods = st.sampled_from(list(SPANS))
happenings = st.sampled_from(
    [
        Happening(("a",)),
        Happening(("b", "c")),
        Happening(("a", "b"), {"channel": ("mail",)}),
        Happening(("never",)),
    ]
)


@given(
    events,
    st.builds(
        Paths,
        begins=st.sampled_from([(), ("a",), ("a", "c"), ("mail",), ("never",)]),
        backward=st.booleans(),
        events=looked,
        of=st.sampled_from([None, None, "channel"]),
        steps=st.integers(1, 4),
        top=st.integers(1, 4),
        collapse=st.booleans(),
        window_s=lengths,
        period=periods,
    ),
)
@settings(max_examples=500, deadline=None)
def test_every_kind_of_path_is_what_reading_each_history_says(history, asked):
    asked = replace(asked, backward=asked.backward and bool(asked.begins))
    got = answer_paths(index_of(history), asked)
    whole = got.most_frequent(100)
    assert [people for _path, people in whole] == sorted((people for _path, people in whole), reverse=True)
    assert {tuple(path): people for path, people in whole} == plain.paths(history, asked, SPANS[asked.period])
    assert_flows(paths_data(got))


def assert_flows(data):
    """What comes into a node goes out of it, or ends there; every path begins once."""
    for node in data["nodes"]:
        out = sum(
            link["people"] for link in data["links"]
            if (link["step"], link["from"]) == (node["step"], node["name"])
        )  # fmt: skip
        come = sum(
            link["people"] for link in data["links"]
            if (link["step"] + 1, link["to"]) == (node["step"], node["name"])
        )  # fmt: skip
        if node["step"] < data["paths"]["steps"]:
            assert out == node["people"]
        assert come == (node["people"] if node["step"] else 0)
    assert sum(node["people"] for node in data["nodes"] if node["step"] == 0) == data["people"]


@given(
    events,
    st.builds(
        Sessions,
        gap_s=lengths,
        events=looked,
        goal=st.one_of(st.none(), happenings),
        of=st.sampled_from([None, None, "channel"]),
        period=periods,
    ),
)
@settings(max_examples=400, deadline=None)
def test_every_kind_of_session_is_what_reading_each_history_says(history, asked):
    got = answer_sessions(index_of(history), asked)
    runs = plain.sessions(history, asked, SPANS[asked.period])
    arrived = [any(node.goal for node in run) for _person, run in runs]
    assert got.tally.totals.tolist() == [
        len(runs), len({person for person, _run in runs}), sum(len(run) for _p, run in runs),
        sum(len(run) == 1 for _p, run in runs), sum(arrived),
    ]  # fmt: skip
    landed, left = Counter(), Counter()
    for (_person, run), goal in zip(runs, arrived, strict=True):
        landed[run[0].name] += np.array([1, len(run) == 1, goal])
        left[run[-1].name] += 1
    found = {got.names[node]: row.tolist() for node, row in enumerate(got.tally.landed) if row.any()}
    assert found == {name: row.tolist() for name, row in landed.items()}
    assert {got.names[node]: n for node, n in enumerate(got.tally.left.tolist()) if n} == left
    each = [
        [run[-1].second - run[0].second for _person, run in runs],
        [len(run) for _person, run in runs],
        list(Counter(person for person, _run in runs).values()),
    ]
    for counts, values in zip(got.tally.spreads, each, strict=True):
        classes = np.bincount(np.array([class_of(value) for value in values], np.int64), minlength=CLASSES)
        assert counts.tolist() == classes.tolist()


@st.composite
def conditions(draw):
    names = draw(st.permutations(NAMES))
    count = draw(st.integers(1, 3))
    where = st.sampled_from([{}, {}, {"channel": ("mail", "unheard")}])
    did = tuple(Step((name,), name, draw(where)) for name in names[:count])
    single = count == 1
    without = () if single or draw(st.booleans()) else (Happening((names[3],), draw(where)),)
    within = draw(lengths)
    return Condition(did, within, without, draw(st.integers(1, 3)) if single else 1, draw(st.booleans()))


@given(events, st.lists(conditions(), min_size=1, max_size=3).map(tuple), st.booleans(), periods)
@settings(max_examples=400, deadline=None)
def test_a_sequence_finds_exactly_the_people_whose_history_fulfils_it(history, told, every, period):
    asked = Sequence(told, every, period=period)
    index = index_of(history)
    names = list(histories(history))
    held = people_matching(index, asked, Meanings(index.manifest))
    found = {
        name
        for part, flags in enumerate(held)
        for name, one in zip(names[part::2], flags, strict=True)
        if one
    }
    assert found == plain.sequence(history, asked, SPANS[period])


def people(*told):
    """“a0 b5”: names and seconds, a person each."""
    return [
        Event(str(n), int(word[1:]) * 1000, word[0]) for n, line in enumerate(told) for word in line.split()
    ]


def test_a_path_to_a_step_goes_back_from_the_first_one_and_forgets_loops():
    history = people("a0 b1 b2 a3 x4 x9", "x5", "a1 b2")
    data = paths_data(answer_paths(index_of(history), Paths(("x",), backward=True, steps=2)))
    assert data["frequent"] == [{"path": ["x"], "people": 1}, {"path": ["x", "a", "b"], "people": 1}]
    assert {"step": 0, "from": "x", "to": None, "people": 1} in data["links"]


def test_rare_names_are_told_as_one_and_stay_two_steps():
    history = people("a0 b1 c2 x3", "a0 b1")
    data = paths_data(answer_paths(index_of(history), Paths(("a",), top=1, steps=3)))
    assert [one["path"] for one in data["frequent"]] == [["a", "b"]]
    whole = paths_data(answer_paths(index_of(history), Paths(("a",), top=2, steps=3)))
    assert sorted(one["path"] for one in whole["frequent"]) == [["a", "b"], ["a", "b", "c", "others"]]


def test_of_nothing_there_is_nothing():
    assert paths_data(answer_paths(index_of([]), Paths()))["people"] == 0
    assert sessions_data(answer_sessions(index_of([]), Sessions()))["bounced"] == {
        "sessions": 0,
        "share": None,
    }
    asked = Sequence((Condition((Step(("a",), "a"),), 0),), show=0)
    assert sequence_data(answer_sequence(index_of([]), asked))["of"] == 0


def test_names_and_columns_that_are_not_there_are_said():
    index = index_of(people("a0"))
    assert answer_paths(index, Paths(("pay",))).notes == ("Nothing is called 'pay'.",)
    assert answer_sessions(index, Sessions(events=("pay",))).notes == ("No event is called 'pay'.",)
    for ask, question in ((answer_paths, Paths(of="chanel")), (answer_sessions, Sessions(of="chanel"))):
        with pytest.raises(UnknownName, match=r"There is no column 'chanel'\. Did you mean channel\?"):
            ask(index, question)


def test_sessions_tell_lengths_landings_and_the_rest_as_one():
    history = people("a0 b10 b2000", "x5", "c5", "c5")
    asked = Sessions(gap_s=1800, goal=Happening(("b",)), top=1)
    data = sessions_data(answer_sessions(index_of(history), asked))
    assert (data["count"], data["people"], data["events_of_them"]) == (5, 4, 6)
    assert data["goal"] == {"sessions": 2, "share": 0.4}
    assert data["seconds"] == {"p10": 0, "median": 0, "p90": 10}
    assert data["landed"] == [
        {"name": "c", "sessions": 2, "bounced": 2, "goal": 0},
        {"name": None, "sessions": 3, "bounced": 2, "goal": 2},
    ]
    assert data["left"] == [{"name": "b", "sessions": 2}, {"name": None, "sessions": 3}]


def test_two_million_events_of_one_person_are_one_path_and_their_sessions():
    index = index_of(people("a0 b1", "a5"), parts=1)
    part, count = index.parts[0], 2_000_000
    seconds = np.sort(np.random.default_rng(5).integers(0, 2**31, count)).astype(np.uint32)
    seconds[1000:500_000] = seconds[1000]
    codes = np.random.default_rng(6).integers(0, 2, count).astype(np.uint16)
    codes[:-1][seconds[1:] == seconds[:-1]] |= 0x8000
    long = replace(part, first=np.array([0, count, count + 1]), seconds=np.append(seconds, np.uint32(7)),
                   codes=np.append(codes, np.uint16(0)), others={})  # fmt: skip
    whole = replace(index, opened=((None, long),))
    assert answer_paths(whole, Paths(steps=3, collapse=False)).counts.sum() == 2
    gaps = np.diff(seconds.astype(np.int64)) > 600
    assert answer_sessions(whole, Sessions(gap_s=600)).tally.totals[:3].tolist() == [
        gaps.sum() + 2,
        2,
        count + 1,
    ]
    asked = Sequence((Condition((Step(("a",), "a"),), 0, times=900_000),), show=0)
    assert answer_sequence(whole, asked).people == 1
