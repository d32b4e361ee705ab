"""Risks through the pages: the matrix filters the list, and what fired one is read in one's own language."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from remit.execution.actions.risk import fire_risk
from remit.execution.actions.watching import watch

from ..governance.conftest import AT
from ..planning.planned import department, plan_of
from .test_risks import TODAY, risk_of


@pytest.fixture
def house(db):
    return department()


def page(house, name, *args, language="en", **query):
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(house["ana"])
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_cell_of_the_matrix_opens_its_risks_and_the_open_one_closes(house):
    plan = plan_of(house)
    risk_of(house, plan, title="Chips are late")
    risk_of(house, plan, title="Rain", probability=1, impact=2)
    assert 'href="?cell=4-4"' in page(house, "risks_list")
    opened = page(house, "risks_list", cell="4-4")
    assert "Chips are late" in opened and "Rain" not in opened
    assert 'href="?cell=1-2"' in opened and 'href="?cell=4-4"' not in opened


@pytest.mark.parametrize(
    ("language", "words"), [("en", "The day has come"), ("zh-tw", "日期已到"), ("zh-cn", "日期已到")]
)
def test_what_its_trigger_says_is_read_in_ones_own_language(house, language, words):
    risk = risk_of(house, plan_of(house), trigger="date", trigger_on=TODAY + timedelta(days=1))
    watch(at=AT + timedelta(days=2))
    assert words in page(house, "risks_risk", risk.pk, language=language)


def test_what_a_person_wrote_stays_as_it_was_written(house):
    risk = risk_of(house, plan_of(house))
    fire_risk(risk=risk, reason="供應商來電", by=house["ana"], at=AT)
    assert "供應商來電" in page(house, "risks_risk", risk.pk)
