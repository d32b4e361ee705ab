"""Campaigns: loaded with their days, stubbed without."""

from datetime import date

import pytest
from django.db import IntegrityError

from remit.lake.doors import door_of
from remit.planning.actions import ensure_campaigns, load_campaigns, publish_campaigns
from remit.planning.models import Campaign
from remit.planning.rules import campaigns_visible_to
from tests.rooms import AT, batches, published

SPRING = {
    "code": "18",
    "campaign_type": "Type A",
    "starts_on": date(2017, 10, 30),
    "ends_on": date(2017, 12, 24),
}


def load(organisation, *rows):
    load_campaigns(batches=batches(*rows), unit=organisation.units["grocer"], import_id=1, by=None, at=AT)


def test_a_campaign_keeps_its_days_in_the_database_and_in_the_lake(organisation):
    load(organisation, SPRING)
    ensure_campaigns(unit_id=organisation.units["grocer"].pk, codes=["19"], by=None, at=AT)
    assert list(Campaign.objects.order_by("code").values_list("code", "starts_on", "described")) == [
        ("18", date(2017, 10, 30), True),
        ("19", None, False),
    ]
    assert published("campaigns", "code", "campaign_type", "starts_on", "ends_on") == [
        ("18", "Type A", date(2017, 10, 30), date(2017, 12, 24)),
        ("19", None, None, None),
    ]


def test_a_campaign_cannot_end_before_it_starts(organisation):
    with pytest.raises(IntegrityError):
        load(organisation, SPRING | {"ends_on": date(2017, 10, 29)})


def test_the_room_takes_imports_of_campaigns(organisation):
    door = door_of("campaigns")
    assert (door.load, door.ensure, door.publish) == (load_campaigns, ensure_campaigns, publish_campaigns)


@pytest.mark.parametrize(("place", "codes"), [("group", ["18"]), ("east", ["18"]), ("market", [])])
def test_campaigns_are_seen_by_everybody_of_their_company(organisation, place, codes):
    load(organisation, SPRING)
    seen = campaigns_visible_to(organisation.person(place))
    assert list(seen.values_list("code", flat=True)) == codes
