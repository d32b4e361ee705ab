"""A list of customers says how many they are and by what they were found."""

import pytest
from django.utils import translation

from remit.planning.models import AudienceList
from remit.web.audiences import drawn_by, listed

from ..governance.conftest import AT
from .planned import department, plan_of


@pytest.fixture
def house(db):
    return department()


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ({"codes": 3}, "by their codes"),
        ({"age_groups": ["25-34", "35-44"]}, "aged 25-34, 35-44"),
        ({"areas": ["台北"]}, "living in 台北"),
        ({"age_groups": ["25-34"], "areas": ["台北"]}, "aged 25-34, living in 台北"),
        ({}, ""),
    ],
)
def test_what_customers_were_found_by_is_said(basis, words):
    with translation.override("en"):
        assert drawn_by(basis) == words


def test_a_signed_list_is_said_whole_and_by_its_size_once_it_is_gone(house):
    row = AudienceList.objects.create(
        plan=plan_of(house), basis={"reached": 4711, "areas": ["台北"]}, size=1200, digest="x",
        by=house["ana"], at=AT,
    )  # fmt: skip
    with translation.override("en"):
        assert listed([row.pk, 1200]) == (
            "1,200 customers (reached by “4711”, living in 台北; named by ana on 2 Mar 2026)"
        )
        row.delete()
        assert listed([row.pk or 0, 1200]) == "1,200 customers"
        assert listed([0, 1]) == "1 customer"
