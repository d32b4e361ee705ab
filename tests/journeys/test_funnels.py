"""Funnels against the plain twin that tries every chain."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.core.period import Period
from remit.journeys.funnel import answer_funnel
from remit.journeys.reading import WrongJourney, read_funnel
from remit.journeys.specification import Attribution, Breakdown, Exclusion, Funnel, Order, Step, Ties
from remit.kernels.journeys.spread import CLASSES, class_of, floor_of, percentile
from remit.metrics.engine.errors import UnknownName
from tests.journeys import plain
from tests.journeys.plain import Event
from tests.journeys.small_index import index_of

DAY_S = 86_400
EVER = (0, 2**32)
NAMES = ["a", "b", "c", "x"]
CHANNELS = ["", "mail", "search"]

events = st.builds(
    Event,
    person=st.sampled_from("PPPQ"),
    ms=st.integers(0, 12).map(lambda n: n * 500),  # half seconds: ties, and instants inside one second
    name=st.sampled_from(NAMES),
    others=st.sampled_from(CHANNELS).map(lambda value: {"channel": value} if value else {}),
)
histories = st.one_of(st.lists(events, max_size=4), st.lists(events, min_size=6, max_size=14))
names = st.lists(st.sampled_from([*NAMES, "never"]), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def steps(draw, apart):
    """Up to four steps; ``apart``: no event fits two."""
    count = draw(st.sampled_from([1, 2, 3, 3, 4]))
    if apart:
        chosen = draw(st.permutations([*NAMES, "never"]))[:count]
        return tuple(Step((name,), name) for name in chosen)
    where = st.sampled_from([{}, {}, {"channel": ("mail",)}, {"channel": ("mail", "unheard")}])
    found = [Step(draw(names), "s", draw(where), draw(st.booleans())) for _ in range(count)]
    return tuple(
        replace(step, optional=False) if n in (0, count - 1) else step for n, step in enumerate(found)
    )


@st.composite
def funnels(draw):
    order = draw(st.sampled_from(Order))
    made = draw(steps(apart=order is Order.ANY or draw(st.booleans())))
    fitting = {name for step in made for name in step.events}
    free = sorted(set(NAMES) - fitting)
    exclude = []
    for name in draw(st.lists(st.sampled_from(free), max_size=2, unique=True)) if free else []:
        after = draw(st.integers(1, max(len(made) - 1, 1)))
        exclude.append(Exclusion((name,), after, draw(st.integers(after + 1, max(len(made), after + 1)))))
    later = order is Order.ORDERED and draw(st.booleans())
    by = draw(st.one_of(st.none(), st.sampled_from(Attribution)))
    return Funnel(
        steps=made,
        window_s=draw(st.integers(0, 6)),
        order=order,
        ties=Ties.LATER if later else Ties.TOGETHER,
        first_only=order is not Order.ANY and draw(st.booleans()),
        exclude=tuple(exclude),
        breakdown=Breakdown("channel", by) if by else None,
    )


def assert_as_the_twin(history, asked, span=EVER):
    """Counts, times and breakdown are those of the twin."""
    got = answer_funnel(index_of(history), asked)
    people, took, by_value = plain.funnel(history, asked, span)
    assert got.tally.people.tolist() == people
    for step, seconds in enumerate(took):
        expected = np.bincount(np.array([class_of(s) for s in seconds], np.int64), minlength=CLASSES)
        assert got.tally.spreads[step].tolist() == expected.tolist()
    found = {got.values[v]: row.tolist() for v, row in enumerate(got.tally.by_value) if row.any()}
    assert found == {value: row for value, row in by_value.items() if any(row)}


@given(histories, funnels())
@settings(max_examples=600, deadline=None)
def test_every_kind_of_funnel_counts_what_trying_every_chain_counts(history, asked):
    assert_as_the_twin(history, asked)


@given(histories, steps(apart=True), st.integers(0, 6))
@settings(max_examples=200, deadline=None)
def test_the_swift_pass_counts_what_trying_every_chain_counts(history, made, window_s):
    assert_as_the_twin(history, Funnel(made, window_s))


@given(
    st.lists(st.builds(Event, st.just("P"), st.integers(0, 4).map(lambda n: n * DAY_S * 1000),
                       st.sampled_from("ab")), max_size=8),
    st.sampled_from(Order), st.booleans(), st.integers(1, 3), st.integers(0, 2),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_a_chain_begins_inside_the_period_and_may_end_after_it(history, order, first_only, first, more):
    asked = Funnel(
        (Step(("a",), "a"), Step(("b",), "b")),
        window_s=2 * DAY_S,
        order=order,
        first_only=first_only and order is not Order.ANY,
        period=Period(date(2000, 1, first), date(2000, 1, first + more)),
    )
    assert_as_the_twin(history, asked, ((first - 1) * DAY_S, (first + more) * DAY_S))


def people(*told):
    """“a0 b5”: names and seconds, a person each."""
    return [
        Event(str(n), int(word[1:]) * 1000, word[0]) for n, line in enumerate(told) for word in line.split()
    ]


def counted(history, *names, window_s=10, **more):
    return answer_funnel(
        index_of(history), Funnel(tuple(Step((n,), n) for n in names), window_s, **more)
    ).tally


def test_nobody_and_people_of_one_event():
    assert counted([], "a", "b").people.tolist() == [0, 0]
    assert counted(people("a0", "b0"), "a", "b").people.tolist() == [1, 0]


def test_a_window_includes_its_last_second():
    assert counted(people("a0 b10", "a0 b11"), "a", "b").people.tolist() == [2, 1]


def test_a_later_start_saves_a_chain_that_the_first_one_would_lose():
    assert counted(people("a0 a8 b15 c18"), "a", "b", "c").people.tolist() == [1, 1, 1]
    only = counted(people("a0 a8 b15 c18"), "a", "b", "c", first_only=True)
    assert only.people.tolist() == [1, 0, 0]


def test_tied_events_stand_in_the_order_of_steps_or_do_not_follow_each_other():
    history = people("c3 b3 a3")
    assert counted(history, "a", "b", "c").people.tolist() == [1, 1, 1]
    assert counted(history, "a", "b", "c", ties=Ties.LATER).people.tolist() == [1, 0, 0]


def test_an_event_fills_one_step_only():
    assert counted(people("a0", "a0 a1"), "a", "a").people.tolist() == [2, 1]


def test_twenty_steps_in_order_and_in_any_order():
    names = [chr(ord("a") + n) for n in range(20)]
    forth = people(" ".join(f"{name}{n}" for n, name in enumerate(names)))
    back = people(" ".join(f"{name}{20 - n}" for n, name in enumerate(names)))
    assert counted(forth, *names, window_s=19).people.tolist() == [1] * 20
    assert counted(back, *names, window_s=19).people.tolist() == [1] + [0] * 19
    assert counted(back, *names, window_s=19, order=Order.ANY).people.tolist() == [1] * 20


def test_two_million_events_of_one_person_are_one_person():
    index = index_of(people("a0 b1", "a5"), parts=1)
    part = index.parts[0]
    seconds = np.sort(np.random.default_rng(5).integers(0, 2**31, 2_000_000)).astype(np.uint32)
    seconds[1000:3000] = seconds[1000]
    codes = np.random.default_rng(6).integers(0, 2, 2_000_000).astype(np.uint16)
    codes[:-1][seconds[1:] == seconds[:-1]] |= 0x8000
    long = replace(part, first=np.array([0, 2_000_000, 2_000_001]), seconds=np.append(seconds, np.uint32(7)),
                   codes=np.append(codes, np.uint16(0)), others={})  # fmt: skip
    whole = replace(index, opened=((None, long),))
    for order in Order:
        asked = Funnel((Step(("a",), "a"), Step(("b",), "b")), 5000, order)
        assert answer_funnel(whole, asked).tally.people.tolist() == [2, 1]


def test_names_that_nobody_has_count_nobody_and_are_said():
    got = answer_funnel(index_of(people("a0 b1")), Funnel((Step(("a",), "a"), Step(("pay",), "pay")), 5))
    assert got.tally.people.tolist() == [1, 0]
    assert got.notes == ("No event is called 'pay'.",)
    with pytest.raises(UnknownName, match=r"There is no column 'chanel'\. Did you mean channel\?"):
        answer_funnel(index_of(people("a0")), Funnel((Step(("a",), "a"),), 5, breakdown=Breakdown("chanel")))


@given(st.integers(0, 2**32 - 1))
def test_a_class_of_durations_holds_those_that_are_at_most_a_sixty_fourth_apart(seconds):
    number = class_of(seconds)
    low, after = floor_of(number), floor_of(number + 1)
    assert low <= seconds < after
    assert after - low <= max(1, low / 64)
    assert number < CLASSES


def test_a_percentile_is_the_nearest_rank():
    counts = np.bincount([class_of(second) for second in range(1, 101)], minlength=CLASSES)
    assert [percentile(counts, share) for share in (0.1, 0.5, 0.9, 1)] == [10, 50, 90, 100]
    assert percentile(np.zeros(CLASSES, np.int64), 0.5) is None


REFUSED = {
    "funnel.steps: write a list": {},
    "funnel does not know step. Keys: steps, window": {"step": ["a"]},
    "funnel.steps[2] does not know evnt": {"steps": ["a", {"evnt": "b"}]},
    "funnel.steps[1].event: write a name or a list of names, not None": {"steps": [{"name": "x"}]},
    "funnel.steps: 21 steps; at most 20": {"steps": ["a"] * 21},
    "the first and the last step cannot be optional": {"steps": ["a", {"event": "b", "optional": True}]},
    "funnel.window: write a length such as 30 minutes": {"steps": ["a"], "window": "7"},
    "funnel.order: write one of ordered, strict, any, not 'loose'": {"steps": ["a"], "order": "loose"},
    "“later” goes with order: ordered only": {"steps": ["a"], "order": "strict", "ties": "later"},
    "in any order no event fits two steps (a)": {"steps": ["a", "a"], "order": "any"},
    "in any order there are no optional steps": {"steps": ["a"], "order": "any", "first_only": True},
    "b cannot exclude and be a step": {"steps": ["a", "b"], "exclude": ["b"]},
    "funnel.exclude[1].after: write a whole number from 1 to 1, not 2": {
        "steps": ["a", "b"], "exclude": [{"event": "x", "after": 2}]},
    "funnel.exclude: 9 exclusions; at most 8": {"steps": ["a", "b"], "exclude": list("cdefghijk")},
    "funnel.period: 'soon' is not a period": {"steps": ["a"], "period": "soon"},
    "funnel.zone: write a time zone such as Asia/Taipei": {"steps": ["a"], "zone": "Mars"},
    "funnel.first_only: write true or false, not 'yes'": {"steps": ["a"], "first_only": "yes"},
    "funnel.breakdown.by: write one of first, last, all": {
        "steps": ["a"], "breakdown": {"column": "c", "by": "x"}},
    "funnel.breakdown.column: write the name of a column": {"steps": ["a"], "breakdown": {"by": "first"}},
    "funnel.steps[1].where: write column: value": {"steps": [{"event": "a", "where": "mail"}]},
}  # fmt: skip


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_page_that_cannot_be_understood_says_where_and_what_to_write(sentence):
    with pytest.raises(WrongJourney) as refused:
        read_funnel(REFUSED[sentence])
    assert sentence in str(refused.value)


def test_a_page_says_everything_that_a_funnel_has():
    page = {
        "steps": [
            "view",
            {"event": ["cart", "basket"], "name": "Cart", "where": {"channel": "mail"}, "optional": True},
            "pay",
        ],
        "window": "2 hours", "order": "strict", "first_only": True,
        "period": "2017-03", "zone": "Asia/Taipei",
        "exclude": [{"event": "refund", "after": 2, "before": 3}],
        "breakdown": {"column": "channel", "by": "last", "top": 3},
    }  # fmt: skip
    assert read_funnel(page) == Funnel(
        steps=(
            Step(("view",), "view"),
            Step(("cart", "basket"), "Cart", {"channel": ("mail",)}, optional=True),
            Step(("pay",), "pay"),
        ),
        window_s=7200,
        order=Order.STRICT,
        first_only=True,
        exclude=(Exclusion(("refund",), 2, 3),),
        breakdown=Breakdown("channel", Attribution.LAST, 3),
        period=Period(date(2017, 3, 1), date(2017, 3, 31)),
        zone="Asia/Taipei",
    )
