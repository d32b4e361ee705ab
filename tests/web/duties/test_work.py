"""Work on pages: evidence, deliveries, returns, acceptance; handovers; Today; the feed; the map."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from remit.core.ref import Ref
from remit.duties.actions.handover import take
from remit.duties.actions.sighting import see
from remit.duties.enums import State
from remit.duties.models import CalendarFeed, Handover, Occurrence
from remit.metrics.actions import change_board, make_board
from remit.org.models import Person, UnitZone
from tests.duties.conftest import house

__all__ = ["house"]
GIVES = {"to": "T1.2", "what": {"zh": "洞察報告", "en": "insight report"}, "within_days": 2}


@pytest.fixture
def browser(house, tmp_path):
    """Browsers of the house, in English; eve belongs to nobody's duty."""
    cache.clear()
    house.person("eve", "market_analyst", "west")

    def log_in(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(house.people[name], backend=backend)
        return client

    with override_settings(FILES_ROOT=tmp_path):
        yield log_in


@pytest.fixture
def one(house) -> Occurrence:
    """Due tomorrow, open since days; a receiver for what it hands over is there."""
    house.duty("T1.2")
    house.charge("T1.2")
    house.charge("T1.1", hands_over=[GIVES])
    found = house.first(house.charge("T1.1"))
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=3), "due_at": now + timedelta(days=1)}
    Occurrence.objects.filter(pk=found.pk).update(due_on=timezone.localdate(now + timedelta(days=1)), **times)
    found.refresh_from_db()
    return found


def post(client: Client, name: str, thing, **fields):
    return client.post(reverse(name, args=[thing.pk]), fields)


def state(one: Occurrence) -> str:
    return Occurrence.objects.get(pk=one.pk).state


def test_delivered_returned_delivered_again_and_accepted(browser, one):
    ana, dora = browser("ana"), browser("dora")
    refused = post(ana, "duties_submission", one)
    assert (refused.status_code, "asks for 1 of: Note" in refused.content.decode()) == (422, True)
    post(ana, "duties_evidence", one, kind="note", text="Three rivals cut prices.")
    post(ana, "duties_submission", one, note="Done.")
    assert state(one) == State.DELIVERED
    assert post(dora, "duties_review", one, verdict="returned").status_code == 422
    post(dora, "duties_review", one, verdict="returned", reason="Which rivals?")
    assert state(one) == State.OPEN
    assert "Which rivals?" in ana.get(reverse("duties_occurrence", args=[one.pk])).content.decode()
    post(ana, "duties_submission", one)
    post(dora, "duties_review", one, verdict="accepted")
    assert state(one) == State.ACCEPTED


def test_who_has_no_part_in_it_neither_sees_nor_moves_it(browser, one):
    eve = browser("eve")
    assert eve.get(reverse("duties_occurrence", args=[one.pk])).status_code == 404
    for name in ("evidence", "submission", "review", "waiver"):
        assert post(eve, f"duties_{name}", one, reason="x", verdict="accepted").status_code == 404
    assert post(browser("ben"), "duties_evidence", one, kind="note", text="x").status_code == 404
    assert post(browser("ana"), "duties_waiver", one, reason="x").status_code == 403
    assert state(one) == State.OPEN


def test_evidence_by_file_link_and_thing(browser, one, house):
    ana = browser("ana")
    file = SimpleUploadedFile("報告.pdf", b"%PDF-1.7")
    post(ana, "duties_evidence", one, kind="file", file=file)
    post(ana, "duties_evidence", one, kind="link", text="https://example.org/report")
    own = reverse("org_unit", args=[house.units["shop"].pk])
    post(ana, "duties_evidence", one, kind="thing", text=f"http://testserver{own}")
    foreign = reverse("org_unit", args=[house.units["group"].pk])
    script = {"kind": "link", "text": "javascript:x"}
    empty = post(ana, "duties_evidence", one, kind="file", file=SimpleUploadedFile("a.txt", b""))
    assert empty.context["form"].errors["file"] == ["The submitted file is empty."]  # and nothing besides
    for wrong in ({"kind": "file"}, script, {"kind": "thing", "text": foreign}):
        assert post(ana, "duties_evidence", one, **wrong).status_code == 422
    assert list(one.evidence.order_by("pk").values_list("kind", "thing")) == [
        ("file", ""), ("link", ""), ("thing", f"unit:{house.units['shop'].pk}"),
    ]  # fmt: skip
    piece = one.evidence.order_by("pk")[1]
    assert post(browser("dora"), "duties_withdrawal", piece).status_code == 404
    post(ana, "duties_withdrawal", piece)
    assert one.evidence.filter(withdrawn_at=None).count() == 2


def test_what_the_system_saw_is_offered_and_never_closed_silently(browser, house):
    thing = {"kind": "thing", "count": 1, "of": "unit", "seen_by": "org.unit.changed"}
    one = house.first(house.charge("T1.3", evidence=thing))
    Occurrence.objects.filter(pk=one.pk).update(opens_at=timezone.now() - timedelta(days=1))
    unit = Ref("unit", house.units["shop"].pk)
    see(person=house.people["ana"], thing=unit, event="org.unit.changed", at=timezone.now())
    assert state(one) == State.OPEN
    ana = browser("ana")
    assert "Use it and deliver" in ana.get(reverse("duties_occurrence", args=[one.pk])).content.decode()
    post(ana, "duties_sighting", one.sightings.get())
    assert state(one) == State.DELIVERED


def test_what_nobody_who_accepts_could_open_is_said_to_the_giver_and_kept_back(browser, house):
    asked = {"kind": "thing", "count": 1, "of": "board", "seen_by": "metrics.board.changed"}
    one = house.first(house.charge("T1.3", evidence=asked))
    now = timezone.now()
    Occurrence.objects.filter(pk=one.pk).update(
        opens_at=now - timedelta(days=1), due_at=now + timedelta(days=1)
    )
    board = make_board(title="看板", by=house.people["ana"], at=now)
    ana, here = browser("ana"), reverse("duties_occurrence", args=[one.pk])
    see(person=house.people["ana"], thing=Ref("board", board.pk), event="metrics.board.changed", at=now)
    refused = ana.post(
        reverse("duties_sighting", args=[one.sightings.get().pk]), follow=True
    ).content.decode()
    assert "dora accepts this and cannot open “看板”. Share it with them" in refused
    assert (state(one), one.evidence.count()) == (State.OPEN, 0)
    post(ana, "duties_evidence", one, kind="thing", text=reverse("boards_board", args=[board.pk]))
    assert "dora cannot open it" in ana.get(here).content.decode()
    kept = post(ana, "duties_submission", one, note="Done.")
    assert (kept.status_code, "cannot open “看板”" in kept.content.decode(), state(one)) == (
        422,
        True,
        State.OPEN,
    )
    change_board(board=board, title="看板", is_shared=True, by=house.people["ana"], at=now)
    assert "cannot open it" not in ana.get(here).content.decode()
    post(ana, "duties_submission", one, note="Done.")
    assert state(one) == State.DELIVERED


def test_trivial_ones_are_delivered_and_accepted_many_at_once(browser, one, house):
    other = house.first(house.charge("T1.4", evidence={"kind": "file", "count": 1}))
    ids = {"ids": [one.pk, other.pk]}
    browser("eve").post(reverse("duties_submissions"), ids)
    assert (state(one), state(other)) == (State.OPEN, State.OPEN)
    page = browser("ana").post(reverse("duties_submissions"), ids, follow=True).content.decode()
    assert (state(one), state(other)) == (State.DELIVERED, State.OPEN)
    assert "1 was delivered." in page and "1 was left: it asks for more than a note" in page
    browser("dora").post(reverse("duties_reviews"), ids)
    assert (state(one), state(other)) == (State.ACCEPTED, State.OPEN)


def test_when_it_was_delivered_is_read_in_the_zone_in_which_it_was_due(browser, one, house):
    ana, here = browser("ana"), reverse("duties_occurrence", args=[one.pk])
    post(ana, "duties_evidence", one, kind="note", text="x")
    post(ana, "duties_submission", one)
    one.submissions.update(at=datetime(2026, 12, 1, 4, 24, tzinfo=UTC))
    assert "1 Dec 2026, 12:24</time>" in ana.get(here).content.decode()  # the company's own zone is not named
    UnitZone.objects.create(unit=house.units["shop"], zone="America/New_York", starts_on=date(2026, 1, 1))
    assert "30 Nov 2026, 23:24 (America/New_York)</time>" in ana.get(here).content.decode()


def test_what_was_accepted_is_handed_over_returned_and_taken(browser, one):
    ana, dora = browser("ana"), browser("dora")
    post(ana, "duties_evidence", one, kind="note", text="x")
    post(ana, "duties_submission", one)
    post(dora, "duties_review", one, verdict="accepted")
    handover = Handover.objects.get()
    assert handover.state == "offered"
    assert post(dora, "duties_handover_step", handover, state="returned").status_code == 422
    post(dora, "duties_handover_step", handover, state="returned", note="Without sources.")
    post(ana, "duties_handover_step", handover, state="offered")
    assert browser("eve").get(reverse("duties_handover", args=[handover.pk])).status_code == 404
    dora.post(reverse("duties_handovers_taken"), {"ids": [handover.pk]})
    handover.refresh_from_db()
    steps = [step.state for step in handover.steps.order_by("pk")]
    assert steps == ["offered", "returned", "offered", "accepted"]


def test_a_handover_that_somebody_took_in_between_is_left_and_nothing_breaks(browser, one, monkeypatch):
    ana, dora = browser("ana"), browser("dora")
    post(ana, "duties_evidence", one, kind="note", text="x")
    post(ana, "duties_submission", one)
    post(dora, "duties_review", one, verdict="accepted")
    handover = Handover.objects.get()

    def taken_first(person, each):  # another click, between the look and the lock
        take(handover=Handover.objects.get(pk=each.pk), by=person, at=timezone.now())
        return True

    monkeypatch.setattr("remit.web.duties.handovers.can_take", taken_first)
    answer = dora.post(reverse("duties_handovers_taken"), {"ids": [handover.pk]}, follow=True)
    assert (answer.status_code, "0 were accepted." in answer.content.decode()) == (200, True)
    assert [step.state for step in handover.steps.order_by("pk")] == ["offered", "accepted"]


def test_a_late_handover_is_on_both_sides_day_page(browser, one, house):
    house.post("eve", "market_analyst", "group")
    receiving = house.charge("T1.2")
    receiving.raci.exclude(role="accountable").delete()
    Handover.objects.create(
        occurrence=one, to=receiving, what="洞察報告", what_en="insight report",
        due_at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    for name in ("ana", "dora"):
        page = browser(name).get(reverse("today")).content.decode()
        assert ("insight report" in page, "late" in page) == (True, True)
    assert "insight report" not in browser("ben").get(reverse("today")).content.decode()


def test_a_handover_says_its_day_and_hour_in_the_zone_of_the_unit_that_gives(browser, one, house):
    UnitZone.objects.create(unit=house.units["shop"], zone="America/New_York", starts_on=date(2026, 1, 1))
    due = datetime(2026, 12, 1, 23, tzinfo=UTC)  # six in the evening in New York, the next morning in Taipei
    handover = Handover.objects.create(
        occurrence=one, to=house.charge("T1.2"), what="洞察報告", what_en="insight report", due_at=due
    )
    dora = browser("dora")
    page = dora.get(reverse("duties_handover", args=[handover.pk])).content.decode()
    assert "due <time" in page and "1 Dec 2026, 18:00 (America/New_York)</time>" in page
    row = dora.get(reverse("duties_handovers")).content.decode()
    assert ("1 Dec 2026" in row, "2 Dec 2026" in row) == (True, False)
    assert row.count("T1.1 Market research") == 1  # by its name, not by its code alone
    assert "T1.2 Market research" in row


def test_today_shows_each_what_is_theirs(browser, one):
    pages = {name: browser(name).get(reverse("today")).context["owed"] for name in ("ana", "dora", "eve")}
    assert {name: [o.pk for o in (*owed.today, *owed.week)] for name, owed in pages.items()} == {
        "ana": [one.pk], "dora": [one.pk], "eve": [],
    }  # fmt: skip


def test_the_feed_opens_with_its_secret_only_and_a_new_one_ends_the_old(browser, one):
    ana = browser("ana")
    said = ana.post(reverse("duties_feed_address")).content.decode()
    (secret,) = set(re.findall(r"http://testserver/calendar/([\w-]{43})\.ics", said))  # to read and to copy
    assert secret not in CalendarFeed.objects.get().digest
    anybody = Client()
    feed = anybody.get(reverse("duties_feed", args=[secret]))
    text = feed.content.decode()
    assert (feed.status_code, feed["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert ("BEGIN:VCALENDAR" in text, f"UID:occurrence-{one.pk}@remit" in text) == (True, True)
    Person.objects.filter(name="ana").update(language="zh-hant")  # a calendar asks for no language
    assert "SUMMARY:T1.1 市場調研" in anybody.get(feed.request["PATH_INFO"]).content.decode()
    ana.post(reverse("duties_feed_address"))
    assert anybody.get(reverse("duties_feed", args=[secret])).status_code == 404
    assert anybody.get(reverse("duties_feed", args=["guess"])).status_code == 404


def test_the_calendar_marks_a_year_that_is_a_prediction(browser, house):
    dora = browser("dora")
    far = dora.get(reverse("duties_calendar"), {"month": "2035-05", "unit": "shop"}).content.decode()
    near = dora.get(reverse("duties_calendar"), {"month": "2026-05", "unit": "shop"}).content.decode()
    assert ("are a prediction" in far, "are a prediction" in near) == (True, False)


def test_every_duty_is_two_clicks_from_the_map(browser, one):
    ana = browser("ana")
    page = ana.get(reverse("duties_flow")).content.decode()
    for code in ("T1.1", "T1.2"):
        address = reverse("duties_duty", args=[code])
        assert f'href="{address}"' in page
        assert ana.get(address).status_code == 200
