"""Metrics of the company's own: by specification, versioned, never SQL."""

from decimal import Decimal
from typing import Any

import pytest

from remit.audit.models import Event
from remit.core.scope import Scope
from remit.metrics.actions import define_metric, retire_metric
from remit.metrics.actions.custom_metric import MetricNameTaken, MetricStillUsed, MetricUnclear
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.catalog.writing import UnreadableSpec, as_data, read_spec
from remit.metrics.engine.question import Question
from remit.metrics.models import CustomMetric
from remit.metrics.queries import ask, catalogue, versions_of
from remit.metrics.rules import can_define_metrics
from remit.org.enums import Ability
from tests.rooms import AT, Organisation

from .small import JOURNEY, small_lake

FRESH = {
    "title": "生鮮銷售",
    "title_en": "Fresh sales",
    "meaning": "蔬果部門的銷售淨額。",
    "unit": "money",
    "spec": {
        "kind": "sum",
        "column": "net_sales",
        "where": [{"field": "department", "op": "in", "values": ["PRODUCE"]}],
    },
}
SHARE = {
    "title": "生鮮占比",
    "meaning": "生鮮銷售除以銷售淨額。",
    "unit": "percent",
    "spec": {"kind": "ratio", "top": "fresh_sales", "bottom": "net_sales"},
}


@pytest.fixture
def person(organisation: Organisation, settings: Any, tmp_path: Any) -> Any:
    small_lake(tmp_path / "lake")
    settings.LAKE_URL = str(tmp_path / "lake")
    return organisation.person("group", (Ability.DEFINE_FIGURES,))


def value(name: str, scope: Scope = JOURNEY) -> Any:
    (answer,) = ask(Question((name,), scope))
    return answer.rows[0][0]


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_shipped_specification_can_be_written_down_and_read_again(name: str) -> None:
    metric = SHIPPED[name]
    assert read_spec(as_data(metric.spec), metric.table, SHIPPED) == metric.spec


def test_a_metric_of_ones_own_is_answered_like_a_shipped_one(person: Any) -> None:
    define_metric(code="fresh_sales", values=FRESH, by=person, at=AT)
    define_metric(code="fresh_share", values=SHARE, by=person, at=AT)
    assert value("fresh_sales") == Decimal("23.88")
    assert value("fresh_share") == round(Decimal("23.88") / Decimal("79.79"), 12)
    assert catalogue()["fresh_sales"].title.en == "Fresh sales"
    assert catalogue()["fresh_sales"].shipped is False


def test_a_change_is_a_new_version_and_counts_at_once(person: Any) -> None:
    define_metric(code="fresh_sales", values=FRESH, by=person, at=AT)
    assert value("fresh_sales") == Decimal("23.88")
    bread = {**FRESH["spec"], "where": [{"field": "category", "op": "in", "values": ["BREAD"]}]}
    define_metric(code="fresh_sales", values={**FRESH, "spec": bread}, by=person, at=AT)
    assert value("fresh_sales") == Decimal("22.00")
    assert [row.version for row in versions_of("fresh_sales")] == [2, 1]
    assert Event.objects.filter(name="metrics.metric.defined").count() == 2


def test_a_metric_in_use_cannot_be_retired(person: Any) -> None:
    define_metric(code="fresh_sales", values=FRESH, by=person, at=AT)
    define_metric(code="fresh_share", values=SHARE, by=person, at=AT)
    with pytest.raises(MetricStillUsed, match="fresh_share"):
        retire_metric(code="fresh_sales", by=person, at=AT)
    assert retire_metric(code="fresh_share", by=person, at=AT) == 1
    assert retire_metric(code="fresh_sales", by=person, at=AT) == 1
    assert retire_metric(code="fresh_sales", by=person, at=AT) == 0
    assert set(catalogue()) == set(SHIPPED)


@pytest.mark.parametrize(
    ("refused", "words", "code", "change"),
    [
        (MetricNameTaken, "net_sales", "net_sales", {}),
        (MetricUnclear, "small letters", "Fresh Sales", {}),
        (MetricUnclear, "title", "fresh", {"title": " "}),
        (MetricUnclear, "sentence", "fresh", {"meaning": ""}),
        (MetricUnclear, "table", "fresh", {"table": "customers"}),
        (MetricUnclear, "none of", "fresh", {"unit": "kilogram"}),
        (MetricUnclear, "Decimals", "fresh", {"digits": 9}),
        (UnreadableSpec, "has a kind", "fresh", {"spec": "SELECT 1"}),
        (UnreadableSpec, "has a kind", "fresh", {"spec": {"kind": "sql", "text": "SELECT 1"}}),
        (UnreadableSpec, "cannot be summed", "fresh", {"spec": {"kind": "sum", "column": "order_code"}}),
        (UnreadableSpec, "cannot be summed", "fresh", {"spec": {"kind": "sum", "column": "1); DROP"}}),
        (UnreadableSpec, "does not know sql", "fresh", {"spec": {"kind": "count", "sql": "x"}}),
        (UnreadableSpec, "no metric 'gone'", "fresh", {"spec": {"kind": "growth", "of": "gone"}}),
        (UnreadableSpec, "previous or last_year", "fresh",
         {"spec": {"kind": "growth", "of": "net_sales", "against": "ever"}}),
        (UnreadableSpec, "1 to 3660", "fresh", {"spec": {"kind": "repurchase", "days": 0}}),
        (UnreadableSpec, "no column or dimension", "fresh",
         {"spec": {"kind": "count", "where": [{"field": "colour", "values": ["red"]}]}}),
        (UnreadableSpec, "filter the question", "fresh",
         {"spec": {"kind": "count", "where": [{"field": "outlet", "values": ["e1"]}]}}),
        (UnreadableSpec, "lacks something", "fresh", {"spec": {"kind": "ratio", "top": "lines"}}),
        (UnreadableSpec, "refers to itself", "fresh", {"spec": {"kind": "growth", "of": "fresh"}}),
    ],
)  # fmt: skip
def test_what_is_no_metric_is_refused_with_a_sentence(
    refused: type[Exception], words: str, code: str, change: dict[str, Any], person: Any
) -> None:
    if words == "refers to itself":
        define_metric(code=code, values=FRESH, by=person, at=AT)
    with pytest.raises(refused, match=words):
        define_metric(code=code, values={**FRESH, **change}, by=person, at=AT)
    assert CustomMetric.objects.filter(code=code).count() == (words == "refers to itself")


def test_only_who_defines_figures_may_define_metrics(organisation: Organisation) -> None:
    assert can_define_metrics(organisation.person("group", (Ability.DEFINE_FIGURES,)))
    assert not can_define_metrics(organisation.person("group"))
