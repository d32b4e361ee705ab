"""The matrix: who stands in which role, changed in place, and what a new unit is given."""

from datetime import timedelta

import pytest
from django.urls import reverse

from remit.audit.models import Event
from remit.duties.models import Charge
from remit.org.queries.today import today

QUERIES = 18


def roles(charge):
    return sorted(charge.raci.values_list("position__code", "role"))


def changes():
    events = Event.objects.filter(name="duties.raci.changed").order_by("pk")
    return [tuple(event.fields[name] for name in ("position", "before", "after")) for event in events]


def test_a_cell_is_changed_and_whoever_was_accountable_steps_down_visibly(staffed, browse):
    charge = staffed.charge()
    before = len(changes())
    data = {"position": staffed.positions["market_analyst"].pk, "roles": ["accountable", "responsible"]}
    address = reverse("duties_roles", args=[charge.pk])
    html = browse("dora").post(address, data, headers={"HX-Request": "true"}).content.decode()
    assert html.startswith(f'<tr id="charge-{charge.pk}"')
    assert "市場分析師 is accountable now; 營銷總監 stepped down." in html
    assert roles(charge) == [
        ("market_analyst", "accountable"), ("market_analyst", "responsible"),
        ("marketing_director", "consulted"),
    ]  # fmt: skip
    assert changes()[before:] == [
        ("marketing_director", "accountable", "consulted"),
        ("market_analyst", "responsible", "accountable+responsible"),
    ]


def test_without_javascript_the_charge_s_own_page_changes_it(staffed, browse):
    charge, dora = staffed.charge(), browse("dora")
    director = staffed.positions["marketing_director"].pk
    page = dora.get(reverse("duties_charge", args=[charge.pk]), {"position": director})
    assert page.context["roles_form"].initial["roles"] == ("accountable",)
    answer = dora.post(reverse("duties_roles", args=[charge.pk]), {"position": director}, follow=True)
    assert "Saved." in answer.content.decode()
    assert roles(charge) == [("market_analyst", "responsible")]


def test_only_who_manages_duties_there_changes_it(staffed, browse):
    charge = staffed.charge()
    data = {"position": staffed.positions["market_analyst"].pk, "roles": ["accountable"]}
    for name, given in (("duties_roles", data), ("duties_charge_end", {"ends_on": today()})):
        address = reverse(name, args=[charge.pk])
        assert [browse(person).post(address, given).status_code for person in ("ana", "otto")] == [403, 404]
    giving = reverse("duties_giving", args=[staffed.units["shop"].pk])
    assert [browse(name).get(giving).status_code for name in ("dora", "ana", "otto")] == [200, 403, 404]
    assert roles(charge) == [("market_analyst", "responsible"), ("marketing_director", "accountable")]


def test_who_may_not_change_it_reads_it_without_links(staffed, browse):
    staffed.charge()
    pages = {name: browse(name).get(reverse("duties_matrix")).content.decode() for name in ("dora", "ana")}
    assert {name: "data-position=" in page for name, page in pages.items()} == {"dora": True, "ana": False}
    assert "Market research" in pages["ana"]


def test_one_chapter_at_a_time_and_a_search_through_all(staffed, browse):
    for code in ("T1.1", "T2.1"):
        staffed.charge(code)
    dora, unit = browse("dora"), staffed.units["shop"].pk

    def asked(**query):
        context = dora.get(reverse("duties_matrix"), {"unit": unit, **query}).context
        return context["chapter"], [row.charge.duty.code for row in context["rows"]]

    assert asked() == ("T1", ["T1.1"])
    assert asked(chapter="T2") == ("T2", ["T2.1"])
    assert asked(chapter="all") == ("all", ["T1.1", "T2.1"])
    assert asked(q="t2 market") == ("all", ["T2.1"])
    assert asked(q="nothing") == ("all", [])


def test_a_unit_out_of_sight_shows_one_s_own_instead(staffed, browse):
    staffed.charge()
    page = browse("otto").get(reverse("duties_matrix"), {"unit": staffed.units["shop"].pk})
    assert (page.context["unit"].code, page.context["rows"]) == ("other", [])
    assert "Market research" not in page.content.decode()


def test_a_new_unit_is_given_a_chapter_and_single_duties_from_a_day(staffed, browse):
    duties = {code: staffed.duty(code) for code in ("T1.1", "T1.2", "T2.1", "T3.1")}
    dora, west = browse("dora"), staffed.units["west"]
    address = reverse("duties_giving", args=[west.pk])
    nothing = dora.post(address, {"starts_on": today()})
    assert (nothing.status_code, Charge.objects.count()) == (422, 0)
    answer = dora.post(address, {"chapter": "T1", "duty": duties["T3.1"].pk, "starts_on": today()})
    assert answer.url == f"{reverse('duties_matrix')}?unit={west.pk}&chapter=T1"
    given = sorted(Charge.objects.values_list("duty__code", "unit__code", "starts_on"))
    assert given == [(code, "west", today()) for code in ("T1.1", "T1.2", "T3.1")]
    assert [group[0] for group in dora.get(address).context["groups"]] == ["T2"]


def test_a_charge_ends_and_leaves_the_matrix(staffed, browse):
    charge, dora = staffed.charge(), browse("dora")
    address = reverse("duties_charge_end", args=[charge.pk])
    assert dora.post(address, {"ends_on": charge.starts_on - timedelta(days=1)}).status_code == 422
    dora.post(address, {"ends_on": today() - timedelta(days=1)})
    assert dora.get(reverse("duties_matrix"), {"unit": charge.unit_id}).context["rows"] == []


@pytest.mark.parametrize("duties", [1, 30])
def test_the_matrix_asks_as_often_for_few_as_for_many(staffed, browse, django_assert_num_queries, duties):
    for number in range(duties):
        staffed.charge(f"T1.{number + 1}")
    dora, address = browse("dora"), reverse("duties_matrix")
    dora.get(address)
    with django_assert_num_queries(QUERIES):
        page = dora.get(address)
    assert len(page.context["rows"]) == duties
