"""After an upgrade a company has the policies that newer versions ship, and its own as they were."""

from io import StringIO

import pytest
from django.core.management import call_command

from remit.governance.actions.policy import publish_version
from remit.governance.models import Policy, PolicyVersion
from remit.org.models import Position
from tests.planning.planned import AT, department

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return department()


def upgraded() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("migrate", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def versions() -> list[tuple[str, int]]:
    return sorted(PolicyVersion.objects.values_list("policy__kind", "number"))


def without(kind: str) -> None:
    """As a company has it that was founded before the kind was shipped."""
    PolicyVersion.objects.filter(policy__kind=kind).delete()
    Policy.objects.filter(kind=kind).delete()


def test_policies_of_new_kinds_are_added_and_a_company_keeps_its_own(house):
    own = PolicyVersion.objects.get(policy__kind="campaign").clauses[:1]
    publish_version(kind="campaign", rows=own, reason="自訂", by=house["dora"], at=AT)
    whole = versions()
    without("cooperation")
    out, err = upgraded()
    assert ("Policy added: cooperation." in out, err) == (True, "")
    assert versions() == whole
    assert PolicyVersion.objects.get(policy__kind="campaign", number=2).clauses == own


def test_again_it_changes_nothing(house):
    whole = versions()
    out, err = upgraded()
    assert ("Policy added" in out, err, versions()) == (False, "", whole)


def test_a_policy_whose_position_is_not_there_waits_and_the_rest_is_added(house):
    whole = versions()
    for kind in ("campaign", "deviation"):
        without(kind)
    Position.objects.filter(code="logistics_lead").update(code="warehouse")
    out, err = upgraded()
    assert "Policy added: deviation." in out
    assert "The policy of campaign waits" in err
    assert "logistics_lead" in err
    Position.objects.filter(code="warehouse").update(code="logistics_lead")
    assert "Policy added: campaign." in upgraded()[0]
    assert versions() == whole


def test_before_anything_is_founded_nothing_is_shipped(db):
    assert "Policy" not in "".join(upgraded())
    assert not Policy.objects.exists()


def test_clauses_that_ship_anew_are_said_and_wait_for_somebody_to_take_them(house):
    """As a company has it that was founded before clause 12 was shipped."""
    version = PolicyVersion.objects.get(policy__kind="campaign")
    PolicyVersion.objects.filter(pk=version.pk).update(
        clauses=[row for row in version.clauses if row["code"] != "12"]
    )
    assert "The policy campaign ships clauses otherwise than here: 12." in upgraded()[0]
    assert PolicyVersion.objects.filter(policy__kind="campaign").count() == 1
