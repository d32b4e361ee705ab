"""What newer versions of the product ship of a policy is compared clause by clause, and taken or left."""

import copy

import pytest
from django.urls import reverse

from remit.audit.models import Event
from remit.governance.actions.policy import ChangedMeanwhile, NothingTaken, publish_version, take_shipped
from remit.governance.models import Policy, PolicyVersion
from remit.governance.queries.policies import current_version
from remit.governance.queries.shipped import new_clauses, shipped_policy
from remit.org.enums import Ability

from ..planning.planned import department
from .conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return department()


@pytest.fixture
def policy(house):
    return Policy.objects.get(kind="campaign")


def shipped_once(policy, *, without=(), words=()):
    """As a company has it that was founded when these clauses were not there, or said something else."""
    rows = [copy.deepcopy(row) for row in current_version("campaign").clauses if row["code"] not in without]
    for row in rows:
        if row["code"] in words:
            row["text"]["zh"] = "從前的條文。"
    PolicyVersion.objects.filter(policy=policy).update(clauses=rows)


def own(house, code, text):
    """Somebody of the company writes a clause their own way."""
    rows = copy.deepcopy(current_version("campaign").clauses)
    for row in rows:
        if row["code"] == code:
            row["text"]["zh"] = text
    return publish_version(kind="campaign", rows=rows, reason="自訂", by=house["dora"], at=AT)


def said(policy):
    return [(each.code, each.ours is None, each.theirs is None, each.is_own) for each in new_clauses(policy)]


def test_what_ships_as_it_stands_is_not_new(policy):
    assert said(policy) == []


def test_a_clause_that_came_later_and_one_that_was_reworded_are_new(policy):
    shipped_once(policy, without=("12",), words=("3",))
    assert said(policy) == [("3", False, False, False), ("12", True, False, False)]


def test_what_the_company_changed_itself_is_its_own_and_not_new(house, policy):
    own(house, "3", "我們自己的條文。")
    assert said(policy) == []


def test_a_clause_of_the_company_that_ships_anew_is_told_to_be_its_own(house, policy):
    shipped_once(policy, words=("3",))
    own(house, "3", "我們自己的條文。")
    assert said(policy) == [("3", False, False, True)]


def test_a_clause_that_no_longer_ships_is_told_and_one_of_the_companys_own_is_not(house, policy):
    rows = copy.deepcopy(current_version("campaign").clauses)
    gone = {**copy.deepcopy(rows[0]), "code": "old"}
    PolicyVersion.objects.filter(policy=policy).update(clauses=[*rows, gone])
    mine = {**copy.deepcopy(rows[0]), "code": "mine"}
    publish_version(kind="campaign", rows=[*rows, gone, mine], reason="自訂", by=house["dora"], at=AT)
    assert said(policy) == [("old", False, True, False)]


def test_what_is_taken_becomes_a_version_and_all_else_stays(house, policy):
    shipped_once(policy, without=("12",), words=("2", "3"))
    own(house, "2", "我們自己的條文。")
    made = take_shipped(policy=policy, codes=["12", "3"], reason="", by=house["dora"], at=AT, after=2)
    shipped = {row["code"]: row for row in shipped_policy("campaign").clauses}
    rows = {row["code"]: row for row in made.clauses}
    assert list(rows) == list(shipped)
    assert (made.number, made.by, rows["12"], rows["3"]) == (3, house["dora"], shipped["12"], shipped["3"])
    assert rows["2"]["text"]["zh"] == "我們自己的條文。"
    assert said(policy) == [("2", False, False, True)]
    event = Event.objects.filter(name="governance.policy.published").latest("pk")
    assert event.fields["changes"] == ["12", "3"]


def test_nothing_and_what_is_not_new_are_not_taken_and_a_version_meanwhile_is_told(house, policy):
    shipped_once(policy, without=("12",))
    for codes in ([], ["3"], ["nowhere"]):
        with pytest.raises(NothingTaken):
            take_shipped(policy=policy, codes=codes, reason="", by=house["dora"], at=AT, after=1)
    own(house, "3", "我們自己的條文。")
    with pytest.raises(ChangedMeanwhile):
        take_shipped(policy=policy, codes=["12"], reason="", by=house["dora"], at=AT, after=1)


def test_whoever_keeps_policies_compares_and_takes_on_the_page(house, policy, client):
    shipped_once(policy, without=("12",), words=("3",))
    position = house.positions["policy_keeper"] = type(house.positions["logistics_lead"]).objects.create(
        code="policy_keeper", name="制度管理", abilities=[Ability.MANAGE_POLICIES]
    )
    keeper = house.person("polly", position.code, unit="group")
    client.force_login(keeper)
    client.get("/", HTTP_ACCEPT_LANGUAGE="en")
    page = client.get(
        reverse("approvals_policy", args=["campaign"]), HTTP_ACCEPT_LANGUAGE="en"
    ).content.decode()
    assert "The product ships 2 clauses otherwise than they stand here." in page
    address = reverse("approvals_policy_shipped", args=["campaign"])
    page = client.get(address, HTTP_ACCEPT_LANGUAGE="zh-hant").content.decode()
    assert ("從前的條文。" in page, 'value="12" checked' in page) == (True, True)
    none = client.post(address, {"after": 1}, HTTP_ACCEPT_LANGUAGE="en")
    assert (none.status_code, "Choose at least one clause" in none.content.decode()) == (422, True)
    taken = client.post(address, {"clauses": ["12"], "after": 1})
    assert taken.status_code == 302
    assert said(policy) == [("3", False, False, False)]
