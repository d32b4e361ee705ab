"""The shared fixtures."""

from datetime import date

import pytest
from django.test import Client

from remit.learning.actions.diagnosis import add_diagnosis
from remit.org.models import Assignment, Position
from tests.rooms import lake_folder, organisation

from .shop import BEGAN, DAY, fill

__all__ = ["lake_folder", "organisation"]


@pytest.fixture
def people(organisation):
    """A lead and an owner who work for the whole company, and somebody of its East only."""
    found = {
        "lead": organisation.person("grocer", ("define_figures",)),
        "owner": organisation.person("grocer"),
        "east": organisation.person("east"),
        "other": organisation.person("market"),
    }
    head = Position.objects.create(code="head", name="head", leads=True)
    Assignment.objects.create(
        person=found["lead"], position=head, unit=organisation.units["grocer"], starts_on=DAY
    )
    return found


@pytest.fixture
def shop(organisation, people):
    """The company with six hundred customers and eight weeks of sales, and its people."""
    fill(organisation.units["grocer"])
    return {"unit": organisation.units["grocer"], **people}


@pytest.fixture
def diagnosis(shop):
    """A diagnosis of the owner's, just begun."""
    return add_diagnosis(
        unit=shop["unit"], title="預約試駕流失", problem="三成預約沒有完成。", noticed_on=date(2026, 2, 9),
        owner=shop["owner"], by=shop["owner"], at=BEGAN,
    )  # fmt: skip


@pytest.fixture
def browse(shop):
    """``browse("owner")``: that person, logged in, in English."""

    def client(name):
        found = Client(HTTP_ACCEPT_LANGUAGE="en")
        found.force_login(shop[name])
        return found

    return client
