"""Somebody is away: the gap shows, a delegate is named on their page, and the work is the delegate's."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from remit.duties.models import Occurrence
from remit.org.models import Person
from remit.org.queries.today import today
from tests.e2e.test_duties_work import deliver, give_link, group, owed

__all__ = ["owed"]


def page_of(name: str) -> str:
    return f"/team/people/{Person.objects.get(email=f'{name}@demo.example').pk}"


def note_absence(page: Page, days: int) -> None:
    """From today on, on the page of whoever is away."""
    page.locator("details", has=page.locator("form[action$='/absences']")).locator("summary").click()
    form = page.locator("form[action$='/absences']")
    form.locator("[name=starts_on]").fill(today().isoformat())
    form.locator("[name=ends_on]").fill((today() + timedelta(days=days)).isoformat())
    form.locator("[type=submit]").click()


def name_delegate(page: Page, label: str, name: str, button: str) -> None:
    form = page.locator("#acting form[action$='/delegations']")
    form.get_by_label(label).select_option(label=name)
    form.get_by_role("button", name=button).click()


def test_who_acts_for_the_accountable_accepts_in_their_place(window, owed: Occurrence):
    admin, analyst, brand = window("admin"), window("analyst"), window("brand")
    work = f"/duties/work/{owed.pk}"
    expect(brand.go("/today").locator(f".day-group a[href='{work}']")).to_have_count(0)

    page = admin.go(page_of("journey"))
    assert admin.faults() == []
    note_absence(page, days=7)
    expect(page.get_by_text("away now")).to_be_visible()
    assert admin.faults() == []

    page = admin.go("/duties/gaps?kind=absent")
    gap = page.locator("li.gap", has_text="Daniel Chen")
    expect(gap).to_contain_text("nobody acts for 1 duty")
    assert admin.faults() == []
    gap.get_by_role("link", name="Name who acts").click()
    name_delegate(page, "Who acts", "Kevin Chang", "Name who acts")
    expect(page.locator("#acting table")).to_contain_text("Kevin Chang")
    assert admin.faults() == []
    admin.go("/duties/gaps?kind=absent")
    expect(gap).to_have_count(0)

    page = analyst.go(work)
    expect(page.locator(".facts", has_text="Accountable")).to_contain_text("Kevin Chang")
    give_link(page, "https://example.org/while-he-is-away")
    deliver(page, "")

    page = brand.go("/today")
    expect(page.locator(".card", has_text="I act today for")).to_contain_text("Daniel Chen")
    assert brand.faults() == []
    group(page, "To accept").locator(f"a[href='{work}']").click()
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("Accepted.")).to_be_visible()
    expect(window("journey").go("/today").locator(f".day-group a[href='{work}']")).to_have_count(0)


def test_one_s_own_absence_is_entered_on_a_phone_and_the_delegate_s_phone_shows_the_work(
    window, owed: Occurrence
):
    view = window("analyst", language="zh-hant", width=390)
    page = view.go(f"{page_of('analyst')}?form=acting#acting")
    assert view.faults() == []
    name_delegate(page, "代理人", "張家豪", "指定代理人")
    expect(page.locator("#acting table")).to_contain_text("張家豪")
    note_absence(page, days=0)
    expect(page.locator("main")).to_contain_text("目前缺勤")
    assert view.faults() == []

    acting = window("brand", language="zh-hant", width=390)
    page = acting.go("/today")
    expect(page.locator(".card", has_text="今日由我代理")).to_contain_text("王思涵")
    assert acting.faults() == []
    page.locator(f"a[href='/duties/work/{owed.pk}']").tap()
    give_link(page, "https://example.org/new-rules")
    page.get_by_role("button", name="交付", exact=True).tap()
    expect(page.get_by_text("已交付，並已請當責人驗收。")).to_be_visible()
