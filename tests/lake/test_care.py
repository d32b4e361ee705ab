"""Races between processes, foreign tables, rates: what happens seldom."""

import json
import os
import socket
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from deltalake import DeltaTable

from remit.lake.actions import AlreadyRunning, TakenOver, run_import
from remit.lake.actions.claim import advance, claim
from remit.lake.actions.organisation import publish_rates, publish_units
from remit.lake.enums import ImportState
from remit.lake.models import Import
from remit.lake.queries import the_lake
from remit.lake.store import ForeignSnapshot, Lake, StoreError
from remit.lake.tables import TABLES
from remit.org.models import Unit
from tests.lake.company import AT, HEADER, Company, clock, line
from tests.lake.rows import table_rows

RATES = "{table: rates, columns: {base: base, quote: quote, day: day, rate: rate, source: source}}"


@pytest.mark.django_db
def test_an_import_that_a_living_process_works_on_is_left_to_it(company: Company) -> None:
    number = company.start(HEADER + line(1)).row.pk
    Import.objects.update(runner=f"{socket.gethostname()}:{os.getpid()}:x", beat_at=AT)
    with pytest.raises(AlreadyRunning, match=f"Import {number} is being worked on already"):
        run_import(import_id=number, clock=clock)


@pytest.mark.django_db
def test_a_silent_process_of_another_host_is_followed_after_ten_minutes(company: Company) -> None:
    number = company.start(HEADER + line(1)).row.pk
    Import.objects.update(runner="elsewhere:1:x", beat_at=AT - timedelta(minutes=9))
    with pytest.raises(AlreadyRunning):
        claim(import_id=number, at=AT)
    Import.objects.update(beat_at=AT - timedelta(minutes=11))
    assert run_import(import_id=number, clock=clock).state == ImportState.DONE


@pytest.mark.django_db
def test_a_process_whose_import_was_taken_over_writes_nothing_more(company: Company) -> None:
    row = claim(import_id=company.start(HEADER + line(1)).row.pk, at=AT)
    assert row is not None
    Import.objects.update(runner="elsewhere:1:x")
    with pytest.raises(TakenOver):
        advance(row=row, at=AT, state=ImportState.DONE)
    assert Import.objects.get().state == ImportState.WAITING


@pytest.mark.django_db
def test_rates_go_through_the_organisation_and_a_correction_replaces_them(company: Company) -> None:
    header = "base,quote,day,rate,source\n"
    company.load(header + "USD,TWD,2024-01-01,31.0,bank\n", RATES)
    company.load(header + "USD,TWD,2024-01-01,31.5,bank\nUSD,USD,2024-01-01,1,x\n", RATES, "b.csv")
    assert table_rows(the_lake(), "rates", "base, quote, rate::DOUBLE, valid_from") == [
        ("USD", "TWD", 31.0, date(1, 1, 1))
    ]
    assert Import.objects.order_by("-id")[0].state == ImportState.FAILED
    company.load(header + "USD,TWD,2024-01-01,31.5,bank\n", RATES, "c.csv")
    assert table_rows(the_lake(), "rates", "rate::DOUBLE") == [(31.5,)]
    assert publish_rates(at=AT) == 0


@pytest.mark.django_db
def test_units_are_published_with_their_company(company: Company) -> None:
    region = Unit.objects.add_child(company.unit, {"code": "north", "name": "北區", "region": "North"})
    assert publish_units(at=AT) == 2
    assert table_rows(the_lake(), "units", "code, unit_id, parent_id, region") == [
        ("market", company.unit.pk, None, None),
        ("north", company.unit.pk, company.unit.pk, "North"),
    ]
    assert (publish_units(at=AT), region.code) == (0, "north")


def test_a_table_with_deletion_vectors_is_refused(lake: Lake, tmp_path: Path) -> None:
    """As another program would have left it: the feature in the protocol, a vector beside a file."""
    schema = pa.schema([(c.name, c.type) for c in TABLES["spend"].columns])
    row: dict[str, Any] = dict.fromkeys(schema.names) | {"import_id": 1, "unit_id": 1}
    lake.append("spend", pa.Table.from_pylist([row], schema=schema), source="import", key="1")
    log = Path(lake.address("spend")) / "_delta_log"
    newest = sorted(log.glob("*.json"))[-1]
    add = next(json.loads(text)["add"] for text in newest.read_text().splitlines() if '"add"' in text)
    vector = {
        "storageType": "i", "pathOrInlineDv": "wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L",
        "sizeInBytes": 40, "cardinality": 6,
    }  # fmt: skip
    actions = [
        {"protocol": {"minReaderVersion": 3, "minWriterVersion": 7, "readerFeatures": ["deletionVectors"],
                      "writerFeatures": ["deletionVectors"]}},
        {"remove": {"path": add["path"], "dataChange": True, "deletionTimestamp": 0}},
        {"add": add | {"deletionVector": vector}},
    ]  # fmt: skip
    following = log / f"{DeltaTable(lake.address('spend')).version() + 1:020}.json"
    following.write_text("\n".join(map(json.dumps, actions)))
    with pytest.raises(ForeignSnapshot, match="spend holds deletion vectors of another program"):
        lake.snapshot("spend")


def test_a_version_that_never_was_is_named(lake: Lake) -> None:
    with pytest.raises(StoreError, match="spend has no version 7"):
        lake.snapshot("spend", 7)
