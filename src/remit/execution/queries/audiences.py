"""Which campaigns reach the same customers, by the customers that data or their plans name."""

from collections.abc import Collection
from datetime import date

import duckdb
import pyarrow as pa

from remit.customers.models import Customer
from remit.lake.duck import connect
from remit.lake.queries import the_lake
from remit.org.models import Unit
from remit.planning.models import Campaign

from ..known_audiences import planned_for

type Shared = dict[tuple[int, int], tuple[int, int]]

SHARED = """
WITH contact AS (
    SELECT campaign_id, customer_id FROM exposures
    WHERE unit_id = $unit AND campaign_id IN (SELECT unnest($ids::BIGINT[]))
    UNION SELECT campaign_id, customer_id FROM planned
), sizes AS (SELECT campaign_id, count(*) AS size FROM contact GROUP BY ALL)
SELECT a.campaign_id, b.campaign_id, count(*), least(any_value(s.size), any_value(t.size))
FROM contact a JOIN contact b ON a.customer_id = b.customer_id AND a.campaign_id < b.campaign_id
JOIN sizes s ON s.campaign_id = a.campaign_id JOIN sizes t ON t.campaign_id = b.campaign_id
GROUP BY ALL
"""


def audiences_of(unit: Unit, campaigns: Collection[Campaign]) -> Shared:
    """(customers of both, customers of the smaller) of pairs of campaigns of a company, the lower id first;
    none shared, not there. Whom a campaign is to reach counts like whom it has reached.
    """
    with connect() as con:
        con.execute(f"CREATE VIEW exposures AS {the_lake().snapshot('exposures').sql()}")
        _lay_planned(con, unit, campaigns)
        ids = [campaign.pk for campaign in campaigns]
        rows = con.execute(SHARED, {"unit": unit.pk, "ids": ids}).fetchall()
    return {(one, other): (both, smaller) for one, other, both, smaller in rows}


def _lay_planned(con: duckdb.DuckDBPyConnection, unit: Unit, campaigns: Collection[Campaign]) -> None:
    """A table of the customers whom the campaigns are to reach, by their ids."""
    con.execute("CREATE TABLE planned (campaign_id BIGINT, customer_id BIGINT)")
    ids: dict[str, int] = {}
    for campaign, codes in planned_for(campaigns):
        ids = ids or dict(Customer.objects.filter(unit=unit).values_list("code", "pk").iterator())
        reached = pa.table({"id": pa.array((ids[code] for code in codes if code in ids), pa.int64())})
        con.register("reached", reached)
        con.execute("INSERT INTO planned SELECT $campaign, id FROM reached", {"campaign": campaign})
        con.unregister("reached")


def last_contact(unit: Unit) -> date | None:
    """The last day on which data say that a campaign reached somebody."""
    with connect() as con:
        con.execute(f"CREATE VIEW exposures AS {the_lake().snapshot('exposures').sql()}")
        row = con.execute("SELECT max(exposed_on) FROM exposures WHERE unit_id = $unit", {"unit": unit.pk})
        found = row.fetchone()
    return found[0] if found else None
