"""Why a figure is not answered, with what to do next; and a definition in the form as it was written."""

import pytest
from django.utils import translation

from remit.journeys import refusing
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.catalog.spec import Linear, Ratio
from remit.metrics.catalog.writing import as_data
from remit.metrics.engine import errors
from remit.web.figures.metric_forms import initial_of
from remit.web.figures.refusals import refusal_of


@pytest.mark.parametrize(
    ("error", "reason", "then"),
    [
        (errors.NoRate("USD"), "There is no exchange rate for a day that is asked about: USD", "as booked"),
        (errors.UnreadableCondition("x"), "A filter cannot be read.", "dimension=value"),
        (refusing.TooManyPeriods("x"), "more periods than anybody could read", "fewer days"),
        (refusing.SeveralCurrencies("x"), "worth different currencies", "books in one currency"),
        (refusing.TooManyChannels("x"), "too many channels", "another column"),
        (errors.WrongSpec("what the engine says"), "what the engine says", ""),
    ],
)
def test_a_refusal_says_why_and_what_to_do_next(error, reason, then):
    with translation.override("en"):
        found = refusal_of(error)
    assert reason in found.reason
    assert then in found.next


@pytest.mark.parametrize(
    ("spec", "shape", "first", "second"),
    [
        (Ratio("net_sales", "baskets"), "ratio", "metric:net_sales", "metric:baskets"),
        (Linear(("net_sales",), ("baskets",)), "difference", "metric:net_sales", "metric:baskets"),
        (Linear(("net_sales",)), "one", "metric:net_sales", None),
        (SHIPPED["net_sales"].spec, "one", "sum:order_lines.net_sales", None),
    ],
)
def test_a_definition_stands_in_the_form_as_it_was_written(spec, shape, first, second):
    main, one, other = initial_of(SHIPPED["net_sales"], as_data(spec))
    assert (main["shape"], main["code"], one["what"], other.get("what")) == (
        shape, "net_sales", first, second,
    )  # fmt: skip
