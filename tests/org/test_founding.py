from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from remit.org.actions import found
from remit.org.actions.founding import FoundedAlready
from remit.org.enums import Ability
from remit.org.models import Person, Position, Unit
from remit.org.positions import SHIPPED_POSITIONS
from remit.org.queries.scopes import scope_of
from remit.org.queries.zones import zone_on
from remit.org.rules import can

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
WANTED = {
    "code": "acme",
    "name": "頂好",
    "currency": "twd",
    "zone": "Asia/Taipei",
    "email": "boss@acme.example",
    "person": "老闆",
    "password": "a long enough phrase",
}

pytestmark = pytest.mark.django_db


def test_a_founded_installation_has_a_company_and_somebody_who_may_do_the_rest():
    unit = found(**WANTED, at=AT)
    administrator = Person.objects.get(email="boss@acme.example")
    assert (unit.currency, zone_on(unit, date(2001, 2, 3)).key) == ("TWD", "Asia/Taipei")
    assert scope_of(administrator, AT.date()).companies == {unit.pk}
    assert all(can(administrator, ability) for ability in Ability)
    assert Position.objects.count() == len(SHIPPED_POSITIONS)


def test_it_is_founded_once():
    found(**WANTED, at=AT)
    with pytest.raises(FoundedAlready, match="Team → Units"):
        found(**WANTED | {"code": "other", "email": "b@acme.example"}, at=AT)
    assert Unit.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"zone": "Mars/Olympus"}, ValueError),
        ({"email": "nobody"}, ValidationError),
        ({"password": "short"}, ValidationError),
        ({"currency": ""}, ValueError),
    ],
)
def test_what_cannot_be_founded_leaves_nothing_behind(wrong, error):
    with pytest.raises(error):
        found(**WANTED | wrong, at=AT)
    assert (Unit.objects.count(), Person.objects.count(), Position.objects.count()) == (0, 0, 0)
