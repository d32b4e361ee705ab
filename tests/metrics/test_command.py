"""``remit metric``: figures on the command line."""

import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from remit.audit.models import Event
from remit.lake.actions.organisation import publish_units
from remit.lake.queries import the_lake
from remit.metrics.catalog.shipped import SHIPPED
from remit.org import scopes
from tests.rooms import AT, Organisation

from .small import put

LINES = (("grocer", 101, "10.50"), ("grocer", 102, "5.25"), ("market", None, "300"))


@pytest.fixture
def shop(organisation: Organisation, monkeypatch: Any) -> Organisation:
    """One line in each region of the grocer, one in the market; outlets hang on their regions."""
    units, rows = organisation.units, []
    for number, (company, outlet, amount) in enumerate(LINES, start=1):
        row = {"import_id": 1, "unit_id": units[company].pk, "outlet_id": outlet, "order_code": f"o{number}"}
        day = {"line_code": "1", "sold_on": date(2017, 3, number)}
        money = {"net_sales": Decimal(amount), "currency": units[company].currency}
        rows.append(row | day | money)
    put(the_lake(), "order_lines", rows, key="shop")
    outlets = {units["east"].pk: {101}, units["west"].pk: {102}}
    sources = [lambda ids: {outlet for one in ids for outlet in outlets.get(one, ())}]
    monkeypatch.setattr(scopes, "_sources", sources)
    return organisation


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("metric", *words, stdout=out)
    return out.getvalue()


def test_json_carries_exact_numbers_and_iso_days(shop: Organisation) -> None:
    text = run("net_sales", "lines", "--by", "day", "--unit", "grocer", "--format", "json")
    found = json.loads(text, parse_float=Decimal)
    assert found["rows"] == [
        {"day": "2017-03-01", "net_sales": Decimal("10.5"), "lines": 1},
        {"day": "2017-03-02", "net_sales": Decimal("5.25"), "lines": 1},
    ]
    assert [column["name"] for column in found["columns"]] == ["day", "net_sales", "lines"]
    assert sorted(found) == ["before", "columns", "freshness", "notes", "period", "rows", "sql"]
    assert found["freshness"] == [
        {"table": "order_lines", "first": "2017-03-01", "last": "2017-03-02", "version": 1}
    ]


def test_csv_has_names_over_plain_values(shop: Organisation) -> None:
    assert run("net_sales", "--period", "2017-03", "--format", "csv") == (
        "currency,net_sales\r\nTWD,300\r\nUSD,15.75\r\n"
    )


def test_the_table_says_how_fresh_it_is(shop: Organisation) -> None:
    lines = run("net_sales", "--unit", "east", "--period", "2017-03", "--sql").splitlines()
    assert [line.strip() for line in lines[:5]] == [
        "Net sales (USD)",
        "10.50",
        "",
        "2017-03-01 – 2017-03-31",
        "order_lines: 2017-03-01 – 2017-03-01, version 1",
    ]
    assert any(line.startswith("-- order_lines: version 1") for line in lines)


def test_without_a_person_all_rows_are_read_and_the_record_says_so(shop: Organisation) -> None:
    run("lines")
    event = Event.objects.get(name="org.scope.system_taken")
    assert event.fields == {"reason": "remit metric lines"}


def test_a_person_gets_their_own_rows_and_no_other_unit(shop: Organisation) -> None:
    east = shop.person("east")
    assert run("net_sales", "--as", east.email, "--format", "csv") == "net_sales\r\n10.5\r\n"
    assert Event.objects.filter(name="org.scope.system_taken").count() == 0
    with pytest.raises(CommandError, match=r"no unit 'west' to be seen. Units: east\."):
        run("net_sales", "--as", east.email, "--unit", "west")
    with pytest.raises(CommandError, match="no person"):
        run("net_sales", "--as", "who@example.org")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Name at least one metric"),
        (("net_sale",), "no metric 'net_sale'"),
        (
            ("net_sales", "--period", "2017-13"),
            "'2017-13' is not a period: there is no month 13; ",
        ),
        (("net_sales", "--where", "department"), "not a condition"),
        (("net_sales", "--by", "colour"), "no dimension 'colour'"),
        (("net_sales", "--unit", "nowhere"), "no unit 'nowhere'"),
        (("net_sales", "--by", "hour"), "no time of day"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(
    words: tuple[str, ...], sentence: str, shop: Organisation
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(*words)


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Grocer"), ("zh-hant", "雜貨連鎖"), ("zh-hans", "杂货连锁")]
)
def test_companies_are_named_in_the_language_asked_for(language: str, name: str, shop: Organisation) -> None:
    grocer = shop.units["grocer"]
    grocer.name, grocer.name_en = "雜貨連鎖", "Grocer"
    grocer.save()
    publish_units(at=AT)
    text = run("net_sales", "--by", "company", "--unit", "grocer", "--format", "csv", "--language", language)
    assert text == f"company,company_name,net_sales\r\ngrocer,{name},15.75\r\n"


def test_the_list_names_every_metric(shop: Organisation) -> None:
    assert [one["name"] for one in json.loads(run("--list", "--format", "json"))] == list(SHIPPED)
    assert len(run("--list", "--language", "zh-hant").splitlines()) == len(SHIPPED)
