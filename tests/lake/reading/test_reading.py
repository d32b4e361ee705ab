"""What a mapping says is what arrives: types, times, codes, texts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from remit.lake.reading.refusal import WrongMapping
from remit.lake.store import Lake
from tests.lake.conftest import HEADER, Stage
from tests.lake.rows import good_rows, reasons, table_rows

TIMED = """
table: order_lines
currency: USD
columns:
  sold_at: {{from: at}}
  order_code: order
  line_code: {{row_number: true}}
  net_sales: amount
{head}
"""

BARE = """
table: order_lines
currency: TWD
columns: {sold_on: d, order_code: o, line_code: o, net_sales: a}
"""


def test_a_plain_file_arrives_whole(staged: Stage) -> None:
    done = staged(HEADER + "2024-01-02,A1,1,c7,2,19.90\n2024-01-02,A1,2,c7,,0.10\n")
    assert (done.read, done.good, done.left_out, done.skipped) == (2, 2, 0, 0)
    assert good_rows(done, "order_code, line_code, sold_on, quantity, net_sales, currency, unit_id") == [
        ("A1", "1", date(2024, 1, 2), Decimal("2.000"), Decimal("19.9000"), "TWD", 1),
        ("A1", "2", date(2024, 1, 2), None, Decimal("0.1000"), "TWD", 1),
    ]
    assert (done.first_day, done.last_day) == (date(2024, 1, 2), date(2024, 1, 2))


def test_codes_become_ids_and_unknown_ones_are_made(staged: Stage, lake: Lake) -> None:
    done = staged(HEADER + "2024-01-02,A1,1,c7,2,1\n2024-01-02,A2,1,c8,2,1\n2024-01-02,A3,1,,2,1\n")
    assert done.new_codes == {"customers": 2}
    assert table_rows(lake, "customers", "id, code") == [(1, "c7"), (2, "c8")]
    assert good_rows(done, "order_code, customer_id") == [("A1", 1), ("A2", 2), ("A3", None)]


def test_unknown_codes_are_left_out_where_the_mapping_says_so(staged: Stage, lake: Lake) -> None:
    mapping = """
    table: order_lines
    currency: TWD
    unknown: {customers: quarantine}
    columns: {sold_on: day, order_code: order, line_code: line, customer_id: customer, net_sales: amount}
    """
    done = staged(HEADER + "2024-01-02,A1,1,c7,2,1\n2024-01-02,A2,1,,2,1\n", mapping)
    assert (done.good, done.left_out) == (1, 1)
    assert reasons(done) == [
        (2, ["“Customer”: the code “c7” is not known. Import its list first, or correct the code."])
    ]
    assert table_rows(lake, "customers", "id") == []


def test_times_in_utc_fall_on_the_companys_own_day(staged: Stage) -> None:
    content = "at,order,amount\n2024-03-10 06:59:59,A,1\n2024-03-10 07:00:00,B,1\n2024-01-01 04:59:59,C,1\n"
    done = staged(content, TIMED.format(head="zone: UTC"), zones=[(date(1970, 1, 1), "America/New_York")])
    assert good_rows(done, "order_code, sold_on, sold_hour") == [
        ("A", date(2024, 3, 10), 1),  # New York goes from 1:59:59 …
        ("B", date(2024, 3, 10), 3),  # … to 3:00
        ("C", date(2023, 12, 31), 23),
    ]


def test_times_of_the_companys_own_clock_keep_their_day_and_are_stored_in_utc(staged: Stage) -> None:
    done = staged("at,order,amount\n2024-01-02 00:30:00,A,1\n", TIMED.format(head=""))
    assert good_rows(done, "sold_on, sold_hour, epoch(sold_at)") == [
        (date(2024, 1, 2), 0, datetime(2024, 1, 1, 16, 30, tzinfo=UTC).timestamp())
    ]


def test_a_company_that_moves_to_another_zone_changes_its_days_from_then_on(staged: Stage) -> None:
    zones = [(date(2020, 1, 1), "Asia/Taipei"), (date(2024, 2, 1), "America/New_York")]
    content = "at,order,amount\n2024-01-15 20:00:00,A,1\n2024-02-15 20:00:00,B,1\n2019-05-05 20:00:00,C,1\n"
    done = staged(content, TIMED.format(head="zone: UTC"), zones=zones)
    assert good_rows(done, "order_code, sold_on, sold_hour") == [
        ("A", date(2024, 1, 16), 4),
        ("B", date(2024, 2, 15), 15),
        ("C", date(2019, 5, 6), 4),
    ]


@pytest.mark.parametrize("head", ["", "zone: UTC"])
def test_a_file_whose_every_row_is_wrong_is_left_out_whole(staged: Stage, head: str) -> None:
    done = staged("at,order,amount\n2024-01-02 00:30:00,A,much\n", TIMED.format(head=head))
    assert (done.good, done.left_out) == (0, 1)
    assert [line for line, _sentences in reasons(done, columns=3)] == [2]


def test_days_that_fit_only_one_way_are_read_that_way_and_it_is_said(staged: Stage) -> None:
    done = staged("d,o,a\n1/2/2024,A,1\n1/31/2024,B,1\n", BARE)
    assert good_rows(done, "order_code, sold_on") == [("A", date(2024, 1, 2)), ("B", date(2024, 1, 31))]
    assert [note.en for note in done.notes] == ["Sold on: %m/%d/%Y reads 2 of 2 rows; %d/%m/%Y reads only 1."]


def test_days_that_fit_two_ways_throughout_are_refused_not_guessed(staged: Stage) -> None:
    with pytest.raises(
        WrongMapping, match=r"can be read in several ways \(%d/%m/%Y, %m/%d/%Y\), such as '1/2/2024'"
    ):
        staged("d,o,a\n1/2/2024,A,1\n3/4/2024,B,1\n", BARE)


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31",
        "2024/1/31",
        "20240131",
        "2024年1月31日",
        "31.01.2024",
        "31/1/24",
        "113/01/31",
        "31-Jan-2024",
    ],
)
def test_days_are_read_in_the_forms_that_files_use(text: str, staged: Stage) -> None:
    assert good_rows(staged(f"d,o,a\n{text},A,1\n", BARE), "sold_on") == [(date(2024, 1, 31),)]


@pytest.mark.parametrize(
    ("text", "number"),
    [(".5", "0.5"), ("-.25", "-0.25"), ("1,234.5", "1234.5"), ("+7", "7"), ("1234", "1234"), ("5.", "5")],
)
def test_numbers_with_a_thousands_mark_may_lack_what_is_not_needed(
    text: str, number: str, staged: Stage
) -> None:
    mapping = BARE.replace("net_sales: a", "net_sales: {from: a, thousands: ','}")
    done = staged(f'd,o,a\n2024-01-01,A,"{text}"\n', mapping)
    assert good_rows(done, "net_sales") == [(Decimal(number),)]


@pytest.mark.parametrize("text", [".", "-", "1,5", "12,34", ",5", ".5.", "1.2.3"])
def test_what_is_no_number_with_a_thousands_mark_is_left_out(text: str, staged: Stage) -> None:
    mapping = BARE.replace("net_sales: a", "net_sales: {from: a, thousands: ','}")
    assert staged(f'd,o,a\n2024-01-01,A,"{text}"\n', mapping).good == 0


def test_numbers_keep_their_marks(staged: Stage) -> None:
    mapping = """
    table: order_lines
    currency: EUR
    columns:
      sold_on: d
      order_code: o
      line_code: o
      net_sales: {from: a, decimal: ",", thousands: "."}
    """
    done = staged("d;o;a\n2024-01-01;A;1.234,50\n2024-01-01;B;-7\n2024-01-01;C;12.34\n", mapping)
    assert good_rows(done, "order_code, net_sales") == [
        ("A", Decimal("1234.5000")),
        ("B", Decimal("-7.0000")),
    ]
    assert reasons(done) == [
        (
            4,
            ["“Net sales”: “12.34” is not a number, or has too many digits. Expected form: 1234,5."],
        )
    ]


def test_values_are_translated_joined_added_and_emptied(staged: Stage) -> None:
    mapping = """
    table: order_lines
    currency: TWD
    columns:
      sold_on: {from: d, format: "%m/%d/%Y"}
      order_code: {join: ["=sold_on", customer]}
      line_code: {row_number: true}
      quantity: {from: q, empty: ["0", "NA"]}
      sold_by: {from: kind, values: {kg: weight, l: volume}, otherwise: piece}
      net_sales: {sum: [a, b]}
    """
    content = "d,customer,q,kind,a,b\n1/2/2024,c1,0,kg,1.5,2\n1/2/2024,c1,3,box,4,\n1/2/2024,c1,NA,,,\n"
    done = staged(content, mapping)
    assert good_rows(done, "order_code, line_code, quantity, sold_by, net_sales") == [
        ("2024-01-02-c1", "2", None, "weight", Decimal("3.5000")),
        ("2024-01-02-c1", "3", Decimal("3.000"), "piece", Decimal("4.0000")),
    ]
    assert reasons(done) == [(4, ["“Net sales” is empty and must not be."])]


def test_an_attribute_of_the_product_describes_the_line(staged: Stage, lake: Lake) -> None:
    staged("code,kind\np1,FUEL\np2,MILK\n", "{table: products, columns: {code: code, product_type: kind}}")
    from datetime import date as day

    import pyarrow as pa

    from remit.lake.projection import project

    rows = pa.table({"id": [1, 2], "code": ["p1", "p2"], "unit_id": [1, 1], "product_type": ["FUEL", "MILK"]})
    project(lake, "products", rows, day(2020, 1, 1))
    mapping = """
    table: order_lines
    currency: TWD
    unknown: {products: quarantine}
    columns:
      sold_on: d
      order_code: o
      line_code: p
      product_id: p
      sold_by: {attribute: products.product_type, values: {FUEL: volume}, otherwise: piece}
      net_sales: a
    """
    done = staged("d,o,p,a\n2024-01-01,A,p1,1\n2024-01-01,A,p2,1\n", mapping)
    assert good_rows(done, "line_code, sold_by") == [("p1", "volume"), ("p2", "piece")]


def test_a_workbook_is_read_like_a_text_table(staged: Stage, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("銷售")
    sheet.write_row(1, 0, ["day", "order", "line", "customer", "qty", "amount"])
    sheet.write_datetime(2, 0, date(2024, 1, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_row(2, 1, ["A1", 1, 7001, 2, 19.9])
    sheet.write_row(4, 0, ["2024-01-03", "A2", 1, "", "x", 1])
    book.close()
    done = staged(path)
    assert good_rows(done, "sold_on, order_code, line_code, quantity, net_sales") == [
        (date(2024, 1, 2), "A1", "1", Decimal("2.000"), Decimal("19.9000"))
    ]
    assert (done.blank, reasons(done)) == (
        1,
        [(5, ["“Quantity”: “x” is not a number, or has too many digits. Expected form: 1234.5."])],
    )


def test_parquet_is_read_like_a_text_table(staged: Stage, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    duckdb.sql(
        "SELECT DATE '2024-01-02' AS day, 7 AS \"order\", 1 AS line, 'c' AS customer, 2::DOUBLE AS qty,"
        " 0.1::DOUBLE + 0.2::DOUBLE AS amount"
    ).write_parquet(str(path))
    assert good_rows(staged(path), "sold_on, order_code, net_sales") == [
        (date(2024, 1, 2), "7", Decimal("0.3000"))
    ]


def test_a_list_keeps_the_commonest_of_its_contradictions_when_asked(staged: Stage) -> None:
    mapping = "{table: products, repeats: commonest, columns: {code: code, category: category}}"
    done = staged("code,category\np,B\np,A\np,A\nq,C\n", mapping)
    assert (done.good, done.skipped, done.left_out) == (2, 2, 0)
    assert good_rows(done, "code, category") == [("p", "A"), ("q", "C")]


def test_a_list_that_contradicts_itself_leaves_the_second_row_out(staged: Stage) -> None:
    done = staged(
        "code,category\np,B\np,B\np,A\n", "{table: products, columns: {code: code, category: category}}"
    )
    assert (done.good, done.skipped, done.left_out) == (1, 1, 1)
    assert reasons(done, "products", 2) == [
        (4, ["Line 2 has the same key (p) with different content. Decide which of them is right."])
    ]
