"""The contracts of all tables in the lake. Pure: no Django."""

from .campaign_facts import EXPOSURES, PLACEMENTS, REDEMPTIONS
from .campaigns import CAMPAIGNS, RATES
from .coupons import COUPONS
from .customers import CUSTOMERS
from .duties import CHARGES, OCCURRENCES
from .events import EVENTS
from .links import LINKS
from .order_lines import ORDER_LINES
from .organisation import OUTLETS, UNITS
from .products import PRODUCTS
from .spend_and_stock import SPEND, STOCK
from .table import Column, Table

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ORDER_LINES,
        EXPOSURES,
        COUPONS,
        REDEMPTIONS,
        SPEND,
        STOCK,
        PLACEMENTS,
        EVENTS,
        LINKS,
        OCCURRENCES,
        CHARGES,
        UNITS,
        OUTLETS,
        CUSTOMERS,
        PRODUCTS,
        CAMPAIGNS,
        RATES,
    )
}

__all__ = ["TABLES", "Column", "Table"]
