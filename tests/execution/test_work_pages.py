"""Risks, tasks and the end of a campaign through the pages: what is refused is said, with the reason."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from remit.execution.actions.risk import Fallback, fire_risk
from remit.execution.actions.task import set_task_state
from remit.execution.enums import TaskState
from remit.execution.models import Risk, Task
from remit.org.queries.today import today
from remit.planning.actions.approval import launch_plan
from remit.planning.actions.plan import cancel_plan

from ..governance.conftest import AT
from ..planning.planned import approved, department, plan_of
from .test_risks import risk_of
from .test_tasks import task_of

SOON = today() + timedelta(days=20)
RATED = {"probability": 2, "impact": 3, "review_on": SOON, "note": "供應商回覆了"}


@pytest.fixture
def house(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return department()


@pytest.fixture
def plan(house):
    return plan_of(house)


def post(client, name, pk, status=302, **data):
    answer = client.post(reverse(name, args=[pk]), data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def said_after(client, name, pk, to, *args, **data) -> str:
    """What the next page says of what was done."""
    post(client, name, pk, **data)
    return client.get(reverse(to, args=args)).content.decode()


# -- risks ----------------------------------------------------------------------------------------


def risk_form(house, plan, **more):
    rows = {"fallback-TOTAL_FORMS": 2, "fallback-INITIAL_FORMS": 0}
    return {
        "title": "晶片缺貨", "plan": plan.pk, "cause": "", "probability": 4, "impact": 4,
        "owner": house["ana"].pk, "response": "每週詢問", "trigger": "hand", "review_on": SOON,
        "fallback": "", **rows, **more,
    }  # fmt: skip


def test_a_risk_is_registered_from_its_form_with_what_it_watches_and_who_does_plan_b(house, plan, browse):
    client, door = browse("ana"), reverse("risks_new")
    page = client.get(door).content.decode()
    assert 'name="unit"' in page
    shop = {"unit": house.units["shop"].pk}
    wrong = client.post(door, risk_form(house, plan, trigger="date", **shop))
    assert wrong.status_code == 422 and "Say what the trigger watches." in wrong.content.decode()
    nobody = {"fallback-0-title": "改用現貨", "fallback-0-after_days": 0, "fallback-0-days": 2}
    wrong = client.post(door, risk_form(house, plan, **shop, **nobody))
    assert wrong.status_code == 422 and "Say who does it." in wrong.content.decode()
    given = {**nobody, "fallback-0-owner": house["dora"].pk, "trigger_on": SOON}
    assert client.post(door, risk_form(house, plan, **shop, **given)).status_code == 302
    risk = Risk.objects.get()
    assert (risk.trigger, risk.trigger_on) == ("hand", None)  # a day is no trigger by hand
    assert [row.owner for row in risk.fallback_tasks.all()] == [house["dora"]]


def test_a_risk_in_its_form_is_as_it_was_written_plan_b_included(house, plan, browse):
    risk = risk_of(house, plan, fallback_tasks=[Fallback("改用現貨機種", house["dora"], 0, 2)])
    page = browse("ana").get(reverse("risks_edit", args=[risk.pk])).content.decode()
    assert 'value="晶片缺貨"' in page and 'value="改用現貨機種"' in page
    assert 'name="unit"' not in page


def test_a_risk_is_rated_fired_and_watched_again_on_its_page(house, plan, browse):
    risk = risk_of(house, plan, fallback_tasks=[Fallback("改用現貨機種", house["dora"], 0, 2)])
    ana = browse("ana")
    post(ana, "risks_review", risk.pk, 422, **{**RATED, "probability": 9})
    assert "Saved." in said_after(ana, "risks_review", risk.pk, "risks_risk", risk.pk, **RATED)
    post(ana, "risks_fire", risk.pk, 422, reason="")
    fired = said_after(ana, "risks_fire", risk.pk, "risks_risk", risk.pk, reason="停產")
    assert "1 task of plan B was created." in fired
    assert "no longer at that point" in post(ana, "risks_fire", risk.pk, 422, reason="又停產")
    post(ana, "risks_watch", risk.pk, 422, review_on="")
    again = said_after(ana, "risks_watch", risk.pk, "risks_risk", risk.pk, review_on=SOON)
    assert "It is watched again." in again
    risk.refresh_from_db()
    assert (risk.state, risk.probability, risk.review_on) == ("watched", 2, SOON)


def test_a_risk_of_a_campaign_that_has_ended_is_not_watched_again(house, plan, browse):
    risk = fire_risk(risk=risk_of(house, plan), reason="停產", by=house["ana"], at=AT)
    cancel_plan(plan=plan, reason="撞檔", by=house["ana"], at=AT)
    Risk.objects.filter(pk=risk.pk).update(state="fired")
    assert "Its campaign has ended" in post(browse("ana"), "risks_watch", risk.pk, 422, review_on=SOON)


# -- tasks ----------------------------------------------------------------------------------------


def test_a_task_moves_on_the_board_and_comes_back_to_it(house, plan, browse):
    task, ana = task_of(house, plan, "腳本", 0, 2), browse("ana")
    page = said_after(ana, "tasks_state", task.pk, "tasks_task", task.pk, state="vanished")
    assert "There is no such state." in page
    answer = ana.post(reverse("tasks_state", args=[task.pk]), {"state": "doing", "back": "board"})
    assert answer["Location"] == reverse("tasks_plan", args=[plan.pk]) + "?view=board"
    task.refresh_from_db()
    assert task.state == "doing"


def test_a_task_that_waits_says_for_what_when_it_is_finished_too_early(house, plan, browse):
    first = task_of(house, plan, "腳本", 0, 2)
    second = task_of(house, plan, "拍攝", 3, 5, waits_for=[first])
    page = said_after(browse("ana"), "tasks_state", second.pk, "tasks_task", second.pk, state="done")
    assert "拍攝: " in page and "腳本" in page
    chinese = browse("ana")
    chinese.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hant"
    page = said_after(chinese, "tasks_state", second.pk, "tasks_task", second.pk, state="done")
    assert "拍攝：" in page
    second.refresh_from_db()
    assert second.state == "todo"


def test_a_file_is_put_to_a_task_while_its_campaign_lasts(house, plan, browse):
    task, ana = task_of(house, plan, "腳本", 0, 2), browse("ana")
    paper = SimpleUploadedFile("script.pdf", b"%PDF-1.4 paper")
    post(ana, "tasks_attach", task.pk, 422)
    post(ana, "tasks_attach", task.pk, file=paper)
    assert task.files.count() == 1
    cancel_plan(plan=plan, reason="撞檔", by=house["ana"], at=AT)
    post(ana, "tasks_attach", task.pk, 403, file=paper)
    assert task.files.count() == 1


def test_a_task_goes_on_in_another_campaign_from_its_page(house, plan, browse):
    task, other, ana = task_of(house, plan, "腳本", 0, 2), plan_of(house, code="summer"), browse("ana")
    post(ana, "tasks_carry", task.pk, 422, plan=other.pk, starts_on="")
    answer = ana.post(reverse("tasks_carry", args=[task.pk]), {"plan": other.pk, "starts_on": SOON})
    made = Task.objects.get(plan=other)
    assert answer["Location"] == reverse("tasks_task", args=[made.pk])
    assert "It goes on here." in ana.get(answer["Location"]).content.decode()


def test_a_task_that_is_done_does_not_go_on_elsewhere(house, plan, browse):
    task, other = task_of(house, plan, "腳本", 0, 2), plan_of(house, code="summer")
    set_task_state(task=task, state=TaskState.DONE, by=house["ana"], at=AT)
    page = post(browse("ana"), "tasks_carry", task.pk, 422, plan=other.pk, starts_on=SOON)
    assert "Only an open task goes on elsewhere." in page


# -- the end of a campaign ------------------------------------------------------------------------


def test_results_are_typed_and_read_and_a_retrospective_has_all_four(house, browse, lake_folder):
    plan = launch_plan(plan=approved(house), by=house["ana"], at=AT)
    first, second = plan.measures.order_by("pk")
    ana = browse("ana")
    post(ana, "plans_result", first.pk, 422, actual="", source="")
    post(ana, "plans_result", first.pk, actual="7", source="門店日報")
    second.metric = "net_sales"
    second.save()
    page = said_after(ana, "plans_results", plan.pk, "plans_plan", plan.pk)
    assert "1 measure has no data in these days yet." in page
    assert "read from data and never typed" in post(
        ana, "plans_result", second.pk, 422, actual="7", source="x"
    )
    texts = {"goal": "清庫存", "result": "降到 9 週", "causes": "雨季"}
    post(ana, "plans_retrospective", plan.pk, 422, **texts)
    page = said_after(ana, "plans_retrospective", plan.pk, "plans_plan", plan.pk, **texts, lessons="早備貨")
    assert "Saved." in page
    first.refresh_from_db()
    assert (first.actual, first.source) == (Decimal(7), "門店日報")


def test_a_campaign_is_cancelled_on_its_page_with_a_reason(house, plan, browse):
    ana = browse("ana")
    post(ana, "plans_cancel", plan.pk, 422, reason="")
    assert "Cancelled." in said_after(ana, "plans_cancel", plan.pk, "plans_plan", plan.pk, reason="撞檔")
