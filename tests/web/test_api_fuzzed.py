"""The programming interface under requests that nobody would write: never a server error."""

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from remit.org.actions.token import make_token
from remit.web.api.urls import api
from tests.web.figures_house import House

OPERATIONS = (
    ("GET", "/api/v1/metrics"),
    ("GET", "/api/v1/metrics/{name}"),
    ("GET", "/api/v1/dimensions"),
    ("GET", "/api/v1/dimensions/{name}/values"),
    ("POST", "/api/v1/answers"),
    ("POST", "/api/v1/screen"),
    ("GET", "/api/v1/experiments/definitions"),
    ("GET", "/api/v1/experiments/{key}"),
    ("POST", "/api/v1/experiments/{key}/people"),
    ("POST", "/api/v1/journeys/{kind}"),
)


def described() -> Any:
    return schemathesis.openapi.from_dict(api.get_openapi_schema())


def test_every_operation_is_tried() -> None:
    found = {(one.ok().method.upper(), one.ok().path) for one in described().get_all_operations()}
    assert found == set(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=" ".join)
def test_no_request_breaks_the_interface(house: House, method: str, path: str) -> None:
    """Requests that follow the description and requests that do not, as somebody who sees one region."""
    person = house.people["west"]
    _token, secret = make_token(person=person, name="fuzz", by=person, at=timezone.now())
    client = Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})

    @settings(
        max_examples=25, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=described()[path][method].as_strategy())
    def tried(case: Any) -> None:
        cache.clear()
        place = path.format(
            **{name: quote(str(value), safe="") for name, value in case.path_parameters.items()}
        )
        query = urlencode(case.query or {}, doseq=True)
        body = b"" if method == "GET" else json.dumps(case.body, default=str).encode()
        answer = client.generic(method, f"{place}?{query}", body, content_type="application/json")
        assert answer.status_code in (200, 404, 422), answer.content

    tried()
