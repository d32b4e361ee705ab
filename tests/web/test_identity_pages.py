"""Who is who on the pages: decided by whoever may, taken apart and put together on the customer's page."""

import pytest
from django.test import Client
from django.urls import reverse

from remit.customers.models import Claim, Conflict, Customer, Link
from tests.collection.desk import Desk, desk, event
from tests.customers.test_identity import follow, links
from tests.rooms import lake_folder, organisation
from tests.web.test_collection_pages import visitor

__all__ = ["desk", "lake_folder", "organisation"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def clash(desk: Desk) -> Conflict:
    """Two members at one till, and a phone that one of them gave."""
    desk.tell(
        event(1, person="till", customer="M-1"), event(2, person="till", known_as={"phone": "0912345678"})
    )
    follow(desk)
    desk.tell(
        event(3, person="till", customer="M-2"), event(4, person="app", known_as={"phone": "0912345678"})
    )
    follow(desk)
    return Conflict.objects.get()


@pytest.fixture
def keeper(desk: Desk) -> Client:
    return visitor(desk, "grocer", "import_data")


def test_a_conflict_is_listed_and_decided(clash: Conflict, keeper: Client) -> None:
    assert "till" in keeper.get(reverse("customers_conflicts")).content.decode()
    page = keeper.get(reverse("customers_conflict", args=[clash.pk])).content.decode()
    assert "Stay with M-1" in page
    decided = keeper.post(reverse("customers_decision", args=[clash.pk]), {"follow": "1"})
    assert decided["Location"] == reverse("customers_conflicts")
    assert links() == [("app", "M-2", "phone"), ("till", "M-2", "customer")]
    assert "Nothing to decide" in keeper.get(reverse("customers_conflicts")).content.decode()


def test_only_the_company_s_own_people_decide(clash: Conflict, desk: Desk) -> None:
    other = visitor(desk, "market", "import_data")
    assert other.get(reverse("customers_conflict", args=[clash.pk])).status_code == 404
    assert other.post(reverse("customers_decision", args=[clash.pk]), {"follow": "1"}).status_code == 404
    assert other.post(reverse("customers_apart", args=[clash.claim_id])).status_code == 404
    reader = visitor(desk, "grocer")
    assert reader.get(reverse("customers_conflicts")).status_code == 403
    assert reader.post(reverse("customers_apart", args=[clash.claim_id])).status_code == 404
    assert Claim.objects.exclude(withdrawn_at=None).count() == 0


def test_what_is_known_of_a_customer_can_be_taken_apart_and_put_together(
    clash: Conflict, keeper: Client
) -> None:
    customer = Customer.objects.get(code="M-1")
    home = reverse("customers_customer", args=[customer.pk])
    claim = Claim.objects.get(person_code="app")
    assert "Take apart" in keeper.get(home).content.decode()
    gone = keeper.post(reverse("customers_apart", args=[claim.pk]), {"customer": customer.pk})
    assert gone["Location"] == home
    assert list(Link.objects.values_list("person_code", flat=True)) == ["till"]
    page = keeper.get(home).content.decode()
    assert "Put together again" in page
    keeper.post(reverse("customers_together", args=[claim.pk]), {"customer": customer.pk})
    assert links() == [("app", "M-1", "phone"), ("till", "M-1", "customer")]


def test_a_timeline_is_of_all_the_names_of_one_person(clash: Conflict, keeper: Client) -> None:
    asked = {"company": clash.unit_id, "person": "app"}
    page = keeper.get(reverse("collection_timeline"), asked)
    assert [shown.arrival.code for shown in page.context["shown"]] == ["e4", "e3", "e2", "e1"]
