"""Customers: loaded, stubbed, and never named to people of a region."""

import pytest

from remit.customers.actions import ensure_customers, load_customers, publish_customers
from remit.customers.models import Customer
from remit.customers.rules import customers_visible_to
from remit.lake.doors import door_of
from tests.rooms import AT, batches, published

ANN = {"code": "1", "age_group": "25-34", "area": None, "kids": "0"}


def test_unknown_attributes_are_empty_in_the_database_and_null_in_the_lake(organisation):
    unit = organisation.units["grocer"]
    load_customers(batches=batches(ANN), unit=unit, import_id=1, by=None, at=AT)
    ensure_customers(unit_id=unit.pk, codes=["2"], by=None, at=AT)
    assert list(Customer.objects.order_by("code").values_list("code", "age_group", "area", "described")) == [
        ("1", "25-34", "", True),
        ("2", "", "", False),
    ]
    assert published("customers", "code", "age_group", "area", "kids") == [
        ("1", "25-34", None, "0"),
        ("2", None, None, None),
    ]


def test_the_room_takes_imports_of_customers(organisation):
    door = door_of("customers")
    assert (door.load, door.ensure, door.publish) == (load_customers, ensure_customers, publish_customers)


@pytest.mark.parametrize(
    ("place", "codes"), [("group", ["1"]), ("grocer", ["1"]), ("east", []), ("market", [])]
)
def test_customers_are_named_only_to_people_of_the_whole_company(organisation, place, codes):
    load_customers(batches=batches(ANN), unit=organisation.units["grocer"], import_id=1, by=None, at=AT)
    seen = customers_visible_to(organisation.person(place))
    assert list(seen.values_list("code", flat=True)) == codes
