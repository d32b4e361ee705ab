"""What happened cannot be of a day to come; what is planned may be."""

from datetime import UTC, date, datetime

import pytest

from remit.lake.actions import run_import
from remit.lake.models import QuarantinedRow
from remit.lake.queries.files import preview_file
from remit.lake.reading.mapping import read_mapping
from remit.lake.tables import TABLES
from tests.lake.company import AT, HEADER, MAPPING, Company, line
from tests.lake.conftest import Stage
from tests.lake.rows import good_rows, reasons

TIMED = """
table: order_lines
zone: UTC
currency: TWD
columns: {sold_at: {from: at}, order_code: {from: o}, line_code: {from: o}, net_sales: {from: a}}
"""
COUPONS = """
table: coupons
columns: {offered_on: {from: d}, campaign_id: {from: c}, coupon_code: {from: k}, product_id: {from: p}}
"""


def test_tables_of_what_happened_say_so() -> None:
    happened = {name for name, table in TABLES.items() if table.happened}
    assert happened == {"order_lines", "events", "exposures", "redemptions", "spend", "stock"}


def test_a_sale_after_tomorrow_is_left_out_with_the_reason(company: Company) -> None:
    days = ("2026-03-02", "2026-03-03", "2026-03-04", "2199-12-31")  # it is noon on the 2nd
    row = company.load(HEADER + "".join(line(n, day=day) for n, day in enumerate(days)))
    assert (row.loaded, row.left_out, row.last_day) == (2, 2, date(2026, 3, 3))
    assert [left.reasons("en") for left in QuarantinedRow.objects.order_by("line")] == [
        [
            f"“Sold on”: {day} has not come yet; the latest day taken is 2026-03-03. "
            "Correct the day, or check how days are read."
        ]
        for day in days[2:]
    ]


def test_tomorrow_is_the_companys_own(company: Company) -> None:
    night = datetime(2026, 3, 2, 17, tzinfo=UTC)  # in Taipei it is the 3rd
    started = company.start(HEADER + line(1, day="2026-03-04") + line(2, day="2026-03-05"))
    row = run_import(import_id=started.row.pk, clock=lambda: night)
    assert (row.loaded, row.last_day) == (1, date(2026, 3, 4))


def test_a_preview_marks_days_to_come_too(company: Company) -> None:
    path = company.file(HEADER + line(1) + line(2, day="2027-01-02"))
    shown = preview_file(path, read_mapping(MAPPING + "currency: TWD\n"), company.unit, by=None, at=AT)
    assert [(left.line, [p.code for p in left.problems]) for left in shown.left_out] == [(3, ["to_come"])]


def test_a_time_is_of_the_day_that_it_is_in_the_companys_zone(staged: Stage) -> None:
    content = "at,o,a\n2026-03-02 15:59:59,A,1\n2026-03-02 16:00:00,B,1\n"
    done = staged(content, TIMED, latest=date(2026, 3, 2))
    assert good_rows(done, "order_code") == [("A",)]
    assert reasons(done, columns=3) == [
        (
            3,
            [
                "“Sold at”: 2026-03-03 has not come yet; the latest day taken is 2026-03-02. "
                "Correct the day, or check how days are read."
            ],
        )
    ]


def test_a_coupon_may_be_offered_later(staged: Stage) -> None:
    done = staged("d,c,k,p\n2027-01-01,C,K,P\n", COUPONS, latest=date(2026, 3, 2))
    assert (done.good, done.left_out) == (1, 0)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("exposures", "{customer_id: c, campaign_id: m, channel: h, exposed_on: d}"),
        ("redemptions", "{customer_id: c, campaign_id: m, coupon_code: h, redeemed_on: d}"),
        ("spend", "{spend_code: c, channel: h, spent_on: d, amount: a}"),
        ("stock", "{outlet_id: c, product_id: m, stock_on: d, quantity: a}"),
    ],
)
def test_other_facts_of_what_happened_are_held_to_it(table: str, columns: str, staged: Stage) -> None:
    content = "c,m,h,d,a\nx,y,mail,2026-03-02,1\nz,y,mail,2026-03-03,1\n"
    currency = "currency: TWD\n" if table in ("spend", "stock") else ""
    done = staged(content, f"table: {table}\n{currency}columns: {columns}\n", latest=date(2026, 3, 2))
    assert (done.good, done.left_out) == (1, 1)
