"""A new unit gets its duties, roles and people: from nothing, by keyboard, until no gap is left."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from remit.duties.actions.charge import charge_units
from remit.duties.models import Charge, Duty, RaciRow
from remit.org.actions import add_unit
from remit.org.models import Position, Unit
from remit.org.queries.today import today

WATCH, GROWTH = "H2.1.1-watch", "H2.1.1-growth"


@pytest.fixture
def north(handbook) -> Unit:
    """A decentralised unit without people that owes two duties: nobody above answers in its place."""
    at = timezone.now()
    unit = add_unit(
        parent=Unit.objects.get(code="group"), code="north", name="北區", name_en="North",
        structure="decentralised", by=None, at=at,
    )  # fmt: skip
    duties = Duty.objects.filter(code__in=(WATCH, GROWTH))
    charge_units(duties=dict.fromkeys(duties, today()), unit=unit, by=None, at=at)
    return unit


def test_a_new_unit_is_set_up_from_nothing_in_chinese(window, handbook):
    view = window("admin", language="zh-hant")
    page = view.go("/team/units")
    page.get_by_role("link", name="新增單位").click()
    expect(page.locator("h1")).to_have_text("新增單位")
    assert view.faults() == []
    page.get_by_label("上層單位").select_option(label="示範零售集團")
    page.get_by_label("代碼").fill("north")
    page.locator("[name=name]").fill("北區")
    page.get_by_label("組織架構").select_option(label="分權式")
    page.get_by_role("button", name="儲存").click()
    expect(page.locator("h1")).to_have_text("北區")
    assert view.faults() == []

    page.get_by_role("link", name="職責矩陣").last.click()
    expect(page.locator("main")).to_contain_text("這個單位還沒有職責")
    assert view.faults() == []
    view.follow(page.get_by_role("link", name="分派職責").first)
    assert view.faults() == []
    page.get_by_label(re.compile(f"^{WATCH}")).check()
    page.get_by_label(re.compile(f"^{GROWTH}")).check()
    page.get_by_role("button", name="分派").click()
    expect(page.locator("[data-matrix] tbody tr")).to_have_count(2)
    expect(page.get_by_text("已分派 2 項職責")).to_be_visible()
    assert view.faults() == []
    row = page.locator("[data-matrix] tbody tr", has_text=WATCH)
    expect(row).to_contain_text("市場調研：政策與技術觀察")
    expect(cell(row, "marketing_director")).to_have_text("A")
    expect(cell(row, "market_analyst")).to_have_text("R")


# -- the matrix ---------------------------------------------------------------------------------


def test_roles_are_given_in_the_matrix_with_the_keyboard_only(window, north):
    view = window("admin", language="zh-hant")
    page = view.go(f"/duties/matrix?unit={north.pk}")
    keys = page.keyboard
    growth, watch = row_of(page, GROWTH), row_of(page, WATCH)
    tab_into(page)
    go_to(page, "sales_director")
    expect(cell(growth, "sales_director")).to_be_focused()
    press(page, "a", growth)
    expect(cell(growth, "sales_director")).to_have_text("A I")
    expect(cell(growth, "marketing_director")).to_have_text("C")
    expect(page.get_by_text("現由銷售總監當責")).to_be_visible()
    expect(cell(growth, "sales_director")).to_be_focused()
    keys.type("ri")  # faster than the server answers
    expect(cell(growth, "sales_director")).to_have_text("A R")

    keys.press("ArrowDown")
    expect(cell(watch, "sales_director")).to_be_focused()
    go_to(page, "market_analyst")
    press(page, "Delete", watch)
    expect(cell(watch, "market_analyst")).to_have_text("·")

    keys.press("Enter")
    menu = page.locator("#matrix-menu")
    expect(menu.get_by_role("menuitemcheckbox", name="當責")).to_be_focused()
    assert view.faults() == []
    keys.press("ArrowDown")
    with page.expect_response(re.compile("/roles$")):
        keys.press("Enter")
    expect(menu.get_by_role("menuitemcheckbox", name="負責")).to_have_attribute("aria-checked", "true")
    keys.press("Escape")
    expect(menu).to_be_hidden()
    expect(cell(watch, "market_analyst")).to_be_focused()
    expect(cell(watch, "market_analyst")).to_have_text("R")

    page.reload()
    assert kept(page, GROWTH)["sales_director"] == "A R"
    assert kept(page, GROWTH)["marketing_director"] == "C"
    assert kept(page, WATCH)["market_analyst"] == "R"
    assert roles_of(GROWTH)["sales_director"] == {"accountable", "responsible"}
    assert view.faults() == []


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_the_matrix_is_read_and_changed_on_a_phone(window, north, language):
    view = window("admin", language=language, width=390)
    page = view.go(f"/duties/matrix?unit={north.pk}")
    assert view.faults() == []
    watch = row_of(page, WATCH)
    cell(watch, "brand_manager").click()
    menu = page.locator("#matrix-menu")
    with page.expect_response(re.compile("/roles$")):
        menu.get_by_role("menuitemcheckbox").nth(2).click()
    assert view.faults() == []
    expect(cell(watch, "brand_manager")).to_have_text("C I")
    with page.expect_response(re.compile("/roles$")):
        menu.get_by_role("menuitem", name="Clear" if language == "en" else "清除").tap()
    expect(cell(watch, "brand_manager")).to_have_text("·")


# -- a gap --------------------------------------------------------------------------------------


def test_a_vacancy_is_seen_filled_and_gone(window, north):
    view = window("admin", language="zh-hant")
    gaps = f"/duties/gaps?unit={north.pk}"
    page = view.go(gaps)
    vacant = page.locator("li.gap", has_text="無人擔任市場分析師")
    expect(vacant).to_contain_text("2 項職責")
    assert view.faults() == []
    vacant.get_by_role("link", name="指派人員").click()
    expect(page.get_by_text("北區的「市場分析師」由誰擔任？")).to_be_visible()
    assert view.faults() == []
    page.get_by_role("link", name="新增人員").click()
    expect(page.locator("[name=position]")).to_have_value(str(position("market_analyst")))
    expect(page.locator("[name=unit]")).to_have_value(str(north.pk))
    assert view.faults() == []
    page.locator("[name=name]").fill("林小北")
    page.locator("[name=email]").fill("north@demo.example")
    page.get_by_role("button", name="儲存").click()
    expect(page.locator("h1")).to_have_text("林小北")
    expect(page.locator("main")).to_contain_text("市場分析師")
    assert view.faults() == []

    page = view.go(gaps)
    expect(vacant).to_have_count(0)
    led = page.locator("li.gap", has_text="無人擔任營銷總監")
    led.get_by_role("link", name="指派人員").click()
    page.get_by_role("link", name="林雅文").click()
    form = page.locator("#assign")
    expect(form.locator("[name=position]")).to_have_value(str(position("marketing_director")))
    expect(form.locator("[name=unit]")).to_have_value(str(north.pk))
    form.locator("[name=share]").fill("20")
    form.get_by_role("button", name="指派").click()
    expect(page.locator("main")).to_contain_text("北區")
    view.go(gaps)
    expect(led).to_have_count(0)
    expect(page.locator("li.gap", has_text="無人擔任")).to_have_count(0)
    assert view.faults() == []


@pytest.mark.looks
@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_the_pages_on_the_way_fit_a_phone(window, north, language):
    view = window("admin", language=language, width=390)
    vacancy = f"position={position('market_analyst')}&unit={north.pk}"
    faults = {}
    for path in (
        f"/team/units/{north.pk}",
        f"/duties/matrix/{north.pk}/charges",
        f"/duties/gaps?unit={north.pk}",
        f"/team/people?{vacancy}",
        f"/team/people/new?{vacancy}",
        "/team/units/new",
    ):
        view.go(path)
        if found := view.faults():
            faults[path] = found
    assert faults == {}


# -- the matrix, as it is read -------------------------------------------------------------------


def position(code: str) -> int:
    return Position.objects.get(code=code).pk


def row_of(page: Page, code: str) -> Locator:
    return page.locator(f"#charge-{Charge.objects.get(duty__code=code, unit__code='north').pk}")


def cell(row: Locator, code: str) -> Locator:
    return row.locator(f"[data-position='{position(code)}']")


def tab_into(page: Page) -> None:
    """Tab until a cell of the matrix has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-matrix] [data-position]')"):
            return
    raise AssertionError("the matrix cannot be reached by keyboard")


def go_to(page: Page, code: str) -> None:
    """By arrows along the row that has the focus, from its first cell."""
    page.keyboard.press("Home")
    for _ in range(Position.objects.count()):
        if page.evaluate("document.activeElement.dataset.position") == str(position(code)):
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"no cell of {code}")


def press(page: Page, key: str, row: Locator) -> None:
    """A key that changes a role, until the server has answered and the row is the new one."""
    with page.expect_response(re.compile("/roles$")):
        page.keyboard.press(key)
    expect(row).not_to_have_class(re.compile("htmx"))


def kept(page: Page, code: str) -> dict[str, str]:
    """Letters in the row by the code of the position."""
    codes = {str(pk): name for pk, name in Position.objects.values_list("pk", "code")}
    cells = (
        row_of(page, code)
        .locator("[data-position]")
        .evaluate_all("all => all.map(a => [a.dataset.position, a.textContent])")
    )
    return {codes[pk]: letters for pk, letters in cells}


def roles_of(code: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    rows = RaciRow.objects.filter(charge__duty__code=code, charge__unit__code="north")
    for name, role in rows.values_list("position__code", "role"):
        found.setdefault(name, set()).add(role)
    return found
