"""What is finer than the house keeps is rounded, and the import says so."""

from decimal import Decimal

import pytest

from tests.lake.conftest import Stage
from tests.lake.rows import good_rows

MAPPING = """
table: order_lines
currency: USD
columns:
  sold_at: at
  order_code: order
  line_code: {{row_number: true}}
  net_sales: {net_sales}
"""


def said(staged: Stage, net_sales: str, rows: str) -> tuple[list[str], list[tuple[object, ...]]]:
    done = staged(f"at,order,amount,more\n{rows}", MAPPING.format(net_sales=net_sales))
    return [note.en for note in done.notes], good_rows(done, "net_sales")


def test_amounts_of_more_than_four_decimals_are_counted(staged: Stage) -> None:
    rows = "2018-06-01,A,1.23456,\n2018-06-01,B,.00001,\n2018-06-01,C,2.5,\n2018-06-01,D,1234567.89,\n"
    notes, found = said(staged, "amount", rows)
    assert notes == ["2 rows state Net sales beyond 4 decimals; it was rounded to 4."]
    assert sorted(found) == [(Decimal(0),), (Decimal("1.2346"),), (Decimal("2.5"),), (Decimal("1234567.89"),)]


@pytest.mark.parametrize("amount", ["1.50000", "0.30000000000000004", "2.4999999999999996", "12345678"])
def test_zeros_and_the_noise_of_a_machine_lose_nothing(staged: Stage, amount: str) -> None:
    assert said(staged, "amount", f"2018-06-01,A,{amount},\n")[0] == []


def test_parts_of_a_sum_and_other_marks_are_looked_at_too(staged: Stage) -> None:
    notes, found = said(staged, "{sum: [amount, more]}", "2018-06-01,A,1.5,0.00006\n")
    assert (notes[0][:6], found) == ("1 rows", [(Decimal("1.5001"),)])
    notes, found = said(staged, "{from: amount, decimal: ','}", '2018-06-01,A,"1,23456",\n')
    assert (notes[0][:6], found) == ("1 rows", [(Decimal("1.2346"),)])
