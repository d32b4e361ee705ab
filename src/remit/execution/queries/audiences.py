"""Which campaigns reach the same customers, by the customers that data name."""

from collections.abc import Iterable
from datetime import date

from remit.lake.duck import connect
from remit.lake.queries import the_lake
from remit.org.models import Unit

type Shared = dict[tuple[int, int], tuple[int, int]]

SHARED = """
WITH contact AS (
    SELECT DISTINCT campaign_id, customer_id FROM exposures
    WHERE unit_id = $unit AND campaign_id IN (SELECT unnest($ids::BIGINT[]))
), sizes AS (SELECT campaign_id, count(*) AS size FROM contact GROUP BY ALL)
SELECT a.campaign_id, b.campaign_id, count(*), least(any_value(s.size), any_value(t.size))
FROM contact a JOIN contact b ON a.customer_id = b.customer_id AND a.campaign_id < b.campaign_id
JOIN sizes s ON s.campaign_id = a.campaign_id JOIN sizes t ON t.campaign_id = b.campaign_id
GROUP BY ALL
"""


def audiences_of(unit: Unit, campaigns: Iterable[int]) -> Shared:
    """(customers of both, customers of the smaller) of pairs of campaigns, the lower id first; none shared,
    not there.
    """
    with connect() as con:
        con.execute(f"CREATE VIEW exposures AS {the_lake().snapshot('exposures').sql()}")
        rows = con.execute(SHARED, {"unit": unit.pk, "ids": list(campaigns)}).fetchall()
    return {(one, other): (both, smaller) for one, other, both, smaller in rows}


def last_contact(unit: Unit) -> date | None:
    """The last day on which data say that a campaign reached somebody."""
    with connect() as con:
        con.execute(f"CREATE VIEW exposures AS {the_lake().snapshot('exposures').sql()}")
        row = con.execute("SELECT max(exposed_on) FROM exposures WHERE unit_id = $unit", {"unit": unit.pk})
        found = row.fetchone()
    return found[0] if found else None
