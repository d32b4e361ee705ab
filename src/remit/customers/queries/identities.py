"""Claims as the lake's events make them; and who is who."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa
from django.db.models import F, Q, QuerySet

from remit.lake.duck import scratch
from remit.lake.queries import the_lake
from remit.lake.tables import TABLES

from ..deciding import CUSTOMER, Said
from ..enums import NameKind
from ..models import Claim, Customer, Link


@dataclass(frozen=True, slots=True)
class Made:
    """A claim in an event."""

    unit_id: int
    person_code: str
    kind: str
    name: str
    at: datetime
    event_code: str


def claims_in_the_lake() -> Iterator[Made]:
    """Every claim of every event once, at the first event that made it; robots say nothing about people."""
    names = [kind for kind in NameKind.values if kind != CUSTOMER]
    listed = " UNION ALL ".join(
        f"SELECT unit_id, person_code, '{kind}', properties ->> '$.known_as.{kind}', happened_at, event_code"  # noqa: S608  # our own words
        " FROM known"
        for kind in names
    )
    sql = f"""
        WITH events AS (
            SELECT unit_id, person_code, customer_id, happened_at, event_code, properties
            FROM ({the_lake().snapshot("events").sql()})
            WHERE robot IS NOT TRUE AND (customer_id IS NOT NULL OR properties LIKE '%"known_as"%')
        ),
        known AS (FROM events WHERE properties LIKE '%"known_as"%' AND json_valid(properties)),
        claims AS (
            SELECT unit_id, person_code, '{CUSTOMER}' AS kind, CAST(customer_id AS VARCHAR) AS name,
                happened_at, event_code
            FROM events WHERE customer_id IS NOT NULL
            UNION ALL {listed}
        )
        SELECT unit_id, person_code, kind, name, epoch_us(min(happened_at)),
            arg_min(event_code, (happened_at, event_code))
        FROM claims WHERE name <> '' GROUP BY ALL ORDER BY 5, 6, 3, 4
    """  # noqa: S608  # names of the contract and our own words
    with scratch() as con:
        for unit, person, kind, name, us, event in con.execute(sql).fetchall():
            at = datetime.fromtimestamp(us / 1_000_000, UTC)
            yield Made(unit, person[:120], kind, name[:64], at, event[:80])


def claims_that_count(unit_id: int) -> list[Said]:
    """Those of a company that were not withdrawn."""
    rows = Claim.objects.filter(unit=unit_id, withdrawn_at=None)
    values = rows.values_list("at", "pk", "person_code", "kind", "name")
    return [Said(int(at.timestamp() * 1000), pk, person, kind, name) for at, pk, person, kind, name in values]


def links_projected() -> pa.Table:
    """All links as the lake holds them. A customer of another company makes nobody one of this company's."""
    rows = Link.objects.filter(customer__unit=F("unit")).order_by("unit", "person_code")
    names = ("unit_id", "person_code", "customer_id")
    columns = list(zip(*rows.values_list(*names).iterator(chunk_size=10_000), strict=True)) or [(), (), ()]
    schema = TABLES["links"].schema
    arrays = [pa.array(values, schema.field(name).type) for name, values in zip(names, columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def links_of(customer: Customer) -> QuerySet[Link]:
    """The person codes that are a customer, the first known first."""
    return Link.objects.filter(customer=customer).select_related("claim").order_by("claim__at", "pk")


def codes_of_the_same(unit_id: int, person_code: str) -> list[str]:
    """All person codes of whoever goes by this one; itself alone where nobody knows whose it is."""
    mine = Link.objects.filter(unit=unit_id, person_code=person_code).values("customer")
    codes = Link.objects.filter(unit=unit_id, customer__in=mine).order_by("pk")
    return sorted({person_code, *codes.values_list("person_code", flat=True)})


def claims_withdrawn_from(customer: Customer) -> QuerySet[Claim]:
    """Claims that were taken apart: of this customer, or by a name that this customer's people share."""
    people = Link.objects.filter(customer=customer).values("person_code")
    names = Claim.objects.filter(unit=customer.unit_id, person_code__in=people, withdrawn_at=None)
    own = Q(kind=CUSTOMER, name=str(customer.pk))
    shared = Q(name__in=names.exclude(kind=CUSTOMER).values("name"))
    withdrawn = Claim.objects.filter(own | shared, unit=customer.unit_id).exclude(withdrawn_at=None)
    return withdrawn.order_by("-withdrawn_at", "pk")


def customers_of_codes(
    seen: QuerySet[Customer], codes: Collection[tuple[int, str]]
) -> dict[tuple[int, str], Customer]:
    """The customers, of those that are seen, who are known to go by some person codes of companies."""
    units, names = {unit for unit, _code in codes}, {code for _unit, code in codes}
    rows = Link.objects.filter(customer__in=seen, unit__in=units, person_code__in=names)
    links = rows.select_related("customer")
    found = {(link.unit_id, link.person_code): link.customer for link in links}
    return {code: found[code] for code in codes if code in found}
