"""Another department is asked, answers, signs and does it, through the pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from remit.execution.actions.cooperation import ask_department
from remit.execution.cooperation_rules import can_accept, can_answer, cooperations_visible_to
from remit.execution.models import Cooperation
from remit.governance.actions.request import submit
from remit.org.queries.today import today

from ..planning.planned import plan_of
from .cooperating import request_of, with_depot, written


@pytest.fixture
def house(db, lake_folder):
    return with_depot()


def post(client, name, *args, status=302, **data):
    answer = client.post(reverse(name, args=args), data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def seen(client, name, *args, status=200, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def state(row: Cooperation) -> str:
    row.refresh_from_db()
    return row.state


def given(house, **more):
    return {
        "title": "Two more shifts", "unit": house.units["shop"].pk, "asked_unit": house.units["depot"].pk,
        "what": "Two shifts a day", "purpose": "Orders doubled last year",
        "needed_on": (today() + timedelta(days=20)).isoformat(), "effort_days": "12.5", "money": "1500",
        **more,
    }  # fmt: skip


def asked(house, **more) -> Cooperation:
    """Submitted today, three weeks ahead."""
    row = written(house, needed_on=today() + timedelta(days=21), **more)
    at = timezone.now()
    submit(request=ask_department(cooperation=row, by=house["ana"], at=at), by=house["ana"], at=at)
    return row


def answer_of(house, **more):
    return {
        "feasibility": "feasible", "doer": house["leo"].pk,
        "due_on": (today() + timedelta(days=14)).isoformat(), **more,
    }  # fmt: skip


def shown_on(page: str) -> str:
    return page.partition('name="shown" value="')[2].partition('"')[0]


def test_from_the_wish_to_the_confirmed_promise(house, browse):
    ana, lin, ken, leo = (browse(name) for name in ("ana", "lin", "ken", "leo"))
    plan = plan_of(house)
    assert f'value="{plan.pk}" selected' in seen(ana, "cooperation_new", plan=plan.pk)
    post(ana, "cooperation_new", **given(house, plan=plan.pk))
    row = Cooperation.objects.get()
    assert seen(lin, "cooperation_one", row.pk, status=404)  # nobody was asked yet
    post(ana, "cooperation_request", row.pk)
    request = request_of(row)
    post(ana, "approvals_submission", request.pk)
    assert "Waits for the answer" in seen(lin, "cooperation_one", row.pk)
    assert seen(ana, "cooperation_answer", row.pk, status=403)
    post(lin, "cooperation_answer", row.pk, **answer_of(house, feasibility="conditional"), status=422)
    said = answer_of(house, feasibility="conditional", conditions="Overtime is paid by marketing")
    post(lin, "cooperation_answer", row.pk, **said)
    assert "Overtime" not in seen(ana, "cooperation_one", row.pk)  # not signed yet
    assert "Overtime" not in seen(ana, "approvals_request", request.pk)
    page = seen(ken, "cooperation_one", row.pk)
    assert "To the answer" in seen(ken, "approvals_request", request.pk)
    post(ken, "cooperation_signature", row.pk, shown=shown_on(page), sign="1")
    assert state(row) == "answered"
    assert "Overtime" in seen(ana, "cooperation_one", row.pk)
    assert "Overtime" in seen(ana, "approvals_request", request.pk)
    assert "accept the answer" in seen(ana, "today")
    post(ana, "cooperation_accept", row.pk)
    assert state(row) == "promised"
    assert row.title in seen(ana, "plans_plan", plan.pk)
    post(leo, "cooperation_done", row.pk, note="Both shifts")
    assert "confirm it" in seen(ana, "today")
    post(ana, "cooperation_missing", row.pk, reason="", status=422)
    post(ana, "cooperation_missing", row.pk, reason="The second shift")
    assert state(row) == "promised"
    post(leo, "cooperation_done", row.pk, note="Both now")
    post(ana, "cooperation_confirm", row.pk)
    assert state(row) == "confirmed"
    assert "Done and confirmed" in seen(ana, "cooperation_list")


def test_less_than_two_weeks_ahead_the_page_of_the_request_refuses_with_the_code(house, browse):
    ana = browse("ana")
    soon = (today() + timedelta(days=13)).isoformat()
    post(ana, "cooperation_new", **given(house, needed_on=soon))
    row = Cooperation.objects.get()
    post(ana, "cooperation_request", row.pk)
    request = request_of(row)
    assert "H5.1.2" in post(ana, "approvals_submission", request.pk, status=422)
    post(ana, "approvals_green", request.pk, reason="The typhoon")
    post(ana, "approvals_submission", request.pk)
    assert "green channel" in seen(ana, "approvals_request", request.pk)


def test_what_was_shown_is_signed_and_nothing_else(house, browse):
    lin, ken = browse("lin"), browse("ken")
    row = asked(house)
    post(lin, "cooperation_answer", row.pk, **answer_of(house))
    shown = shown_on(seen(ken, "cooperation_one", row.pk))
    tomorrow = (today() + timedelta(days=1)).isoformat()
    post(lin, "cooperation_answer", row.pk, **answer_of(house, due_on=tomorrow))
    assert "changed since" in post(ken, "cooperation_signature", row.pk, shown=shown, sign="1", status=422)
    assert state(row) == "asking"
    assert "not yours to sign" in post(
        lin, "cooperation_signature", row.pk, shown=shown, sign="1", status=422
    )
    assert state(row) == "asking"
    post(ken, "cooperation_signature", row.pk, shown=shown_on(seen(ken, "cooperation_one", row.pk)), sign="1")
    assert state(row) == "promised"


def test_what_is_unclear_goes_back_with_the_reason(house, browse):
    ken = browse("ken")
    row = asked(house)
    page = seen(ken, "cooperation_one", row.pk)
    data = {"shown": shown_on(page), "return": "1"}
    post(ken, "cooperation_signature", row.pk, **data, status=422)
    post(ken, "cooperation_signature", row.pk, **data, returned="How many people?")
    assert "Returned as unclear" in seen(browse("ana"), "cooperation_one", row.pk)


def test_the_plain_form_of_a_signature_does_not_sign_an_answer(house, browse):
    ken = browse("ken")
    row = asked(house)
    request = request_of(row)
    shown = shown_on(seen(ken, "cooperation_one", row.pk))
    data = {"shown": shown, "decision": "approve"}
    assert post(ken, "approvals_signature", request.pk, **data, status=422)
    assert state(row) == "asking"


def test_papers_are_had_by_both_sides_and_by_nobody_else(house, browse, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    row = asked(house)
    ana = browse("ana")
    post(ana, "cooperation_attach", row.pk, file=SimpleUploadedFile("shifts.txt", b"two"))
    paper = row.files.get()
    assert request_of(row).state == "revoked"
    for name, status in (("ana", 200), ("lin", 200), ("eva", 404)):
        assert browse(name).get(reverse("cooperation_attached", args=[paper.pk])).status_code == status


def test_the_list_knows_both_sides(house, browse):
    row = asked(house, title="Shifts")
    for name, whose, there in (
        ("ana", "mine", True), ("ana", "ours", False), ("lin", "ours", True), ("ken", "ours", True),
        ("lin", "mine", False), ("leo", "ours", True),
    ):  # fmt: skip
        assert (row.title in seen(browse(name), "cooperation_list", whose=whose)) is there, (name, whose)
    assert row.title in seen(browse("ken"), "cooperation_list", open="answer")
    assert row.title not in seen(browse("ken"), "cooperation_list", open="late")


def test_late_is_said_on_today_on_both_sides_and_on_the_page_of_the_campaign(house, browse):
    plan = plan_of(house)
    row = asked(house, title="Shifts", plan=plan)
    post(browse("lin"), "cooperation_answer", row.pk, **answer_of(house, due_on=today().isoformat()))
    ken = browse("ken")
    post(ken, "cooperation_signature", row.pk, shown=shown_on(seen(ken, "cooperation_one", row.pk)), sign="1")
    assert "Shifts" in seen(browse("leo"), "today")
    assert "Asked of other departments" not in seen(browse("ana"), "today")
    row.refresh_from_db()
    type(row.answer).objects.update(due_on=today() - timedelta(days=1))
    assert "day-bad" in seen(browse("leo"), "today")
    assert "Asked of other departments" in seen(browse("ana"), "today")
    assert "late" in seen(browse("ana"), "plans_plan", plan.pk)
    assert "Shifts" in seen(browse("ana"), "cooperation_list", open="late")


def test_who_sees_and_who_answers(house):
    row = asked(house)
    day = today()
    for name, sees, answers in (
        ("ana", True, False), ("dora", True, False), ("lin", True, True), ("ken", True, True),
        ("chief", True, False), ("ben", False, False), ("eva", False, False),
    ):  # fmt: skip
        assert cooperations_visible_to(house[name], day).filter(pk=row.pk).exists() is sees, name
        assert bool(can_answer(house[name], row, day)) is answers, name


def test_dropped_it_is_withdrawn(house, browse):
    row = asked(house)
    ana = browse("ana")
    post(ana, "cooperation_drop", row.pk, reason="", status=422)
    post(browse("lin"), "cooperation_drop", row.pk, reason="No", status=403)
    post(ana, "cooperation_drop", row.pk, reason="Cancelled")
    assert state(row) == "dropped" and request_of(row).state == "withdrawn"


def test_where_the_asker_has_left_whoever_leads_the_asking_unit_accepts(house):
    row = asked(house)
    row.state = "answered"
    assert can_accept(house["ana"], row)
    assert not can_accept(house["dora"], row)
    house["ana"].is_active = False
    house["ana"].save(update_fields=["is_active"])
    row.asker.refresh_from_db()
    assert can_accept(house["dora"], row)
    assert not can_accept(house["ana"], row)
    assert not can_accept(house["ken"], row)
    assert cooperations_visible_to(house["dora"], today()).filter(pk=row.pk).exists()
