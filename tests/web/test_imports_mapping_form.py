"""What the mapping page's form says, and that it says it back."""

import pytest

from remit.lake.reading.mapping import mapping_of, plain
from remit.lake.tables import TABLES
from remit.web.imports.mapping_form import policies, raw_from, targets_of

ORDER_LINES = TABLES["order_lines"]


def fields_of(raw, samples=None):
    """The form that the page would draw, as the browser would send it."""
    data = {}
    for target in targets_of(ORDER_LINES, raw, samples or {}, required=()):
        data[f"{target.name}.origin"] = target.origin
        data |= {f"{target.name}.{word}": value for word, value in target.fields.items()}
    data |= {f"unknown.{name}": value for name, value in policies(ORDER_LINES, raw)}
    return data | {word: raw[word] for word in ("zone", "currency", "encoding", "sheet") if word in raw}


def test_a_form_that_names_columns_becomes_a_mapping():
    data = {
        "order_code.origin": "from:basket_id",
        "net_sales.origin": "from:sales_value",
        "currency": "USD",
        "zone": "America/New_York",
        "unknown.products": "quarantine",
    }
    assert raw_from(data, ORDER_LINES) == {
        "table": "order_lines",
        "columns": {"order_code": {"from": "basket_id"}, "net_sales": {"from": "sales_value"}},
        "currency": "USD",
        "zone": "America/New_York",
        "unknown": {"products": "quarantine"},
    }


def test_a_column_that_is_not_in_the_file_leaves_no_rule_even_with_a_format():
    assert raw_from({"sold_on.origin": "", "sold_on.format": "%d.%m.%Y"}, ORDER_LINES)["columns"] == {}


def test_values_and_blanks_are_read_one_a_line():
    data = {
        "sold_by.origin": "from:measure",
        "sold_by.values": "PC → piece\nKG = weight\n\n? →",
        "sold_by.empty": "n/a\n-",
    }
    assert raw_from(data, ORDER_LINES)["columns"]["sold_by"] == {
        "from": "measure",
        "values": {"PC": "piece", "KG": "weight", "?": None},
        "empty": ["n/a", "-"],
    }


def test_a_tab_is_chosen_by_its_name():
    assert raw_from({"delimiter": "tab"}, ORDER_LINES)["delimiter"] == "\t"


@pytest.mark.parametrize(
    "rule",
    [
        "net",
        {"from": "net", "decimal": ",", "thousands": "."},
        {"constant": "0"},
        {"sum": ["a", "b"]},
        {"join": ["a", "=sold_on"], "between": "/"},
        {"row_number": True},
        {"attribute": "products.sold_by"},
        {"from": "net", "values": {"x": "1", "y": None}, "otherwise": "2", "empty": ["-"]},
    ],
)
def test_every_rule_survives_the_form(rule):
    raw = {"table": "order_lines", "columns": {"net_sales": rule}, "currency": "USD", "zone": "UTC"}
    again = raw_from(fields_of(raw), ORDER_LINES)
    again["unknown"] = {}
    assert plain(mapping_of(again)) == plain(mapping_of(raw))


def test_a_target_shows_samples_of_its_column_and_whether_it_is_needed():
    raw = {"table": "order_lines", "columns": {"order_code": "basket_id"}}
    targets = targets_of(
        ORDER_LINES, raw, {"basket_id": ["31198570044"]}, required=("order_code", "net_sales")
    )
    found = {target.name: (target.samples, target.required) for target in targets}
    assert found["order_code"] == (("31198570044",), True)
    assert found["net_sales"] == ((), True)
    assert found["cost"] == ((), False)
