"""Which campaigns reach the same customers, by the customers that data, their plans or their draws name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import duckdb
import pyarrow as pa

from remit.customers.models import Customer
from remit.lake.duck import connect
from remit.lake.queries import the_lake
from remit.org.queries.companies import books_of_units
from remit.planning.enums import Stage
from remit.planning.models import Campaign, ListedCustomer, Plan

from ..known_audiences import planned_for

SINCE = timedelta(days=28)
SHARED_LEAST, SHARE_LEAST = 30, 0.1  # customers in both, and as a share of the smaller

CONTACT = """
CREATE TABLE contact AS
    SELECT place, customer_id FROM exposures JOIN running USING (campaign_id) WHERE unit_id = $unit
    UNION SELECT place, customer_id FROM planned
"""
BOTH = """
SELECT a.place, b.place, count(*)
FROM contact a JOIN contact b ON a.customer_id = b.customer_id AND a.place < b.place GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Reaching:
    """What reaches customers of a company on some days: a campaign, or a plan that is none yet.

    ``listed``: the number of its list of customers.
    """

    title: str
    starts_on: date
    ends_on: date
    campaign: Campaign | None = None
    plan: int | None = None
    listed: int | None = None

    @property
    def thing(self) -> str:
        return f"campaign:{self.campaign.pk}" if self.campaign else f"plan:{self.plan}"

    @property
    def key(self) -> str:
        """The same before and after the approval of a plan whose customers were named."""
        return f"p{self.plan}" if self.listed or not self.campaign else str(self.campaign.pk)

    @property
    def order(self) -> tuple[bool, int]:
        """Where its key stands in that of a pair."""
        return self.key.startswith("p"), int(self.key.removeprefix("p"))


@dataclass(frozen=True, slots=True)
class Shared:
    """Customers of both, and how many are known of each."""

    both: int
    first: int
    second: int

    @property
    def smaller(self) -> int:
        return min(self.first, self.second)

    @property
    def is_much(self) -> bool:
        return self.both >= SHARED_LEAST and self.both >= SHARE_LEAST * self.smaller


type Pairs = list[tuple[Reaching, Reaching, Shared]]


def reaching_on(on: date) -> dict[int, list[Reaching]]:
    """By company what is to come, runs or ended lately, also plans in preparation. Data may end long before
    today: what counts as present is counted from their last day.
    """
    found: dict[int, list[Reaching]] = {}
    dated = Campaign.objects.filter(starts_on__isnull=False, ends_on__isnull=False)
    for one in dated.exclude(plan__stage=Stage.CANCELLED).select_related("unit", "plan").order_by("pk"):
        plan = getattr(one, "plan", None)
        assert one.starts_on is not None and one.ends_on is not None  # as filtered
        found.setdefault(one.unit_id, []).append(
            Reaching(
                str(one), one.starts_on, one.ends_on, one, plan and plan.pk, plan and plan.listed_id
            )
        )  # fmt: skip
    books = books_of_units()
    drafts = Plan.objects.filter(stage=Stage.DRAFT, ends_on__gte=on - SINCE).order_by("pk")
    for plan in drafts:
        company = found.setdefault(books[plan.unit_id], [])
        company.append(
            Reaching(plan.title, plan.starts_on, plan.ends_on, plan=plan.pk, listed=plan.listed_id)
        )
    since = {unit: min(on, last_contact(unit) or on) - SINCE for unit in found}
    return {unit: [one for one in rows if one.ends_on >= since[unit]] for unit, rows in found.items()}


def pairs_of(unit: int, found: Sequence[Reaching], only: int | None = None) -> Pairs:
    """Those of the same days, each pair with the customers known of both; ``only``: with this plan."""
    pairs = [
        (one, other)
        for one, other in combinations(range(len(found)), 2)
        if _meet(found[one], found[other]) and only in (None, found[one].plan, found[other].plan)
    ]
    if not pairs:
        return []
    both, sizes = _counted(unit, found, {place for pair in pairs for place in pair})
    return [
        (found[one], found[other], Shared(both.get((one, other), 0), sizes.get(one, 0), sizes.get(other, 0)))
        for one, other in pairs
    ]


def beside(plan: Plan) -> list[tuple[Reaching, Shared]]:
    """What reaches customers of the plan's company on its days, and what they share; the plan is first."""
    company = books_of_units()[plan.unit_id]
    found = reaching_on(plan.starts_on).get(company, [])
    return [
        (other, shared) if one.plan == plan.pk else (one, Shared(shared.both, shared.second, shared.first))
        for one, other, shared in pairs_of(company, found, plan.pk)
    ]


def _meet(one: Reaching, other: Reaching) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def _counted(
    unit: int, found: Sequence[Reaching], places: set[int]
) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    """Customers of both, by pairs of places, the lower first; and of each. Whom one is to reach counts like
    whom it has reached.
    """
    with connect() as con:
        _lay(con, unit, [one if place in places else None for place, one in enumerate(found)])
        con.execute(CONTACT, {"unit": unit})
        both = {(one, other): count for one, other, count in con.execute(BOTH).fetchall()}
        sizes = dict(con.execute("SELECT place, count(*) FROM contact GROUP BY ALL").fetchall())
    return both, sizes


def _lay(con: duckdb.DuckDBPyConnection, unit: int, found: Sequence[Reaching | None]) -> None:
    """The contacts, and tables of which campaign stands at which place and whom each is to reach. Who is held
    out of a list is not reached: where somebody drew, the draw counts.
    """
    con.execute(f"CREATE VIEW exposures AS {the_lake().snapshot('exposures').sql()}")
    con.execute("CREATE TABLE running (place BIGINT, campaign_id BIGINT)")
    con.execute("CREATE TABLE planned (place BIGINT, customer_id BIGINT)")
    places = {one.campaign.pk: place for place, one in enumerate(found) if one and one.campaign}
    for campaign, place in places.items():
        con.execute("INSERT INTO running VALUES ($place, $campaign)", {"place": place, "campaign": campaign})
    campaigns = [one.campaign for one in found if one and one.campaign]
    ids: dict[str, int] = {}
    drawn = set()
    for campaign, codes in planned_for(campaigns):
        ids = ids or dict(Customer.objects.filter(unit=unit).values_list("code", "pk").iterator())
        _keep(con, places[campaign], [ids[code] for code in codes if code in ids])
        drawn.add(places[campaign])
    for place, one in enumerate(found):
        if one and one.listed and place not in drawn:
            listed = ListedCustomer.objects.filter(audience=one.listed)
            _keep(con, place, list(listed.values_list("customer", flat=True)))


def _keep(con: duckdb.DuckDBPyConnection, place: int, customers: list[int]) -> None:
    con.register("named", pa.table({"id": pa.array(customers, pa.int64())}))
    con.execute("INSERT INTO planned SELECT $place, id FROM named", {"place": place})
    con.unregister("named")


def last_contact(unit: int) -> date | None:
    """The last day on which data say that a campaign reached somebody."""
    with connect() as con:
        con.execute(f"CREATE VIEW exposures AS {the_lake().snapshot('exposures').sql()}")
        row = con.execute("SELECT max(exposed_on) FROM exposures WHERE unit_id = $unit", {"unit": unit})
        found = row.fetchone()
    return found[0] if found else None
