"""The programming interface: the same figures as the pages, in the scope of the token's person."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from remit.org.actions.token import make_token, revoke_token
from remit.web.api.urls import RATE, api
from tests.web.figures_house import E1, M1, W1, House

SHAPE = "The request is not as described:"
YEAR = {"first": date(2017, 1, 1), "last": date(2017, 12, 31)}


@pytest.fixture(autouse=True)
def _fresh_counts(db: None) -> None:
    cache.clear()


def program(house: House, name: str, language: str = "en") -> Client:
    """A program with a person's token."""
    person = house.people[name]
    _token, secret = make_token(person=person, name="test", by=person, at=timezone.now())
    return Client(headers={"authorization": f"Bearer {secret}", "accept-language": language})


def ask(client: Client, query: str = "", **question: Any) -> Any:
    return client.post(f"/api/v1/answers{query}", json.dumps(question), content_type="application/json")


def exactly(answer: Any) -> Any:
    return json.loads(answer.content, parse_float=Decimal)


@pytest.mark.parametrize(("name", "outlets"), [("west", (W1,)), ("east", (E1,)), ("analyst", (E1, W1))])
def test_a_token_sees_what_its_person_sees(house: House, name: str, outlets: tuple[int, ...]) -> None:
    answer = exactly(ask(program(house, name), metrics=["net_sales"], period="2017"))
    assert answer["rows"] == [{"net_sales": house.sales(*outlets, **YEAR)}]
    assert answer["columns"][0]["currency"] == "USD"
    assert answer["period"] == {"first": "2017-01-01", "last": "2017-12-31"}


def test_a_director_sees_two_currencies_apart(house: House) -> None:
    answer = exactly(ask(program(house, "director"), metrics=["net_sales"]))
    dollars = house.sales(E1, W1, **YEAR)
    taiwan = house.sales(M1, first=date(2001, 1, 1), last=date(2001, 12, 31))
    assert answer["rows"] == [
        {"currency": "TWD", "net_sales": taiwan},
        {"currency": "USD", "net_sales": dollars},
    ]
    assert len(answer["notes"]) == 1


def test_somebody_without_a_position_gets_no_row(house: House) -> None:
    assert ask(program(house, "nobody"), metrics=["net_sales"], by=["region"]).json()["rows"] == []


def test_another_unit_cannot_be_reached(house: House) -> None:
    client = program(house, "west")
    for question in (
        {"unit": "east"},
        {"unit": "market"},
        {"unit": "nowhere"},
        {"where": ["outlet=E1"]},
        {"where": ["region=East"]},
    ):
        answer = ask(client, metrics=["net_sales"], **question)
        assert answer.status_code == 422, question
        assert answer.json()["detail"].startswith("There is no")
    for named in ({"where": ["customer=C1"]}, {"by": ["customer"]}):
        answer = ask(client, metrics=["net_sales"], **named)
        assert (answer.status_code, "counted, not named" in answer.json()["detail"]) == (422, True)
    assert client.get("/api/v1/dimensions/customer/values").status_code == 422
    assert client.get("/api/v1/dimensions/outlet/values").json() == [{"value": "W1", "name": "Prairie"}]
    assert client.get("/api/v1/dimensions/region/values?unit=east").status_code == 422
    assert ask(client, metrics=["net_sales"], scope={"everything": True}).json()["rows"] == [
        {"net_sales": float(house.sales(W1, **YEAR))}
    ]


def test_without_a_valid_token_there_is_no_answer(house: House) -> None:
    at, person = timezone.now(), house.people["west"]
    revoked, secret = make_token(person=person, name="old", by=person, at=at)
    revoke_token(token=revoked, by=person, at=at)
    late = at - timedelta(days=2)
    _expired, stale = make_token(
        person=person, name="stale", by=person, at=late, expires_at=late + timedelta(days=1)
    )
    for header in ({}, {"authorization": f"Bearer {secret}"}, {"authorization": f"Bearer {stale}"}):
        answer = Client(headers=header).get("/api/v1/metrics")
        assert (answer.status_code, list(answer.json())) == (401, ["detail"])


def test_a_session_needs_the_csrf_token_for_what_is_no_reading(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.people["west"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/api/v1/metrics").status_code == 200
    refused = ask(client, metrics=["net_sales"])
    assert (refused.status_code, list(refused.json())) == (403, ["detail"])


def test_metrics_and_dimensions_are_listed(house: House) -> None:
    client = program(house, "west")
    metrics = {one["name"]: one for one in client.get("/api/v1/metrics").json()}
    assert metrics["baskets"]["title"] == "Baskets"
    assert metrics["basket_value"]["spec"] == {"kind": "ratio", "top": "net_sales", "bottom": "baskets"}
    assert client.get("/api/v1/metrics/basket_value").json() == metrics["basket_value"]
    dimensions = {one["name"]: one for one in client.get("/api/v1/dimensions").json()}
    assert {"order_lines", "stock", "placements"} <= set(dimensions["department"]["tables"])
    assert dimensions["hour"]["tables"] == ["order_lines"]
    for missing in ("metrics/nothing", "dimensions/nothing/values"):
        assert client.get(f"/api/v1/{missing}").status_code == 404


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"metrics": ["net_sale"]}, "There is no metric 'net_sale'. Did you mean net_sales"),
        ({"metrics": ["net_sales"], "by": ["hours"]}, "There is no dimension 'hours'. Did you mean hour?"),
        ({"metrics": ["net_sales"], "where": ["department"]}, "'department' is not a condition."),
        (
            {"metrics": ["net_sales"], "period": "yesterday"},
            "'yesterday' is not a period: ",
        ),
        ({"metrics": ["cac"], "by": ["region"]}, "cac cannot be split or filtered by region"),
        (
            {"metrics": []},
            f"{SHAPE} question.metrics: List should have at least 1 item",
        ),
        (
            {"metrics": ["net_sales"], "limit": 0},
            f"{SHAPE} question.limit: Input should be greater than",
        ),
        ({}, f"{SHAPE} question.metrics: Field required"),
    ],
)
def test_a_wrong_question_is_answered_with_a_sentence(
    house: House, question: dict[str, Any], sentence: str
) -> None:
    answer = ask(program(house, "analyst"), **question)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"metrics": ["net_sale"]}, "「net_sale」不存在，或不在您的可見範圍內。您是不是要找：net_sales"),
        ({"metrics": ["net_sales"], "period": "yesterday"}, "「yesterday」不是期間"),
        ({"metrics": ["net_sales"], "unit": "nowhere"}, "您看得到的單位中沒有「nowhere」"),
        (
            {"metrics": ["net_sales"], "by": ["customer"]},
            "客戶屬於整個公司；只看得到一部分時，只計數、不列名。",
        ),
        ({}, "請求與介面說明不符：question.metrics"),
    ],
)
def test_a_refusal_is_in_the_language_that_the_program_asks_for(
    house: House, question: dict[str, Any], sentence: str
) -> None:
    answer = ask(program(house, "west", "zh-TW"), **question)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(sentence)
    assert Client(headers={"accept-language": "zh-TW"}).get("/api/v1/metrics").json() == {
        "detail": "請附上個人權杖：Authorization: Bearer remit_…。權杖在您自己的頁面上產生。"
    }


def test_a_body_above_the_limit_is_answered_with_a_sentence(house: House, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20
    answer = ask(program(house, "analyst"), metrics=["net_sales"])
    assert (answer.status_code, answer.json()["detail"]) == (
        413,
        "The body is too large. Ask for less at once.",
    )


def test_rows_for_a_spreadsheet(house: House) -> None:
    answer = ask(program(house, "west"), "?format=csv", metrics=["lines"], by=["region"], period="2017")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.decode() == "region,lines\r\nWest,90\r\n"


def test_an_answer_costs_a_fixed_number_of_queries(house: House, django_assert_num_queries: Any) -> None:
    client = program(house, "west")
    for metrics in (["net_sales"], ["net_sales", "baskets", "buyers", "discount_rate"]):
        ask(client, metrics=metrics)
        with django_assert_num_queries(13):
            ask(client, metrics=metrics, unit="west")


def test_too_many_requests_are_turned_away(house: House) -> None:
    client = program(house, "west")
    most = int(RATE.split("/")[0])
    statuses = [client.get("/api/v1/dimensions").status_code for _ in range(most + 1)]
    assert statuses == [200] * most + [429]


def test_every_operation_says_how_it_refuses() -> None:
    described = api.get_openapi_schema()
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert {401, 403, 429} <= set(operation["responses"]), (method, path)
            assert set(operation["responses"]) & {404, 422} or path.endswith(("metrics", "dimensions"))
