"""What the demonstration is made of, in order: people, dimensions, facts that name them, their work."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console

from .preparation import prepared
from .sources import journey_file

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Step:
    """One import. ``name`` is its mapping file's too; ``source`` finds or writes its file in a folder."""

    name: str
    title: str
    source: Callable[[Path], Path]
    optional: bool = False

    @property
    def mapping(self) -> str:
        """The mapping file's text, the same that ``remit import --map`` takes."""
        return (HERE / "mappings" / f"{self.name}.yaml").read_text(encoding="utf-8")


def _package(name: str) -> Callable[[Path], Path]:
    return lambda _folder: journey_file(name)


def _written(name: str) -> Callable[[Path], Path]:
    return partial(prepared, name)


def _shipped(name: str) -> Callable[[Path], Path]:
    return lambda _folder: HERE / "data" / name


BEFORE = ("Units, positions, people", "Skills, mentors, successors")
STEPS = (
    Step("rates", "Exchange rates", _shipped("rates.csv")),
    Step("journey_outlets", "Journey: outlets", _written("journey_outlets.csv")),
    Step("journey_products", "Journey: products", _package("products")),
    Step("journey_customers", "Journey: households", _package("demographics")),
    Step("journey_campaigns", "Journey: campaigns", _package("campaign_descriptions")),
    Step("journey_order_lines", "Journey: order lines", _package("transactions")),
    Step("journey_exposures", "Journey: campaign contacts", _written("journey_exposures.csv")),
    Step("journey_coupons", "Journey: coupons", _written("journey_coupons.csv")),
    Step("journey_redemptions", "Journey: coupon redemptions", _package("coupon_redemptions")),
    Step("journey_events", "Journey: what buyers did", _written("journey_events.parquet")),
    Step("clickstream_events", "Journey: a web shop's clicks", _written("clickstream.parquet")),
    Step("tafeng_outlets", "Ta Feng: outlet", _shipped("tafeng_outlets.csv")),
    Step("tafeng_products", "Ta Feng: products", _written("tafeng_products.csv")),
    Step("tafeng_customers", "Ta Feng: customers", _written("tafeng_customers.csv")),
    Step("tafeng_order_lines", "Ta Feng: order lines", _written("tafeng_order_lines.csv")),
    Step("journey_placements", "Journey: placements", _written("journey_placements.parquet"), optional=True),
)
AFTER = (
    "Targets and alerts",
    "Duties",
    "Absences, a secondment, a project",
    "A strategy and its goals",
    "Campaigns and a budget",
    "What campaigns did",
    "Conflicts",
    "Experiments",
    "Diagnoses",
    "Pilots",
    "A key of the demonstration shop",
    "Series of meetings",
    "Content, and own words of screening",
    "Reports",
)


def say(console: Console, title: str, what: str = "") -> None:
    """One line a step; a step that had nothing to do says that it is there."""
    console.print(f"[green]✓[/] {title:<28} [dim]{what or 'there already'}[/]")
