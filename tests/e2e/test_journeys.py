"""Journeys from end to end on the product as it is served, with its workers: only the browser is used."""

import csv
import io
import re
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser, Page, expect
from python_calamine import load_workbook

from remit.demo import cast as demo
from tests.e2e.house import House

TILL = "basket,day,product,customer,store,qty,amount\n"
SALES = "/figures/explore?metric=net_sales&period=2018-03&unit=journey"


def log_in(page: Page, name: str) -> None:
    page.get_by_label("E-mail address").fill(f"{name}@demo.example")
    page.locator("#id_password").fill(demo.PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_a_recovery_code_opens_the_door_once(visit):
    first = visit()
    page = first.go("/accounts/login/")
    log_in(page, "brand")
    page.get_by_label("My menu").wait_for()
    page = first.go("/accounts/2fa/totp/activate/")
    page.locator("#id_password").fill(demo.PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    secret = page.locator("#authenticator_secret").input_value()
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    page.locator("#id_code").fill(totp.format_hotp_value(totp.hotp_value(secret, counter)))
    page.get_by_role("button", name="Activate").click()
    expect(page.locator("h1").first).to_have_text("My account")
    page = first.go("/accounts/2fa/recovery-codes/")
    codes = page.locator("#recovery_codes").input_value().split()
    assert (len(codes), len(set(codes))) == (10, 10)

    def second_step(code: str) -> Page:
        page = visit().go("/accounts/login/")
        log_in(page, "brand")
        page.locator("#id_code").fill(code)
        page.get_by_role("button", name="Log in", exact=True).click()
        return page

    expect(second_step(codes[0]).get_by_label("My menu")).to_be_visible()
    expect(second_step(codes[0]).get_by_text("Incorrect code")).to_be_visible()
    expect(second_step(codes[1]).get_by_label("My menu")).to_be_visible()


def test_a_file_with_errors_passes_through_the_workers_and_back(visit, tmp_path: Path):
    rows = [f"b{n},2018-03-{n:02d},JP-MILK,JC-EAST-1,HARBOUR-E,1,100.00" for n in range(1, 9)]
    wrong = ["b9,2018-02-30,JP-MILK,JC-EAST-1,HARBOUR-E,1,50.00", "b10,2018-03-10,JP-MILK,,HARBOUR-E,1,fifty"]
    path = tmp_path / "till.csv"
    path.write_text(TILL + "\n".join([*rows, *wrong]) + "\n", encoding="utf-8")
    view = visit("analyst")
    page = view.go("/imports/new")
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Upload and look at the columns").click()
    page.get_by_role("link", name="Order lines One product line").click()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("td.is-wrong")).to_have_count(2)
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_role("link", name="Look, correct, load again")).to_be_visible(timeout=60_000)
    address = page.url
    expect(view.go(SALES).locator("main")).to_contain_text("US$800.00")

    page.goto(address)
    page.get_by_role("link", name="Look, correct, load again").click()
    page.get_by_label("Line 10, day").fill("2018-03-09")
    page.get_by_label("Line 11, amount").fill("50.00")
    view.follow(page.get_by_role("button", name="Save and load all corrected rows"))
    expect(page.get_by_text("Under way")).to_have_count(0, timeout=60_000)
    expect(page.get_by_role("link", name="Undo this import")).to_be_visible()
    expect(view.go(SALES).locator("main")).to_contain_text("US$900.00")

    page.goto(address)
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("none of its rows are in the table any more")).to_be_visible()
    expect(view.go(SALES).locator("main")).to_contain_text("No data in")


def test_an_alert_rings_the_bell_and_falls_silent_once_read(visit):
    view = visit("east")
    page = view.go("/figures/alerts/new?metric=net_sales")
    page.get_by_label("Title").fill("The East sells at all")
    page.locator("[name=limit]").fill("1")
    page.get_by_role("button", name="Watch it").click()
    expect(page.locator("h1")).to_have_text("The East sells at all")
    page.get_by_role("link", name="Notices (1)").click()
    page.get_by_role("button", name=re.compile("The East sells at all")).click()
    expect(page.locator("h1")).to_have_text("The East sells at all")
    expect(page.get_by_role("link", name="Notices", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("name", "outlets"),
    [("east", {"HARBOUR-E": "1178.67", "ORCHARD-E": "1091.67"}), ("west", {"PRAIRIE-W": "715014387.00"})],
)
def test_an_export_holds_the_rows_of_its_person(visit, name, outlets):
    page = visit(name).go("/figures/explore?metric=net_sales&by=outlet&period=all")
    with page.expect_download() as found:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(found.value.path().read_text(encoding="utf-8-sig"))))
    assert {row["Outlet"]: f"{float(row['Net sales']):.2f}" for row in rows} == outlets
    with page.expect_download() as found:
        page.get_by_role("link", name="Excel").click()
    sheet = load_workbook(found.value.path()).get_sheet_by_name("Data").to_python()
    place = sheet[0].index("Outlet")
    assert sorted(row[place] for row in sheet[1:]) == sorted(outlets)


def test_an_own_board_is_copied_added_to_arranged_and_stays(visit):
    view = visit("digital")
    page = view.go("/boards/new")
    page.get_by_label("Title").fill("Mine")
    page.get_by_role("button", name="Make the board").click()
    expect(page.locator("h1")).to_contain_text("Mine")
    for query in ("metric=net_sales&period=2017", "metric=baskets&by=month&period=2017"):
        page = view.go(f"/boards/tiles/new?{query}")
        page.locator("[name=board]").select_option(label="Mine")
        page.get_by_role("button", name="Put it there").click()
        page.wait_for_url(re.compile(r"/boards/\d+$"))
    board = page.url.removeprefix(view.address)
    tiles = page.locator("[data-tile]")
    number, line = re.compile("is-number"), re.compile("is-line")
    expect(tiles).to_have_class([number, line])
    page = view.go(f"{board}/edit")
    with page.expect_response(re.compile(r"/order$")):
        tiles.nth(1).locator("[data-grip]").drag_to(tiles.nth(0), target_position={"x": 8, "y": 40})
    view.go(board)
    expect(tiles).to_have_class([line, number])
    page = view.go(f"{board}/edit")
    page.get_by_role("button", name="Move Baskets by Month one place later").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#tile-\d+$"))
    view.go(board)
    expect(tiles).to_have_class([number, line])


# -- without scripts ----------------------------------------------------------------------------


@pytest.fixture
def plain(chromium: Browser, house: House):
    """``plain("east")``: a page in a browser that runs no script."""
    contexts = []

    def open_as(name: str = "") -> Page:
        size = {"width": 1440, "height": 900}
        context = chromium.new_context(java_script_enabled=False, locale="en-GB", viewport=size)
        contexts.append(context)
        cookies = {"language": "en"} | ({"sessionid": house.sessions[name]} if name else {})
        context.add_cookies([{"name": k, "value": v, "url": house.address} for k, v in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    yield open_as
    for context in contexts:
        context.close()


def test_without_scripts_one_logs_in_and_asks(plain, house):
    page = plain()
    page.goto(f"{house.address}/accounts/login/")
    log_in(page, "sales")
    expect(page.get_by_label("My menu")).to_be_visible()
    page.goto(f"{house.address}/figures/explore?metric=net_sales")
    page.get_by_text("What to show").click()
    page.get_by_label("Split by").select_option("outlet")
    page.get_by_label("Period", exact=True).select_option("all")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main table").last).to_contain_text("Prairie store")


def test_without_scripts_a_target_and_an_alert_are_set(plain, house):
    page = plain("journey")
    page.goto(f"{house.address}/figures/targets/new")
    page.get_by_label("Metric").select_option("baskets")
    page.get_by_label("Unit").select_option(index=1)
    for name, value in {"first": "2017-03-01", "last": "2017-03-31", "value": "120"}.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=owner]").select_option(index=1)
    page.get_by_role("button", name="Set the target").click()
    expect(page.locator("main")).to_contain_text("March 2017")
    page.goto(f"{house.address}/figures/alerts/new?metric=baskets")
    page.get_by_label("Title").fill("Few baskets")
    page.locator("[name=limit]").fill("5")
    page.get_by_role("button", name="Watch it").click()
    expect(page.locator("h1")).to_have_text("Few baskets")


def test_without_scripts_a_file_is_imported(plain, house, tmp_path: Path):
    path = tmp_path / "plain.csv"
    path.write_text(f"{TILL}n1,2019-03-01,JP-MILK,JC-EAST-1,HARBOUR-E,1,77.00\n", encoding="utf-8")
    page = plain("analyst")
    page.goto(f"{house.address}/imports/new")
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Upload and look at the columns").click()
    page.get_by_role("link", name="Order lines One product line").click()
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_role("link", name="Undo this import")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("none of its rows are in the table any more")).to_be_visible()


def test_without_scripts_a_tile_changes_its_place(plain, house):
    page = plain("finance")
    page.goto(f"{house.address}/boards/new?from=analyst")
    page.get_by_role("button", name="Make the board").click()
    tiles = page.locator("[data-tile]")
    first, second = (str(tiles.nth(place).get_attribute("data-tile")) for place in (0, 1))
    tiles.first.get_by_role("button", name="one place later").click()
    expect(tiles.nth(0)).to_have_attribute("data-tile", second)
    expect(tiles.nth(1)).to_have_attribute("data-tile", first)


def test_the_language_and_the_theme_change_without_scripts_too(plain, house):
    page = plain("nobody")
    page.goto(f"{house.address}/account/")
    page.locator("main [name=language]").select_option("zh-hant")
    page.locator("main [name=theme]").select_option("dark")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", re.compile("zh-hant", re.I))


def test_a_person_comes_in_by_the_log_in_of_the_company(visit, house):
    house.provider.claims = {"sub": "u-1", "email": "analyst@demo.example", "email_verified": True}
    page = visit().go("/accounts/login/")
    page.get_by_role("link", name="Company Log-in").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{house.address}/today")
    expect(page.get_by_label("My menu")).to_be_visible()
