"""The demonstration shop in a real browser: from the ad's click to the payment, on one timeline, live."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from remit.collection.actions import drain_inbox, make_key
from remit.collection.models import Batch
from remit.org.models import Unit
from tests.collection.desk import BROWSER, stored

SOON_MS = 5_000
PHONE: Any = {"user_agent": BROWSER, "locale": "en-US", "viewport": {"width": 390, "height": 844}}


@pytest.fixture
def lake(tmp_path: Any) -> Iterator[None]:
    with override_settings(LAKE_URL=str(tmp_path / "lake")):
        yield


@pytest.fixture
def key(cast: None, lake: None) -> str:
    """Of a shop of the US grocer."""
    _key, secret = make_key(
        unit=Unit.objects.get(code="journey"), name="Shop", kind="browser",
        origins=["https://shop.example.com"], by=None, at=timezone.now(),
    )  # fmt: skip
    return secret


@pytest.fixture
def visitor(chromium: Browser, live_server: Any, key: str) -> Iterator[Page]:
    """Somebody whose browser is no robot's."""
    context = chromium.new_context(base_url=live_server.url, **PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(chromium: Browser, live_server: Any, key: str) -> Iterator[Page]:
    """One in which the test may wait for expressions, which the content policy would forbid."""
    context = chromium.new_context(base_url=live_server.url, bypass_csp=True, **PHONE)
    yield context.new_page()
    context.close()


def drained() -> None:
    while drain_inbox(at=timezone.now()).batches:
        pass


def bought(page: Page, key: str, *, agree: str) -> None:
    """From an advertisement to the payment."""
    page.goto(f"/shop?key={key}&utm_source=baidu&utm_medium=cpc&utm_campaign=spring&bd_vid=777")
    page.get_by_role("button", name=agree).click()
    page.get_by_role("link", name="Rye bread").click()
    page.get_by_role("button", name="Put into the cart").click()
    page.get_by_label("Member number").fill("M-1001")
    page.get_by_role("button", name="Pay").click()
    page.get_by_role("heading", name="Thank you").wait_for()


def test_from_the_click_on_the_ad_to_the_payment_on_one_timeline(
    visitor: Page, window: Callable[..., Any], key: str
) -> None:
    reader = window("director")
    page = reader.go("/customers/live")
    expect(page.locator("main")).to_contain_text("Nothing has arrived in two days")
    bought(visitor, key, agree="Yes")
    rows = page.locator("tr[data-event]")
    expect(rows.first).to_contain_text("view", timeout=SOON_MS)
    expect(page.locator("tr[data-event] strong", has_text="pay")).to_have_count(1, timeout=SOON_MS)
    expect(rows).to_have_count(7, timeout=SOON_MS)
    assert reader.faults() == []
    rows.first.get_by_role("link").first.click()
    page.wait_for_url("**/customers/timeline?**")
    expect(rows).to_have_count(7)
    told = page.locator("tr[data-event] strong").all_inner_texts()
    assert sorted(told) == ["cart", "identify", "pay", "view", "view", "view", "view"]
    assert [name for name in told if name in ("cart", "pay")] == ["pay", "cart"]
    expect(page.locator("main")).to_contain_text("bd_vid:777")
    assert reader.faults() == []
    drained()
    columns = ("event", "channel", "source", "click_code", "value", "currency")
    assert stored(*columns, where="event IN ('cart', 'pay')") == [
        ("cart", "cpc", "baidu", "bd_vid:777", Decimal("4.2"), "USD"),
        ("pay", "cpc", "baidu", "bd_vid:777", Decimal("4.2"), "USD"),
    ]  # fmt: skip
    assert stored("count(DISTINCT person_code)") == [(1,)]


def test_who_does_not_agree_is_not_measured(visitor: Page, key: str) -> None:
    bought(visitor, key, agree="No")
    visitor.goto("about:blank")
    assert not Batch.objects.exists()


def test_nothing_is_sent_or_kept_before_the_answer(visitor: Page, key: str) -> None:
    visitor.goto(f"/shop?key={key}")
    visitor.get_by_role("link", name="Rye bread").click()
    visitor.get_by_role("heading", name="Rye bread").wait_for()
    assert visitor.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert not Batch.objects.exists()


def test_pages_without_a_load_are_views_and_what_happens_offline_arrives_later(
    scripted: Page, key: str
) -> None:
    scripted.goto(f"/shop?key={key}")
    scripted.get_by_role("button", name="Yes").click()
    scripted.evaluate("history.pushState({}, '', '/shop/season?key=x')")
    scripted.wait_for_function("localStorage.getItem('remit.queue') === null")
    scripted.context.set_offline(True)
    scripted.evaluate("remit.track('wish', {product: 'SHOP-TEA', properties: {note: 'offline'}})")
    scripted.wait_for_function("JSON.parse(localStorage.getItem('remit.queue')).length === 1")
    scripted.context.set_offline(False)
    scripted.evaluate("remit.flush()")
    scripted.wait_for_function("localStorage.getItem('remit.queue') === null")
    drained()
    assert [event for (event,) in stored("event")] == ["view", "view", "wish"]
    assert stored("count(*)", where="page LIKE '%/shop/season%'") == [(2,)]


@pytest.mark.looks
def test_the_shop_can_be_used_by_everybody(visitor: Page, key: str) -> None:
    for place in ("/shop", "/shop/products/SHOP-TEA", "/shop/cart", "/shop/thanks"):
        visitor.goto(f"{place}?key={key}")
        assert Axe().run(visitor).response["violations"] == []
        assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")
