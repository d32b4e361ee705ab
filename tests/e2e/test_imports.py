"""A file with errors goes through the browser: corrected, loaded again, seen in a figure, undone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from remit.lake import tasks
from remit.lake.models import Import
from remit.lake.queries import the_lake

LINES = [f"b{n},2017-03-{n:02d},p{n % 3},c{n % 4},s1,1,100.00" for n in range(1, 11)]
HEADER = "basket,day,product,customer,store,qty,amount"


@pytest.fixture
def till(tmp_path: Path, settings) -> Path:
    """A file with ten right rows, an impossible day and an amount in words; the lake is empty."""
    settings.LAKE_URL = str(tmp_path / "lake")
    path = tmp_path / "till.csv"
    wrong = ["b11,2017-02-30,p1,c1,s1,1,50.00", "b12,2017-03-12,p1,c1,s1,1,fifty"]
    path.write_text("\n".join([HEADER, *LINES, *wrong]) + "\n", encoding="utf-8")
    return path


def work() -> Import:
    """What the worker does, for the newest import."""
    tasks.run.call(Import.objects.latest("pk").pk)
    return Import.objects.latest("pk")


SALES_OF_MARCH = "/figures/explore?metric=net_sales&period=2017-03&unit=journey"


def test_a_file_with_errors_is_imported_corrected_loaded_again_and_undone(window, till):
    view = window("analyst")
    page = view.go("/imports/new")
    page.get_by_label("File").set_input_files(till)
    page.get_by_role("button", name="Upload and look at the columns").click()
    expect(page.locator("h1")).to_have_text("What does the file hold?")
    assert view.axe() == []
    page.get_by_role("link", name="Order lines").click()
    expect(page.get_by_label("Net sales")).to_have_value("from:amount")
    assert view.axe() == []
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("td.is-wrong")).to_have_count(2)
    assert view.axe() == []
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_text("waiting for its turn")).to_be_visible()
    address = page.url
    assert work().left_out == 2
    expect(page.get_by_role("link", name="Look, correct, load again")).to_be_visible()
    assert view.axe() == []
    expect(view.go(SALES_OF_MARCH).locator("main")).to_contain_text("US$1,000.00")

    page.goto(address)
    page.get_by_role("link", name="Look, correct, load again").click()
    expect(page.get_by_label("Line 12, day")).to_be_visible()
    assert view.axe() == []
    page.get_by_label("Line 12, day").fill("2017-03-11")
    page.get_by_label("Line 13, amount").fill("50.00")
    page.get_by_role("button", name="Save and load all corrected rows").click()
    expect(page.get_by_text("Under way")).to_be_visible()
    assert work().loaded == 12
    expect(page.get_by_text("Under way")).to_have_count(0)
    expect(view.go(SALES_OF_MARCH).locator("main")).to_contain_text("US$1,100.00")

    page.goto(address)
    page.get_by_role("link", name="Undo this import").click()
    expect(page.get_by_text("12 rows leave “Order lines”")).to_be_visible()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("none of its rows are in the table any more")).to_be_visible()
    assert the_lake().snapshot("order_lines").rows == 0


def test_choosing_another_column_shows_what_stands_in_it(window, till):
    page = window("analyst").go("/imports/new")
    page.get_by_label("File").set_input_files(till)
    page.get_by_role("button", name="Upload and look at the columns").click()
    page.get_by_role("link", name="Order lines").click()
    row = page.locator("tr", has=page.get_by_label("Cost"))
    expect(row.locator("[data-samples] li")).to_have_count(0)
    page.get_by_label("Cost").select_option("from:qty")
    expect(row.locator("[data-samples] li")).to_have_text(["1"])
    page.get_by_label("Cost").select_option("constant")
    expect(row.get_by_label("The same for all rows")).to_be_visible()
    expect(row.get_by_label("Columns, one a line")).to_be_hidden()


@pytest.mark.looks
@pytest.mark.parametrize("path", ["/imports/", "/imports/new", "/files/"])
def test_the_pages_fit_a_phone(window, path):
    view = window("analyst", language="zh-hant", theme="dark", width=390)
    view.go(path)
    assert (view.too_wide(), view.axe()) == (0, [])
