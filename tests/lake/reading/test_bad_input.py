"""Files that are wrong are refused early and in a sentence; wrong rows are left out one by one."""

import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from remit.lake.reading.examine import Limits, examine
from remit.lake.reading.mapping import read_mapping
from remit.lake.reading.refusal import Refusal, TooBig, Unreadable, WrongMapping
from remit.lake.reading.staging import IN_MEMORY_BYTES_MAX
from remit.lake.store import Lake
from tests.lake.conftest import HEADER, Stage
from tests.lake.rows import good_rows, reasons

ROW = "2024-01-02,A1,1,c7,2,19.90\n"


def refused(staged: Stage, content: bytes | str | Path, kind: type[Refusal]) -> str:
    with pytest.raises(kind) as caught:
        staged(content)
    return str(caught.value)


def test_an_empty_file(staged: Stage) -> None:
    assert refused(staged, b"", Unreadable) == "The file file.csv is empty."


def test_a_file_of_blanks(staged: Stage) -> None:
    assert refused(staged, b"\n\n  \n", Unreadable) == "The file holds nothing but blanks."


def test_a_header_without_rows(staged: Stage) -> None:
    assert refused(staged, HEADER, Unreadable) == "The file has a header and no rows."


def test_missing_columns_are_named(staged: Stage) -> None:
    assert refused(staged, "day,order,line\n2024-01-01,A,1\n", WrongMapping) == (
        "The file lacks these columns: amount, customer, qty. It has: day, order, line."
    )


def test_a_truncated_parquet_file(staged: Stage, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    duckdb.sql("SELECT range AS day FROM range(100000)").write_parquet(str(path))
    path.write_bytes(path.read_bytes()[:-100])
    assert refused(staged, path, Unreadable) == (
        "The Parquet file rows.parquet is cut off or damaged. Download or export it again."
    )


def test_a_parquet_file_damaged_in_the_middle(staged: Stage, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    duckdb.sql(
        "SELECT DATE '2024-01-01' AS day, hash(range)::VARCHAR AS \"order\", '1' AS line, 'c' AS customer,"
        " '1' AS qty, '1' AS amount FROM range(50000)"
    ).write_parquet(str(path))
    content = bytearray(path.read_bytes())
    content[1000:400_000] = b"\xff" * 399_000
    path.write_bytes(content)
    assert refused(staged, path, Unreadable) == "The content of rows.parquet is damaged."


def test_a_workbook_that_is_cut_off(staged: Stage) -> None:
    assert refused(staged, b"PK\x03\x04" + b"\x00" * 100, Unreadable) == "file.csv is cut off or damaged."


def test_a_compressed_file_says_to_unpack_it(staged: Stage) -> None:
    assert refused(staged, b"\x1f\x8b" + b"\x00" * 100, Unreadable) == (
        "file.csv is a gzip file. Unpack it, or save it as CSV, XLSX or Parquet first."
    )


def test_bytes_that_are_no_text(staged: Stage) -> None:
    assert refused(staged, b"\x00\x00\x01\x02" * 100, Unreadable) == (
        "file.csv is not a text file. Save it as CSV, XLSX or Parquet first."
    )


def test_ten_thousand_columns(staged: Stage) -> None:
    content = ",".join(f"c{i}" for i in range(10_000)) + "\n" + ",".join("1" for _ in range(10_000)) + "\n"
    assert refused(staged, content, TooBig).startswith(
        "The file has 10,000 columns; at most 2,000 are taken."
    )


def test_a_file_above_the_limit(staged: Stage) -> None:
    with pytest.raises(TooBig, match="The file has 3 MB; at most 2 MB are taken"):
        staged(b"x" * 3 * 2**20, limits=Limits(file_bytes=2 * 2**20))


ENDLESS = """
import resource, sys
from pathlib import Path
from remit.lake.reading.examine import Limits, examine
from remit.lake.reading.refusal import TooBig
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    examine(Path(sys.argv[1]), Limits())
except TooBig as error:
    print(error)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, file=sys.stderr)
"""


def test_a_line_of_a_gigabyte_is_refused_at_its_first_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    with path.open("wb") as file:
        file.write(b"day,order\n" + b"x" * 4096)
        file.truncate(2**30)  # a hole: no disk, and zero bytes as line content
    with path.open("r+b") as file:
        file.seek(0)
        file.write(b"day,order\n" + b"x" * 10_000)
    done = subprocess.run(
        [sys.executable, "-c", ENDLESS, str(path)], capture_output=True, text=True, check=True, timeout=20
    )
    assert done.stdout.startswith("Line 2 is longer than 1 MB.")
    assert int(done.stderr) < 30


def test_rows_with_too_many_or_too_few_cells_are_left_out_with_their_lines(staged: Stage) -> None:
    content = HEADER + ROW + "2024-01-02,A2,1\n" + "2024-01-02,A3,1,c,1,1,1\n" + "2024-13-02,A4,1,c,1,1\n"
    done = staged(content)
    assert (done.read, done.good, done.left_out) == (4, 1, 3)
    assert reasons(done) == [
        (3, ["This line is not a row: missing columns. Check delimiters and quotes."]),
        (4, ["This line is not a row: too many columns. Check delimiters and quotes."]),
        (5, ["“Sold on”: “2024-13-02” is not a day. Expected form: %Y-%m-%d."]),
    ]


@pytest.mark.parametrize("day", ["2024-02-30", "2024-00-10", "infinity", "yesterday"])
def test_impossible_days_are_left_out(day: str, staged: Stage) -> None:
    done = staged(HEADER + ROW + f"{day},A2,1,c7,2,1\n")
    assert reasons(done) == [(3, [f"“Sold on”: “{day}” is not a day. Expected form: %Y-%m-%d."])]


@pytest.mark.parametrize(
    ("day", "form"),
    [("0017-01-01", None), ("2999-01-01", None), ("01/01/2999", "%d/%m/%Y"), ("999/01/31", "roc")],
)
def test_a_day_that_is_too_far_away_is_said_to_be_that(day: str, form: str | None, staged: Stage) -> None:
    good = {"%d/%m/%Y": "02/01/2024", "roc": "113/01/02"}.get(form or "", "2024-01-02")
    rule = "d" if form is None else f"{{from: d, format: '{form}'}}"
    mapping = f"""
    table: order_lines
    currency: TWD
    columns: {{sold_on: {rule}, order_code: o, line_code: {{row_number: true}}, net_sales: a}}
    """
    done = staged(f"d,o,a\n{good},A,1\n{day},B,1\n", mapping)
    told = [
        f"“Sold on”: “{day}” is too far away; days of 1900-01-02 – 2199-12-31 are taken. "
        "Correct the day, or check how days are read."
    ]
    assert reasons(done, columns=3) == [(3, told)]


def test_a_time_that_is_too_far_away_is_said_to_be_that(staged: Stage) -> None:
    mapping = """
    table: order_lines
    currency: TWD
    columns: {sold_at: {from: t}, order_code: o, line_code: {row_number: true}, net_sales: a}
    """
    done = staged("t,o,a\n2024-01-02 10:00,A,1\n2999-01-02 10:00,B,1\n2024-01-02 25:00,C,1\n", mapping)
    far, none = (sentences[0] for _line, sentences in reasons(done, columns=3))
    assert ("is too far away" in far, "is not a time" in none) == (True, True)


@pytest.mark.parametrize("amount", ["1,5", "nan", "inf", "ten", "1e30", "99999999999999999999"])
def test_amounts_that_are_no_numbers_are_left_out(amount: str, staged: Stage) -> None:
    done = staged(HEADER + ROW + f'2024-01-02,A2,1,c7,2,"{amount}"\n')
    assert reasons(done) == [
        (
            3,
            [f"“Net sales”: “{amount}” is not a number, or has too many digits. Expected form: 1234.5."],
        )
    ]


def test_all_that_is_wrong_with_a_row_is_said_at_once(staged: Stage) -> None:
    done = staged(HEADER + ROW + f"x,,1,{'c' * 81},y,\n")
    assert reasons(done) == [
        (
            3,
            [
                f"“Customer”: “{'c' * 80}…” is too long; at most 80 characters.",
                "“Order” is empty and must not be.",
                "“Sold on”: “x” is not a day. Expected form: %Y-%m-%d.",
                "“Quantity”: “y” is not a number, or has too many digits. Expected form: 1234.5.",
                "“Net sales” is empty and must not be.",
            ],
        )
    ]


IDENTICAL = (
    "Line 2 says exactly the same (A1 · 1), so it counts once. If they are two, choose a key that tells them"
    " apart."
)


def test_a_key_that_comes_twice_is_loaded_once(staged: Stage) -> None:
    done = staged(HEADER + ROW + "2024-01-02,A2,1,c7,2,1\n" + ROW)
    assert (done.good, done.left_out) == (2, 1)
    assert reasons(done) == [(4, [IDENTICAL])]


def test_a_row_that_is_left_out_keeps_its_key_from_nobody(staged: Stage) -> None:
    mapping = """
    table: order_lines
    currency: TWD
    unknown: {customers: quarantine}
    columns: {sold_on: day, order_code: order, line_code: line, customer_id: customer, net_sales: amount}
    """
    done = staged(HEADER + "2024-01-02,A1,1,c7,2,1\n2024-01-02,A1,1,,2,1\n", mapping)
    assert (done.good, done.left_out) == (1, 1)
    assert reasons(done) == [
        (2, ["“Customer”: the code “c7” is not known. Import its list first, or correct the code."])
    ]


def test_a_file_too_large_for_memory_is_staged_alike(staged: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(IN_MEMORY_BYTES_MAX, "csv", 0)
    done = staged(HEADER + ROW + "2024-01-02,A2,1,c8,2,1\n" + ROW)
    assert (done.good, done.left_out) == (2, 1)
    assert reasons(done) == [(4, [IDENTICAL])]


def test_a_key_that_is_there_already_is_skipped_when_equal_and_left_out_when_not(staged: Stage) -> None:
    staged(HEADER + ROW + "2024-01-02,A2,1,c7,2,1\n", import_id=3)
    done = staged(HEADER + ROW + "2024-01-02,A2,1,c7,2,999\n" + "2024-01-03,A3,1,c7,2,1\n", import_id=4)
    assert (done.good, done.skipped, done.left_out) == (1, 1, 1)
    assert reasons(done) == [(3, ["This key (A2 · 1) is there from import 3, with different content."])]
    assert good_rows(done, "order_code") == [("A3",)]


def test_blank_rows_at_the_end_are_no_rows(staged: Stage) -> None:
    done = staged(HEADER + ROW + ",,,,,\n,,,,,\n")
    assert (done.read, done.good, done.left_out, done.blank) == (1, 1, 0, 2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("columns: {}", "There is no table 'None'"),
        ("just words", "A mapping has at least the entries table and columns."),
        ("a: [", "The mapping, Line 1: this is not YAML."),
        ("{table: order_lines, colour: red, columns: {}}", "unknown words colour."),
        ("{table: order_lines, columns: {sold_on: {form: x}}}", "Column sold_on: unknown words form."),
        ("{table: order_lines, columns: {sold_on: {format: x}}}", "Column sold_on takes exactly one of from"),
        ("{table: order_lines, columns: {sold_by: {attribute: products.x}}}", "no attribute 'products.x'"),
        ("{table: order_lines, zone: Mars/Base, columns: {}}", "There is no zone 'Mars/Base'."),
        ("{table: order_lines, repeats: last, columns: {}}", "repeats is for lists only"),
    ],
)  # fmt: skip
def test_a_mapping_outside_the_vocabulary_is_refused_with_the_word(text: str, sentence: str) -> None:
    with pytest.raises(WrongMapping) as caught:
        read_mapping(text)
    assert sentence in str(caught.value)


def test_required_columns_that_are_not_mapped_are_named(staged: Stage) -> None:
    with pytest.raises(WrongMapping, match="not mapped: order_code, line_code, currency"):
        staged(HEADER + ROW, "{table: order_lines, columns: {sold_on: day, net_sales: amount}}")


FULL = """
import resource, sys, signal
from datetime import date
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from remit.lake.reading.examine import Limits, examine
from remit.lake.reading.mapping import read_mapping
from remit.lake.reading.source import open_source
from remit.lake.reading.staging import Destination, stage
from remit.lake.store import Lake
from tests.lake.lists import LINES, Lists
file, folder, url = sys.argv[1:]
lake = Lake(url)
mapping = read_mapping(LINES.replace("  customer_id: customer\\n", ""))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    source = open_source(examine(Path(file), Limits()), mapping.options, Path(folder), Limits())
    where = Destination(1, 1, [(date(1970, 1, 1), "UTC")], Lists(lake), lake.snapshot("order_lines"))
    done = stage(source, mapping, where, Path(folder))
    lake.append("order_lines", done.files, source="import", key="1")
except OSError as error:
    print("OSError", error)
"""


def test_a_full_disk_in_the_middle_leaves_nothing_visible(tmp_path: Path, lake: Lake) -> None:
    path = tmp_path / "large.csv"
    rows = "".join(f"2024-01-02,A{i},{i * 7919 % 100_003},c,2,{i * 31 % 977}\n" for i in range(120_000))
    path.write_text(HEADER + rows)
    folder = tmp_path / "work"
    folder.mkdir()
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path), str(folder), lake.url],
        capture_output=True, text=True, check=True, timeout=60, cwd=root,
    )  # fmt: skip
    assert done.stdout.startswith("OSError")
    assert (lake.snapshot("order_lines").version, lake.snapshot("order_lines").rows) == (-1, 0)


def test_examining_takes_no_more_memory_than_a_few_blocks(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"a,b\n" * 10_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert examine(path, Limits()).encoding == "utf-8"
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024 < 30
