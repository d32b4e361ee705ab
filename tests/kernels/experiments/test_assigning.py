"""Assignment: the same everywhere, even, and apart where it has to be."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernels.experiments.assigning import (
    Condition,
    Definition,
    Variant,
    Why,
    as_data,
    assign,
    from_data,
    place,
)

VECTORS = json.loads((Path(__file__).parent / "assignments.json").read_text())
PLAIN = Definition("k", "salt", "layer", 0, 10_000, 0, (Variant("control", 1), Variant("new", 1)))

texts = st.text(max_size=30).filter(lambda text: text.isprintable())
definitions = st.builds(
    lambda start, width, holdout, weights, excludes: Definition(
        "k", "s1", "l1", start, min(start + width, 10_000), holdout,
        tuple(Variant(f"v{number}", weight) for number, weight in enumerate(weights)),
        (Condition("age", ("25-34", ""), excludes),),
    ),
    st.integers(0, 9_999), st.integers(1, 10_000), st.integers(0, 9_999),
    st.lists(st.integers(1, 100), min_size=2, max_size=5), st.booleans(),
)  # fmt: skip


def twin(data, person, attributes):
    """The same from the wire's form alone, as somebody would write it in another language."""

    def hashed(salt):
        return int(hashlib.sha256((salt + ":" + person).encode()).hexdigest()[:13], 16) / 2**52

    for one in data["targeting"]:
        if ((attributes.get(one["attribute"]) or "") in one["values"]) == one["excludes"]:
            return None
    layer = data["layer"]
    if hashed(layer["salt"] + ":holdout") < data["holdout"] / 10_000:
        return None
    if hashed(layer["salt"]) < layer["from"] / 10_000 or hashed(layer["salt"]) >= layer["to"] / 10_000:
        return None
    total, sums = sum(one["weight"] for one in data["variants"]), 0
    for one in data["variants"]:
        sums += one["weight"]
        if hashed(data["salt"]) < sums / total:
            return one["code"]
    raise AssertionError("Nobody falls through.")


def test_fixed_people_have_fixed_variants():
    found = [
        assign(from_data(one["definition"]), one["person"], one["attributes"]).variant
        for one in VECTORS["assignments"]
    ]
    assert found == [one["variant"] for one in VECTORS["assignments"]]
    assert [place(one["salt"], one["person"]) for one in VECTORS["places"]] == [
        one["place"] for one in VECTORS["places"]
    ]


def test_the_places_are_those_that_sql_computes():
    people = [one["person"] for one in VECTORS["places"]]
    sql = "SELECT ('0x' || substr(sha256(unnest($people)), 1, 13))::BIGINT / 4503599627370496.0"
    found = duckdb.execute(sql, {"people": [f"s:{person}" for person in people]}).fetchall()
    assert [value for (value,) in found] == [place("s", person) for person in people]


@given(definitions, texts, st.sampled_from([None, "", "25-34", "35-44"]))
@settings(max_examples=300, deadline=None)
def test_another_hand_reading_the_wire_gives_the_same_variant(definition, person, age):
    data = json.loads(json.dumps(as_data(definition)))
    assert from_data(data) == definition
    assert twin(data, person, {"age": age}) == assign(definition, person, {"age": age}).variant


def shares(definition, people):
    found = [assign(definition, str(person)) for person in range(people)]
    codes = [one.code for one in definition.variants]
    return [sum(one.variant == code for one in found) / people for code in codes], found


@given(st.text(min_size=1, max_size=12), st.lists(st.integers(1, 9), min_size=2, max_size=4))
@settings(max_examples=20, deadline=None)
def test_shares_are_those_of_the_weights(salt, weights):
    """Within five standard errors."""
    definition = replace(
        PLAIN, salt=salt, variants=tuple(Variant(str(n), weight) for n, weight in enumerate(weights))
    )
    found, _all = shares(definition, 4_000)
    for share, weight in zip(found, weights, strict=True):
        wanted = weight / sum(weights)
        assert abs(share - wanted) <= 5 * (wanted * (1 - wanted) / 4_000) ** 0.5


def test_places_are_even_in_a_hundred_cells():
    """χ² over a hundred cells of 100,000 people stays below its 99.99 % point, 161.3."""
    cells = [0] * 100
    for person in range(100_000):
        cells[int(place("even", f"p{person}") * 100)] += 1
    assert sum((count - 1_000) ** 2 / 1_000 for count in cells) < 161.3


def test_experiments_of_one_layer_never_share_a_person_and_those_of_two_do_evenly():
    first = replace(PLAIN, salt="a", end=4_000)
    second = replace(PLAIN, salt="b", start=4_000)
    apart = replace(PLAIN, salt="c", layer="other")
    both = crossed = 0
    for person in map(str, range(4_000)):
        in_first, in_second = assign(first, person).variant, assign(second, person).variant
        assert (in_first is None) != (in_second is None)
        both += in_first == "new"
        crossed += in_first == "new" and assign(apart, person).variant == "new"
    assert abs(both / 4_000 - 0.2) < 0.03
    assert abs(crossed / both - 0.5) < 0.09


def test_who_is_held_out_of_a_layer_is_in_none_of_its_experiments():
    first, second = (replace(PLAIN, salt=salt, holdout=1_000) for salt in "ab")
    held = [str(person) for person in range(3_000) if assign(first, str(person)).why is Why.HELD_OUT]
    assert 0.08 < len(held) / 3_000 < 0.12
    assert {assign(second, person).why for person in held} == {Why.HELD_OUT}


@pytest.mark.parametrize(
    "change",
    [{"start": 5, "end": 5}, {"end": 10_001}, {"holdout": 10_000}, {"variants": (Variant("a", 1),)},
     {"variants": (Variant("a", 1), Variant("a", 1))}, {"variants": (Variant("a", 1), Variant("b", 0))}],
)  # fmt: skip
def test_what_cannot_be_drawn_from_is_refused(change):
    with pytest.raises(ValueError, match=r"variant|lie between"):
        replace(PLAIN, **change)
