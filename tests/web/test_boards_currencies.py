"""Boards over companies that book in different currencies: none hides another, who is missing is named."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.metrics.actions.board import add_tile, make_board
from tests.web.figures_house import E1, M1, W1

BY_OUTLET = {"metrics": ["net_sales"], "by": ["outlet"], "period": "all"}
ALL = {"first": date(1990, 1, 1), "last": date(2030, 1, 1)}
NOTE = re.compile(r'<div class="note note-warn[^>]*>.*?<p>(.*?)</p>', re.DOTALL)
HEADING = re.compile(r"<h2><a [^>]*>(.*?)</a></h2>")


def shown(house, kind: str, question: dict, query: str = "") -> str:
    """A board with one tile, as the director of both companies sees it."""
    director, at = house.people["director"], timezone.now()
    board = make_board(title="Mine", by=director, at=at)
    add_tile(board=board, kind=kind, question=question, by=director, at=at)
    address = reverse("boards_board", args=[board.pk])
    return house.client("director").get(f"{address}?unit=&now=1{query}").content.decode()


def test_bars_in_two_currencies_are_two_charts_with_their_own_finding(house):
    text = shown(house, "bar", BY_OUTLET)
    assert [re.sub(r" leads with .*| of (Net sales).*", "", title) for title in HEADING.findall(text)] == [
        "Net sales of Taipei: NT$27k in all days of the data",
        "Harbour",
    ]
    assert (text.count("chart-canvas fill"), "is-parted" in text) == (2, True)


def test_one_currency_is_one_chart(house):
    text = shown(house, "bar", {**BY_OUTLET, "unit": "grocer"}, "&unit=grocer")
    assert (len(HEADING.findall(text)), "is-parted" in text) == (1, False)


def test_a_short_table_holds_rows_of_each_currency(house, monkeypatch):
    monkeypatch.setattr("remit.web.boards.tiles.MOST_TILE_ROWS", 2)
    text = shown(house, "table", {**BY_OUTLET, "by": ["day"]})
    amounts = re.findall(r'<td class="number">(NT\$|US\$)', text)
    assert (amounts, "is-parted" in text) == (["NT$", "US$"], True)


def test_a_rate_of_each_currency_says_whose_it_is(house):
    text = shown(house, "number", {"metrics": ["discount_rate", "net_sales"], "period": "all"})
    said = re.findall(r"<small>([A-Z]{3})</small>|<span>([A-Z]{3})</span>", text)
    assert sorted(first or second for first, second in said) == ["TWD", "USD"]
    assert "chart-canvas spark" not in text


def test_a_number_in_two_currencies_draws_no_trend_of_one_of_them(house):
    text = shown(house, "number", {"metrics": ["net_sales"], "period": "all"})
    money = [house.sales(*outlets, **ALL) for outlets in ((E1, W1), (M1,))]
    assert money == [1662, 27000]
    assert ("US$1,662.00" in text, "NT$27k" in text, "chart-canvas spark" in text) == (True, True, False)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("last 4 weeks", ["Market has no data of “Order lines” in this period; they end on 2001-02-28."]),
        ("all", []),
    ],
)
def test_a_company_that_is_missing_from_a_board_is_named_beside_the_figures(house, period, said):
    assert NOTE.findall(shown(house, "number", {"metrics": ["net_sales"], "period": period})) == said
