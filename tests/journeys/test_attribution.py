"""Attribution against plain twins in fractions."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.core.period import Period
from remit.journeys.attribution import MODELS, SeveralCurrencies, TooManyChannels, answer_attribution
from remit.journeys.reader import WrongJourney
from remit.journeys.reading_attribution import read_attribution
from remit.journeys.specification import Attributed, Happening
from remit.journeys.writing_attribution import attribution_data
from remit.kernels.journeys.touching import settle_ties
from remit.metrics.engine.errors import UnknownName
from tests.journeys import plain_attribution as plain
from tests.journeys.plain import Event
from tests.journeys.small_index import index_of

EVER = (0, 2**32)
DAY_S = 86_400
CHANNELS = ["", "ad", "mail", "search", "social"]


def events_of(step_ms):
    return st.builds(
        Event,
        person=st.sampled_from("PPQR"),
        ms=st.integers(0, 12).map(lambda n: n * step_ms),
        name=st.sampled_from(["visit", "visit", "click", "pay", "gift", "idle"]),
        others=st.sampled_from(CHANNELS).map(lambda value: {"channel": value} if value else {}),
        numbers=st.integers(0, 3).map(lambda n: {"amount": n}),
    )


# Half seconds: ties, and instants inside one second.
histories = st.one_of(st.lists(events_of(500), max_size=4), st.lists(events_of(500), min_size=6, max_size=16))
happenings = st.sampled_from([
    Happening(("visit", "click")), Happening(("visit",)), Happening(("never",)),
    Happening(("visit", "click"), {"channel": ("ad", "mail", "unheard")}),
])  # fmt: skip
questions = st.builds(
    Attributed,
    touches=happenings,
    conversion=st.sampled_from([Happening(("pay",)), Happening(("pay", "gift"))]),
    window_s=st.integers(0, 6),
    half_life_s=st.integers(1, 4),
    order=st.integers(1, 3),
    value=st.sampled_from([None, "amount"]),
)


def close(found, expected):
    assert found == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


def assert_as_the_twin(history, asked, span=EVER):
    """Every model, by conversions and by value, and the effects; shares add up."""
    got = answer_attribution(index_of(history), asked)
    paths, bare, bare_value = plain.paths_of(history, asked, span)
    counts = [sum(count for _path, count, _value in paths), bare]
    values = [sum(value for _path, _count, value in paths), bare_value] if asked.value else [0, 0]
    converted = sum(1 for _path, count, _value in paths if count)
    assert got.tally.totals[:6].tolist() == [*counts, *values, converted, len(paths) - converted]
    found, shapley = plain.by_rules(paths, asked), plain.shapley(paths)
    effects = plain.markov(paths, asked.order)
    sums = [sum(both[kind] for both in effects.values()) for kind in (0, 1)]
    for place, channel in enumerate(got.channels):
        for model in ("first", "last", "linear", "position", "time_decay"):
            conversions, value = found.get(model, {}).get(channel, (0, 0))
            close(got.conversions[MODELS.index(model), place], conversions)
            close(got.value[MODELS.index(model), place], value if asked.value else 0)
        close(got.conversions[MODELS.index("shapley"), place], shapley.get(channel, 0))
        both = effects.get(channel, (0, 0))
        close(got.effects[0, place], both[0])
        close(got.effects[1, place], both[1] if asked.value else 0)
        close(got.conversions[-1, place], both[0] / sums[0] * counts[0] if sums[0] else 0)
        close(got.value[-1, place], both[1] / sums[1] * values[0] if asked.value and sums[1] else 0)
    for model in range(len(MODELS)):
        close(got.conversions[model].sum(), counts[0])
        close(got.value[model].sum(), values[0])


@given(histories, questions)
@settings(max_examples=500, deadline=None)
def test_every_model_shares_out_what_the_twin_in_fractions_shares_out(history, asked):
    assert_as_the_twin(history, asked)


@given(st.lists(events_of(DAY_S * 1000), max_size=10), st.integers(1, 3), st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_conversions_lie_inside_the_period_and_their_touches_may_lie_before_it(history, first, more):
    asked = Attributed(Happening(("visit", "click")), Happening(("pay",)), window_s=3 * DAY_S, value="amount",
                       period=Period(date(2000, 1, first), date(2000, 1, first + more)))  # fmt: skip
    assert_as_the_twin(history, asked, ((first - 1) * DAY_S, (first + more) * DAY_S))


@given(histories, questions, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_in_which_events_and_people_come_and_what_they_are_called_change_nothing(
    history, asked, random
):
    shuffled = random.sample(history, len(history))
    renamed = [replace(one, person={"P": "R", "Q": "P", "R": "Q"}[one.person]) for one in shuffled]
    one, other = (answer_attribution(index_of(each), asked) for each in (history, renamed))
    assert one.channels == other.channels
    assert one.tally.totals.tolist() == other.tally.totals.tolist()
    assert other.conversions == pytest.approx(one.conversions, rel=1e-9, abs=1e-9)
    assert other.value == pytest.approx(one.value, rel=1e-9, abs=1e-9)


@given(histories, questions)
@settings(max_examples=100, deadline=None)
def test_everything_twice_is_everything_doubled_and_the_effects_stay(history, asked):
    again = [replace(one, person=one.person + "'") for one in history]
    one, two = (answer_attribution(index_of(each), asked) for each in (history, history + again))
    assert two.conversions == pytest.approx(2 * one.conversions, rel=1e-9, abs=1e-9)
    assert two.effects == pytest.approx(one.effects, rel=1e-9, abs=1e-9)


def told(*lines):
    """“ad0 mail3 pay5”: a channel or a conversion, and its second; a person each."""
    found = []
    for number, line in enumerate(lines):
        for word in line.split():
            name = word.rstrip("0123456789")
            ms = int(word.removeprefix(name)) * 1000
            touch = name != "pay"
            others = {"channel": name} if touch else {}
            found.append(Event(str(number), ms, "visit" if touch else "pay", others))
    return found


def shared(*lines, **terms):
    asked = Attributed(Happening(("visit",)), Happening(("pay",)), **terms)
    data = attribution_data(answer_attribution(index_of(told(*lines)), asked))
    return data, {row["channel"]: row for row in data["channels"]}


def test_the_rules_by_hand():
    _data, rows = shared("ad0 mail7 social7 search14 pay14", half_life_s=7)
    model = {name: {channel: row["conversions"][name] for channel, row in rows.items()} for name in MODELS}
    assert model["first"] == {"ad": 1, "mail": 0, "search": 0, "social": 0}
    assert model["last"] == {"ad": 0, "mail": 0, "search": 1, "social": 0}
    assert model["linear"] == dict.fromkeys(rows, 0.25)
    assert model["position"] == {"ad": 0.4, "mail": 0.1, "search": 0.4, "social": 0.1}
    weights = {"ad": 1 / 4, "mail": 1 / 2, "search": 1, "social": 1 / 2}
    assert model["time_decay"] == {c: round(w / 2.25, 6) for c, w in weights.items()}
    assert model["shapley"] == model["markov"] == dict.fromkeys(rows, 0.25)


def test_the_chain_of_the_paper_by_hand():
    """a→b→converted, a→lost, b→converted: P = 2/3; without a 1/3, without b nothing."""
    data, rows = shared("a0 b1 pay2", "a0", "b0 pay1")
    assert data["paths"] == {"converted": 2, "lost": 1}
    assert rows["a"]["removal_effect"] == 0.5
    assert rows["b"]["removal_effect"] == 1
    assert rows["a"]["conversions"]["markov"] == round(2 / 3, 6)


def test_a_conversion_that_nobody_touched_is_told_apart():
    data, rows = shared("pay1", "a0 pay9 pay10", window_s=5)
    assert data["conversions"] == {"attributed": 0, "without_touch": 3}
    assert data["paths"] == {"converted": 0, "lost": 1}
    assert rows["a"]["conversions"] == dict.fromkeys(MODELS, 0)


def test_conversions_of_one_instant_are_claimed_together():
    data, rows = shared("a0 pay5 pay5 pay5")
    assert data["conversions"]["attributed"] == 3
    assert rows["a"]["conversions"] == dict.fromkeys(MODELS, 3)


def test_of_no_events_nothing_is_shared_out():
    data, rows = shared()
    assert (rows, data["paths"]) == ({}, {"converted": 0, "lost": 0})


def test_two_million_touches_of_one_person_at_few_instants_are_one_path():
    index = index_of(told("ad0 mail1 pay5"), parts=1)
    part, count = index.parts[0], 2_000_000
    random = np.random.default_rng(3)
    codes = np.full(count + 1, part.codes[0] & 0x7FFF, np.uint16)
    codes[:-2] |= 0x8000
    codes[count // 2] &= 0x7FFF
    codes[-1] = part.codes[-1]
    seconds = np.array([0] * (count // 2 + 1) + [1] * (count // 2 - 1) + [5], np.uint32)
    values = np.append(random.integers(1, 3, count), 0).astype(np.uint16)
    long = replace(
        part, first=np.array([0, count + 1]), seconds=seconds, codes=codes, others={"channel": values}
    )
    asked = Attributed(Happening(("visit",)), Happening(("pay",)))
    got = answer_attribution(replace(index, opened=((None, long),)), asked)
    assert got.conversions[:2].tolist() == [[1, 0], [0, 1]]
    ads = np.count_nonzero(values[:-1] == 1)
    assert got.conversions[2] == pytest.approx([ads / count, 1 - ads / count])
    assert got.effects[0].tolist() == [1, 1]


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=80))
def test_tied_events_stand_in_order_and_others_stay(told):
    nodes = np.array([node for node, _tied in told], np.uint16)
    tied = [tied for _node, tied in told[:-1]] + [False] if told else []
    expected, run = [], []
    for node, more in zip(nodes.tolist(), tied, strict=True):
        run.append(node)
        if not more:
            expected, run = expected + sorted(run), []
    settle_ties(np.array(tied, np.uint16) * np.uint16(0x8000), nodes)
    assert nodes.tolist() == expected


def test_money_of_two_kinds_is_never_added():
    visit = [Event(p, 0, "visit", {"channel": "ad"}) for p in "PQ"]
    pay = [Event(p, 1000, "pay", {"currency": c}, {"amount": 5}) for p, c in (("P", "CNY"), ("Q", "USD"))]
    asked = Attributed(Happening(("visit",)), Happening(("pay",)), value="amount")
    with pytest.raises(SeveralCurrencies, match="Conversions are worth CNY, USD, which cannot be added"):
        answer_attribution(index_of(visit + pay), asked)
    one = replace(asked, conversion=Happening(("pay",), {"currency": ("CNY",)}))
    assert answer_attribution(index_of(visit + pay), one).value[0].tolist() == [5]


def test_what_is_not_there_is_named():
    asked = Attributed(Happening(("visit",)), Happening(("pay",)))
    index = index_of(told("ad0 pay1"))
    with pytest.raises(UnknownName, match="There is no column 'chanel'"):
        answer_attribution(index, replace(asked, channel="chanel"))
    with pytest.raises(UnknownName, match="There is no column of numbers 'worth'"):
        answer_attribution(index, replace(asked, value="worth"))
    unheard = answer_attribution(index, replace(asked, conversion=Happening(("buy",))))
    assert unheard.notes == ("No event is called 'buy'.",)


def test_more_channels_than_anybody_has_are_refused():
    events = [Event("P", n, "visit", {"channel": f"c{n}"}) for n in range(1001)]
    asked = Attributed(Happening(("visit",)), Happening(("pay",)))
    with pytest.raises(TooManyChannels, match="channel has 1,001 values; channels are 1,000 at most"):
        answer_attribution(index_of(events), asked)
    random = np.random.default_rng(1).integers(0, 60, (3000, 3)).tolist()
    mixed = [
        Event(str(n), place, "visit", {"channel": f"c{channel}"})
        for n, row in enumerate(random)
        for place, channel in enumerate(row)
    ]
    with pytest.raises(TooManyChannels, match="states, and 2,000 are the most: ask a lower order"):
        answer_attribution(index_of(mixed), replace(asked, order=3))


def test_a_page_needs_no_more_than_touches_and_a_conversion():
    page = {"touches": ["visit", "click"], "conversion": "pay"}
    assert read_attribution(page) == Attributed(Happening(("visit", "click")), Happening(("pay",)))


def test_a_page_says_everything_that_a_question_has():
    page = {
        "touches": {"event": ["visit", "scan"], "where": {"channel": ["ad", "mail"]}},
        "conversion": "pay", "channel": "source", "window": "2 weeks", "half_life": "1 day", "order": 2,
        "value": "amount", "currency": "money", "period": "2017-03", "zone": "Asia/Taipei",
    }  # fmt: skip
    assert read_attribution(page) == Attributed(
        Happening(("visit", "scan"), {"channel": ("ad", "mail")}), Happening(("pay",)), "source",
        14 * DAY_S, DAY_S, 2, "amount", "money", Period(date(2017, 3, 1), date(2017, 3, 31)), "Asia/Taipei",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"touches": None}, "attribution.touches: write a name or a list of names, not None"),
        ({"conversion": ["visit", "pay"]}, "attribution: visit cannot be a touch and a conversion."),
        ({"half_life": "0 days"}, "attribution.half_life: write a length above nothing"),
        ({"order": 9}, "attribution.order: write a whole number from 1 to 5, not 9"),
        ({"value": "channel"}, "attribution.value: channel is read as numbers and cannot be a name as well."),
        ({"currency": "money"}, "attribution.currency: goes with value only."),
        ({"model": "first"}, "attribution does not know model"),
    ],
)
def test_a_page_that_cannot_be_understood_says_where_and_what_to_write(change, sentence):
    with pytest.raises(WrongJourney) as refused:
        read_attribution({"touches": "visit", "conversion": "pay"} | change)
    assert sentence in str(refused.value)


def test_shares_of_a_path_are_fractions_of_one():
    asked = Attributed(Happening(("visit",)), Happening(("pay",)))
    for count in range(1, 8):
        path = [(count - n, "ad") for n in range(count)]
        for parts in plain.rules(path, asked).values():
            assert float(sum(parts)) == pytest.approx(1)
    assert plain.rules([(3, "a"), (2, "b"), (1, "c")], asked)["position"] == [
        Fraction(2, 5), Fraction(1, 5), Fraction(2, 5)]  # fmt: skip
