"""The handbook in the browser: changed, compared, proposed, brought and taken along."""

import re
from datetime import UTC, datetime

import pytest
import yaml
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from remit.duties.actions.duty import add_duty
from remit.duties.models import Duty, Proposal
from remit.duties.queries.handbook import shipped_drafts
from remit.notices.models import Notice
from remit.notices.queries import said
from remit.org.actions.position import add_shipped_positions
from tests.duties.conftest import draft, entry, house

__all__ = ["house"]
AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def browser(house):
    """Dora manages duties at the root; ana does not."""
    cache.clear()
    house.post("dora", "marketing_director", "group")
    add_duty(draft=draft(), by=None, at=AT)

    def log_in(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(house.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


def form_of(client: Client, code: str = "T1.1") -> dict[str, object]:
    """What the form of a duty holds."""
    fields = client.get(reverse("duties_edit", args=[code])).context["form"]
    held = {name: fields.get_initial_for_field(fields.fields[name], name) for name in fields.fields}
    return {name: "" if value is None else value for name, value in held.items()}


def test_a_change_makes_a_version_and_its_differences_are_said(browser):
    dora = browser("dora")
    given = form_of(dora) | {"rhythm": "weekly", "day": 5, "title_en": "Market watch", "note": "More often."}
    answer = dora.post(reverse("duties_edit", args=["T1.1"]), given)
    assert (answer.status_code, Duty.objects.get().current.number) == (302, 2)
    page = dora.get(reverse("duties_versions", args=["T1.1"]))
    assert re.search(r"<h1>T1\.1 \S.* · Versions</h1>", page.content.decode())  # which duty, by its name
    version, lines = page.context["changes"][0]
    assert [(line.label, line.before, line.after) for line in lines] == [
        ("Title (English)", "Market research", "Market watch"),
        ("Rhythm", "Monthly", "Weekly"),
        ("Day", "20", "5"),
    ]
    assert version.note == "More often."


def test_of_two_who_change_a_duty_at_once_the_second_is_told_and_undoes_nothing(browser):
    dora, address = browser("dora"), reverse("duties_edit", args=["T1.1"])
    first, second = form_of(dora), form_of(dora)
    assert dora.post(address, first | {"effort_minutes": 30}).status_code == 302
    answer = dora.post(address, second | {"title_en": "Market watch"})
    assert answer.status_code == 422
    assert "Version 2 was saved meanwhile, and nothing of yours was." in answer.content.decode()
    assert 'value="Market watch"' in answer.content.decode()
    assert Duty.objects.get().current.effort_minutes == 30
    assert dora.post(address, form_of(dora) | {"title_en": "Market watch"}).status_code == 302
    assert (Duty.objects.get().current.number, Duty.objects.get().current.effort_minutes) == (3, 30)


def test_what_was_saved_twice_makes_one_version(browser):
    dora, address = browser("dora"), reverse("duties_edit", args=["T1.1"])
    given = form_of(dora) | {"effort_minutes": 30}
    assert [dora.post(address, given).status_code for _click in range(2)] == [302, 302]
    assert Duty.objects.get().current.number == 2


def test_the_order_of_positions_is_no_difference_and_the_others_are_said_by_their_titles(browser, house):
    dora = browser("dora")
    others = [code for code in house.positions if code not in form_of(dora)["informed"]][:2]
    dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora) | {"informed": others})
    dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora) | {"informed": others[::-1]})
    versions = dora.get(reverse("duties_versions", args=["T1.1"])).context["changes"]
    assert len(versions) == 2
    (line,) = versions[0][1]
    titles = {house.positions[code].title("en") for code in others}
    assert (line.label, set(line.after.split(", "))) == ("Informed", titles)


def test_the_page_of_a_duty_says_who_does_it_and_what_it_is_measured_by(browser):
    dora = browser("dora")
    given = form_of(dora) | {"manual_zh": "洞察數", "manual_en": "Insights", "manual_unit": "count"}
    dora.post(
        reverse("duties_edit", args=["T1.1"]), given | {"manual_better": "higher", "measure_metric": ""}
    )
    asked = dict(dora.get(reverse("duties_duty", args=["T1.1"])).context["asked"])
    assert (asked["Day"], asked["Measure by hand"]) == ("20", "Insights (count)")
    assert asked["Responsible"]


def test_simplified_chinese_is_derived_until_somebody_corrects_it(browser):
    dora = browser("dora")
    words = Duty.objects.get().current.words.get(language="zh-hans")
    assert (words.title, words.is_corrected) == ("市场调研", False)
    dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora) | {"title_zh_hans": "市场研究"})
    words = Duty.objects.get().current.words.get(language="zh-hans")
    assert (words.title, words.is_corrected) == ("市场研究", True)


def test_what_does_not_hold_together_is_refused_and_changes_nothing(browser):
    dora = browser("dora")
    answer = dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora) | {"rhythm": "weekly", "day": 20})
    assert answer.status_code == 422
    assert "day does not fit the rhythm" in answer.content.decode()
    assert Duty.objects.get().current.number == 1


@pytest.mark.parametrize(("field", "value"), [("effort_minutes", 60_001), ("evidence_count", 51)])
def test_too_much_is_said_beside_its_field(browser, field, value):
    dora = browser("dora")
    answer = dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora) | {field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_only_who_manages_all_duties_changes_the_handbook(browser):
    ana = browser("ana")
    for name in ("duties_edit", "duties_retirement"):
        assert ana.post(reverse(name, args=["T1.1"]), {}).status_code == 403
    for name in ("duties_new", "duties_bring", "duties_export"):
        assert ana.get(reverse(name)).status_code == 403


def test_a_proposal_becomes_a_version_after_one_approval(browser):
    ana, dora = browser("ana"), browser("dora")
    given = {"rhythm": "weekly", "reason": "A rival cut its prices."}
    ana.post(reverse("duties_proposal", args=["T1.1"]), given)
    assert told(browser) == [("dora", "waits for your decision", "A rival cut its prices.")]
    decision = reverse("duties_proposal_decision", args=[Proposal.objects.get().pk])
    assert ana.post(decision, {"verdict": "accepted"}).status_code == 403
    assert Duty.objects.get().current.rhythm == "monthly"
    dora.post(decision, {"verdict": "accepted"})
    assert told(browser)[1:] == [("ana", "dora accepted the change of T1.1 Market research", "")]
    current = Duty.objects.get().current
    assert (current.rhythm, current.number, current.note) == ("weekly", 2, "A rival cut its prices.")
    assert dora.post(decision, {"verdict": "accepted"}).status_code == 404


def told(browser) -> list[tuple[str, str, str]]:
    """Who read what of proposals, and the reason that it quotes."""
    found = []
    with override("en"):
        for notice in Notice.objects.order_by("pk"):
            (one,) = said([notice], notice.person)
            reason = notice.fields.get("reason", "")
            part = "waits for your decision" if reason else one.sentence.split(" that you")[0]
            assert part in one.sentence and reason in one.sentence
            found.append((notice.person.name, part, reason))
    return found


def test_a_proposal_that_is_declined_is_said_to_who_made_it_and_not_to_who_decided(browser):
    dora, ana = browser("dora"), browser("ana")
    for client in (dora, ana):
        client.post(reverse("duties_proposal", args=["T1.1"]), {"rhythm": "weekly", "reason": "Why not."})
    for proposal in Proposal.objects.order_by("pk"):
        dora.post(reverse("duties_proposal_decision", args=[proposal.pk]), {"verdict": "declined"})
    assert told(browser) == [
        ("dora", "waits for your decision", "Why not."),  # ana's; of her own she knows
        ("ana", "dora declined the change of T1.1 Market research", ""),
    ]


def test_the_handbook_goes_out_and_comes_in_as_yaml(browser):
    dora = browser("dora")
    entries = yaml.safe_load(dora.get(reverse("duties_export")).content)
    assert [each["code"] for each in entries] == ["T1.1"]
    entries[0]["effort_minutes"] = 90
    text = yaml.safe_dump([*entries, entry("T1.2")], allow_unicode=True)
    dora.post(reverse("duties_bring"), {"file": SimpleUploadedFile("h.yaml", text.encode())})
    found = Duty.objects.values_list("code", "current__number", "current__effort_minutes")
    assert sorted(found) == [("T1.1", 2, 90), ("T1.2", 1, 120)]


NOWHERE = {"to": "T9.9", "what": {"zh": "x", "en": "x"}}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"\xff\xfe", "not YAML in UTF-8"),
        (b"a: [", "Line 1: this is not YAML"),
        (b"just words", "no list of duties"),
        (yaml.safe_dump([entry("T1.2"), entry("T1.3", rhythm="hourly")]).encode(), "T1.3: rhythm is one of"),
        (
            yaml.safe_dump([entry("T1.4", hands_over=[NOWHERE])]).encode(),
            "T1.4: hands_over names T9.9, which the handbook",
        ),
    ],
)
def test_one_mistake_in_a_file_and_nothing_is_changed(browser, body, said):
    answer = browser("dora").post(reverse("duties_bring"), {"file": SimpleUploadedFile("h.yaml", body)})
    assert (answer.status_code, said in answer.content.decode(), Duty.objects.count()) == (422, True, 1)


def test_a_retired_duty_comes_back_with_a_change(browser):
    dora = browser("dora")
    dora.post(reverse("duties_retirement", args=["T1.1"]))
    assert Duty.objects.get().retired_at is not None
    dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora))
    assert Duty.objects.get().retired_at is None


def test_an_empty_handbook_offers_the_one_that_ships_to_who_may_bring_it_in(browser):
    dora, page = browser("dora"), reverse("duties_handbook")
    assert "Bring in the handbook that ships" not in dora.get(page).content.decode()
    Duty.objects.update(retired_at=AT)
    assert "Bring in the handbook that ships" in dora.get(page).content.decode()
    assert "Bring in the handbook that ships" not in browser("ana").get(page).content.decode()
    add_shipped_positions(by=None, at=AT)
    for _click in range(2):
        dora.post(reverse("duties_shipped"))
        assert Duty.objects.filter(retired_at=None).count() == len(shipped_drafts())
