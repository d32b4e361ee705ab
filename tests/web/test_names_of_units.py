"""Companies and units are named in the language of the page, wherever a figure is split by them."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from remit.metrics.actions.board import add_tile, make_board
from remit.org.actions.token import make_token
from tests.web.figures_house import House

NAMES = {"en": ["Grocer", "Market"], "zh-hant": ["雜貨", "市場"], "zh-hans": ["杂货", "市场"]}
EVERY = {name for names in NAMES.values() for name in names}


def named(answer) -> list[str]:
    """Which of the names stand on a page below its filters, where units are listed in any case."""
    text = answer.content.decode().split("</form>")[-1]
    return [name for names in NAMES.values() for name in names if name in text and name in EVERY]


@pytest.mark.parametrize("language", NAMES)
def test_answers_name_companies_in_the_language_of_the_page(house: House, language: str) -> None:
    cache.clear()
    director, at = house.people["director"], timezone.now()
    board = make_board(title="x", by=director, at=at)
    question = {"metrics": ["lines"], "by": ["company"], "period": "all"}
    add_tile(board=board, kind="table", question=question, by=director, at=at)
    client = house.client("director")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    asked = f"{reverse('figures_explorer')}?metric=lines&by=company&period=all"
    _token, secret = make_token(person=director, name="test", by=director, at=at)
    program = {"authorization": f"Bearer {secret}"}
    answers = client.post(
        "/api/v1/answers",
        json.dumps({"metrics": ["lines"], "by": ["company"]}),
        content_type="application/json",
        headers=program,
    )
    values = client.get("/api/v1/dimensions/company/values", headers=program)
    found = {
        "explorer": named(client.get(asked)),
        "csv": named(client.get(f"{asked}&export=csv")),
        "tile": named(client.get(f"{reverse('boards_board', args=[board.pk])}?unit=")),
        "api": [row["company_name"] for row in answers.json()["rows"]],
        "values": [one["name"] for one in values.json()],
    }
    assert found == dict.fromkeys(found, NAMES[language])
