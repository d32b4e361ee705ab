"""What questions give back, and how they are refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from remit.core.period import Period, parse_period
from remit.lake.store import Lake
from remit.lake.tables import TABLES
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.answer import Answer
from remit.metrics.engine.ask import answer
from remit.metrics.engine.errors import (
    CannotAnswer,
    CannotSplit,
    NoRate,
    NoTimeOfDay,
    UnknownName,
    UnreadableCondition,
)
from remit.metrics.engine.pinned import Pinned
from remit.metrics.engine.question import Condition, Question
from remit.metrics.engine.rates import inverted
from remit.metrics.engine.reader import reader_of
from remit.metrics.engine.values import DimensionValue, values

from .small import BOTH, EAST, FOREVER, JOURNEY, TAFENG, put, small_lake


def ask(lake: Lake, *metrics: str, scope: object = JOURNEY, period: str = "", **rest: object) -> Answer:
    question = Question(metrics, scope, period=parse_period(period), **rest)
    return answer([question], lake, SHIPPED, remember=False)[0]


# -- money -------------------------------------------------------------------------------------


def test_several_currencies_become_rows_and_a_note(small: Lake) -> None:
    found = ask(small, "net_sales", "baskets", scope=BOTH)
    assert found.names == ("currency", "net_sales", "baskets")
    assert found.rows == [("TWD", Decimal(854), 7), ("USD", Decimal("79.79"), 19)]
    assert ["TWD, USD" in note.en for note in found.notes] == [True]
    assert [column.currency for column in found.columns] == ["", "", ""]


def test_one_currency_is_named_by_the_column(small: Lake) -> None:
    found = ask(small, "net_sales", "baskets", scope=BOTH, period="2017")
    assert found.names == ("net_sales", "baskets")
    assert [column.currency for column in found.columns] == ["USD", ""]


def test_figures_without_money_are_not_split_by_currency(small: Lake) -> None:
    assert ask(small, "baskets", "buyers", scope=BOTH).rows == [(26, 8)]


def test_amounts_are_converted_at_the_rate_of_each_day_and_the_note_says_which(small: Lake) -> None:
    found = ask(small, "net_sales", scope=BOTH, currency="USD")
    # 735 before 2001-01-10 at 0.03, 119 after it at 0.02 (48 was bought and returned).
    assert found.rows == [(Decimal("79.79") + 735 * Decimal("0.03") + 119 * Decimal("0.02"),)]
    assert found.columns[0].currency == "USD"
    assert "0.03 on 2000-11-01, 0.02 on 2001-02-28 (source: bank)" in found.notes[-1].en


def test_a_pair_that_is_known_the_other_way_round_is_inverted(small: Lake) -> None:
    found = ask(small, "net_sales", scope=BOTH, currency="TWD", period="2017-01")
    # The last rate before 2017 is 0.02 dollars for one.
    dollars = sum(map(Decimal, ("3.98", "1.25", "1.25", "6.60", "20.31")))
    assert found.rows == [(dollars * 50,)]


def test_an_inverted_rate_keeps_the_cents_of_large_sums() -> None:
    rows = [("USD", "TWD", date(2000, 11, 1), Decimal("32.4"), "bank")]
    (quoted,) = inverted(rows, "USD").values()
    rate = quoted.on(date(2000, 11, 1)) or Decimal()
    assert round(Decimal(107_840_076) * rate, 2) == round(Decimal(107_840_076) / Decimal("32.4"), 2)


def test_an_unknown_currency_and_a_day_without_a_rate_are_refused(small: Lake) -> None:
    with pytest.raises(UnknownName, match="exchange rate into 'CHF'"):
        ask(small, "net_sales", currency="CHF")
    with pytest.raises(CannotAnswer, match="currency code"):
        ask(small, "net_sales", currency="usd")


# -- nothing -----------------------------------------------------------------------------------


def test_no_sales_in_a_period_with_data_is_zero_and_no_data_is_none(small: Lake) -> None:
    assert ask(small, "net_sales", "basket_value", period="2017-05").rows == [(Decimal(0), None)]
    before = ask(small, "net_sales", period="2016")
    assert before.rows == [(None,)]
    assert "2017-01-01 to 2017-12-31" in before.notes[0].en


def test_unknown_amounts_are_none_and_not_zero(small: Lake) -> None:
    assert ask(small, "discount", "net_sales", scope=TAFENG).rows == [(None, Decimal(854))]
    assert ask(small, "gross_margin").rows == [(None,)]


def test_a_table_without_data_says_so(small: Lake) -> None:
    found = ask(small, "cac", scope=TAFENG)
    assert found.rows == [(None,)]
    assert [note.en for note in found.notes] == ["There are no data of “Spend” (or none that you may see)."]


# -- time --------------------------------------------------------------------------------------


def test_a_relative_period_counts_from_the_freshest_day_of_what_is_asked(small: Lake) -> None:
    found = ask(small, "net_sales", scope=TAFENG, period="last 4 weeks")
    assert found.period == Period(date(2001, 2, 1), date(2001, 2, 28))
    assert found.rows == [(Decimal(119),)]
    assert "counts back from the freshest day of the data, 2001-02-28" in found.notes[0].en


def test_hours_of_sales_without_a_time_of_day_are_refused(small: Lake) -> None:
    with pytest.raises(NoTimeOfDay, match=r"sales of tafeng carry no time of day.*Ask within: journey"):
        ask(small, "net_sales", scope=BOTH, by=("hour",))
    assert ask(small, "lines", scope=BOTH, by=("hour",), period="2017-12").rows == [(20, 2), (21, 1)]


def test_weeks_begin_on_monday_and_are_named_by_it(small: Lake) -> None:
    found = ask(small, "lines", by=("week",), period="2017-03-01..2017-03-12")
    assert found.rows == [(date(2017, 2, 27), 2), (date(2017, 3, 6), 3)]


def test_a_comparison_stands_beside_each_figure(small: Lake) -> None:
    found = ask(small, "lines", "own_brand_share", period="2017-03", compare="previous")
    assert found.names == (
        "lines",
        "lines_before",
        "lines_change",
        "own_brand_share",
        "own_brand_share_before",
        "own_brand_share_change",
    )
    assert found.before == Period(date(2017, 2, 1), date(2017, 2, 28))
    assert found.rows[0][:3] == (6, 2, Decimal(2))


def test_a_comparison_with_days_before_the_data_has_no_figure(small: Lake) -> None:
    assert ask(small, "lines", period="2017-01", compare="previous").rows == [(5, None, None)]
    months = ask(
        small,
        "lines",
        by=("month",),
        period="2017-Q1",
        compare="previous",
    )
    assert [row[2] for row in months.rows] == [None, 5, 2]


def test_everything_has_nothing_before_it(small: Lake) -> None:
    found = ask(small, "lines", compare="previous")
    assert found.rows == [(22, None, None)]
    assert "No period was given" in found.notes[-1].en
    growth = ask(small, "sales_growth")
    assert growth.rows == [(None,)]
    assert "No period was given" in growth.notes[-1].en


def test_everything_in_buckets_compares_each_with_the_one_before(small: Lake) -> None:
    found = ask(small, "lines", "sales_growth", by=("month",), compare="previous")
    asked = ask(small, "lines", "sales_growth", by=("month",), compare="previous", period="2017")
    assert found.rows == asked.rows
    assert found.rows[1][1:4] != (None, None, None)
    assert not any("No period was given" in note.en for note in found.notes)


# -- splits, order, values ---------------------------------------------------------------------


def test_things_are_shown_by_code_and_name_and_kept_apart_by_id(small: Lake) -> None:
    found = ask(small, "lines", scope=BOTH, by=("product",), where=(Condition("product", ("p1",)),))
    assert found.names == ("product", "product_name", "lines")
    assert found.rows == [("p1", "Apple", 7), ("p1", "p1", 4)]


def test_unknown_values_are_a_group_and_can_be_asked_for(small: Lake) -> None:
    assert ask(small, "lines", by=("brand",)).rows == [("National", 6), ("Private", 14), (None, 2)]
    unknown = (Condition.parse("brand=unknown"),)
    assert ask(small, "lines", where=unknown).rows == [(2,)]
    assert ask(small, "lines", where=(Condition.parse("brand!=National"),)).rows == [(16,)]
    assert ask(small, "lines", where=(Condition.parse("brand!=National,unknown"),)).rows == [(14,)]


def test_order_and_limit(small: Lake) -> None:
    found = ask(small, "lines", by=("outlet",), order=("-lines", "outlet"), limit=2)
    assert [row[0] for row in found.rows] == ["e1", "w1"]
    for order in ("cost_of_sales", "-cost_of_sales"):
        by_cost = ask(small, "cost_of_sales", scope=BOTH, by=("currency",), order=(order,))
        assert [row[0] for row in by_cost.rows] == ["TWD", "USD"]
    with pytest.raises(UnknownName, match="column 'sales'"):
        ask(small, "lines", order=("sales",))


@pytest.mark.parametrize(
    ("refused", "words", "given"),
    [
        (UnknownName, "metric 'net_sale'.*net_sales", {"metrics": ("net_sale",)}),
        (UnknownName, "dimension 'departement'.*department", {"by": ("departement",)}),
        (UnknownName, "department 'PRODUC'.*PRODUCE", {"where": (Condition("department", ("PRODUC",)),)}),
        (UnknownName, "hour '24'", {"where": (Condition("hour", ("24",)),)}),
        (CannotSplit, "Only one of", {"by": ("week", "month")}),
        (CannotSplit, "once", {"by": ("week", "week")}),
        (CannotSplit, "spend does not know it", {"metrics": ("cac",), "by": ("outlet",)}),
        (CannotSplit, "follows people", {"metrics": ("new_buyers",), "by": ("weekday",)}),
        (CannotSplit, "chosen by the period", {"where": (Condition("month", ("2017-03",)),)}),
        (UnknownName, "comparison 'yesterday'", {"compare": "yesterday"}),
        (CannotAnswer, "at least one metric", {"metrics": ()}),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(
    refused: type[CannotAnswer], words: str, given: dict[str, object], small: Lake
) -> None:
    given = {"metrics": ("net_sales",), "scope": JOURNEY, **given}
    with pytest.raises(refused, match=words):
        answer([Question(**given)], small, SHIPPED)


def test_a_condition_is_read_and_written() -> None:
    condition = Condition.parse("maker=Smith,, Jones,unknown")
    assert condition == Condition("maker", ("Smith, Jones", None))
    assert str(condition) == "maker=Smith,, Jones,unknown"
    for text in ("department", "=x", "a=", "1a=2"):
        with pytest.raises(UnreadableCondition):
            Condition.parse(text)


def test_a_value_cannot_leave_its_quotes(small: Lake) -> None:
    with pytest.raises(UnknownName):
        ask(small, "lines", where=(Condition("department", ("x') OR 1=1 --",)),))


# -- several questions together ----------------------------------------------------------------


def test_questions_that_share_rows_are_answered_in_one_scan(small: Lake) -> None:
    questions = [
        Question((name,), JOURNEY, period=parse_period("2017-Q1"))
        for name in ("net_sales", "baskets", "buyers", "units", "discount_rate", "basket_value")
    ]
    together = answer(questions, small, SHIPPED, remember=False)
    assert {found.sql for found in together} == {together[0].sql}
    assert len(together[0].sql) == 1
    assert [found.rows for found in together] == [
        answer([question], small, SHIPPED, remember=False)[0].rows for question in questions
    ]


def test_a_total_comes_out_of_a_finer_split_that_is_read_anyway(small: Lake) -> None:
    total, split = Question(("net_sales", "lines"), JOURNEY), Question(("lines",), JOURNEY, by=("brand",))
    together = answer([total, split], small, SHIPPED, remember=False)
    assert len({sql for found in together for sql in found.sql}) == 1
    assert together[0].rows == [(Decimal("79.79"), 22)]


def test_an_equal_question_is_answered_from_memory_until_the_data_change(tmp_path: Path) -> None:
    lake = small_lake(tmp_path / "lake")
    question = Question(("lines",), JOURNEY)
    first, again = answer([question], lake, SHIPPED)[0], answer([question], lake, SHIPPED)[0]
    assert again.sql is first.sql
    again.rows.clear()
    assert answer([question], lake, SHIPPED)[0].rows == [(22,)]
    row = {"import_id": 2, "unit_id": 1, "order_code": "z", "line_code": "1", "sold_on": date(2017, 5, 5)}
    put(lake, "order_lines", [{**row, "net_sales": Decimal(1), "currency": "USD"}], key="more")
    assert answer([question], lake, SHIPPED)[0].rows == [(23,)]


# -- the past of dimensions --------------------------------------------------------------------


def test_last_years_figures_keep_last_years_regions(tmp_path: Path) -> None:
    lake = small_lake(tmp_path / "lake")
    moved = {"id": 101, "code": "e1", "company_id": 1, "unit_id": 12, "name": "Elm", "kind": "store"}
    rows = [
        {**moved, "region": "East", "valid_from": date(1, 1, 1), "valid_to": date(2017, 3, 1)},
        {**moved, "region": "West", "valid_from": date(2017, 3, 1), "valid_to": date(9999, 12, 31)},
    ]
    schema = pa.schema([pa.field(c.name, c.type) for c in TABLES["outlets"].columns])
    columns = [
        pa.array([row.get(name) for row in rows], type=schema.field(name).type) for name in schema.names
    ]
    lake.replace("outlets", pa.table(columns, schema=schema), seen_version=lake.snapshot("outlets").version)
    found = ask(lake, "lines", by=("region",), where=(Condition("outlet", ("e1",)),))
    assert found.rows == [("East", 5), ("West", 6)]


def test_a_rate_is_needed_from_the_first_day_asked_about(tmp_path: Path) -> None:
    lake = small_lake(tmp_path / "lake")
    rate = {
        "id": 9,
        "code": "9",
        "base": "EUR",
        "quote": "USD",
        "day": date(2017, 2, 1),
        "rate": Decimal("1.1"),
    }
    put(lake, "rates", [{**rate, **FOREVER}], key="euro")
    with pytest.raises(NoRate, match="no rate from USD to EUR on or before 2017-01-01"):
        ask(lake, "net_sales", currency="EUR")
    assert ask(lake, "net_sales", currency="EUR", period="2017-03-01").columns[0].currency == "EUR"
    assert ask(lake, "net_sales", scope=EAST, currency="USD").rows == ask(lake, "net_sales", scope=EAST).rows


# -- names in several languages ------------------------------------------------------------------

NAMES = {"zh-hant": "大豐連鎖超市", "zh-hans": "大丰连锁超市", "en": "Ta Feng"}


@pytest.mark.parametrize("language", NAMES)
def test_companies_are_named_in_the_language_of_the_question(small: Lake, language: str) -> None:
    found = ask(small, "baskets", scope=BOTH, by=("company",), language=language)
    assert found.rows == [("journey", "Journey", 19), ("tafeng", NAMES[language], 7)]
    pinned = Pinned(reader_of(small))
    chosen = values(pinned, "company", TAFENG, search="ta f", language=language)
    assert chosen == [DimensionValue("tafeng", NAMES[language])]


def test_an_answer_is_remembered_in_each_language(small: Lake) -> None:
    question = Question(("baskets",), TAFENG, by=("company",))
    twice = [replace(question, language=language) for language in (*NAMES, *NAMES)]
    found = [answer([one], small, SHIPPED)[0].rows[0][1] for one in twice]
    assert found == [*NAMES.values(), *NAMES.values()]


def test_things_with_a_single_name_keep_it(small: Lake) -> None:
    found = {language: ask(small, "baskets", by=("outlet",), language=language).rows for language in NAMES}
    assert found["zh-hans"] == found["zh-hant"] == found["en"]
