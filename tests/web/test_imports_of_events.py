"""Events come from files too: by the pages and by the command, CSV and Parquet, each event once."""

import io
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command

from remit.lake.enums import ImportState
from remit.lake.queries import the_lake
from remit.org.models import Unit
from tests.web.imports_desk import Desk, work

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
NAMES = ("view", "cart", "pay")


def rows(first: int, last: int) -> dict[str, list[object]]:
    """Events as an analytics tool exports them."""
    numbers = range(first, last)
    return {
        "message_id": [f"m{n}" for n in numbers],
        "distinct_id": [f"d{n % 4}" for n in numbers],
        "event_name": [NAMES[n % 3] for n in numbers],
        "timestamp": [AT + timedelta(minutes=n) for n in numbers],
        "utm_source": ["baidu" for _n in numbers],
        "amount": [f"{n}.50" if n % 3 == 2 else None for n in numbers],
        "properties": ['{"code": "R-1"}' for _n in numbers],
    }


def parquet(first: int, last: int) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(rows(first, last)), file)
    return file.getvalue()


def csv(first: int, last: int) -> bytes:
    columns = rows(first, last)
    lines = [",".join(columns)]
    for values in zip(*columns.values(), strict=True):
        texts = ["" if v is None else v.isoformat() if isinstance(v, datetime) else str(v) for v in values]
        lines.append(",".join('"' + text.replace('"', '""') + '"' for text in texts))
    return "\n".join(lines).encode()


def stored() -> list[tuple[object, ...]]:
    sql = the_lake().snapshot("events").sql()
    return duckdb.sql(
        "SELECT event_code, person_code, event, epoch(happened_at), source, CAST(value AS VARCHAR), currency,"
        f" properties, robot FROM ({sql}) ORDER BY epoch(happened_at)"
    ).fetchall()


def expected(first: int, last: int) -> list[tuple[object, ...]]:
    return [
        (
            f"m{n}", f"d{n % 4}", NAMES[n % 3], (AT + timedelta(minutes=n)).timestamp(), "baidu",
            f"{n}.5000" if n % 3 == 2 else None, "USD", '{"code": "R-1"}', None,
        )
        for n in range(first, last)
    ]  # fmt: skip


def test_events_are_handed_in_on_the_pages_as_csv_and_then_as_parquet(analyst: Desk) -> None:
    for content, name, loaded, skipped in (
        (csv(0, 9), "events.csv", 9, 0),
        (parquet(6, 15), "events.parquet", 6, 3),
    ):
        file_id = analyst.hand_in(content, name)
        row = work(analyst.start(file_id, analyst.draft(file_id, "events")))
        assert (row.state, row.loaded, row.skipped, row.left_out) == (ImportState.DONE, loaded, skipped, 0)
    assert stored() == expected(0, 15)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_events_are_imported_by_the_command(analyst: Desk, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"events.{kind}"
    path.write_bytes(csv(0, 6) if kind == "csv" else parquet(0, 6))
    out = StringIO()
    call_command(
        "import", path, "--as", "events", "--unit", Unit.objects.get(code="journey").code, stdout=out
    )
    assert "6 read, 6 loaded, 0 already there, 0 left out." in out.getvalue()
    assert stored() == expected(0, 6)
