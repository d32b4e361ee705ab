"""A company with files to import, for tests that go through the database."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from remit.lake.actions import Started, run_import, start_import
from remit.lake.models import Import
from remit.lake.reading.mapping import read_mapping
from remit.org.models import Person, Unit

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # noon in Taipei
HEADER = "day,order,line,customer,product,qty,amount\n"
MAPPING = """
table: order_lines
columns:
  sold_on: {from: day, format: "%Y-%m-%d"}
  order_code: order
  line_code: line
  customer_id: customer
  product_id: product
  quantity: qty
  net_sales: amount
"""
CUSTOMERS = "{table: customers, columns: {code: code, age_group: age}}"


def clock() -> datetime:
    """The moment at which everything happens."""
    return AT


def line(number: int, amount: str = "10.00", day: str = "2024-01-02") -> str:
    return f"{day},A{number},1,c{number % 3},p{number % 5},1,{amount}\n"


@dataclass
class Company:
    """Hands in files of one company and runs their imports."""

    unit: Unit
    folder: Path
    by: Person | None = None

    def file(self, content: str, name: str = "sales.csv") -> Path:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path

    def start(self, content: str, mapping: str = MAPPING, name: str = "sales.csv") -> Started:
        path = self.file(content, name)
        return start_import(mapping=read_mapping(mapping), unit=self.unit, path=path, by=self.by, at=AT)

    def load(self, content: str, mapping: str = MAPPING, name: str = "sales.csv") -> Import:
        return run_import(import_id=self.start(content, mapping, name).row.pk, clock=clock)
