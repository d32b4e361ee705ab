"""People who are one: links come and go, and the index is as if it had been built with those that hold."""

import shutil
from collections import Counter
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.core.scope import Scope
from remit.journeys.asking import KINDS
from remit.journeys.event_index import build as building
from remit.journeys.event_index import growing
from remit.journeys.event_index import source as reading
from remit.journeys.event_index.build import build
from remit.journeys.event_index.links import Links
from remit.journeys.event_index.manifest import CannotIndex, read_manifest
from remit.journeys.event_index.of_lake import index_of_lake
from remit.journeys.event_index.opened import open_index
from remit.journeys.event_index.update import bring_up_to_date
from remit.lake.duck import quoted
from remit.lake.projection import mirror
from remit.lake.store import Lake
from remit.lake.tables import TABLES
from tests.journeys.test_event_index import (
    EPOCH,
    EVERYTHING,
    by_instant,
    content,
    expected,
    filled,
    source_of,
    written,
)

PEOPLE = ["Ann", "Bo", "陳小明", "d", "e", "f"]
events = st.tuples(
    st.sampled_from(PEOPLE),
    st.integers(0, 12).map(lambda n: n * 250_499),
    st.sampled_from(["view", "cart", "付款"]),
    st.sampled_from([None, "mail", "search"]),
)
# what happens: events come, or from now on these links hold; "nobody" has no events
steps = st.lists(
    st.one_of(
        st.lists(events, min_size=1, max_size=8),
        st.dictionaries(st.sampled_from([*PEOPLE, "nobody"]), st.sampled_from(["1", "2", "3"]), max_size=7),
    ),
    min_size=1,
    max_size=8,
)
QUESTIONS = {
    "funnel": {"steps": ["view", "cart"], "window": "2 seconds", "breakdown": {"column": "channel"}},
    "retention": {"start": "view", "return": "付款", "unit": "day"},
    "attribution": {"touches": ["view"], "conversion": "付款", "window": "3 seconds"},
    "paths": {"from": "view", "steps": 3, "top": 2},
    "sessions": {"gap": "1 second", "goal": "cart", "of": "channel"},
    "stickiness": {"unit": "week"},
    "lifecycle": {"unit": "day"},
    "sequence": {"all": [{"did": ["view", "cart"], "within": "2 seconds"}], "show": 0},
}


def links_of(path, whose):
    table = pa.table(
        {"person": pa.array(list(whose), pa.string()), "whose": pa.array(list(whose.values()), pa.string())}
    )
    pq.write_table(table, path)
    return Links((str(path),), f"SELECT person, whose FROM read_parquet({quoted(str(path))})")


def joined(told, whose):
    """The same events, done by whom they belong to: of several with events, the least name of the owner's."""
    there = {row[0] for row in told}
    several = Counter(owner for person, owner in whose.items() if person in there)
    named = {owner: min(p for p, o in whose.items() if o == owner) for owner, n in several.items() if n > 1}
    return [(named.get(whose.get(row[0]), row[0]), *row[1:]) for row in told]


def answers(folder):
    index = open_index(folder)
    return {kind: KINDS[kind].answer(index, KINDS[kind].read(said)) for kind, said in QUESTIONS.items()}


@given(
    steps,
    st.sampled_from([2, 1000]),
    st.sampled_from([1, 8]),
    st.lists(st.booleans(), min_size=8, max_size=8),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_events_and_links_in_any_order_equal_an_index_built_at_once(
    tmp_path, monkeypatch, told, size, most, looks
):
    monkeypatch.setattr(building, "BUCKET_EVENTS", size)
    monkeypatch.setattr(growing, "SEGMENTS_MAX", most)
    monkeypatch.setattr(reading, "BATCH_ROWS", 3)
    shutil.rmtree(tmp_path, ignore_errors=True)
    tmp_path.mkdir()
    files, rows, whose, links = [], [], {}, Links()
    for number, step in enumerate(told):
        if isinstance(step, dict):
            whose, links = step, links_of(tmp_path / f"{number}.links.parquet", step)
        else:
            files.append(written(tmp_path / f"{number}.parquet", step))
            rows += step
        if files and (looks[number] or number == len(told) - 1):
            bring_up_to_date(tmp_path / "kept", files, source_of, links)
            assert by_instant(content(tmp_path / "kept")) == by_instant(expected(joined(rows, whose)))
    if files:
        build(tmp_path / "whole", source_of(files), tuple(files), links)
        build(tmp_path / "plain", source_of([written(tmp_path / "plain.parquet", joined(rows, whose))]))
        assert content(tmp_path / "kept") == content(tmp_path / "whole")
        assert answers(tmp_path / "kept") == answers(tmp_path / "whole")
        for kind, said in answers(tmp_path / "plain").items():
            assert answers(tmp_path / "kept")[kind] == said


@pytest.fixture
def index(tmp_path):
    """A folder with fifty people of one event each, and three of them whose links are told."""
    told = [(f"p{n:02}", n * 1_000_000, "view", None) for n in range(50)]
    files = [written(tmp_path / "1.parquet", told)]

    def look(whose, *more):
        for batch in more:
            files.append(written(tmp_path / f"{len(files) + 1}.parquet", batch))
        links = links_of(tmp_path / f"{len(list(tmp_path.iterdir()))}.links.parquet", whose)
        return bring_up_to_date(tmp_path / "index", files, source_of, links)

    look.folder = tmp_path / "index"
    return look


def sizes(buckets):
    return [[(one.people, one.events) for one in bucket.segments] for bucket in buckets]


def test_what_is_taken_apart_is_as_it_was_and_leaves_nothing_behind(index):
    index({})
    before = content(index.folder)
    linked = index({"p07": "Ann", "p31": "Ann", "p40": "Bo"})
    assert content(index.folder)["p07"] == [(7, "view", "", False), (31, "view", "", False)]
    assert (len(content(index.folder)), linked.events) == (49, 50)
    apart = index({})
    assert content(index.folder) == before
    assert (apart.linked, [bucket.segments for bucket in apart.buckets]) == (
        (),
        [bucket.segments for bucket in linked.buckets],
    )


def test_a_link_writes_only_the_events_of_whom_it_joins(index):
    index({})
    first = index({"p07": "Ann", "p31": "Ann"})
    assert (sizes(first.buckets), sizes(first.linked)) == ([[(50, 50)]], [[(1, 2)]])
    more = index({"p07": "Ann", "p31": "Ann", "p03": "Bo", "p04": "Bo"}, [("p09", 9, "cart", None)])
    assert (sizes(more.buckets), sizes(more.linked)) == ([[(50, 50), (1, 2)]], [[(1, 2), (1, 2)]])


def test_links_that_say_the_same_in_another_file_write_no_events(index):
    whose = {"p07": "Ann", "p31": "Ann"}
    first, again = index(whose), index(whose)
    assert again.links != first.links
    assert (again.buckets, again.linked) == (first.buckets, first.linked)
    assert content(index.folder)["p07"] == [(7, "view", "", False), (31, "view", "", False)]


def test_copies_of_links_that_were_followed_before_are_swept_away(index):
    for number in range(4):
        made = index({"p07": "Ann", f"p1{number}": "Ann"})
    assert len(list(index.folder.glob("*.links"))) == 2  # that of the page before stays for its readers
    assert (index.folder / f"{made.followed}.links").exists()
    assert read_manifest(index.folder) == made


def test_links_that_cannot_be_read_are_said_and_change_nothing(index, tmp_path):
    before = index({})
    gone = Links(("x",), "SELECT person, whose FROM read_parquet('/nowhere.parquet')")
    with pytest.raises(CannotIndex, match="The links cannot be read"):
        bring_up_to_date(index.folder, before.sources, source_of, gone)
    assert read_manifest(index.folder) == before


def test_hundreds_of_devices_of_one_person_are_one_journey(tmp_path):
    random = np.random.default_rng(7)
    told = [(f"d{n}", int(us), "view", None) for n, us in enumerate(random.integers(0, 10**9, 400))]
    files = [written(tmp_path / "1.parquet", told)]
    links = links_of(tmp_path / "links.parquet", {row[0]: "Ann" for row in told})
    bring_up_to_date(tmp_path / "index", files, source_of, links)
    (one,) = content(tmp_path / "index").values()
    assert [event[0] for event in one] == sorted(us // 1_000_000 for _p, us, _e, _c in told)


def test_the_lakes_links_join_person_codes_of_one_company_only(tmp_path):
    lake = Lake(str(tmp_path / "lake"))
    told = [(1, "web", "view", 0), (1, "M-7", "pay", 9), (2, "web", "view", 3), (2, "M-7", "pay", 5)]
    for number, (unit, person, name, second) in enumerate(told):
        row = {
            "import_id": 1,
            "unit_id": unit,
            "person_code": person,
            "event": name,
            "event_code": str(number),
        }
        at = EPOCH + timedelta(seconds=second)
        event = row | {"happened_at": at, "happened_on": EPOCH.date()}
        lake.append("events", filled("events", event), source="test", key=str(number))
    asked = KINDS["funnel"].read({"steps": ["view", "pay"], "window": "1 minute"})

    def reached():
        index = index_of_lake(lake, tmp_path / "index", EVERYTHING)
        return index.people, [step["people"] for step in KINDS["funnel"].answer(index, asked)["steps"]]

    assert reached() == (4, [2, 0])
    links = [{"unit_id": 1, "person_code": code, "customer_id": 5} for code in ("web", "M-7")]
    mirror(lake, "links", pa.Table.from_pylist(links, schema=TABLES["links"].schema))
    assert reached() == (3, [2, 1])
    assert index_of_lake(lake, tmp_path / "index", Scope(frozenset({1}))).people == 1
    links += [{"unit_id": 2, "person_code": "web", "customer_id": 5}]
    mirror(lake, "links", pa.Table.from_pylist(links, schema=TABLES["links"].schema))
    assert reached() == (3, [2, 1])
    mirror(lake, "links", TABLES["links"].schema.empty_table())
    assert reached() == (4, [2, 0])
