"""A campaign's whole line on its page and as a document: who signed by which clause, and what comes next."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from remit.core.ref import Ref
from remit.governance.actions.request import submit, withdraw
from remit.governance.queries.rounds import living_request
from remit.planning.actions.approval import ask_for_approval, launch_plan
from remit.planning.actions.closing import write_retrospective
from remit.planning.actions.deviation import ask_deviation
from remit.planning.actions.plan import change_plan
from remit.web.plans import document
from remit.web.plans.line import line_of

from ..execution.cooperating import promised, with_depot
from ..governance.conftest import AT
from .planned import approved, department, estimated, plan_of, submitted
from .test_money import line_of as money_line_of


@pytest.fixture
def house(db):
    return department()


@pytest.fixture
def depot(db):
    """A house with a depot, and its people's browsers."""
    house = with_depot()
    return house, browsing(house)


@pytest.fixture
def browse(house):
    return browsing(house)


def browsing(house):
    def client(name, language="en"):
        found = Client(HTTP_ACCEPT_LANGUAGE=language)
        found.force_login(house[name])
        return found

    return client


def words(monkeypatch, client, plan):
    """What is drawn, as text, and the answer."""
    seen = []

    def keep(template, context, language):
        with translation.override(language):
            seen.append(render_to_string(template, {**context, "language": language}))
        return b"%PDF-"

    with monkeypatch.context() as patched:
        patched.setattr(document, "drawn", keep)
        answer = client.get(reverse("plans_pdf", args=[plan.pk]))
    return seen[0], answer


def test_the_page_and_the_document_say_who_signed_by_which_clause(house, browse, monkeypatch):
    plan = approved(house)
    page = browse("ana", "zh-hant").get(reverse("plans_plan", args=[plan.pk])).content.decode()
    drawn, answer = words(monkeypatch, browse("ana", "zh-hant"), plan)
    signers = [house[name].name for name in ("leo", "dora", "fay")]
    assert [name in page for name in signers] == [True] * 3
    assert [name in drawn for name in signers] == [True] * 3
    assert ("物流主管" in drawn, "H5.1.1" in drawn, "300,000" in drawn, plan.title in drawn) == (True,) * 4
    assert answer["Content-Type"] == "application/pdf"


def test_the_page_and_the_document_say_for_whom_was_signed(house, browse, monkeypatch):
    plan = approved(house)
    house.away("dora", delegate="leo")
    asked = ask_deviation(plan=plan, reason="加開直播", by=house["ana"], at=AT, money=Decimal(450000))
    house.signs("leo", asked.request, at=AT + timedelta(minutes=7))
    page = browse("ana", "zh-hant").get(reverse("plans_plan", args=[plan.pk])).content.decode()
    drawn, _answer = words(monkeypatch, browse("ana", "zh-hant"), plan)
    for text in (page.partition('id="deviations"')[2], drawn.partition("<h2>偏差</h2>")[2]):
        assert f"代 {house['dora'].name}" in text.partition(house["leo"].name)[2]


def test_results_are_read_from_data_only_where_a_measure_has_a_metric(house, browse):
    plan = launch_plan(plan=approved(house), by=house["ana"], at=AT + timedelta(days=1))
    address = reverse("plans_results", args=[plan.pk])
    assert address not in browse("ana").get(reverse("plans_plan", args=[plan.pk])).content.decode()
    plan.measures.filter(kind="result").update(metric="net_sales")
    assert address in browse("ana").get(reverse("plans_plan", args=[plan.pk])).content.decode()


def test_the_retrospective_says_who_wrote_it(house, browse, monkeypatch):
    plan = launch_plan(plan=approved(house), by=house["ana"], at=AT + timedelta(days=1))
    said = {"goal": "g", "result": "r", "causes": "c", "lessons": "記下的教訓"}
    write_retrospective(plan=plan, **said, by=house["leo"], at=AT + timedelta(days=60))
    page = browse("ana", "zh-hant").get(reverse("plans_plan", args=[plan.pk])).content.decode()
    drawn, _answer = words(monkeypatch, browse("ana", "zh-hant"), plan)
    for text in (page, drawn):
        assert house["leo"].name in text.partition("記下的教訓")[2][:200]


def test_the_page_and_the_document_say_who_signed_a_deviation(house, browse, monkeypatch):
    plan = approved(house)
    asked = ask_deviation(plan=plan, reason="加開直播", by=house["ana"], at=AT, money=Decimal(450000))
    house.signs("dora", asked.request, at=AT + timedelta(minutes=7))
    house.signs("fay", asked.request, at=AT + timedelta(minutes=8))
    page = browse("ana", "zh-hant").get(reverse("plans_plan", args=[plan.pk])).content.decode()
    drawn, _answer = words(monkeypatch, browse("ana", "zh-hant"), plan)
    for text in (page.partition('id="deviations"')[2], drawn.partition("<h2>偏差</h2>")[2]):
        said = text.partition("加開直播")[2]
        assert said.index(house["dora"].name) < said.index(house["fay"].name)
        assert said.count("同意") >= 2


def test_whoever_gets_a_request_back_reads_why_and_later_every_round(house, browse):
    plan = plan_of(house)
    estimated(house, plan)
    request = submitted(house, plan)
    house.signs("leo", request, "return")
    ana, path = browse("ana", "zh-hant"), reverse("approvals_request", args=[request.pk])
    page = ana.get(path).content.decode()
    assert page.index("leo") < page.index("因為") and page.count("因為") == 2  # on top, and with its round
    submit(request=request, by=house["ana"], at=AT)
    page = ana.get(path).content.decode()
    assert page.count("因為") == 1
    house.signs("leo", request, "refuse")
    assert ana.get(path).content.decode().count("因為") == 4  # on top, on the way, with both rounds


def test_the_document_is_drawn(house, browse):
    plan = approved(house)
    answer = browse("ana", "zh-hant").get(reverse("plans_pdf", args=[plan.pk]))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert "attachment" in answer["Content-Disposition"]


def test_before_it_is_submitted_the_document_says_what_comes_next(house, browse, monkeypatch):
    drawn, _answer = words(monkeypatch, browse("ana"), plan_of(house))
    assert "Complete the plan, then submit it for approval." in drawn


def test_the_line_says_when_it_was_submitted_and_signed(house):
    plan = approved(house)
    request = living_request("campaign", Ref("plan", plan.pk))
    points = line_of(plan, request, house["ana"]).points
    assert [point.at for point in points[:4]] == [AT, AT, AT, None]
    draft = plan_of(house, code="draft")
    opened = ask_for_approval(plan=draft, by=house["ana"], at=AT)
    assert [point.at for point in line_of(draft, opened, house["ana"]).points[:3]] == [AT, None, None]


def test_the_page_and_the_document_tell_of_its_money_and_of_other_departments(depot, monkeypatch):
    house, browse = depot
    plan = approved(house)
    line = money_line_of(house, "1000", plan=plan)
    promised(house, plan=plan)
    page = browse("ana", "zh-hant").get(reverse("plans_plan", args=[plan.pk])).content.decode()
    drawn, _answer = words(monkeypatch, browse("ana", "zh-hant"), plan)
    for text in (line.title, line.budget.title, "春季清倉加派出貨"):
        assert (text in page, text in drawn) == (True, True)


def test_the_way_counts_its_own_steps_from_one_where_the_policy_skips_stages(house, browse, monkeypatch):
    plan = plan_of(house, kind="brand", promotion_goal="")
    request = submitted(house, plan)
    drawn, _answer = words(monkeypatch, browse("ana", "en"), plan)
    assert "<td>1. " in drawn
    page = browse("ana").get(reverse("approvals_request", args=[request.pk])).content.decode()
    assert '<span class="way-number">1</span>' in page


def test_what_cannot_be_done_yet_is_not_said_to_be_a_matter_of_the_position(house, browse):
    page = browse("ana").post(reverse("plans_close", args=[approved(house).pk]))
    assert page.status_code == 403 and "not for your position" not in page.content.decode()


def test_what_its_author_changed_or_took_back_is_not_said_to_have_come_back(house):
    plan = plan_of(house, kind="brand", promotion_goal="")
    request = submitted(house, plan)
    withdraw(request=request, by=house["ana"], at=AT)
    request.refresh_from_db()
    assert "withdrawn" in line_of(plan, request, house["ana"]).next
    submit(request=request, by=house["ana"], at=AT)
    change_plan(plan=plan, by=house["ana"], at=AT, objective="換一個目標")
    request.refresh_from_db()
    assert "changed after" in line_of(plan, request, house["ana"]).next
