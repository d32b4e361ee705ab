"""The frame in a real browser: languages, themes, palette, phone, lists, log-in."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from playwright.sync_api import expect

from remit.demo import cast as demo


def test_the_theme_changes_at_once_and_stays(window):
    view = window("admin")
    page = view.go("/team/people")
    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(17, 21, 23)")
    page.wait_for_load_state("networkidle")  # the choice has reached the server
    expect(view.go("/team/units").locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_changing_the_language_loses_nothing_that_was_typed(window):
    page = window("admin").go("/team/people/new")
    page.get_by_label("Name", exact=False).first.fill("李小明")
    page.get_by_label("My menu").click()
    page.get_by_role("button", name="繁體").click()
    expect(page.locator("h1")).to_have_text("新增人員")
    expect(page.locator("#id_name")).to_have_value("李小明")
    page.get_by_label("我的選單").click()
    page.get_by_role("button", name="简体").click()
    expect(page.locator("h1")).to_have_text("添加人员")
    expect(page.locator("#id_name")).to_have_value("李小明")


def test_the_palette_goes_anywhere_by_keyboard(window):
    page = window("admin").go("/team/people")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette input")).to_be_focused()
    page.keyboard.type("journey-west")
    expect(page.get_by_role("option", name="Journey West")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Journey West")


def test_the_link_to_the_content_leads_there_without_loading_the_page_again(window):
    page = window("admin").go("/team/people")
    page.evaluate("window.same = true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#main :focus")).to_have_count(1)
    assert page.evaluate("window.same")
    page.get_by_role("searchbox", name="Name or address").fill("wu")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.go_back()  # the list as it was before
    expect(page.locator("tbody tr")).to_have_count(len(demo.PEOPLE))


def test_a_list_is_searched_in_place_and_keeps_its_address(window):
    page = window("admin").go("/team/people")
    page.get_by_role("searchbox", name="Name or address").fill("wu")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/team/people\?q=wu$"))
    expect(page.get_by_role("searchbox", name="Name or address")).to_be_focused()
    page.get_by_role("link", name="Clear").click()
    expect(page.locator("tbody tr")).to_have_count(len(demo.PEOPLE))


def test_a_list_works_without_scripts(window, chromium):
    view = window("admin")
    state = view.page.context.storage_state()
    plain = chromium.new_context(java_script_enabled=False, storage_state=state).new_page()
    plain.goto(f"{view.address}/team/people")
    plain.get_by_role("searchbox").fill("wu")
    plain.get_by_role("searchbox").press("Enter")
    expect(plain.locator("tbody tr")).to_have_count(1)
    plain.context.close()


def test_the_first_column_sorts_both_ways(window):
    page = window("admin").go("/team/people")
    head = page.get_by_role("columnheader", name="E-mail address")
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("tbody tr").first).to_contain_text("admin@demo.example")
    head.get_by_role("link").click()
    expect(page.locator("tbody tr").first).to_contain_text("west@demo.example")


def test_on_a_phone_the_side_bar_opens_from_below(window):
    page = window("admin", width=390).go("/team/units")
    side = page.locator("#side")
    expect(side).not_to_be_visible()
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(side.get_by_role("link", name="People")).to_be_visible()
    page.keyboard.press("Escape")
    expect(side).not_to_be_visible()


def test_the_demonstration_is_entered_with_one_press(window):
    page = window().go("/accounts/login/")
    page.get_by_role("button", name=re.compile("Hank Wu")).click()
    page.get_by_label("My menu").click()
    expect(page.locator(".menu-person")).to_contain_text("Sales person · Journey West")


def test_ctrl_enter_sends_the_form_one_is_in(window):
    page = window("admin").go("/account/tokens")
    page.locator("main form input[type=text]").first.fill("weekly report")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("remit_")


def test_the_record_is_verified_without_leaving_the_page(window):
    page = window("admin").go("/audit")
    page.get_by_role("button", name="Verify the record").click()
    expect(page.locator("#verification")).to_contain_text("The record holds")


PAGES = (
    "/team/units", "/team/people", "/team/people/new", "/team/positions", "/audit", "/notices", "/jobs",
    "/account/", "/account/notices", "/account/tokens", "/accounts/2fa/", "/accounts/sessions/",
    "/accounts/password/change/",
)  # fmt: skip


# by day at a desk and by night on a phone: test_every_page
@pytest.mark.looks
@pytest.mark.parametrize(
    ("width", "language", "theme"), [(1440, "zh-hans", "dark"), (390, "zh-hant", "light")]
)
def test_pages_of_the_frame_read_for_everybody(window, width, language, theme):
    view = window("admin", language=language, theme=theme, width=width)
    faults = {}
    for path in PAGES:
        view.go(path)
        if found := [*view.axe(), *(["too wide"] if view.too_wide() else [])]:
            faults[path] = found
    assert faults == {}


@pytest.mark.looks
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_way_in_reads_for_everybody(window, theme, width):
    view = window(theme=theme, width=width)
    faults = {}
    for path in ("/accounts/login/", "/accounts/password/reset/", "/nothing/here"):
        view.go(path)
        if found := [*view.axe(), *(["too wide"] if view.too_wide() else [])]:
            faults[path] = found
    assert faults == {}
    view.expect_complaint("404")


def code_of(secret: str) -> str:
    """What an authenticator app shows at this moment (RFC 6238)."""
    _before, counter, _after = totp.yield_hotp_counters_from_time()
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_a_second_step_is_set_up_and_asked_for_at_the_next_log_in(window):
    def log_in(page):
        page.get_by_label("E-mail address").fill("west@demo.example")
        page.locator("#id_password").fill(demo.PASSWORD)
        page.get_by_role("button", name="Log in", exact=True).click()

    view = window()
    page = view.go("/accounts/login/")
    log_in(page)
    page.get_by_label("My menu").wait_for()
    page = view.go("/accounts/2fa/totp/activate/")
    page.locator("#id_password").fill(demo.PASSWORD)  # who changes their log-in says who they are again
    page.get_by_role("button", name="Confirm").click()
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("#id_code").fill(code_of(secret))
    page.get_by_role("button", name="Activate").click()
    expect(page.locator("h1").first).to_have_text("My account")

    again = window()
    page = again.go("/accounts/login/")
    log_in(page)
    page.locator("#id_code").fill("000000")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_text("Incorrect code")).to_be_visible()
    cache.clear()  # the same code is taken once only, also within its half minute
    page.locator("#id_code").fill(code_of(secret))
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_label("My menu")).to_be_visible()
