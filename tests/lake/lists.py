"""Lists that know codes, and a plain mapping; without Django, so that other processes can use them."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from remit.lake.projection import project
from remit.lake.snapshot import Snapshot
from remit.lake.store import Lake

UNIT = 1
LINES = """
table: order_lines
currency: TWD
columns:
  sold_on: {from: day, format: "%Y-%m-%d"}
  order_code: order
  line_code: line
  customer_id: customer
  quantity: qty
  net_sales: amount
"""
HEADER = "day,order,line,customer,qty,amount\n"


class Lists:
    """Dimensions of one company in a lake; a code that is not known gets the next id."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self.made: dict[str, int] = {}

    def snapshot(self, dimension: str) -> Snapshot:
        return self.lake.snapshot(dimension)

    def ensure(self, dimension: str, codes: Sequence[str]) -> None:
        first = self.made.get(dimension, 0) + 1
        self.made[dimension] = first + len(codes) - 1
        owner = "company_id" if dimension == "outlets" else "unit_id"
        ids = range(first, first + len(codes))
        rows = pa.table({"id": list(ids), "code": list(codes), owner: [UNIT] * len(codes)})
        project(self.lake, dimension, rows, date(2020, 1, 1))
