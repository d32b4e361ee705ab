"""Products: loaded in bulk, stubbed, published, seen by the right people."""

from datetime import timedelta

import pytest

from remit.audit.models import Event
from remit.lake.actions.dimensions import TextTooLong
from remit.lake.doors import door_of
from remit.products.actions import ensure_products, load_products, publish_products
from remit.products.models import Product
from remit.products.rules import products_visible_to
from tests.rooms import AT, batches, published

MILK = {"code": "1", "name": "Milk", "department": "DAIRY", "category": "MILK", "sold_by": "piece"}
FUEL = {"code": "2", "name": None, "department": "FUEL", "category": None, "sold_by": "volume"}


def load(organisation, *rows, unit="grocer", import_id=1, at=AT):
    return load_products(
        batches=batches(*rows), unit=organisation.units[unit], import_id=import_id, by=None, at=at
    )


def test_loaded_products_stand_in_the_database_and_in_the_lake(organisation):
    assert load(organisation, MILK, FUEL) == 2
    assert list(Product.objects.order_by("code").values_list("code", "name", "department", "described")) == [
        ("1", "Milk", "DAIRY", True),
        ("2", "", "FUEL", True),
    ]
    assert published("products", "code", "name", "category", "sold_by", "unit_id") == [
        ("1", "Milk", "MILK", "piece", organisation.units["grocer"].pk),
        ("2", None, None, "volume", organisation.units["grocer"].pk),
    ]


def test_loading_the_same_list_again_changes_nothing(organisation):
    load(organisation, MILK, FUEL)
    before = list(Product.objects.order_by("pk").values())
    load(organisation, MILK, FUEL, import_id=2, at=AT + timedelta(days=9))
    assert list(Product.objects.order_by("pk").values()) == before
    assert len(published("products", "code", "valid_from")) == 2


def test_a_changed_category_holds_from_its_day_and_the_past_keeps_the_old_one(organisation):
    load(organisation, MILK)
    load(organisation, MILK | {"category": "DRINKS"}, at=AT + timedelta(days=9))
    assert published("products", "category", "valid_from::text", "valid_to::text") == [
        ("DRINKS", "2026-03-11", "9999-12-31"),
        ("MILK", "0001-01-01", "2026-03-11"),
    ]


def test_a_column_that_a_list_does_not_carry_is_left_as_it_is(organisation):
    load(organisation, MILK)
    load(organisation, {"code": "1", "name": "Whole milk"})
    assert Product.objects.values_list("name", "department").get() == ("Whole milk", "DAIRY")


def test_a_code_that_comes_twice_counts_once_with_its_last_row(organisation):
    assert load(organisation, MILK, MILK | {"name": "Fresh milk"}) == 1
    assert Product.objects.values_list("name", flat=True).get() == "Fresh milk"


def test_two_companies_may_use_one_code(organisation):
    load(organisation, MILK)
    load(organisation, MILK | {"name": "鮮乳"}, unit="market")
    assert list(Product.objects.order_by("pk").values_list("unit__code", "name")) == [
        ("grocer", "Milk"),
        ("market", "鮮乳"),
    ]


def test_a_text_that_is_too_long_is_named_and_nothing_is_stored(organisation):
    with pytest.raises(TextTooLong, match=r"brand.*“7”.*121.*120"):
        load(organisation, MILK, MILK | {"code": "7", "brand": "x" * 121})
    assert Product.objects.count() == 0


def test_a_product_that_facts_name_is_a_stub_until_a_list_describes_it(organisation):
    grocer = organisation.units["grocer"]
    load(organisation, MILK)
    assert ensure_products(unit_id=grocer.pk, codes=["1", "9", "9"], by=None, at=AT) == 1
    assert ensure_products(unit_id=grocer.pk, codes=["1", "9"], by=None, at=AT) == 0
    assert Product.objects.values_list("name", "described").get(code="9") == ("", False)
    assert published("products", "code", "department") == [("1", "DAIRY"), ("9", None)]
    load(organisation, FUEL | {"code": "9"}, at=AT + timedelta(days=9))
    assert published("products", "code", "department", "valid_from::text") == [
        ("1", "DAIRY", "0001-01-01"),
        ("9", "FUEL", "0001-01-01"),
    ]


def test_a_publication_that_was_missed_is_made_up_for(organisation):
    load(organisation, MILK, FUEL)
    Product.objects.filter(code="1").update(name="Oat drink", published=False)
    assert publish_products(at=AT) == 1
    assert publish_products(at=AT) == 0
    assert published("products", "code", "name", "valid_to::text") == [
        ("1", "Milk", "2026-03-02"),
        ("1", "Oat drink", "9999-12-31"),
        ("2", None, "9999-12-31"),
    ]


def test_a_load_and_its_stubs_are_recorded_with_their_numbers(organisation):
    load(organisation, MILK, FUEL, import_id=41)
    ensure_products(unit_id=organisation.units["grocer"].pk, codes=["9"], by=None, at=AT)
    assert list(Event.objects.order_by("id").values_list("name", "subject", "fields")) == [
        ("products.product.loaded", "import:41", {"count": 2, "unit": "grocer"}),
        (
            "products.product.stubbed",
            f"unit:{organisation.units['grocer'].pk}",
            {"count": 1, "unit": "grocer"},
        ),
    ]


def test_the_room_takes_imports_of_products(organisation):
    door = door_of("products")
    assert (door.load, door.ensure, door.publish) == (load_products, ensure_products, publish_products)


@pytest.mark.parametrize(
    ("place", "codes"), [("group", ["1", "5"]), ("grocer", ["1"]), ("east", ["1"]), ("market", ["5"])]
)
def test_products_are_seen_by_everybody_of_their_company(organisation, place, codes):
    load(organisation, MILK)
    load(organisation, MILK | {"code": "5"}, unit="market")
    seen = products_visible_to(organisation.person(place))
    assert sorted(seen.values_list("code", flat=True)) == codes
