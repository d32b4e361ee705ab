"""Journeys of the lake within a scope: as if there were no other events."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.core.scope import Scope
from remit.journeys.asking import KINDS
from remit.journeys.event_index.of_lake import index_of_lake
from remit.journeys.event_index.scoped import seen_by
from remit.journeys.reading_habits import read_lifecycle, read_paths, read_sessions, read_stickiness
from remit.journeys.writing import index_data
from remit.lake.store import Lake
from tests.journeys.plain import Event
from tests.journeys.small_index import index_of

QUESTIONS = {
    "funnel": {"steps": ["a", "b"], "window": "3 seconds", "breakdown": {"column": "channel", "by": "all"}},
    "retention": {"start": "a", "return": "b", "unit": "day"},
    "attribution": {"touches": ["a", "c"], "conversion": "b", "window": "3 seconds", "value": "amount"},
    "paths": {"from": "a", "steps": 3, "top": 2},
    "sessions": {"gap": "1 second", "goal": "b", "of": "channel"},
    "stickiness": {"unit": "week"},
    "lifecycle": {"unit": "day"},
    "sequence": {"all": [{"did": ["a", "b"], "within": "2 seconds"}], "show": 0},
}


@st.composite
def events(draw):
    """A person is one company's, as in the index of the lake; outlets are a company's as well."""
    unit = draw(st.sampled_from("12"))
    outlet = draw(st.sampled_from(["", unit + "0", unit + "1"]))
    others = {"unit_id": unit} | ({"outlet_id": outlet} if outlet else {})
    channel = draw(st.sampled_from(["", "mail", f"own{unit}"]))
    return Event(
        person=f"{unit} {draw(st.sampled_from('PPQ'))}",
        ms=draw(st.integers(0, 10)) * 500 + draw(st.integers(0, 2)) * 86_400_000,
        name=draw(st.sampled_from(["a", "b", "c", f"own{unit}"])),
        others=others | ({"channel": channel} if channel else {}),
        numbers={"amount": draw(st.integers(0, 3))},
    )


scopes = st.builds(
    Scope,
    companies=st.sets(st.sampled_from([1, 2, 3]), max_size=2).map(frozenset),
    outlets=st.sets(st.sampled_from([10, 11, 20]), max_size=2).map(frozenset),
)


def visible(event, scope):
    inside = int(event.others["unit_id"]) in scope.companies
    return inside or int(event.others.get("outlet_id") or 0) in scope.outlets


def said(index, kind):
    asked = KINDS[kind].read(QUESTIONS[kind])
    return {"events": index_data(index), **KINDS[kind].answer(index, asked)}


@pytest.mark.parametrize("kind", QUESTIONS)
@given(history=st.lists(events(), max_size=16), scope=scopes)
@settings(max_examples=120, deadline=None)
def test_an_answer_within_a_scope_is_that_of_an_index_of_what_it_opens(kind, history, scope):
    """Word for word, notes included: nothing tells of names, channels or days of others."""
    seen = [event for event in history if visible(event, scope)]
    assert said(seen_by(index_of(history), scope), kind) == said(index_of(seen), kind)


@given(st.lists(events(), max_size=16), scopes, scopes)
@settings(max_examples=100, deadline=None)
def test_a_unit_filter_holds_besides_the_scope(history, scope, within):
    both = [event for event in history if visible(event, scope) and visible(event, within)]
    for kind in ("funnel", "paths"):
        assert said(seen_by(seen_by(index_of(history), scope), within), kind) == said(index_of(both), kind)


def test_all_scopes_together_see_everything_and_an_empty_one_nothing():
    history = [
        Event(f"{unit} P", second * 1000, "a", {"unit_id": unit}) for unit in "12" for second in (0, 5)
    ]
    index = index_of(history)
    assert seen_by(index, Scope.system("a test")) is index
    assert index_data(seen_by(index, Scope())) == {"events": 0, "people": 0, "left_out": 0}
    parts = [index_data(seen_by(index, Scope(frozenset({unit}))))["events"] for unit in (1, 2)]
    assert sum(parts) == index.manifest.events


def test_what_was_left_out_of_others_is_not_told():
    index = index_of([Event("1 P", 0, "a", {"unit_id": "1"})])
    index = replace(index, manifest=replace(index.manifest, left_out=7))
    assert seen_by(index, Scope(frozenset({1}))).manifest.left_out == 0


def test_the_lake_cannot_be_asked_without_a_scope(tmp_path):
    lake = Lake(str(tmp_path / "lake"))
    with pytest.raises(TypeError):
        index_of_lake(lake, tmp_path / "index")
    with pytest.raises(TypeError, match="Journeys of the lake need a Scope"):
        index_of_lake(lake, tmp_path / "index", None)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_question_is_answered_from_an_index_without_a_part(kind):
    empty = replace(index_of([]), opened=())
    assert said(empty, kind) == said(index_of([]), kind)


def test_questions_of_a_scope_that_sees_nothing_are_answered():
    nothing = seen_by(index_of([Event("1 P", 0, "a", {"unit_id": "1"})]), Scope())
    for read, kind in ((read_paths, "paths"), (read_sessions, "sessions"), (read_stickiness, "stickiness"),
                       (read_lifecycle, "lifecycle")):  # fmt: skip
        assert KINDS[kind].answer(nothing, read({}))["notes"] == []
