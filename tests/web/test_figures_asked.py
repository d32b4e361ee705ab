"""The address holds the whole state of a question, and never whose rows may be read."""

import pytest
from django.http import QueryDict

from remit.core.period import Period, Relative, UnreadablePeriod
from remit.core.scope import Scope
from remit.metrics.engine.errors import UnreadableCondition
from remit.metrics.engine.question import Condition
from remit.web.figures.asked import Asked

FULL = Asked(
    metrics=("net_sales", "baskets"),
    by=("week", "department"),
    period="last 4 weeks",
    unit="journey",
    where=(Condition("department", ("PRODUCE", "MEAT, FRESH")), Condition("age_group", (None,), "not in")),
    compare="previous",
    currency="USD",
    chart="line",
)


def test_an_address_gives_back_the_state_that_wrote_it():
    assert Asked.from_query(QueryDict(FULL.query())) == FULL


def test_a_saved_question_gives_back_the_state_that_was_saved():
    assert Asked.from_saved(FULL.saved()) == FULL


def test_an_empty_address_asks_nothing():
    assert Asked.from_query(QueryDict("")) == Asked()


def test_the_scope_comes_from_the_caller_alone():
    own = Scope(companies=frozenset({1}))
    asked = Asked.from_query(QueryDict("metric=net_sales&scope=everything&companies=2&everything=true"))
    assert asked.question(own, None).scope == own


def test_two_days_of_the_form_become_one_period():
    asked = Asked.from_query(QueryDict("period=custom&first=2017-01-01&last=2017-01-31"))
    assert asked.period == "2017-01-01..2017-01-31"
    assert asked.span() == Period(*map(type(asked.span().first).fromisoformat, ("2017-01-01", "2017-01-31")))


def test_one_day_of_the_form_is_that_day():
    assert (
        Asked.from_query(QueryDict("period=custom&first=2017-01-05&last=")).period == "2017-01-05..2017-01-05"
    )


def test_a_filter_added_to_one_on_the_same_dimension_widens_it():
    query = QueryDict("where=department=PRODUCE&add_dimension=department&add_value=MEAT, X&add_value=unknown")
    assert Asked.from_query(query).where == (Condition("department", ("PRODUCE", "MEAT, X", None)),)


def test_at_most_six_metrics_and_two_dimensions_are_taken():
    query = QueryDict(
        "&".join([*(f"metric=m{n}" for n in range(9)), "by=week", "by=week", "by=region", "by=area"])
    )
    asked = Asked.from_query(query)
    assert (asked.metrics, asked.by) == (("m0", "m1", "m2", "m3", "m4", "m5"), ("week", "region"))


@pytest.mark.parametrize("query", ["where=department", "where==x", "where=department="])
def test_a_filter_that_cannot_be_read_is_refused(query):
    with pytest.raises(UnreadableCondition):
        Asked.from_query(QueryDict(query))


def test_a_period_that_cannot_be_read_is_refused_when_asked():
    with pytest.raises(UnreadablePeriod):
        Asked.from_query(QueryDict("period=next week")).span()


def test_unknown_words_for_comparison_and_chart_are_dropped():
    asked = Asked.from_query(QueryDict("compare=rival&chart=pie&period=last 2 weeks"))
    assert (asked.compare, asked.chart, asked.span()) == ("", "", Relative(2, "week"))
