"""How a metric is computed, said in words: whoever defines one reads it before anybody relies on it."""

import pytest
from django.utils import translation

from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.catalog.spec import (
    Count,
    Distinct,
    Filter,
    FirstTime,
    Growth,
    Linear,
    Ratio,
    Repurchase,
    Retention,
    Share,
    Sum,
    Trailing,
)
from remit.web.figures.metric_words import _filter, _spec

NET = Sum("net_sales")


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (Count(), "number of rows of Order lines"),
        (Distinct(("order_code",)), "number of different Order"),
        (Share("net_sales", ("department",)), "Net sales of a group ÷ the same over all of Department"),
        (Growth("net_sales"), "Net sales ÷ the same in the period before − 1"),
        (Growth("net_sales", "last_year"), "Net sales ÷ the same a year before − 1"),
        (FirstTime(), "number of Customer seen for the first time ever"),
        (Repurchase(30), "buyers who bought again within 30 days ÷ buyers"),
        (Retention(2), "new buyers who bought in month 2 after ÷ new buyers"),
        (Trailing("customer_id", 90), "different Customer in the last 90 days"),
        (Linear(("net_sales",), (Ratio(NET, "strange"),)), "Net sales − (sum of Net sales ÷ strange)"),
    ],
)
def test_a_formula_is_said_in_words(spec, words):
    with translation.override("en"):
        assert _spec(spec, "order_lines", SHIPPED) == words


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (Filter("department", "known"), "Department is known"),
        (Filter("department", "unknown"), "Department is unknown"),
        (Filter("department", "in", ("DAIRY", None)), "Department = DAIRY, unknown"),
        (Filter("department", "not in", ("DAIRY",)), "Department ≠ DAIRY"),
        (Filter("quantity", ">=", (3,)), "Quantity >= 3"),
    ],
)
def test_which_rows_count_is_said_in_words(kept, words):
    with translation.override("en"):
        assert _filter(kept, "order_lines") == words
