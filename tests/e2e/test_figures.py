"""Figures in a real browser: asked, filtered, kept on a board, dragged, watched; readable on every screen."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from remit.metrics.models import Board, Tile


def expect_charts(page: Page, number: int) -> None:
    """So many, and all of them drawn."""
    expect(page.locator("[data-chart]")).to_have_count(number)
    expect(page.locator("[data-drawn=true]")).to_have_count(number)


def expect_tiles(page: Page, *numbers: int) -> None:
    """These tiles stand on the board, in this order."""
    tiles = page.locator("[data-tile]")
    expect(tiles).to_have_count(len(numbers))
    for place, number in enumerate(numbers):
        expect(tiles.nth(place)).to_have_attribute("data-tile", str(number))


def test_a_question_is_asked_split_filtered_and_taken_back(window, facts):
    opened = window("journey")
    page = opened.go(reverse("figures_explorer") + "?metric=net_sales&period=2017")
    page.fill("[data-picker-search]", "basket value")
    expect(page.locator("[data-picker-option]:visible")).to_have_text(["Basket value"])
    page.fill("[data-picker-search]", "")
    page.select_option("#by-1", "outlet")
    page.wait_for_url("**by=outlet**")
    expect_charts(page, 1)
    page.select_option("[name=pick]", "outlet")
    page.wait_for_url("**pick=outlet**")
    page.check("[name=add_value][value=E1]")
    page.click("text=Apply the filter")
    page.wait_for_url("**where=outlet%3DE1**")
    expect(page.locator(".chips .tag")).to_have_text(["Outlet: E1"])
    page.go_back()
    expect(page).to_have_url(re.compile("pick=outlet"))
    expect(page.locator(".chips .tag")).to_have_count(0)
    assert opened.complaints == []


def test_a_tile_is_put_on_a_board_and_dragged(window, facts):
    opened = window("journey")
    page = opened.go(reverse("figures_explorer") + "?metric=net_sales&period=2017")
    page.click("text=Add to a board")
    page.click("button[type=submit]:has-text('Put it there')")
    page.wait_for_url("**/boards/*")
    board = Board.objects.get()
    page = opened.go(reverse("boards_tile_new") + "?metric=baskets&by=month&period=2017")
    page.select_option("[name=board]", str(board.pk))
    page.click("button[type=submit]:has-text('Put it there')")
    page.wait_for_url("**/boards/*")
    first, second = Tile.objects.order_by("place").values_list("pk", flat=True)
    page = opened.go(reverse("boards_edit", args=[board.pk]))
    with page.expect_response(lambda answer: answer.url.endswith("/order")):
        page.drag_and_drop(
            f"[data-tile='{second}'] [data-grip]", f"[data-tile='{first}']", target_position={"x": 8, "y": 40}
        )
    page = opened.go(reverse("boards_board", args=[board.pk]))
    expect_tiles(page, second, first)
    page = opened.go(reverse("boards_edit", args=[board.pk]))
    page.focus(f"[data-tile='{second}'] button[value=later]")
    page.keyboard.press("Enter")
    expect_tiles(page, first, second)
    assert opened.complaints == []


def test_an_alert_fires_and_stands_on_the_board(window, facts):
    opened = window("journey")
    page = opened.go(reverse("figures_alert_new") + "?metric=net_sales")
    page.fill("[name=limit]", "10")
    page.click("button[type=submit]:has-text('Watch it')")
    page.wait_for_url("**/figures/alerts/*")
    page.click("text=Look now")
    page.wait_for_selector("text=still speaks")
    page = opened.go(reverse("boards_home"))
    expect(page.locator(".speaks")).to_have_count(1)
    assert opened.complaints == []


def test_a_metric_is_defined_in_the_browser(window, facts):
    opened = window("journey")
    page = opened.go(reverse("figures_metric_new"))
    page.fill("[name=title]", "生鮮")
    page.fill("[name=code]", "fresh")
    page.fill("[name=meaning]", "生鮮的銷售。")
    page.select_option("[name=first-field_0]", "department")
    page.fill("[name=first-values_0]", "PRODUCE")
    page.click("button[name=look]")
    expect_charts(page, 1)
    page.click("button:has-text('Define it')")
    page.wait_for_url("**/figures/metrics/fresh")
    assert opened.complaints == []


PAGES = (
    "boards_home",
    "boards_new",
    "figures_explorer",
    "figures_heat",
    "figures_customers",
    "figures_cohorts",
    "figures_metrics",
    "figures_metric_new",
    "figures_questions",
    "figures_targets",
    "figures_target_new",
    "figures_alerts",
    "figures_alert_new",
)


@pytest.mark.looks
@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [("zh-hant", "dark", 1440), ("zh-hans", "light", 390)],  # the other two: test_every_page
)
def test_every_page_of_figures_is_clean_and_fits(window, facts, language, theme, width):
    opened = window("journey", language=language, theme=theme, width=width)
    found = {}
    for name in (*PAGES, "figures_metric"):
        opened.go(reverse(name, args=["net_sales"] if name == "figures_metric" else []))
        found[name] = (opened.axe(), opened.too_wide(), opened.complaints[:])
        opened.complaints.clear()
    assert found == {name: ([], 0, []) for name in found}
