"""Pages of keys, of what arrives, and of the demonstration shop."""

import gzip
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import remit.web
from remit.audit.models import Event
from remit.collection.actions import disable_key
from remit.collection.models import WriteKey
from tests.collection.desk import SHOP, Desk, desk, event
from tests.rooms import AT, lake_folder, organisation

__all__ = ["desk", "lake_folder", "organisation"]

pytestmark = pytest.mark.django_db
SDK = Path(remit.web.__file__).parent / "static/remit/collect.js"


def visitor(desk: Desk, unit: str, *abilities: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(desk.organisation.person(unit, abilities))
    return client


def test_a_key_of_a_server_is_shown_once(desk: Desk) -> None:
    importer = visitor(desk, "grocer", "import_data")
    given = {
        "name": "Cash desk", "unit": desk.organisation.units["grocer"].pk, "kind": "server", "origins": "",
        "events_a_minute": 600,
    }  # fmt: skip
    page = importer.post(reverse("collection_key_new"), given)
    key = WriteKey.objects.get(name="Cash desk")
    secret = page.context["secret"]
    assert secret.startswith("rws_")
    assert secret in page.content.decode()
    assert secret not in importer.get(reverse("collection_key", args=[key.pk])).content.decode()
    assert (key.events_a_minute, key.consent_needed, key.shown) == (600, False, secret[:8])
    assert Event.objects.filter(name="collection.key.made", subject=f"writekey:{key.pk}").count() == 1


def test_a_key_is_made_for_one_s_own_companies_only(desk: Desk) -> None:
    importer = visitor(desk, "market", "import_data")
    given = {
        "name": "Theirs",
        "unit": desk.organisation.units["grocer"].pk,
        "kind": "server",
        "events_a_minute": 600,
    }
    assert importer.post(reverse("collection_key_new"), given).status_code == 422
    assert importer.get(reverse("collection_key", args=[desk.page.pk])).status_code == 404
    assert importer.post(reverse("collection_disabling", args=[desk.page.pk])).status_code == 404
    assert visitor(desk, "grocer").get(reverse("collection_keys")).status_code == 403


@pytest.mark.parametrize(
    ("kind", "origins", "sentence"),
    [
        ("browser", "", "Name the origins of your pages"),
        ("browser", "https://shop.example.com/path", "is no origin"),
        ("server", SHOP, "The key of a server has no origins"),
    ],
)
def test_origins_that_do_not_fit_are_told(desk: Desk, kind: str, origins: str, sentence: str) -> None:
    importer = visitor(desk, "grocer", "import_data")
    unit = desk.organisation.units["grocer"].pk
    given = {"name": "x", "unit": unit, "kind": kind, "origins": origins, "events_a_minute": 600}
    page = importer.post(reverse("collection_key_new"), given)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_a_key_is_changed_and_disabled_for_good(desk: Desk) -> None:
    importer = visitor(desk, "grocer", "import_data")
    address = reverse("collection_key", args=[desk.page.pk])
    given = {"origins": "https://a.example.com\nhttps://b.example.com", "events_a_minute": 700}
    assert importer.post(address, given).status_code == 302
    desk.page.refresh_from_db()
    assert desk.page.origins == ["https://a.example.com", "https://b.example.com"]
    assert desk.page.consent_needed is False
    assert importer.post(reverse("collection_disabling", args=[desk.page.pk])).status_code == 302
    assert importer.post(address, given).status_code == 422
    assert desk.send(event(1), origin="https://a.example.com").status_code == 401


def test_events_are_seen_before_and_after_the_drain_once_and_by_their_company_only(desk: Desk) -> None:
    desk.tell(event(1, event="scan", person="P-7"))
    reader, other = visitor(desk, "grocer"), visitor(desk, "market")

    def seen(client: Client) -> list[str]:
        page = client.get(reverse("collection_live"))
        return [shown.arrival.code for shown in page.context["shown"]]

    assert (seen(reader), seen(other)) == (["e1"], [])
    desk.drain()
    desk.tell(event(2, event="scan", person="P-7"))
    assert (seen(reader), seen(other)) == (["e2", "e1"], [])
    part = visitor(desk, "east").get(reverse("collection_live"))
    assert (part.status_code, part.context["shown"]) == (200, [])
    assert "they are counted, not named" in part.content.decode()


def test_the_live_page_leads_whoever_keeps_keys_to_the_shop(desk: Desk) -> None:
    address = f"{reverse('collection_shop')}?key={desk.page.shown}"

    def leads(unit: str, *abilities: str) -> bool:
        return address in visitor(desk, unit, *abilities).get(reverse("collection_live")).content.decode()

    assert [leads("grocer", "import_data"), leads("grocer"), leads("market", "import_data")] == [
        True, False, False,
    ]  # fmt: skip
    disable_key(key=desk.page, by=desk.organisation.person("grocer"), at=AT)
    assert not leads("grocer", "import_data")


def test_a_timeline_is_of_one_person(desk: Desk) -> None:
    grocer = desk.organisation.units["grocer"].pk
    desk.tell(event(1, person="a/b 1"), event(2, person="other"))
    desk.drain()
    desk.tell(event(3, person="a/b 1"))
    address = reverse("collection_timeline")
    page = visitor(desk, "grocer").get(address, {"company": grocer, "person": "a/b 1"})
    assert [shown.arrival.code for shown in page.context["shown"]] == ["e3", "e1"]
    assert visitor(desk, "market").get(address, {"company": grocer, "person": "a/b 1"}).status_code == 404
    assert visitor(desk, "grocer").get(address, {"company": grocer, "person": "nobody"}).status_code == 404
    assert visitor(desk, "grocer").get(address, {"company": "x", "person": "a/b 1"}).status_code == 404


def test_names_by_which_somebody_is_known_are_kept_as_digests_and_not_shown(desk: Desk) -> None:
    desk.tell(event(1, event="alias", known_as={"phone": "+886 912-345-678", "email": "Ming@Example.org"}))
    desk.drain()
    page = visitor(desk, "grocer").get(reverse("collection_live")).content.decode()
    assert ("912-345" in page, "912345" in page) == (False, False)
    assert "ming" not in page.lower()
    assert "known_as" not in page


def test_the_shop_opens_with_a_page_s_key_and_sells_through(desk: Desk) -> None:
    client = Client(headers={"accept-language": "en"})
    with_key = f"?key={desk.page_secret}"
    assert client.get("/shop").status_code == 404
    assert client.get(f"/shop?key={desk.server_secret}").status_code == 404
    assert "Rye bread" in client.get(f"/shop{with_key}").content.decode()
    assert client.get(f"/shop/products/SHOP-GOLD{with_key}").status_code == 404
    for _piece in range(2):
        added = client.post(f"/shop/products/SHOP-TEA/adding{with_key}")
    assert added["Location"] == f"/shop/cart{with_key}"
    cart = client.get(f"/shop/cart{with_key}").content.decode()
    assert 'data-remit-value="25.00"' in cart
    assert client.post(f"/shop/payment{with_key}")["Location"] == f"/shop/thanks{with_key}"
    assert "The cart is empty." in client.get(f"/shop/cart{with_key}").content.decode()


def test_what_a_page_loads_is_four_kilobytes_at_most() -> None:
    assert len(gzip.compress(SDK.read_bytes(), 9)) <= 4_096


def test_usage_is_counted_by_key(desk: Desk) -> None:
    desk.tell(event(1), event(2))
    page = visitor(desk, "grocer", "import_data").get(reverse("collection_keys"))
    assert {line.row.name: line.row.taken for line in page.context["listing"].lines} == {"Shop": 0, "Till": 2}
