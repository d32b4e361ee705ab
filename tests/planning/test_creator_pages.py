"""The register of endorsers and creators through its pages."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from remit.org.queries.today import today
from remit.planning.models import Creator, CreatorContract, EffectEstimate, Engagement

from .planned import approved, department, plan_of
from .test_creators import contract, creator
from .test_scores import effect_of


@pytest.fixture
def house(db, lake_folder, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return department()


def post(client, name, /, *args, status=302, **data):
    answer = client.post(reverse(name, args=args), data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def seen(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def paper(**more):
    file = SimpleUploadedFile("合約.pdf", b"%PDF the contract")
    days = {"begins_on": "2026-01-01", "ends_on": "2036-12-31"}
    return {"file": file, **days, "fee": "120000", "basis": "whole", "exclusivity": "no other dairy", **more}


def test_registered_filed_engaged_and_taken_out(house, browse):
    ana, plan = browse("ana"), plan_of(house)
    data = {"name": "小美", "unit": house.units["shop"].pk, "kind": "kol", "owner": house["ana"].pk}
    post(ana, "creators_new", **data)
    assert "already" in post(ana, "creators_new", status=422, **data)
    row = Creator.objects.get()
    assert "No contract" in seen(ana, "creators_creator", row.pk)
    post(ana, "creators_edit", row.pk, **data | {"handle": "@mei", "platform": "YouTube"})
    post(ana, "creators_contract", row.pk, **paper())
    said = seen(ana, "creators_creator", row.pk)
    assert "no other dairy" in said
    assert "YouTube · @mei" in said
    kept = CreatorContract.objects.get()
    assert (
        b"".join(ana.get(reverse("creators_file", args=[kept.pk])).streaming_content) == b"%PDF the contract"
    )
    post(ana, "creators_engage", plan.pk, creator=row.pk, purpose="Unboxing", fee="5000")
    assert "Unboxing" in seen(ana, "plans_plan", plan.pk)
    assert "Unboxing" in seen(ana, "creators_creator", row.pk)
    post(ana, "creators_engaged", row.pk, plan=plan.pk, purpose="Two sessions", fee="0")
    assert Engagement.objects.get().purpose == "Two sessions"
    post(ana, "creators_disengage", Engagement.objects.get().pk)
    assert not Engagement.objects.exists()


def test_what_a_contract_says_wrongly_comes_back(house, browse):
    ana, row = browse("ana"), creator(house)
    assert "before it begins" in post(
        ana, "creators_contract", row.pk, status=422, **paper(ends_on="2025-12-31")
    )
    assert "required" in post(ana, "creators_contract", row.pk, status=422, fee="1", basis="whole")
    assert not CreatorContract.objects.exists()


def test_without_a_contract_the_page_says_why_it_is_not_launched(house, browse):
    ana = browse("ana")
    on = today() + timedelta(days=30)
    plan = approved(house, starts_on=on, ends_on=on + timedelta(days=13))
    row = creator(house)
    post(ana, "creators_engage", plan.pk, creator=row.pk, purpose="Unboxing", fee="0")
    said = seen(ana, "plans_plan", plan.pk)
    assert "The register has no contract with 小美" in said
    assert reverse("plans_launch", args=[plan.pk]) not in said
    post(ana, "plans_launch", plan.pk, status=403)
    post(ana, "creators_contract", row.pk, **paper())
    assert reverse("plans_launch", args=[plan.pk]) in seen(ana, "plans_plan", plan.pk)
    post(ana, "plans_launch", plan.pk)
    plan.refresh_from_db()
    assert plan.stage == "running"
    unbound = creator(house, name="阿德")
    assert "H2.1.3" in post(
        ana, "creators_engage", plan.pk, status=422, creator=unbound.pk, purpose="Live", fee="0"
    )
    assert "H2.1.3" in post(
        ana, "creators_engaged", unbound.pk, status=422, plan=plan.pk, purpose="Live", fee="0"
    )


def test_ended_and_taken_up_again_and_a_contract_withdrawn(house, browse):
    ana, row = browse("ana"), creator(house)
    kept = contract(house, row, today(), today() + timedelta(days=300))
    post(ana, "creators_withdraw", kept.pk, status=422, reason="")
    post(ana, "creators_withdraw", kept.pk, reason="Entered twice")
    assert "Entered twice" in seen(ana, "creators_creator", row.pk)
    post(ana, "creators_withdraw", kept.pk, reason="Again")
    assert "withdrawn already" in seen(ana, "creators_creator", row.pk)
    post(ana, "creators_end", row.pk, reason="Image")
    assert "No longer with us since" in seen(ana, "creators_creator", row.pk)
    post(ana, "creators_end", row.pk, reason="Image")
    assert "ended already" in seen(ana, "creators_creator", row.pk)
    post(ana, "creators_resume", row.pk)
    assert Creator.objects.get().ended_at is None


def test_only_its_owner_and_who_leads_keep_it(house, browse):
    leo, row = browse("leo"), creator(house)
    kept = contract(house, row, today(), today())
    assert "creators_edit" not in seen(leo, "creators_creator", row.pk)
    for name in ("edit", "contract", "end", "resume"):
        post(leo, f"creators_{name}", row.pk, status=403)
    post(leo, "creators_withdraw", kept.pk, status=403, reason="no")
    plan = plan_of(house)
    post(leo, "creators_engage", plan.pk, status=403, creator=row.pk, purpose="Live", fee="0")


def test_the_list_is_narrowed_by_kind_contract_and_whose_and_goes_out_as_csv(house, browse):
    ana, plan = browse("ana"), approved(house)
    mine, hers = creator(house), creator(house, "dora", name="阿德", kind="athlete")
    contract(house, mine, today() - timedelta(days=9), today() + timedelta(days=9))
    post(ana, "creators_engage", plan.pk, creator=mine.pk, purpose="Unboxing", fee="0")
    effect = effect_of(plan, 100, 10)
    EffectEstimate.objects.filter(pk=effect.pk).update(
        verdict="estimate", effect=900, effect_low=500, effect_high=1300, weekly=Decimal("3.25"),
        weekly_low=1, weekly_high=5, currency="TWD",
    )  # fmt: skip
    for query, names in (
        ({"kind": "athlete"}, {"阿德"}), ({"standing": "expiring"}, {"小美"}),
        ({"standing": "missing"}, {"阿德"}),
        ({"whose": "mine"}, {"小美"}), ({"q": "@mei 阿德"}, {"阿德"}), ({}, {"小美", "阿德"}),
    ):  # fmt: skip
        said = seen(ana, "creators_list", **query)
        assert {name for name in ("小美", "阿德") if f">{name}</a>" in said} == names, query
    sheet = seen(ana, "creators_list", export="csv", sort="name", cols="name,fee,campaigns,measured,weekly")
    assert sorted(line for line in sheet.split("\r\n")[1:] if line) == sorted(
        ["小美,120000.00,1,1,3.25,TWD", "阿德,,0,0,,"]
    )
    assert "900" in seen(ana, "creators_creator", mine.pk)
    assert hers.owner == house["dora"]


def test_a_plan_of_another_unit_names_who_appears_without_a_way_to_the_entry(house, browse):
    """Who sees a plan sees who appears in it; the register's page is for its unit."""
    row = creator(house, "dora", unit="west", name="West host")
    plan = plan_of(house, "ben", unit="east", starts_on=date(2026, 4, 1))
    Engagement.objects.create(
        plan=plan, creator=row, purpose="Live", by=house["dora"], at=plan.made_at
    )  # fmt: skip
    said = seen(browse("ben"), "plans_plan", plan.pk)
    assert "West host" in said
    assert reverse("creators_creator", args=[row.pk]) not in said
