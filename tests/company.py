"""Two companies loaded through the import door, small and unmistakable: for tests of scope and the browser.

journey (USD) sells in two regions: HARBOUR-E and ORCHARD-E (East, small amounts), PRAIRIE-W (West, millions);
tafeng (TWD) in NIGHTMARKET-T (millions). People and units are the demonstration's. Whoever sees the East only
sells for 10 to 99 a line, so that a number of six digits on their pages is somebody else's.
"""

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from remit.demo.actions.growth import set_up_growth
from remit.demo.actions.organisation import set_up_organisation
from remit.demo.actions.watching import set_up_watching
from remit.lake.actions import run_import, start_import
from remit.lake.models import Import
from remit.lake.reading.mapping import read_mapping
from remit.org.models import Person, Unit

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

OUTLETS = ("code", "unit_id", "name", "region", "kind", "area_m2")
PRODUCTS = ("code", "name", "department", "category", "product_type", "brand", "maker", "package", "sold_by")
CUSTOMERS = ("code", "age_group", "area", "income", "household")
CAMPAIGNS = ("code", "name", "campaign_type", "starts_on", "ends_on")
LINES = (
    "sold_at", "order_code", "line_code", "outlet_id", "customer_id", "product_id",
    "quantity", "net_sales", "discount",
)  # fmt: skip
DAY_LINES = ("sold_on", *LINES[1:-1], "cost")
EXPOSURES = ("customer_id", "campaign_id", "channel", "exposed_on")
REDEMPTIONS = ("customer_id", "campaign_id", "coupon_code", "redeemed_on")
SPEND = ("spend_code", "campaign_id", "channel", "spent_on", "amount")
STOCK = ("outlet_id", "product_id", "stock_on", "quantity", "value")

type Row = Sequence[object]

JOURNEY_LISTS: dict[str, tuple[Sequence[str], list[Row]]] = {
    "outlets": (
        OUTLETS,
        [
            ("HARBOUR-E", "journey-east", "Harbour store", "East", "store", 400),
            ("ORCHARD-E", "journey-east", "Orchard store", "East", "store", 250),
            ("PRAIRIE-W", "journey-west", "Prairie store", "Prairieland", "store", 900),
        ],
    ),
    "products": (
        PRODUCTS,
        [
            ("JP-APPLE", "Apples", "PRODUCE", "FRUIT", "APPLES", "National", "JMAKER", "1 LB", "piece"),
            ("JP-MILK", "Milk", "DAIRY", "MILK", "WHOLE MILK", "Private", "JMAKER", "1 GA", "piece"),
            ("JP-BREAD", "Bread", "BAKERY", "BREAD", "RYE", "Private", "JMAKER", "", "piece"),
        ],
    ),
    "customers": (
        CUSTOMERS,
        [
            ("JC-EAST-1", "25-34", "", "50-74K", "2 Adults"),
            ("JC-EAST-2", "35-44", "", "75-99K", "1 Adult"),
            ("JC-WEST-1", "65+WEST", "WESTAREA", "200K-WEST", "9 WEST"),
            ("JC-WEST-2", "65+WEST", "WESTAREA", "200K-WEST", "9 WEST"),
        ],
    ),
    "campaigns": (
        CAMPAIGNS,
        [
            ("JCAMP-18", "Spring flyer", "Type A", "2017-01-10", "2017-02-10"),
            ("JCAMP-19", "Coupon book", "Type B", "2017-02-20", "2017-03-20"),
        ],
    ),
}
TAFENG_LISTS: dict[str, tuple[Sequence[str], list[Row]]] = {
    "outlets": (OUTLETS, [("NIGHTMARKET-T", "tafeng", "Nightmarket store", "Taipei", "store", 1200)]),
    "products": (
        PRODUCTS,
        [
            ("TP-RICE", "Ricebag", "TFDRY", "TFGRAIN", "TFRICE", "TFBRAND", "TFMAKER", "TF 5 KG", "piece"),
            ("TP-TEA", "Teabox", "TFDRINK", "TFLEAF", "TFTEA", "TFBRAND", "TFMAKER", "TF 1 KG", "piece"),
        ],
    ),
    "customers": (
        CUSTOMERS,
        [
            ("TC-9001", "TF-AGE-30", "TF-AREA-115", "TF-RICH", "TF-HOME"),
            ("TC-9002", "TF-AGE-40", "TF-AREA-221", "TF-RICH", "TF-HOME"),
        ],
    ),
    "campaigns": (CAMPAIGNS, [("TCAMP-5", "Lantern sale", "TF Type", "2001-01-05", "2001-02-05")]),
}


def journey_east() -> Iterator[Row]:
    """One line a day and outlet, 1 January to 31 March 2017."""
    for n in range(90):
        for outlet, step in (("HARBOUR-E", 7), ("ORCHARD-E", 5)):
            at = datetime(2017, 1, 1, 9 + n % 12, 30, tzinfo=UTC) + timedelta(days=n)
            customer = "JC-EAST-1" if (n + step) % 3 else "JC-EAST-2"
            product = ("JP-APPLE", "JP-MILK", "JP-BREAD")[n % 3]
            amount = f"{10 + n % step}.{10 + n % 7}"
            order, quantity = f"{outlet[0]}E-{n}", 1 + n % 2
            yield f"{at:%Y-%m-%d %H:%M}", order, 1, outlet, customer, product, quantity, amount, "0.25"


def journey_west(first: int = 0, last: int = 100, outlet: str = "PRAIRIE-W") -> Iterator[Row]:
    """Until 10 April 2017: later than the East, and five orders of magnitude more."""
    for n in range(first, last):
        at = datetime(2017, 1, 1, 8 + n % 13, 15, tzinfo=UTC) + timedelta(days=n)
        customer = "JC-WEST-1" if n % 2 else "JC-WEST-2"
        amount = f"{7_100_000 + 1_013 * n}.37"
        yield f"{at:%Y-%m-%d %H:%M}", f"WW-{n}", 1, outlet, customer, "JP-MILK", 3, amount, "1111.11"


def tafeng_lines(first: int = 0, last: int = 59) -> Iterator[Row]:
    """January and February 2001, one basket a day."""
    for n in range(first, last):
        day = date(2001, 1, 1) + timedelta(days=n)
        customer, product = (("TC-9001", "TP-RICE"), ("TC-9002", "TP-TEA"))[n % 2]
        amount = 3_300_000 + 1_009 * n
        yield day, f"{day}-{customer}", 1, "NIGHTMARKET-T", customer, product, 2, amount, amount - 300_000


def load_companies(folder: Path) -> None:
    """Units, people, lists, facts, targets and alerts; files are written to ``folder``."""
    set_up_organisation(at=AT)
    set_up_growth(at=AT)
    for unit, lists in (("journey", JOURNEY_LISTS), ("tafeng", TAFENG_LISTS)):
        for table, (columns, rows) in lists.items():
            bring(folder, unit, table, columns, rows)
    rates = [("USD", "TWD", "2000-01-01", 32, "a test"), ("USD", "TWD", "2017-01-01", 31, "a test")]
    bring(folder, "group", "rates", ("base", "quote", "day", "rate", "source"), rates)
    bring(folder, "journey", "order_lines", LINES, [*journey_east(), *journey_west()])
    bring(folder, "tafeng", "order_lines", DAY_LINES, tafeng_lines())
    for unit, table, columns, rows in _smaller_facts():
        bring(folder, unit, table, columns, rows)
    set_up_watching(at=AT)


def _smaller_facts() -> Iterator[tuple[str, str, Sequence[str], list[Row]]]:
    reached = [(f"JC-{who}", "JCAMP-18", "mail", "2017-01-10") for who in ("EAST-1", "EAST-2", "WEST-1")]
    yield "journey", "exposures", EXPOSURES, reached
    yield "journey", "redemptions", REDEMPTIONS, [("JC-EAST-1", "JCAMP-18", "COUPON-J1", "2017-01-20")]
    yield "journey", "spend", SPEND, [("SP-J1", "JCAMP-18", "mail", "2017-01-09", "8123456.78")]
    stock = [
        ("HARBOUR-E", "JP-APPLE", "2017-03-31", 12, "34.50"),
        ("PRAIRIE-W", "JP-MILK", "2017-03-31", 4_900_111, "9700222.90"),
    ]
    yield "journey", "stock", STOCK, stock
    yield "tafeng", "exposures", EXPOSURES, [("TC-9001", "TCAMP-5", "app", "2001-01-05")]
    yield "tafeng", "spend", SPEND, [("SP-T1", "TCAMP-5", "app", "2001-01-05", "6123456")]


def bring(
    folder: Path, unit: str, table: str, columns: Sequence[str], rows: object, at: datetime = AT
) -> Import:
    """Write a CSV file and import it as the analyst of the unit's demonstration would."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{unit}-{table}-{len(list(folder.iterdir()))}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)  # type: ignore[arg-type]  # any rows that csv writes
    mapped = {name: {"from": name} for name in columns}
    text = "\n".join([f"table: {table}", f"unit: {unit}", *_zone(columns), f"columns: {mapped}"])
    by = Person.objects.get(email="admin@demo.example")
    started = start_import(
        mapping=read_mapping(text), unit=Unit.objects.get(code=unit), by=by, at=at, path=path
    )
    return run_import(import_id=started.row.pk, clock=lambda: at)


def _zone(columns: Sequence[str]) -> list[str]:
    return ["zone: America/New_York"] if "sold_at" in columns else []
