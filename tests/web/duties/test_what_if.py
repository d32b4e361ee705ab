"""What would differ, before anything changes; and nothing changes."""

from django.urls import reverse

from remit.duties.models import RaciRow
from remit.org.models import Assignment, Unit
from tests.web.duties.conftest import sentences


def asked(client, **query):
    page = client.get(reverse("duties_what_if"), {"ask": "1", **query})
    return page, sentences(page.content.decode())


def test_a_person_leaves_but_not_really(staffed, browse):
    staffed.charge()
    page, words = asked(browse("dora"), change="leaving", person=staffed.people["ana"].pk)
    assert words == [
        "Nobody holds 市場分析師 in 商店; 1 duty waits for it.",
        "1 duty depends on dora alone, who has no deputy.",
        "1 duty depends on ana alone, who has no deputy.",
    ]
    assert (len(page.context["new"]), len(page.context["gone"])) == (2, 1)
    assert "is made by who manages people there" in page.content.decode()  # dora would be refused there
    page, _words = asked(browse("hana"), change="leaving", person=staffed.people["ana"].pk)
    assert page.context["url"] == reverse("org_person", args=[staffed.people["ana"].pk])
    assert Assignment.objects.filter(person=staffed.people["ana"], ends_on=None).exists()
    assert asked(browse("otto"), change="leaving", person=staffed.people["ana"].pk)[0].status_code == 422


def test_two_positions_merge_but_not_really(staffed, browse):
    staffed.charge()
    gone, kept = staffed.positions["market_analyst"].pk, staffed.positions["marketing_director"].pk
    page, words = asked(browse("dora"), change="merging", gone=gone, kept=kept)
    assert [word for word in words if "all answer" in word] == [
        "dora, ana all answer for T1.1 Market research in 商店: nobody knows whose it is."
    ]
    assert page.context["url"] == ""
    staffed.person("root", "people_lead", "group")
    page, _words = asked(browse("root"), change="merging", gone=gone, kept=kept)
    assert page.context["url"] == reverse("org_position_edit", args=[gone])
    assert asked(browse("dora"), change="merging", gone=gone, kept=gone)[0].status_code == 422
    assert RaciRow.objects.filter(position=gone).count() == 1


def test_a_unit_answers_alone_but_not_really(staffed, browse):
    staffed.charge(unit="east")
    east = staffed.units["east"]
    page, words = asked(browse("dora"), change="structure", unit=east.pk, structure="decentralised")
    assert words == ["Nobody holds 營銷總監 in 東區; 1 duty waits for it."]
    assert "T1.1 Market research</a>" in page.content.decode()
    assert page.context["url"] == ""
    staffed.person("root", "people_lead", "group")
    page, _words = asked(browse("root"), change="structure", unit=east.pk, structure="decentralised")
    assert page.context["url"] == reverse("org_unit_edit", args=[east.pk])
    assert Unit.objects.get(pk=east.pk).structure == "centralised"
