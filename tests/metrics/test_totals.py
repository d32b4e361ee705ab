"""The known totals of the demonstration's data, to the cent."""

from decimal import Decimal

import pytest

from remit.lake.store import Lake
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.ask import answer
from remit.metrics.engine.question import Question

from .small import BOTH, JOURNEY, TAFENG

pytestmark = pytest.mark.data


def test_the_totals_of_the_complete_journey(real: Lake) -> None:
    question = Question(("lines", "baskets", "buyers", "selling_outlets", "net_sales"), JOURNEY)
    (found,) = answer([question], real, SHIPPED)
    assert found.rows == [(1_469_307, 155_848, 2_469, 457, Decimal("4596039.58"))]


def test_the_totals_of_ta_feng(real: Lake) -> None:
    question = Question(("lines", "baskets", "buyers", "net_sales", "cost_of_sales"), TAFENG)
    (found,) = answer([question], real, SHIPPED)
    assert found.rows == [(817_741, 119_578, 32_266, Decimal(107_840_076), Decimal(91_676_819))]


def test_two_currencies_are_shown_apart(real: Lake) -> None:
    (found,) = answer([Question(("net_sales",), BOTH)], real, SHIPPED)
    assert found.rows == [("TWD", Decimal(107_840_076)), ("USD", Decimal("4596039.58"))]
