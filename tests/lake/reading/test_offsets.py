"""A time that states its distance from UTC is that moment, whatever else the mapping says."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from tests.lake.conftest import Stage
from tests.lake.rows import good_rows, reasons

NEW_YORK = [(date(1970, 1, 1), "America/New_York")]
MAPPING = """
table: order_lines
currency: USD
{zone}
columns:
  sold_at: {{from: at{form}}}
  order_code: order
  line_code: {{row_number: true}}
  net_sales: amount
"""
NIGHT = datetime(2018, 6, 1, 2, 30, tzinfo=UTC).timestamp()  # half past ten in New York, the evening before


@pytest.mark.parametrize("form", ["", ", format: offset"])
@pytest.mark.parametrize("zone", ["", "zone: UTC", "zone: Asia/Taipei"])
def test_a_stated_offset_counts_and_not_the_zone_of_the_file(staged: Stage, zone: str, form: str) -> None:
    content = "at,order,amount\n2018-06-01T02:30:00Z,A,1\n2018-06-01 10:30:00+08:00,B,1\n"
    done = staged(content, MAPPING.format(zone=zone, form=form), zones=NEW_YORK)
    assert good_rows(done, "order_code, sold_on, sold_hour, epoch(sold_at)") == [
        ("A", date(2018, 5, 31), 22, NIGHT),
        ("B", date(2018, 5, 31), 22, NIGHT),
    ]


def test_the_import_says_that_offsets_were_read(staged: Stage) -> None:
    done = staged("at,order,amount\n2018-06-01T02:30:00Z,A,1\n", MAPPING.format(zone="", form=""))
    assert [note.en for note in done.notes] == [
        "Sold at states its own offset: 1 of 1 rows were turned into UTC by it."
    ]


@pytest.mark.parametrize(
    "value",
    [
        "2018-06-01T02:30:00.5Z",
        "2018-06-01 02:30Z",
        "2018-06-01 02:30:00 +0000",
        "2018-05-31 22:30:00-0400",
        "2018-06-01 02:30:00+00",
    ],
)
def test_ways_of_writing_an_offset(staged: Stage, value: str) -> None:
    done = staged(f"at,order,amount\n{value},A,1\n", MAPPING.format(zone="", form=""), zones=NEW_YORK)
    assert good_rows(done, "sold_on, sold_hour") == [(date(2018, 5, 31), 22)]


def test_a_timestamp_with_zone_of_a_parquet_file_is_that_moment(staged: Stage, tmp_path: Path) -> None:
    path = tmp_path / "lines.parquet"
    duckdb.sql(
        "SET TimeZone = 'Asia/Taipei';"
        f" COPY (SELECT TIMESTAMPTZ '2018-06-01 10:30:00+08' AS at, 'A' AS \"order\", 1 AS amount)"
        f" TO '{path}'"
    )
    done = staged(path, MAPPING.format(zone="zone: Asia/Taipei", form=""), zones=NEW_YORK)
    assert good_rows(done, "sold_on, sold_hour, epoch(sold_at)") == [(date(2018, 5, 31), 22, NIGHT)]


@pytest.mark.parametrize("zone, hour", [("", 0), ("zone: UTC", 20)])
def test_a_day_without_a_time_states_no_offset(staged: Stage, zone: str, hour: int) -> None:
    content = "at,order,amount\n2018-06-01,A,1\n2018-06-02,B,1\n2018-06-03 00:00:00,C,1\n"
    done = staged(content, MAPPING.format(zone=zone, form=""), zones=NEW_YORK)
    assert [row[1] for row in good_rows(done, "order_code, sold_hour")] == [hour] * 3
    assert done.notes == ()


def test_one_offset_among_local_times_is_left_out_and_turns_nothing_else(staged: Stage) -> None:
    content = "at,order,amount\n2018-06-01 09:00:00,A,1\n2018-06-01 09:00:00Z,B,1\n2018-06-01 09:00:00,C,1\n"
    done = staged(content, MAPPING.format(zone="", form=""), zones=NEW_YORK)
    assert good_rows(done, "order_code, sold_hour") == [("A", 9), ("C", 9)]
    assert [line for line, _sentences in reasons(done, columns=3)] == [3]


def test_one_local_time_among_offsets_is_left_out_and_not_taken_for_utc(staged: Stage) -> None:
    content = "at,order,amount\n2018-06-01 13:00:00Z,A,1\n2018-06-01 09:00:00,B,1\n2018-06-01 13:00:00Z,C,1\n"
    done = staged(content, MAPPING.format(zone="", form=""), zones=NEW_YORK)
    assert good_rows(done, "order_code, sold_hour") == [("A", 9), ("C", 9)]
    assert [line for line, _sentences in reasons(done, columns=3)] == [3]
