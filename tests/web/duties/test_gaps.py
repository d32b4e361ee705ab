"""Each kind of finding: its cause comes through the interface, it shows to the right person, and goes."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from remit.duties.actions.charge import charge_units
from remit.duties.actions.gap import Watched, watch_gaps
from remit.duties.deciding import Kind
from remit.duties.models import Charge, Gap, RaciRow
from remit.notices.models import Notice
from remit.notices.queries import said as said_of
from remit.org.enums import Ability
from remit.org.models import Absence, Assignment, Delegation, Position
from remit.org.queries.today import today

OLD = date(2020, 1, 1)
QUERIES = 27


def post(client, name, *args, **data):
    answer = client.post(reverse(name, args=args), data)
    assert answer.status_code == 302, answer.content.decode()[:2000]


def give(house, client, position, charge, *roles):
    post(client, "duties_roles", charge.pk, position=house.positions[position].pk, roles=roles)


def assign(house, browse, name, position, by="hana"):
    """Somebody, hana if nobody else, gives a position in the shop from today on."""
    post(
        browse(by), "org_person_assignments", house.people[name].pk, starts_on=today(), share=50,
        position=house.positions[position].pk, unit=house.units["shop"].pk,
    )  # fmt: skip


def test_nobody_accountable(staffed, browse, said):
    charge, dora = staffed.charge(), browse("dora")
    assert said("dora", "no_accountable") == []
    give(staffed, dora, "marketing_director", charge)
    assert said("dora", "no_accountable") == ["No position is accountable for T1.1 Market research in 商店."]
    assert said("otto", "no_accountable") == []
    give(staffed, dora, "marketing_director", charge, "accountable")
    assert said("dora", "no_accountable") == []


def test_nobody_responsible(staffed, browse, said):
    charge, dora = staffed.charge(), browse("dora")
    give(staffed, dora, "market_analyst", charge, "informed")
    assert said("dora", "no_responsible") == ["No position is responsible for T1.1 Market research in 商店."]
    assert said("otto", "no_responsible") == []
    give(staffed, dora, "market_analyst", charge, "responsible")
    assert said("dora", "no_responsible") == []


def administrator(house) -> str:
    """Who gives and ends leading posts."""
    abilities = list(Ability.values)
    house.positions["system"] = Position.objects.create(code="system", name="系統", abilities=abilities)
    house.person("adam", "system", "group")
    return "adam"


def test_two_people_accountable(staffed, browse, said):
    staffed.charge()
    staffed.person("dirk", "market_analyst")
    assign(staffed, browse, "dirk", "marketing_director", by=administrator(staffed))
    assert said("dora", "two_accountables") == [
        "dora, dirk all answer for T1.1 Market research in 商店: nobody knows whose it is."
    ]
    assert said("otto", "two_accountables") == []
    post(browse("adam"), "org_person_account", staffed.people["dirk"].pk, state="closed")
    assert said("dora", "two_accountables") == []


def gaps_page(browse, kind):
    return browse("dora").get(reverse("duties_gaps"), {"kind": kind}).content.decode()


def test_vacant_position(staffed, browse, said):
    charge = staffed.charge()
    held = Assignment.objects.get(person=staffed.people["ana"])
    post(browse("hana"), "org_assignment_end", held.pk, ends_on=today() - timedelta(days=1))
    assert said("dora", "vacant") == ["Nobody holds 市場分析師 in 商店; 1 duty waits for it."]
    assert said("otto", "vacant") == []
    assert 'href="' + reverse("duties_charge", args=[charge.pk]) in gaps_page(browse, "vacant")  # which one
    assign(staffed, browse, "ben", "market_analyst")
    assert said("dora", "vacant") == []


def test_the_way_from_a_vacancy_to_somebody_carries_what_is_vacant(staffed, browse):
    staffed.charge()
    held = Assignment.objects.get(person=staffed.people["ana"])
    post(browse("hana"), "org_assignment_end", held.pk, ends_on=today() - timedelta(days=1))
    page = browse("hana").get(reverse("duties_gaps"), {"kind": "vacant"}).content.decode()
    query = f"position={staffed.positions['market_analyst'].pk}&amp;unit={staffed.units['shop'].pk}"
    assert f'href="{reverse("org_people")}?{query}"' in page
    people = browse("hana").get(unescape(f"{reverse('org_people')}?{query}")).content.decode()
    assert "Who takes 市場分析師 in 商店?" in people
    for path, end in (
        (reverse("org_person", args=[staffed.people["ana"].pk]), "#assign"),
        (reverse("org_person_new"), ""),
    ):
        assert f'href="{path}?{query}{end}"' in people
        form = browse("hana").get(unescape(f"{path}?{query}")).context["form"]
        assert (form["position"].value(), form["unit"].value()) == (
            staffed.positions["market_analyst"].pk,
            staffed.units["shop"].pk,
        )


@pytest.mark.parametrize("query", ["position=x&unit=1", "position=999999&unit=999999", "position=&unit="])
def test_a_vacancy_that_is_none_is_left_out(staffed, browse, query):
    page = browse("hana").get(f"{reverse('org_people')}?{query}")
    assert page.context["vacancy"] is None


def test_away_and_nobody_acts(staffed, browse, said):
    staffed.charge()
    deputy = staffed.person("deputy", "market_analyst")
    dora, first = staffed.people["dora"], today() + timedelta(days=3)
    away = {"starts_on": first, "ends_on": first + timedelta(days=2), "kind": "leave"}
    post(browse("dora"), "org_person_absences", dora.pk, **away)
    words = [f"dora (營銷總監, 商店) is away; from {first.day} {first:%b %Y} nobody acts for 1 duty."]
    plain = ["Nobody answers for 1 duty of 營銷總監 in 商店."]  # a colleague does not read who is away
    assert [said(name, "absent") for name in ("ana", "chief", "otto")] == [plain, words, []]
    part = {"starts_on": first, "ends_on": first + timedelta(days=1)}
    post(browse("dora"), "org_person_delegations", dora.pk, to=deputy.pk, **part)
    last = first + timedelta(days=2)
    rest = [f"dora (營銷總監, 商店) is away; from {last.day} {last:%b %Y} nobody acts for 1 duty."]
    assert said("chief", "absent") == rest  # the delegation covers two days of three
    Delegation.objects.all().delete()
    post(browse("dora"), "org_person_delegations", dora.pk, to=deputy.pk, starts_on=today())
    assert [said(name, "absent") for name in ("ana", "chief")] == [[], []]
    post(browse("dora"), "org_delegation_end", Delegation.objects.get().pk, ends_on=today())
    assert said("chief", "absent") == words
    post(browse("dora"), "org_absence_removal", Absence.objects.get().pk)
    assert said("chief", "absent") == []


def test_overload(staffed, browse, said):
    duty, dora = staffed.duty(effort_minutes=12000), browse("dora")
    before = today() - timedelta(days=1)
    post(dora, "duties_giving", staffed.units["shop"].pk, duty=duty.pk, starts_on=before)
    assert said("dora", "overload") == ["ana owes 200 hours a month and has 173."]
    assert said("otto", "overload") == []
    post(dora, "duties_charge_end", duty.charges.get().pk, ends_on=before)
    assert said("dora", "overload") == []


def test_single_point(staffed, browse, said):
    staffed.charge()
    assert said("dora", "single_point") == ["1 duty depends on ana alone, who has no deputy."]
    assert said("otto", "single_point") == []
    assign(staffed, browse, "ben", "market_analyst")
    assert said("dora", "single_point") == []


def test_not_measured_for_a_year(staffed, browse, said):
    charge = staffed.charge(starts_on=OLD, at=timezone.now() - timedelta(days=366))
    assert said("dora", "unmeasured") == ["T1.1 Market research in 商店 was not measured for a year."]
    assert said("otto", "unmeasured") == []
    month = {"first": today() - timedelta(days=30), "last": today()}
    post(browse("ana"), "duties_readings", charge.pk, value="12.5", target="10", **month)
    assert said("dora", "unmeasured") == []


def test_a_duty_given_only_now_from_long_ago_is_not_unmeasured_for_a_year(staffed, browse, said):
    duty = staffed.duty()
    post(browse("dora"), "duties_giving", staffed.units["shop"].pk, duty=duty.pk, starts_on=date(1999, 1, 1))
    charge = duty.charges.get()
    assert (charge.starts_on, charge.given_on, said("dora", "unmeasured")) == (date(1999, 1, 1), today(), [])
    Charge.objects.update(given_on=today() - timedelta(days=364))
    assert said("dora", "unmeasured") == []
    Charge.objects.update(given_on=today() - timedelta(days=365))
    assert said("dora", "unmeasured") == ["T1.1 Market research in 商店 was not measured for a year."]
    # Given again after it had ended: nobody could measure it in between.
    post(browse("dora"), "duties_charge_end", charge.pk, ends_on=today() - timedelta(days=1))
    post(browse("dora"), "duties_giving", staffed.units["shop"].pk, duty=duty.pk, starts_on=today())
    assert (Charge.objects.get().given_on, said("dora", "unmeasured")) == (today(), [])


def test_a_history_that_is_entered_counts_from_its_beginning(staffed, said):
    unit, duty = staffed.units["shop"], staffed.duty()
    charge_units(duties={duty: OLD}, unit=unit, by=None, at=timezone.now(), with_past=True)
    assert said("dora", "unmeasured") == ["T1.1 Market research in 商店 was not measured for a year."]


def test_a_reading_is_refused_to_who_does_not_answer_and_corrected_by_who_does(staffed, browse):
    charge = staffed.charge()
    data = {"first": today(), "last": today(), "value": "1", "target": ""}
    address = reverse("duties_readings", args=[charge.pk])
    staffed.positions["people_lead"].abilities = []
    staffed.positions["people_lead"].save()
    assert [browse(name).post(address, data).status_code for name in ("hana", "otto")] == [403, 404]
    assert browse("ana").post(address, data | {"last": today() - timedelta(days=1)}).status_code == 422
    ahead = {"first": today() + timedelta(days=1), "last": today() + timedelta(days=31)}
    refused = browse("ana").post(address, data | ahead)
    assert (refused.status_code, "This period has not begun" in refused.content.decode()) == (422, True)
    for value in ("1", "2"):
        assert browse("ana").post(address, data | {"value": value}).status_code == 302
    assert [reading.value for reading in charge.readings.all()] == [2]


@pytest.mark.parametrize(
    ("language", "named"), [("en", "Days to answer (days)"), ("zh-hant", "答覆天數 (天)")]
)
def test_the_measure_of_a_charge_is_said_with_its_unit_in_words(staffed, browse, language, named):
    manual = {"zh": "答覆天數", "en": "Days to answer", "unit": "days", "better": "lower"}
    charge = staffed.charge(measure={"manual": manual})
    client = browse("ana")
    page = client.get(reverse("duties_charge", args=[charge.pk]), headers={"accept-language": language})
    assert page.context["measure"] == named


# -- who sees what ------------------------------------------------------------------------------


def test_one_sees_the_findings_of_one_s_units_only_and_filters_them(staffed, said):
    for unit in ("shop", "east"):
        RaciRow.objects.filter(charge=staffed.charge(unit=unit), role="accountable").delete()
    both = [f"No position is accountable for T1.1 Market research in {name}." for name in ("商店", "東區")]
    assert said("dora", "no_accountable") == both
    assert said("dora", "no_accountable", unit=staffed.units["east"].pk) == both[1:]
    assert said("ben", "no_accountable") == both[1:]
    assert said("ben", "no_accountable", unit=staffed.units["shop"].pk) == both[1:]  # not a filter of his


def test_the_load_of_a_person_and_their_duties(staffed, browse):
    staffed.charge()
    page = browse("dora").get(reverse("duties_gaps"), {"person": staffed.people["ana"].pk})
    loads = [(row.person.name, row.hours, row.part) for row in page.context["loads"]]
    assert loads == [("ana", 2.0, 1), ("dora", 0.0, 0), ("ben", 0.0, 0), ("hana", 0.0, 0)]
    person, duties = page.context["about"]
    assert (person.name, [row[2] for row in duties]) == ("ana", [2.0])
    foreign = browse("otto").get(reverse("duties_gaps"), {"person": staffed.people["ana"].pk})
    assert foreign.context["about"] is None
    assert [row.person.name for row in foreign.context["loads"]] == ["otto"]


def test_effort_could_move_from_the_worse_to_the_better(staffed, browse):
    for code, value in (("T1.1", "9"), ("T1.2", "3")):
        month = {"first": today() - timedelta(days=30), "last": today()}
        post(browse("dora"), "duties_readings", staffed.charge(code).pk, value=value, target="3", **month)
    page = browse("dora").get(reverse("duties_gaps"))
    (move,) = page.context["moves"]
    assert (move.better[0][:4], move.worse[0][:4], move.high, move.low) == ("T1.1", "T1.2", 3.0, 1.0)
    text = page.content.decode()
    assert "chief should look at it" in text and "300.0% of its target" in text
    assert f'href="{unescape(move.fix_url)}"' in unescape(text)
    proposing = browse("dora").get(move.fix_url).content.decode()
    assert '<details class="more" id="propose" open>' in proposing and "T1.2 Market research" in proposing
    assert browse("otto").get(reverse("duties_gaps")).context["moves"] == []
    charge = Charge.objects.get(duty__code="T1.2")
    post(browse("dora"), "duties_readings", charge.pk, value="9", target="3", **month)
    assert browse("dora").get(reverse("duties_gaps")).context["moves"] == []


@pytest.mark.parametrize("duties", [1, 30])
def test_the_page_asks_as_often_for_few_as_for_many(staffed, browse, django_assert_num_queries, duties):
    for number in range(duties):
        RaciRow.objects.filter(charge=staffed.charge(f"T1.{number + 1}"), role="accountable").delete()
    dora = browse("dora")
    dora.get(reverse("duties_gaps"))
    with django_assert_num_queries(QUERIES):
        dora.get(reverse("duties_gaps"))


# -- over time ----------------------------------------------------------------------------------


def test_a_new_gap_is_told_once_to_who_should_mend_it_and_remembered_until_it_is_gone(staffed, browse):
    charge, at = staffed.charge(), timezone.now()
    watch_gaps(at=at)
    Notice.objects.all().delete()
    give(staffed, browse("dora"), "marketing_director", charge)
    came = at + timedelta(minutes=1)
    assert watch_gaps(at=came).new == 1
    assert watch_gaps(at=at + timedelta(minutes=2)) == Watched(new=0, gone=0)
    assert list(Notice.objects.values_list("person__name", "fields__duties")) == [("dora", "T1.1")]
    page = browse("dora").get(reverse("duties_gaps"), {"kind": "no_accountable"})
    assert page.context["groups"][0].lines[0].since == came
    give(staffed, browse("dora"), "marketing_director", charge, "accountable")
    assert watch_gaps(at=at + timedelta(minutes=3)) == Watched(new=0, gone=1)
    assert Gap.objects.get(kind=Kind.NO_ACCOUNTABLE).gone_at == at + timedelta(minutes=3)


def test_a_vacancy_is_told_to_who_stands_above_the_vacant_position(staffed):
    staffed.charge()
    Assignment.objects.filter(person=staffed.people["ana"]).update(ends_on=OLD)
    watch_gaps(at=timezone.now())
    told = Notice.objects.filter(text__contains="vacant").values_list("person__name", "fields__position")
    assert list(told) == [("dora", {"zh": "市場分析師", "en": "市場分析師"})]


def test_where_nobody_stands_above_whoever_manages_people_is_told(staffed):
    staffed.charge()
    Assignment.objects.exclude(person=staffed.people["dora"]).update(ends_on=OLD)
    Position.objects.filter(code="marketing_director").update(abilities=["manage_people"])
    watch_gaps(at=timezone.now())
    told = Notice.objects.filter(text__contains="vacant").values_list("person__name", flat=True)
    assert list(told) == ["dora"]


def test_who_is_away_is_told_once_with_all_the_duties_that_depend_on_them(staffed, said):
    for number in range(5):
        staffed.charge(f"T1.{number}")
    watch_gaps(at=timezone.now())
    Notice.objects.all().delete()
    Absence.objects.create(
        person=staffed.people["ana"], starts_on=today(), ends_on=today() + timedelta(days=9)
    )
    watch_gaps(at=timezone.now())
    told = Notice.objects.filter(text__contains="is away").values_list("person__name", "fields__duties")
    assert list(told) == [("dora", "T1.0, T1.1, T1.2, … (5)")]
    assert any("nobody acts for 5 duties" in one for one in said("dora", "absent"))


def test_a_duty_that_comes_to_depend_on_somebody_away_is_told_too(staffed):
    staffed.charge("T1.0")
    Absence.objects.create(
        person=staffed.people["ana"], starts_on=today(), ends_on=today() + timedelta(days=9)
    )
    watch_gaps(at=timezone.now())
    Notice.objects.all().delete()
    staffed.charge("T1.1")
    watch_gaps(at=timezone.now())
    told = Notice.objects.filter(text__contains="is away").values_list("fields__duties", flat=True)
    assert list(told) == ["T1.1"]


@pytest.mark.parametrize(
    ("kind", "told", "words"),
    [
        (Kind.NO_RESPONSIBLE, "chief", "Nobody is responsible for T1.1 in 商店."),
        (Kind.TWO_ACCOUNTABLES, "chief", "More than one person answers for T1.1 in 商店."),
        (Kind.OVERLOAD, "dora", "ana owes 200 hours a month and has 173."),
        (Kind.SINGLE_POINT, "dora", "ana alone does T1.1 in 商店, and has no deputy."),
        (Kind.UNMEASURED, "dora", "Nobody measured T1.1 in 商店 for a year."),
    ],
)
def test_a_new_gap_of_any_kind_is_told_to_who_should_mend_it(staffed, kind, told, words):
    staffed.duty("T1.1", effort_minutes=12000 if kind == Kind.OVERLOAD else 120)
    begun = today() - timedelta(days=400 if kind == Kind.UNMEASURED else 1)
    charge = staffed.charge("T1.1", starts_on=begun, at=timezone.now() - (today() - begun))
    if kind == Kind.NO_RESPONSIBLE:
        RaciRow.objects.filter(charge=charge, role="responsible").delete()
    if kind == Kind.TWO_ACCOUNTABLES:
        staffed.person("dirk", "marketing_director")
    watch_gaps(at=timezone.now())
    notices = Notice.objects.filter(subject__in=[f"gap:{gap.pk}" for gap in Gap.objects.filter(kind=kind)])
    (notice,) = notices
    assert notice.person.name == told
    with override("en"):
        (one,) = said_of([notice], notice.person)
    assert (one.sentence, one.hidden) == (f"{words} Please mend this gap.", False)


def test_many_new_gaps_at_once_are_told_as_their_number(staffed):
    for number in range(4):
        RaciRow.objects.filter(charge=staffed.charge(f"T1.{number}"), role="accountable").delete()
    watch_gaps(at=timezone.now())
    dora = Notice.objects.filter(person=staffed.people["dora"])
    assert [(each.text[:23], each.fields, each.subject) for each in dora] == [
        ("%(count)s new gaps are ", {"count": 5}, "")  # and ana alone does all four
    ]
    watch_gaps(at=timezone.now())
    assert dora.count() == 1


def test_where_other_kinds_are_wrong_a_kind_without_findings_does_not_say_all_is_well(staffed, browse):
    RaciRow.objects.filter(charge=staffed.charge(), role="accountable").delete()
    page = browse("dora").get(reverse("duties_gaps"), {"kind": "vacant"}).content.decode()
    assert "Nothing of this kind here" in page
    assert "Nothing is wrong here" not in page
    foreign = browse("otto").get(reverse("duties_gaps"), {"kind": "vacant"}).content.decode()
    assert "No duty is given yet" in foreign


def test_after_one_of_two_assignments_was_ended_today_the_finding_says_that_it_ends(staffed, browse, said):
    staffed.charge()
    staffed.person("dirk", "marketing_director")
    held = Assignment.objects.get(person=staffed.people["dirk"])
    post(browse(administrator(staffed)), "org_assignment_end", held.pk, ends_on=today())
    (line,) = said("dora", "two_accountables")
    assert line.endswith(f"nobody knows whose it is. It ends on {today().day} {today():%b %Y}.")
