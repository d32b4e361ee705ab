"""A handbook that comes in as a file: refused with a sentence, or loaded whole; one's own comes back."""

from datetime import UTC, datetime

import pytest
import yaml
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from remit.config.reactions import REACTIONS
from remit.duties.actions.duty import add_duty, change_duty, load_handbook, retire_duty
from remit.duties.models import Duty
from remit.duties.naming import LOOKED_AT, TO_COME
from remit.duties.queries.events import SEES, STARTS
from remit.duties.queries.handbook import draft_of_version, handbook_yaml, shipped_drafts
from remit.org.actions.position import add_shipped_positions
from remit.web.duties.happenings import EVENTS
from tests.duties.conftest import draft, entry, house

__all__ = ["house"]
AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def dora(house) -> Client:
    cache.clear()
    house.post("dora", "marketing_director", "group")
    add_duty(draft=draft(), by=None, at=AT)
    client = Client(headers={"accept-language": "en"})
    client.force_login(house.people["dora"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def bring(client: Client, body: bytes):
    return client.post(reverse("duties_bring"), {"file": SimpleUploadedFile("h.yaml", body)})


def form_of(client: Client, code: str = "T1.1") -> dict[str, object]:
    fields = client.get(reverse("duties_edit", args=[code])).context["form"]
    held = {name: fields.get_initial_for_field(fields.fields[name], name) for name in fields.fields}
    return {name: "" if value is None else value for name, value in held.items()}


def written(*entries: object) -> bytes:
    return yaml.safe_dump(list(entries), allow_unicode=True).encode()


THING = {"kind": "thing", "of": "unicorn"}
SEEN = {"kind": "thing", "of": "board", "seen_by": "board.melted"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (written(entry("T1.2", accountable="emperor")), "T1.2: accountable names the position emperor"),
        (written(entry("T1.2", informed=["emperor"])), "T1.2: informed names the position emperor"),
        (written(entry("T1.2"), entry("T1.2")), "T1.2 stands in the file twice"),
        (b"[" * 5_000, "more than 12 deep"),
        (b"- " * 3_000 + b"x", "more than 12 deep"),
        (b"- &a [x]\n- *a\n", "Line 2: *a refers to another place"),
        (b"- {code: 2026-99-99}\n", "Line 1: 2026-99-99 is no day and no number"),
        (b"- {code: A1\n", "Line 1: this is not YAML"),
        (b"- code: A1\n  effort_minutes: !!bool maybe\n", "Line 2: leave out the tag !!bool"),
        (b"- code: A1\n  day: 1\n  day: 2\n", "Line 3: day is said twice"),
        (written(*[entry(f"T1.{n}") for n in range(2_001)]), "2001 duties; a handbook has at most 2000"),
        (written(entry("T1.2", evidence=THING)), "evidence: of names unicorn, which is no kind of thing"),
        (written(entry("T1.2", evidence=SEEN)), "evidence: seen_by names the event board.melted"),
        (written(entry("T1.2", rhythm="event", day=None, starts_upon=["sun.rose"])), "the event sun.rose"),
        (written(entry("T1.2", measure={"metric": "luck"})), "T1.2: measure: metric names luck"),
    ],
)  # fmt: skip
def test_what_cannot_be_brought_is_said_and_nothing_changes(dora, body, said):
    answer = bring(dora, body)
    text = answer.content.decode().replace("&#x27;", "'")
    assert (answer.status_code, said in text, Duty.objects.count()) == (422, True, 1), text[-900:]


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("hands_over", "T9.9 | 2 | 甲 | a", "hands_over names T9.9, which the handbook does not have"),
        ("hands_over", "T9.9 | ² | 甲 | a", "is not of the form"),
        ("hands_over", f"T9.9 | {'9' * 5000} | 甲 | a", "is not of the form"),
        ("starts_upon", "sun.rose", "Select a valid choice"),
        ("evidence_of", "unicorn", "Select a valid choice"),
        ("evidence_seen_by", "board.melted", "Select a valid choice"),
    ],
)
def test_the_form_refuses_what_there_is_not_beside_the_field(dora, field, given, said):
    more = {"starts_upon": {"rhythm": "event", "day": ""}}.get(field, {})
    if field == "evidence_seen_by":
        more = {"evidence_kind": "thing", "evidence_of": "board"}
    answer = dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora) | more | {field: given})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    where = "__all__" if said == "is not of the form" else field
    assert said in " ".join(errors[where])
    assert Duty.objects.get().current.number == 1


def test_the_form_offers_in_words_what_begins_a_duty_and_what_shows_evidence(dora):
    form = dora.get(reverse("duties_edit", args=["T1.1"])).context["form"]
    offered = dict(form.fields["starts_upon"].choices)
    begins = {event for event, actions in REACTIONS.items() if STARTS in actions}
    assert set(offered) == begins | set(TO_COME)
    assert offered["lake.import.failed"] == "An import failed"
    assert offered["market.watch.changed"].endswith("(nothing records it yet)")
    sees = dict(form.fields["evidence_seen_by"].choices)
    assert set(sees) == {"", LOOKED_AT} | {e for e, actions in REACTIONS.items() if SEES in actions}
    assert [event for event in {*offered, *sees} - {""} if event not in EVENTS] == []


def test_an_event_that_a_file_named_and_the_form_does_not_offer_stays(dora):
    bring(dora, written(entry(rhythm="event", day=None, starts_upon=["org.absence.added"])))
    given = form_of(dora) | {"effort_minutes": 7}
    assert dora.post(reverse("duties_edit", args=["T1.1"]), given).status_code == 302
    assert Duty.objects.get().current.starts_upon == ["org.absence.added"]


def test_a_file_that_names_no_event_is_told_events_that_begin_duties(dora):
    answer = bring(dora, written(entry(rhythm="event", day=None, starts_upon=["lake.import.lost"])))
    text = answer.content.decode()
    assert "Name one such as: lake.import.failed, lake.import.loaded, lake.import.undone." in text


def test_an_event_of_a_part_to_come_may_be_waited_for(dora):
    given = form_of(dora) | {"rhythm": "event", "day": "", "starts_upon": TO_COME[0]}
    assert dora.post(reverse("duties_edit", args=["T1.1"]), given).status_code == 302


def test_correcting_one_text_in_simplified_leaves_the_others_derived(dora):
    dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora) | {"title_zh_hans": "市场研究"})
    words = Duty.objects.get().current.words.get(language="zh-hans")
    assert (words.title, words.purpose, words.deliverable) == ("市场研究", "了解市场。", "洞察报告")
    dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora) | {"purpose_zh": "了解顧客。"})
    words = Duty.objects.get().current.words.get(language="zh-hans")
    assert (words.title, words.purpose) == ("市场研究", "了解顾客。")


def test_a_simplified_correction_of_every_text_is_kept_by_the_form(dora):
    corrected = {"title_zh_hans": "甲", "purpose_zh_hans": "乙", "deliverable_zh_hans": "丙"}
    dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora) | corrected)
    dora.post(reverse("duties_edit", args=["T1.1"]), form_of(dora) | {"effort_minutes": 5})
    words = Duty.objects.get().current.words.get(language="zh-hans")
    assert (words.title, words.purpose, words.deliverable) == ("甲", "乙", "丙")


def test_one_s_own_handbook_always_comes_back_and_changes_nothing(dora):
    """Also after a duty that others hand over to was retired, and with days that only an event would need."""
    gives = {"to": "T1.1", "what": {"zh": "甲", "en": "a"}, "within_days": 1}
    for each in (
        draft("T1.2", hands_over=[gives]),
        draft("T1.3", respond_days=7, rhythm="daily", day=None),
        draft("T1.4", title={"zh": "是: [no]", "en": "#1 'x'\t", "zh_hans": "错: {"}),
        draft("T1.5", purpose={"zh": "一\r\n二\x85三", "en": "=1+1\n\n "}),
        draft("T1.6", rhythm="event", day=None, starts_upon=["metrics.alert.fired"]),
        draft("T1.7", evidence={"kind": "thing", "of": "plan", "seen_by": "planning.campaign.closed"}),
        draft("T1.8", measure={"manual": {"zh": "率", "en": "no", "unit": "percent", "better": "lower"}}),
    ):
        add_duty(draft=each, by=None, at=AT)
    retire_duty(duty=Duty.objects.get(code="T1.1"), by=None, at=AT)
    before = handbook_yaml()
    answer = bring(dora, before.encode())
    assert answer.status_code == 302, answer.context["form"].errors
    assert set(Duty.objects.values_list("current__number", flat=True)) == {1}
    assert handbook_yaml() == before


def test_a_changed_duty_may_keep_what_is_gone_but_name_nothing_new(house):
    house.duty("T1.1")
    gives = {"to": "T1.1", "what": {"zh": "甲", "en": "a"}, "within_days": 1}
    duty = house.duty("T1.2", hands_over=[gives])
    retire_duty(duty=Duty.objects.get(code="T1.1"), by=None, at=AT)
    now = draft_of_version("T1.2", duty.current)
    version = change_duty(duty=duty, draft=now.changed({"effort_minutes": 5}), by=None, at=AT)
    assert (version.number, version.hands_over[0]["to"]) == (2, "T1.1")


def test_loading_what_ships_leaves_an_edited_duty_alone(db):
    add_shipped_positions(by=None, at=AT)
    load_handbook(drafts=shipped_drafts(), by=None, at=AT)
    duty = Duty.objects.get(code="H2.2.2")
    now = draft_of_version(duty.code, duty.current)
    change_duty(duty=duty, draft=now.changed({"effort_minutes": 7}), by=None, at=AT)
    Duty.objects.filter(code="H1.2").update(code="OWN1")
    call_command("handbook", "load")
    duty.refresh_from_db()
    assert (duty.current.effort_minutes, duty.current.number) == (7, 2)
    assert Duty.objects.filter(code="H1.2").exists()
    call_command("handbook", "load", "--overwrite")
    duty.refresh_from_db()
    assert (duty.current.effort_minutes == 7, duty.current.number) == (False, 3)
