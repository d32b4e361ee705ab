"""What is owed goes from hand to hand: delivered, returned, accepted; at a desk and on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from remit.duties.actions.charge import charge_units
from remit.duties.models import Duty, Occurrence
from remit.org.models import Unit
from remit.org.queries.today import today

WATCH = "Market research: watch on policy and technology"
REPORT = "https://example.org/new-rules"


@pytest.fixture
def owed(handbook) -> Occurrence:
    """The weekly watch of the Journey, overdue: its analyst does it, its director answers for it."""
    (charge,) = charge_units(
        duties={Duty.objects.get(code="H2.1.1-watch"): today() - timedelta(days=8)},
        unit=Unit.objects.get(code="journey"), by=None, at=timezone.now(), with_past=True,
    )  # fmt: skip
    return Occurrence.objects.filter(charge=charge).order_by("due_at")[0]


def group(page: Page, name: str) -> Locator:
    """A group of Today's list of what is owed."""
    return page.locator(".day-group", has=page.get_by_role("heading", name=name))


def test_delivered_returned_delivered_again_and_accepted(window, owed):
    analyst, director = window("analyst"), window("journey")
    work = f"/duties/work/{owed.pk}"

    page = analyst.go("/today")
    assert analyst.faults() == []
    group(page, "Overdue").get_by_role("link", name=WATCH).filter(has_text=owed.key).click()
    expect(page).to_have_url(analyst.address + work)
    assert analyst.faults() == []
    page.get_by_role("button", name="Deliver", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("asks for 1 of: Link")
    assert analyst.faults() == []
    analyst.expect_complaint("422")
    give_link(page, REPORT)
    expect(page.get_by_text("complete", exact=True)).to_be_visible()
    deliver(page, "Three rules, one of them urgent.")
    expect(page.locator("main")).to_contain_text("Only who is accountable accepts or returns it")
    assert analyst.faults() == []
    expect(analyst.go("/today").locator(f".day-group a[href='{work}']")).to_have_count(0)

    page = director.go("/today")
    assert director.faults() == []
    group(page, "To accept").locator(f"a[href='{work}']").click()
    expect(page.get_by_role("link", name=REPORT)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Three rules, one of them urgent.")
    assert director.faults() == []
    page.get_by_role("button", name="Return", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    director.expect_complaint("422")
    page.get_by_label("Reason, when you return it").fill("Which products?")
    page.get_by_role("button", name="Return", exact=True).click()
    expect(page.get_by_text("Returned. They were told why.")).to_be_visible()

    page = analyst.go("/today")
    row = group(page, "Overdue").locator(".day-row", has=page.locator(f"a[href='{work}']"))
    expect(row).to_contain_text("returned")
    expect(page.locator("main")).to_contain_text("Which products?")
    row.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("Which products?")
    assert analyst.faults() == []
    deliver(page, "Dairy and spirits.")

    page = director.go("/today")
    group(page, "To accept").locator(f"a[href='{work}']").click()
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("Accepted.")).to_be_visible()
    expect(page.locator("main .steps-list").first.locator("li")).to_contain_text(
        ["Which products?", "Dairy and spirits."]
    )
    assert director.faults() == []
    for view in (analyst, director):
        expect(view.go("/today").locator(f".day-group a[href='{work}']")).to_have_count(0)


def test_today_on_a_phone_says_what_is_owed_and_takes_it(window, owed):
    view = window("analyst", language="zh-hant", width=390)
    page = view.go("/today")
    assert view.faults() == []
    expect(page.locator("h1")).to_have_text("王思涵的今日")
    bar = page.get_by_role("navigation", name="快速")
    expect(bar.get_by_role("link", name="今日")).to_have_attribute("aria-current", "page")
    bar.get_by_role("link", name="我的工作").click()
    expect(page.locator("main")).to_contain_text("市場調研：政策與技術觀察")
    assert view.faults() == []
    page.get_by_role("link", name="今日").click()
    row = page.locator(f"a[href='/duties/work/{owed.pk}']")
    expect(row).to_be_in_viewport()
    assert row.bounding_box()["height"] >= 44  # of a thumb
    row.tap()
    expect(page).to_have_url(f"{view.address}/duties/work/{owed.pk}")
    assert view.faults() == []
    give_link(page, REPORT)
    page.get_by_role("button", name="交付", exact=True).tap()
    expect(page.get_by_text("已交付，並已請當責人驗收。")).to_be_visible()
    assert view.faults() == []
    expect(view.go("/today").locator(f"a[href='/duties/work/{owed.pk}']")).to_have_count(0)


@pytest.mark.looks
@pytest.mark.parametrize(("name", "language"), [("journey", "zh-hant"), ("journey", "en"), ("analyst", "en")])
def test_today_reads_on_a_phone_for_who_does_it_and_for_who_answers(window, owed, name, language):
    view = window(name, language=language, width=390)
    for path in ("/today", f"/duties/work/{owed.pk}", "/duties/work"):
        view.go(path)
        assert (path, view.faults()) == (path, [])


def test_the_kind_of_evidence_says_which_field_it_needs(window, owed):
    page = window("analyst").go(f"/duties/work/{owed.pk}")
    text, file = page.locator("[name=text]"), page.locator("[name=file]")
    for kind, shown, hidden in (("link", text, file), ("file", file, text), ("note", text, file)):
        page.locator("[name=kind]").select_option(kind)
        expect(shown).to_be_visible()
        expect(hidden).to_be_hidden()


def give_link(page: Page, address: str) -> None:
    """A link as evidence: the kind that is asked for is chosen already."""
    expect(page.locator("[name=kind]")).to_have_value("link")
    page.locator("[name=text]").fill(address)
    page.locator("form[action$='/evidence'] [type=submit]").click()


def deliver(page: Page, note: str) -> None:
    page.locator("form[action$='/submission'] [name=note]").fill(note)
    page.get_by_role("button", name="Deliver", exact=True).click()
    expect(page.get_by_text("Delivered. Whoever is accountable was asked to accept it.")).to_be_visible()


@pytest.mark.looks
@pytest.mark.parametrize(
    ("path", "width"),
    [("/duties/calendar?unit=journey", 1440), ("/duties/calendar?unit=journey", 390), ("/duties/work", 390)],
)
def test_what_one_touches_is_large_enough(window, owed, path, width):
    weekly = Duty.objects.filter(current__rhythm="weekly").exclude(pk=owed.charge.duty_id)[:8]
    charge_units(duties=dict.fromkeys(weekly, today()), unit=owed.charge.unit, by=None, at=timezone.now())
    view = window("analyst", language="zh-hant", width=width)
    view.go(path)
    assert view.small_targets() == []
