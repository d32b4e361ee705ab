"""What happens in the background."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import override_settings

from remit.audit.actions import record
from remit.audit.actions.delivery import deliver_due
from remit.lake import events
from remit.lake.queries import the_lake
from remit.metrics.engine.rollups import BASKETS, DAYS
from remit.metrics.tasks import refresh, watch
from tests.rooms import AT, Organisation

from .small import put

AT_ONCE = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}


@pytest.fixture
def sold(organisation: Organisation) -> Organisation:
    row = {"import_id": 1, "unit_id": organisation.units["grocer"].pk, "order_code": "o", "line_code": "1"}
    money = {"sold_on": date(2017, 3, 1), "net_sales": Decimal(5), "currency": "USD"}
    put(the_lake(), "order_lines", [row | money], key="one")
    return organisation


def test_pre_aggregates_follow_an_import(sold: Organisation) -> None:
    with override_settings(TASKS=AT_ONCE):
        record(events.IMPORT_LOADED, None, by=None, at=AT, fields={"table": "order_lines"})
        assert deliver_due(at=AT).failed == 0
    assert [the_lake().snapshot(one.table).rows for one in (DAYS, BASKETS)] == [1, 1]


def test_the_tasks_say_what_they_did(sold: Organisation, settings: Any) -> None:
    assert refresh.call() == {DAYS.name: "whole", BASKETS.name: "whole"}
    assert refresh.call() == {DAYS.name: "current", BASKETS.name: "current"}
    assert watch.call() == {"looked_at": 0, "fired": 0, "cleared": 0, "failed": 0}
