"""Whose rows a figure is read from."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.core.period import parse_period
from remit.core.scope import Scope
from remit.lake.store import Lake
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.ask import answer
from remit.metrics.engine.errors import CannotSplit, UnknownName
from remit.metrics.engine.pinned import Pinned
from remit.metrics.engine.question import Condition, Question
from remit.metrics.engine.reader import reader_of
from remit.metrics.engine.values import values

from .small import BOTH, EAST, EVERYTHING, JOURNEY, TAFENG

OUTLETS = (101, 102, 103)
ADDITIVE = ("net_sales", "lines", "units", "discount")


def ask(lake: Lake, *metrics: str, scope: Scope, **rest: object) -> list[tuple[object, ...]]:
    (found,) = answer([Question(metrics, scope, **rest)], lake, SHIPPED, remember=False)
    return found.rows


def test_a_question_without_a_scope_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="scope"):
        Question(("net_sales",))
    with pytest.raises(TypeError, match="Scope"):
        Question(("net_sales",), None)


def test_an_empty_scope_sees_no_rows(small: Lake) -> None:
    assert ask(small, "net_sales", scope=Scope()) == []
    assert ask(small, "net_sales", "new_buyers", scope=Scope(), by=("region",)) == []


def test_a_filter_by_unit_never_widens_the_scope(small: Lake) -> None:
    assert ask(small, "lines", scope=TAFENG, within=BOTH) == [(8,)]
    assert ask(small, "lines", scope=TAFENG, within=JOURNEY) == [(None,)]
    assert ask(small, "lines", scope=EAST, within=JOURNEY) == ask(small, "lines", scope=EAST)


def test_single_outlets_see_nothing_of_what_is_not_kept_by_outlet(small: Lake) -> None:
    (found,) = answer([Question(("campaign_reach", "spend"), EAST)], small, SHIPPED)
    assert found.rows == [(None, None)]
    assert any("not kept by outlet" in note.en for note in found.notes)


@pytest.mark.parametrize("metric", sorted(SHIPPED))
def test_every_statement_of_every_metric_is_scoped(metric: str, small: Lake) -> None:
    """Each reading of a fact table, also the inner ones of cohorts, names the ids of the scope."""
    (found,) = answer([Question((metric,), JOURNEY, period=parse_period("2017"))], small, SHIPPED)
    for sql in found.sql:
        for part in list(_readings(sql)):
            assert '"unit_id" IN (1)' in part, sql


def _readings(sql: str) -> Iterator[str]:
    """The text just after each mention of a fact table."""
    for name in ("order_lines", "exposures", "redemptions", "spend", "stock", "placements"):
        for after in sql.split(f'FROM "{name}"')[1:]:
            yield after[:120]


def test_values_to_choose_from_are_those_of_the_scope(small: Lake) -> None:
    pinned = Pinned(reader_of(small))

    def codes(dimension: str, scope: Scope) -> list[object]:
        return [one.value for one in values(pinned, dimension, scope)]

    assert codes("company", TAFENG) == ["tafeng"]
    assert codes("outlet", EAST) == ["e1"]
    assert codes("region", EAST) == ["East"]
    assert codes("customer", TAFENG) != []
    assert codes("age_group", TAFENG) == ["25-34", "35-44"]
    assert codes("department", TAFENG) == []
    assert codes("area", JOURNEY) == []
    assert codes("unit", EAST) == ["journey", "journey-east"]
    assert codes("outlet", Scope()) == []


def test_a_value_outside_the_scope_does_not_exist(small: Lake) -> None:
    for dimension, value in (("outlet", "w1"), ("region", "West"), ("company", "tafeng")):
        condition = Condition(dimension, (value,))
        with pytest.raises(UnknownName) as refusal:
            ask(small, "net_sales", scope=EAST, where=(condition,))
        assert value not in refusal.value.near


def test_customers_are_named_only_to_who_sees_their_whole_company(small: Lake) -> None:
    pinned = Pinned(reader_of(small))
    with pytest.raises(CannotSplit, match="counted, not named"):
        values(pinned, "customer", EAST)
    for asked in ({"by": ("customer",)}, {"where": (Condition("customer", ("c1",)),)}):
        with pytest.raises(CannotSplit, match="counted, not named"):
            ask(small, "net_sales", scope=EAST, **asked)
    both = Scope(companies=TAFENG.companies, outlets=EAST.outlets)
    assert values(pinned, "customer", both) == values(pinned, "customer", TAFENG) != []
    assert ask(small, "net_sales", scope=both, by=("customer",)) == ask(
        small, "net_sales", scope=TAFENG, by=("customer",)
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from([*OUTLETS, None]), min_size=1, max_size=4, unique=True))
def test_figures_of_parts_add_up_to_the_whole(small: Lake, parts: list[int | None]) -> None:
    """Any outlets, one by one, against the same outlets in one scope."""
    outlets = frozenset(part for part in parts if part is not None)
    whole = ask(small, *ADDITIVE, scope=Scope(outlets=outlets))
    singles = [ask(small, *ADDITIVE, scope=Scope(outlets=frozenset({outlet}))) for outlet in outlets]
    if not outlets:
        assert whole == []
        return
    sums = [sum(row[0][place] or 0 for row in singles) for place in range(len(ADDITIVE))]
    assert [value or 0 for value in whole[0]] == sums


@pytest.mark.parametrize("metric", ADDITIVE)
def test_companies_add_up_to_everything(metric: str, small: Lake) -> None:
    both = ask(small, metric, scope=EVERYTHING, by=("currency",))
    apart = ask(small, metric, scope=TAFENG, by=("currency",)) + ask(
        small, metric, scope=JOURNEY, by=("currency",)
    )
    assert both == apart
