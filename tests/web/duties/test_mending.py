"""A gap offers what its reader can do; who is away is told to who may see them, and to nobody else."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.duties.actions.gap import watch_gaps
from remit.notices.models import Notice
from remit.notices.queries.saying import said as spoken
from remit.org.actions.absence import add_absence
from remit.org.models import Assignment, Delegation, Position
from remit.org.queries.today import today
from tests.web.duties.conftest import browse, house, staffed

__all__ = ["browse", "house", "staffed"]


@pytest.fixture
def away(staffed):
    """Ana, alone responsible, is away from today, and nobody acts for her."""
    staffed.charge()
    day = today()
    add_absence(
        person=staffed.people["ana"], kind="leave", starts_on=day, ends_on=day + timedelta(days=20),
        by=None, at=timezone.now(),
    )  # fmt: skip
    staffed.person("bea", "market_analyst")  # a colleague, who does not see ana
    Assignment.objects.filter(person=staffed.people["bea"]).update(starts_on=day + timedelta(days=400))
    return staffed


def lines(client, kind: str):
    groups = client.get(reverse("duties_gaps"), {"kind": kind}).context["groups"]
    return [line for group in groups for line in group.lines]


def test_who_cannot_mend_is_told_who_can_and_asks_them(staffed, browse):
    staffed.charge()
    Assignment.objects.filter(person=staffed.people["ana"]).update(ends_on=today() - timedelta(days=1))
    dora, hana = browse("dora"), browse("hana")
    (line,) = lines(dora, "vacant")
    assert (line.may_mend, [one.name for one in line.ask]) == (False, ["hana"])
    page = dora.get(reverse("duties_gaps"), {"kind": "vacant"}).content.decode()
    assert ("Ask hana" in page, line.fix_url in page) == (True, False)
    dora.post(reverse("duties_gap_asking"), {"key": line.key})
    dora.post(reverse("duties_gap_asking"), {"key": line.key})
    (notice,) = spoken(Notice.objects.filter(person=staffed.people["hana"]), staffed.people["hana"])
    assert re.fullmatch("dora asks you to mend a gap: .*", notice.sentence)
    assert hana.get(notice.url).status_code == 200
    (line,) = lines(hana, "vacant")
    assert (line.may_mend, line.ask) == (True, [])


def test_a_vacancy_is_for_those_who_can_give_all_that_the_position_gives(staffed, browse):
    staffed.charge()
    Assignment.objects.filter(person=staffed.people["ana"]).update(ends_on=today() - timedelta(days=1))
    Position.objects.filter(code="market_analyst").update(abilities=["define_figures"])
    for key, may, ask in (("hana", False, []), ("dora", False, [])):
        (line,) = lines(browse(key), "vacant")
        assert (line.may_mend, line.ask) == (may, ask)
    said = browse("dora").post(reverse("duties_gap_asking"), {"key": line.key}, follow=True).content.decode()
    assert "Nobody" in said and not Notice.objects.exists()
    Position.objects.filter(code="people_lead").update(
        abilities=["manage_people", "manage_duties", "define_figures"]
    )
    (line,) = lines(browse("dora"), "vacant")
    assert [one.name for one in line.ask] == ["hana"]
    (line,) = lines(browse("hana"), "vacant")
    assert line.may_mend


def test_who_manages_people_says_who_is_away_whatever_their_posts_give_and_does_not_step_in_for_them(
    staffed, browse
):
    Position.objects.filter(code="marketing_director").update(abilities=["define_figures"])
    hana, dora = browse("hana"), staffed.people["dora"]
    away = {"starts_on": today().isoformat(), "ends_on": today().isoformat(), "kind": "leave"}
    assert hana.post(reverse("org_person_absences", args=[dora.pk]), away).status_code == 302
    address, given = reverse("org_person_delegations", args=[dora.pk]), {"starts_on": today().isoformat()}
    own = hana.post(address, given | {"to": staffed.people["hana"].pk})
    assert (own.status_code, list(own.context["delegation_form"].errors)) == (422, ["to"])
    friend = hana.post(address, given | {"to": staffed.people["ana"].pk})  # whose post gives less
    assert (friend.status_code, list(friend.context["delegation_form"].errors)) == (422, ["to"])
    able = staffed.person("dirk", "marketing_director")
    assert hana.post(address, given | {"to": able.pk}).status_code == 302
    assert Delegation.objects.get().delegate == able
    renamed = {"name": "dora", "email": "hana2@example.org"}
    changed = hana.post(reverse("org_person_edit", args=[dora.pk]), renamed | {"hours_per_week": 40})
    assert (changed.status_code, list(changed.context["form"].errors)) == (422, ["email"])


def test_two_who_answer_are_one_line_for_those_who_can_end_a_post(staffed, browse):
    staffed.charge()
    staffed.charge("T1.2")
    Position.objects.filter(code="marketing_director").update(abilities=["define_figures"])
    dirk = staffed.person("dirk", "marketing_director")
    (line,) = lines(browse("hana"), "two_accountables")
    assert line.sentence == "dora, dirk all answer for 2 duties in 商店: nobody knows whose they are."
    assert (line.may_mend, line.ask) == (False, [])  # the post gives what hana lacks
    chief = {"abilities": ["manage_people", "define_figures"]}
    Position.objects.filter(code="chief_executive").update(**chief)
    (line,) = lines(browse("hana"), "two_accountables")  # not the nearest, but further up
    assert [one.name for one in line.ask] == ["chief"]
    (line,) = lines(browse("chief"), "two_accountables")
    assert (line.may_mend, line.fix_url) == (True, reverse("org_person", args=[dirk.pk]))


def test_who_alone_does_it_names_their_own_deputy_though_they_work_alone(staffed, browse):
    staffed.charge()
    (line,) = lines(browse("ana"), "single_point")
    assert (line.may_mend, line.ask) == (True, [])
    form = browse("ana").get(line.fix_url).context["delegation_form"]
    assert staffed.people["dora"] in form.fields["to"].queryset  # stands above
    east = staffed.person("elsa", "market_analyst", "east")
    named = browse("elsa").get(reverse("org_person", args=[east.pk])).context["delegation_form"]
    assert set(named.fields["to"].queryset) >= {staffed.people["dora"], staffed.people["ana"]}


def test_without_any_duty_it_is_not_said_that_all_is_well(staffed, browse):
    page = browse("hana").get(reverse("duties_gaps")).content.decode()
    assert ("No duty is given yet" in page, "Nothing is wrong here" in page) == (True, False)


def test_after_asking_the_page_is_narrowed_as_it_was(staffed, browse):
    charge = staffed.charge()
    Assignment.objects.filter(person=staffed.people["ana"]).update(ends_on=today() - timedelta(days=1))
    dora, chosen = browse("dora"), {"kind": "vacant", "unit": str(charge.unit_id)}
    page = dora.get(reverse("duties_gaps"), chosen)
    (line,) = [line for group in page.context["groups"] for line in group.lines]
    address = f"{reverse('duties_gap_asking')}?kind=vacant&amp;unit={charge.unit_id}"
    assert f'action="{address}"' in page.content.decode()
    answer = dora.post(address.replace("&amp;", "&"), {"key": line.key})
    assert answer["Location"] == f"{reverse('duties_gaps')}?kind=vacant&unit={charge.unit_id}"
    strange = dora.post(f"{reverse('duties_gap_asking')}?kind=x&unit=9999999", {"key": line.key})
    assert strange["Location"] == f"{reverse('duties_gaps')}?"


def test_a_gap_that_is_not_there_is_not_asked_about(staffed, browse):
    for key in ("", "vacant:1::2:3", "²"):
        assert browse("dora").post(reverse("duties_gap_asking"), {"key": key}).status_code == 302
    assert not Notice.objects.exists()


def test_a_colleague_reads_neither_who_is_away_nor_how_much_they_have_to_do(away, browse):
    colleague = browse("ana")  # sees herself
    assert [row.person.name for row in colleague.get(reverse("duties_gaps")).context["loads"]] == ["ana"]
    other = away.person("cleo", "market_analyst")
    page = browse("cleo").get(reverse("duties_gaps"))
    assert "ana" not in [row.person.name for row in page.context["loads"]]
    text = page.content.decode()
    assert ">ana<" not in text
    assert "ana (" not in text
    assert (
        browse("cleo").get(reverse("duties_gaps"), {"person": away.people["ana"].pk}).context["about"] is None
    )
    assert other.pk


def test_who_may_see_the_person_reads_it(away, browse):
    assert any("ana" in line.sentence for line in lines(browse("hana"), "absent"))


def test_a_notice_about_a_gap_leads_there_and_is_said_only_to_who_sees_the_person(away):
    watch_gaps(at=timezone.now())
    told = list(Notice.objects.filter(text__contains="away").select_related("person"))
    assert told
    for notice in told:
        (shown,) = spoken([notice], notice.person)
        assert (shown.hidden, shown.url.startswith("/duties/gaps?kind=absent")) == (False, True)
        (colleague,) = spoken([notice], away.people["ben"])
        assert colleague.hidden
