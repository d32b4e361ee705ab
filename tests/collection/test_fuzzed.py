"""``POST /collect`` under requests that nobody would write: no server error, and what is taken arrives."""

import json
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings

from remit.collection.models import Batch, Use
from tests.collection.desk import Desk, stored

pytestmark = pytest.mark.django_db
EXPECTED = (200, 400, 413, 422, 429)


def described() -> Any:
    return schemathesis.openapi.from_dict(Client().get("/collect/openapi.json").json())


def test_the_description_names_the_one_operation(desk: Desk) -> None:
    found = [(one.ok().method.upper(), one.ok().path) for one in described().get_all_operations()]
    assert found == [("POST", "/collect")]


@pytest.mark.parametrize(
    "mode",
    [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE],
    ids=lambda one: one.value,
)
def test_no_request_breaks_the_door(desk: Desk, mode: Any) -> None:
    """Batches that follow the description, and ones that do not; what was taken goes into the lake."""
    taken = 0

    @settings(
        max_examples=80, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=described()["/collect"]["POST"].as_strategy(generation_mode=mode))
    def tried(case: Any) -> None:
        nonlocal taken
        Use.objects.all().delete()
        body = json.dumps(case.body, default=str).encode()
        said = desk.post(body, authorization=f"Bearer {desk.server_secret}")
        assert said.status_code in EXPECTED, said.content
        if said.status_code == 200:
            answer = said.json()
            taken += answer["taken"]
            assert answer["taken"] + answer["declined"] + len(answer["refused"]) == len(case.body["events"])

    tried()
    assert sum(Batch.objects.values_list("count", flat=True)) == taken
    drained = desk.drain()
    while Batch.objects.exists():
        more = desk.drain()
        drained = type(drained)(0, drained.events + more.events, drained.repeated + more.repeated)
    assert drained.events + drained.repeated == taken
    assert len(stored("event_code")) == drained.events
