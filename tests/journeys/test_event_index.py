"""The index: whatever the order of arrival, the same people with the same events."""

import shutil
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.core.scope import Scope
from remit.journeys.event_index import build as building
from remit.journeys.event_index import growing
from remit.journeys.event_index import source as reading
from remit.journeys.event_index.build import buckets_for, build
from remit.journeys.event_index.manifest import NAME, Bucket, CannotIndex, read_manifest
from remit.journeys.event_index.of_lake import index_of_lake
from remit.journeys.event_index.opened import open_bucket, open_index
from remit.journeys.event_index.segment import Files, Writer
from remit.journeys.event_index.source import Run, Source
from remit.journeys.event_index.update import bring_up_to_date
from remit.kernels.journeys.columns import TIED
from remit.lake.duck import quoted
from remit.lake.store import Lake
from remit.lake.tables import TABLES

EVERYTHING = Scope.system("a test")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
SCHEMA = pa.schema(
    {"person": pa.string(), "time": pa.timestamp("us", "UTC"), "event": pa.string(), "channel": pa.string()}
)

rows = st.tuples(
    st.sampled_from(["Ann", "Bo", "陳小明", "d", "e", "f"]),
    st.integers(0, 12).map(lambda n: n * 250_499),  # microseconds, which fall to the millisecond below
    st.sampled_from(["view", "cart", "付款"]),
    st.sampled_from([None, "mail", "search"]),
)
batches = st.lists(st.lists(rows, min_size=1, max_size=8), min_size=1, max_size=6)


def filled(table, row):
    schema = TABLES[table].schema
    return pa.Table.from_pylist([dict.fromkeys(schema.names) | row], schema=schema)


def written(path, told):
    """A Parquet file of (person, microseconds since 2000, event, channel)."""
    found = [(p, None if us is None else EPOCH + timedelta(microseconds=us), e, c) for p, us, e, c in told]
    columns = list(zip(*found, strict=True)) or [[]] * 4
    pq.write_table(pa.table(dict(zip(SCHEMA.names, map(list, columns), strict=True)), SCHEMA), path)
    return str(path)


def source_of(files):
    listed = ", ".join(map(quoted, files))
    sql = f"SELECT * FROM read_parquet([{listed}])"
    return Source(
        sql, others={"channel": "channel"}, numbers={"length": "length(concat(event, channel)) / 4"}
    )


def content(folder):
    """Person to events: (second, name, channel, whether the next one has the same instant)."""
    index = open_index(folder)
    names, channels = index.manifest.names, index.manifest.values["channel"]
    found = {}
    for opened, part in index.opened:
        told = zip(part.seconds, part.codes, part.others["channel"], strict=True)
        events = [(int(s), names[c & (TIED - 1)], channels[v], bool(c & TIED)) for s, c, v in told]
        lengths = [len(name + channel) / 4 for _s, name, channel, _tied in events]
        assert part.others["length"].tolist() == lengths, "a number that went astray"
        for row, person in enumerate(opened.persons.to_pylist()):
            if part.alive[row]:
                assert person not in found, "alive twice"
                found[person] = events[part.first[row] : part.first[row + 1]]
    assert sum(map(len, found.values())) == index.manifest.events
    assert len(found) == index.people
    return found


def expected(told):
    """The same, plainly; of tied events only which they are, since nobody knows their order."""
    found = {}
    for person in {row[0] for row in told}:
        events = sorted((us // 1000, name, channel or "") for who, us, name, channel in told if who == person)
        following = [*events[1:], (None,)]
        found[person] = [
            (ms // 1000, name, channel, ms == after[0])
            for (ms, name, channel), after in zip(events, following, strict=True)
        ]
    return found


def by_instant(found):
    """Without the order inside an instant."""
    plain = {}
    for person, events in found.items():
        plain[person], instant = [], []
        for second, name, channel, tied in events:
            instant.append((second, name, channel))
            if not tied:
                plain[person].append(sorted(instant))
                instant = []
    return plain


@given(batches, st.sampled_from([2, 1000]), st.sampled_from([1, 8]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_index_kept_up_to_date_holds_what_one_built_at_once_holds(tmp_path, monkeypatch, told, size, most):
    monkeypatch.setattr(building, "BUCKET_EVENTS", size)
    monkeypatch.setattr(growing, "SEGMENTS_MAX", most)
    monkeypatch.setattr(reading, "BATCH_ROWS", 3)
    shutil.rmtree(tmp_path, ignore_errors=True)
    tmp_path.mkdir()
    files = []
    for number, batch in enumerate(told):
        files.append(written(tmp_path / f"{number}.parquet", batch))
        bring_up_to_date(tmp_path / "kept", files, source_of)
    build(tmp_path / "whole", source_of(files))
    everything = [row for batch in told for row in batch]
    assert content(tmp_path / "kept") == content(tmp_path / "whole")
    assert by_instant(content(tmp_path / "kept")) == by_instant(expected(everything))


def test_events_without_person_time_or_name_or_before_2000_are_left_out_and_counted(tmp_path):
    told = [("a", 5, "view", None), (None, 5, "view", None), ("", 5, "view", None), ("a", None, "view", None),
            ("a", 5, None, None), ("a", -1, "view", None)]  # fmt: skip
    made = build(tmp_path / "index", source_of([written(tmp_path / "x.parquet", told)]))
    assert (made.events, made.left_out) == (1, 5)


def test_an_index_of_nothing_has_nobody(tmp_path):
    build(tmp_path / "index", source_of([written(tmp_path / "x.parquet", [])]))
    assert content(tmp_path / "index") == {}
    assert open_index(tmp_path / "index").manifest.bounds_s is None


def test_a_reader_keeps_what_it_opened_while_an_update_goes_on(tmp_path):
    files = [written(tmp_path / "1.parquet", [("a", 5, "view", None)])]
    bring_up_to_date(tmp_path / "index", files, source_of)
    before = open_index(tmp_path / "index")
    for number in range(2, 5):
        files.append(written(tmp_path / f"{number}.parquet", [("a", number, "cart", "mail")]))
        bring_up_to_date(tmp_path / "index", files, source_of)
    assert [part.codes.tolist() for part in before.parts] == [[0]]
    assert len(content(tmp_path / "index")["a"]) == 4


def test_a_file_that_is_gone_takes_its_events_with_it(tmp_path):
    one = written(tmp_path / "1.parquet", [("a", 5, "view", None)])
    two = written(tmp_path / "2.parquet", [("b", 5, "view", None)])
    bring_up_to_date(tmp_path / "index", [one, two], source_of)
    bring_up_to_date(tmp_path / "index", [two], source_of)
    assert content(tmp_path / "index") == {"b": [(0, "view", "", False)]}


def test_an_update_writes_only_the_history_of_whom_it_touches(tmp_path):
    many = [(f"p{n}", n, "view", None) for n in range(50)]
    files = [written(tmp_path / "1.parquet", many)]
    bring_up_to_date(tmp_path / "index", files, source_of)
    files.append(written(tmp_path / "2.parquet", [("p7", 9_000_000, "cart", None)]))
    (bucket,) = bring_up_to_date(tmp_path / "index", files, source_of).buckets
    assert [(one.people, one.events) for one in bucket.segments] == [(50, 50), (1, 2)]
    assert bucket.struck_events == 1


def test_nothing_new_changes_nothing(tmp_path):
    files = [written(tmp_path / "1.parquet", [("a", 5, "view", None)])]
    first = bring_up_to_date(tmp_path / "index", files, source_of)
    assert bring_up_to_date(tmp_path / "index", files, source_of) == first


def test_what_a_killed_update_left_behind_is_swept_away(tmp_path):
    files = [written(tmp_path / "1.parquet", [("a", 5, "view", None)])]
    bring_up_to_date(tmp_path / "index", files, source_of)
    leftover = tmp_path / "index/000002.events"
    leftover.write_bytes(b"half a seg")
    files.append(written(tmp_path / "2.parquet", [("b", 5, "view", None)]))
    bring_up_to_date(tmp_path / "index", files, source_of)
    assert set(content(tmp_path / "index")) == {"a", "b"}


def test_two_people_whose_names_share_a_hash_stay_two_people(tmp_path):
    def run(person, second):
        one = np.zeros(1, np.uint32)
        return Run(pa.array([person]), np.array([7], np.uint64), np.array([0, 1]), one + np.uint32(second),
                   one, np.zeros(1, np.uint16), {})  # fmt: skip

    bucket = Bucket()
    for number, (person, second) in enumerate([("a", 1), ("b", 2), ("a", 3), ("b", 4)]):
        with Writer(tmp_path, str(number)) as writer:
            bucket = growing.extended(Files(tmp_path), writer, bucket, run(person, second))
    found = {}
    for opened, struck in open_bucket(Files(tmp_path), bucket):
        for row in np.flatnonzero(struck == 0):
            found[opened.persons[row].as_py()] = opened.column("seconds")[opened.first[row] :].tolist()[:2]
    assert found == {"a": [1, 3], "b": [2, 4]}


def test_too_many_names_are_refused_with_what_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "CODES_MAX", 2)
    told = [("a", 5, name, None) for name in ("view", "cart", "pay")]
    with pytest.raises(CannotIndex, match="more than 2 names of events"):
        build(tmp_path / "index", source_of([written(tmp_path / "x.parquet", told)]))
    assert read_manifest(tmp_path / "index") is None


def test_no_index_and_a_damaged_page_and_missing_files_are_said(tmp_path):
    with pytest.raises(CannotIndex, match="There is no index"):
        open_index(tmp_path)
    build(tmp_path / "index", source_of([written(tmp_path / "x.parquet", [("a", 5, "view", None)])]))
    (tmp_path / "index/000001.events").unlink()
    with pytest.raises(CannotIndex, match="Files of the index"):
        open_index(tmp_path / "index")
    (tmp_path / "index" / NAME).write_text("{")
    with pytest.raises(CannotIndex, match="cannot be read; remove the folder"):
        open_index(tmp_path / "index")


def test_buckets_are_a_power_of_two_that_keeps_them_small():
    assert [buckets_for(n) for n in (0, 500_000, 500_001, 20_000_000, 10**12)] == [1, 1, 2, 64, 1024]


def test_the_lake_is_indexed_once_and_then_by_what_came(tmp_path):
    lake = Lake(str(tmp_path / "lake"))
    event = {"import_id": 1, "unit_id": 1, "event": "view", "channel": "mail", "happened_on": EPOCH.date()}
    told = [("1", "device", EPOCH), ("2", "device", EPOCH + timedelta(seconds=9))]
    for code, person, at in told:
        more = {"event_code": code, "person_code": person, "happened_at": at}
        lake.append("events", filled("events", event | more), source="test", key=code)
        index = index_of_lake(lake, tmp_path / "index", EVERYTHING)
    assert index.people == 1
    assert [part.seconds.tolist() for part in index.parts if part.people] == [[0, 9]]
    assert index.manifest.values["channel"] == ("", "mail")
    assert index.manifest.generation == 2


def test_people_of_two_companies_are_two_though_their_codes_are_one(tmp_path):
    lake = Lake(str(tmp_path / "lake"))
    event = {"import_id": 1, "event": "view", "person_code": "7", "event_code": "1",
             "happened_at": EPOCH, "happened_on": EPOCH.date()}  # fmt: skip
    for unit in (1, 2):
        lake.append("events", filled("events", event | {"unit_id": unit}), source="test", key=str(unit))
    assert index_of_lake(lake, tmp_path / "index", EVERYTHING).people == 2
