"""A two-worker cluster runs the kernels over the same buckets, with the answers of the embedded engine."""

import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from remit.core.scope import Scope
from remit.journeys.asking import KINDS
from remit.journeys.event_index import build as building
from remit.journeys.event_index.of_lake import index_of_lake
from remit.journeys.offering import offer_of
from remit.journeys.people import people_at, people_of
from remit.journeys.writing import index_data
from remit.lake.spark import leave
from remit.lake.store import Lake
from remit.lake.tables import TABLES

from .asking import answers

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

MONDAY = date(2020, 1, 6)
BEGINS = datetime(2020, 1, 6, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent.parent
EVERYTHING = Scope.system("a test")
SCOPES = (
    (EVERYTHING, None),
    (Scope(companies=frozenset({1})), None),
    (Scope(companies=frozenset({1, 2})), Scope(outlets=frozenset({10, 20}))),
    (Scope(), None),
)
# every kind, and of each the ways that take another path through the kernels
QUESTIONS = (
    ("funnel", {"steps": ["view", "cart", "付款"], "window": "2 days"}),
    ("funnel", {"steps": ["view", "cart"], "window": "2 days", "order": "strict", "exclude": [
        {"event": "付款", "after": 1, "before": 2}], "breakdown": {"column": "channel", "by": "first"}}),
    ("funnel", {"steps": ["view", {"event": "cart", "optional": True}, "付款"], "window": "9 days",
                "order": "ordered", "first_only": True, "breakdown": {"column": "channel", "by": "all"}}),
    ("funnel", {"steps": ["view", "cart"], "window": "1 day", "order": "any"}),
    ("retention", {"start": "view", "return": "付款", "unit": "week"}),
    ("retention", {"start": "view", "return": "view", "unit": "day", "counting": "rolling", "by": "each"}),
    ("attribution", {"touches": ["view", "cart"], "conversion": "付款", "value": "value"}),
    ("attribution", {"touches": ["view"], "conversion": "付款", "window": "9 days", "order": 2}),
    ("paths", {"from": "view", "steps": 3, "top": 2}),
    ("paths", {"of": "channel", "steps": 2}),
    ("sessions", {"gap": "3 hours", "goal": "付款", "of": "channel"}),
    ("stickiness", {"unit": "week"}),
    ("lifecycle", {"unit": "week"}),
    ("sequence", {"all": [{"did": ["view", "付款"], "within": "2 days"},
                          {"did": ["view"], "times": 2}], "show": 5}),
)  # fmt: skip


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return Lake(str(tmp_path_factory.mktemp("events") / "湖"))


@pytest.fixture(scope="module")
def folder(lake: Lake, tmp_path_factory: pytest.TempPathFactory):
    """The index in eight buckets; a second arrival of events gives them second segments."""
    place = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "BUCKET_EVENTS", 500)
        lake.append("events", _events(3000, seed=0), source="tests", key="0")
        index_of_lake(lake, place, EVERYTHING)
    lake.append("events", _events(200, seed=1), source="tests", key="1")
    assert len(index_of_lake(lake, place, EVERYTHING).opened) == 16
    return place


def _events(count: int, seed: int) -> pa.Table:
    chance = np.random.default_rng(seed)
    units = chance.integers(1, 4, count)
    rows = [
        {
            "import_id": 1, "unit_id": int(unit), "person_code": f"p{chance.integers(300)}",
            "event_code": f"{seed}-{n}",
            "event": ["view", "view", "cart", "付款", f"own{unit}"][chance.integers(5)],
            "channel": [None, "mail", f"own{unit}"][chance.integers(3)],
            "outlet_id": [None, int(unit) * 10][chance.integers(2)],
            "happened_at": BEGINS + timedelta(minutes=30 * (half_hours := int(chance.integers(1500)))),
            "happened_on": MONDAY + timedelta(days=half_hours // 48),
            "value": None if n % 3 else Decimal(n % 7),
        }
        for n, unit in enumerate(units)
    ]  # fmt: skip
    schema = TABLES["events"].schema
    return pa.Table.from_pylist([dict.fromkeys(schema.names) | row for row in rows], schema=schema)


@pytest.mark.parametrize(("scope", "within"), SCOPES)
def test_every_kind_of_journey_is_answered_alike(lake, folder, engine, scope, within):
    here, there = (
        index_of_lake(replace(lake, engine=one), folder, scope, within) for one in ("duckdb", engine)
    )
    assert not there.opened
    assert {kind for kind, _said in QUESTIONS} == set(KINDS)
    assert index_data(there) == index_data(here)
    assert there.manifest == here.manifest
    assert offer_of(there) == offer_of(here)
    for kind, said in QUESTIONS:
        asked = KINDS[kind].read(said)
        assert KINDS[kind].answer(there, asked) == KINDS[kind].answer(here, asked), (kind, said)


def test_people_behind_a_figure_are_the_same_in_the_same_order(lake, folder, engine):
    here, there = (index_of_lake(replace(lake, engine=one), folder, EVERYTHING) for one in ("duckdb", engine))
    funnel, retention = (KINDS[kind].read(said) for kind, said in (QUESTIONS[0], QUESTIONS[4]))
    for ask in (
        lambda index: people_at(index, funnel, 1, gone=True),
        lambda index: people_of(index, retention, 0, 1),
    ):
        one, other = ask(here), ask(there)
        assert len(other) == len(one) > 0
        assert other.named(2, 40) == one.named(2, 40)


def test_spark_connect_answers_alike(small, lake, folder, engine, cluster, tmp_path):
    """Asked by another process, as pyspark knows one way to a cluster in each; the cores are let go first."""
    leave(engine)
    address = cluster.serve_connect(engine)
    given = (small.url, lake.url, str(folder), [QUESTIONS[n] for n in (1, 4, 6, 8, 13)])
    (tmp_path / "asked").write_bytes(pickle.dumps((address, *given)))
    command = [sys.executable, "-m", "tests.spark.asking", str(tmp_path / "asked"), str(tmp_path / "said")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    cluster.end("connect")
    assert done.returncode == 0, done.stderr[-3000:]
    assert pickle.loads((tmp_path / "said").read_bytes()) == answers("duckdb", *given)
