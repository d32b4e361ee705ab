"""The page and the interface of content screening."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from remit.org.actions.token import make_token
from tests.web.figures_house import House


@pytest.fixture(autouse=True)
def _fresh_counts(db: None) -> None:
    cache.clear()


def reader(house: House, language: str) -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(house.people["west"])
    return client


def screened(client: Client, text: str, **more: str) -> str:
    return client.post(reverse("screening_page"), {"text": text, **more}).content.decode()


def test_places_are_marked_with_the_law_and_a_suggestion(house: House) -> None:
    page = screened(reader(house, "zh-hant"), "本店頂級羊絨衫\r\n限量發售 <b>")
    assert '<mark class="is-stop"><a href="#finding-1">頂級<sup>1</sup></a></mark>' in page
    assert '<mark class="is-stop"><a href="#finding-2">限量發售<sup>2</sup></a></mark> &lt;b&gt;' in page
    assert "《廣告法》第九條第三項" in page
    assert "限量500件" in page
    assert "禁止發布" in page


def test_a_clean_text_passes_and_says_what_was_looked_at(house: House) -> None:
    page = screened(reader(house, "en"), "歡迎到九寨溝國家級自然保護區")
    assert "Pass" in page
    assert "It is part of the name of a place" in page
    assert "<mark" not in page


def test_the_industry_decides_where_the_text_does_not(house: House) -> None:
    client = reader(house, "en")
    assert "Pass" in screened(client, "針灸治療頸椎病", industry="medical")
    assert "Stop" in screened(client, "針灸治療頸椎病", industry="food")


def test_an_empty_text_is_asked_for_and_an_unknown_industry_refused(house: House) -> None:
    client = reader(house, "en")
    answer = client.post(reverse("screening_page"), {"text": ""})
    assert answer.status_code == 422
    assert "Paste the text first." in answer.content.decode()
    assert client.post(reverse("screening_page"), {"text": "好", "industry": "magic"}).status_code == 422


def test_every_rule_is_listed_under_its_law(house: House) -> None:
    page = reader(house, "en").get(reverse("screening_rules")).content.decode()
    assert "SUP-001" in page
    assert "PRO-010" in page
    assert "Advertising Law, art. 26" in page


def ask(house: House, **asked: Any) -> Any:
    person = house.people["west"]
    _token, secret = make_token(person=person, name="test", by=person, at=timezone.now())
    client = Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})
    return client.post("/api/v1/screen", json.dumps(asked), content_type="application/json")


def test_programs_get_an_answer_for_each_text(house: House) -> None:
    answers = ask(house, texts=["最近上新", "穩賺不賠"]).json()
    assert [one["verdict"] for one in answers] == ["pass", "stop"]
    (finding,) = answers[1]["findings"]
    assert (finding["start"], finding["end"], finding["rule"]) == (0, 4, "FIN-002")
    assert finding["law"] == "Advertising Law, art. 25"


def test_programs_are_told_what_cannot_be_asked(house: House) -> None:
    assert "industry is one of" in ask(house, texts=["好"], industry="magic").json()["detail"]
    assert "in parts" in ask(house, texts=["好" * 100_001] * 2).json()["detail"]
    assert ask(house, texts=[]).status_code == 422
