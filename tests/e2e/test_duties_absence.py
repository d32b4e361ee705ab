"""Somebody is away: the gap shows, a delegate is named on their page, and the work is the delegate's."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from remit.duties.models import Occurrence
from remit.org.models import Person
from remit.org.queries.today import today
from tests.e2e.test_duties_work import deliver, give_link, group, owed

__all__ = ["owed"]


@pytest.fixture
def analyst(owed) -> Person:
    return Person.objects.get(email="analyst@demo.example")


def test_the_work_of_somebody_absent_is_the_delegate_s(window, owed: Occurrence, analyst: Person):
    admin, brand = window("admin"), window("brand")
    work = f"/duties/work/{owed.pk}"
    expect(brand.go("/today").locator(f"a[href='{work}']")).to_have_count(0)

    page = admin.go(f"/team/people/{analyst.pk}")
    assert admin.faults() == []
    page.get_by_text("Note an absence").click()
    form = page.locator("form[action$='/absences']")
    form.get_by_label("From").fill(today().isoformat())
    form.get_by_label("To (included)").fill((today() + timedelta(days=7)).isoformat())
    form.get_by_role("button", name="Note").click()
    expect(page.get_by_text("away now")).to_be_visible()

    page = admin.go("/duties/gaps?kind=absent")
    gap = page.locator("li.gap", has_text="Sophie Wang")
    expect(gap).to_contain_text("nobody acts for 1 duty")
    assert admin.faults() == []
    gap.get_by_role("link", name="Name who acts").click()
    acting = page.locator("#acting form[action$='/delegations']")
    acting.get_by_label("Who acts").select_option(label="Kevin Chang")
    acting.get_by_role("button", name="Name", exact=True).click()
    expect(page.locator("#acting")).to_contain_text("Kevin Chang")
    assert admin.faults() == []
    admin.go("/duties/gaps?kind=absent")
    expect(gap).to_have_count(0)

    page = brand.go("/today")
    expect(page.locator("main")).to_contain_text("I act today for")
    expect(page.locator("main")).to_contain_text("Sophie Wang")
    assert brand.faults() == []
    group(page, "Overdue").locator(f"a[href='{work}']").click()
    give_link(page, "https://example.org/while-she-is-away")
    deliver(page, "For Sophie.")
    assert brand.faults() == []


def test_one_s_own_absence_is_entered_on_a_phone_with_who_acts(window, owed: Occurrence, analyst: Person):
    view = window("analyst", language="zh-hant", width=390)
    page = view.go(f"/team/people/{analyst.pk}?form=acting#acting")
    assert view.faults() == []
    form = page.locator("#acting form[action$='/delegations']")
    form.get_by_label("代理人").select_option(label="張家豪")
    form.get_by_role("button", name="指定").click()
    page.get_by_text("登記缺勤").click()
    form = page.locator("form[action$='/absences']")
    form.get_by_label("起", exact=False).first.fill(today().isoformat())
    form.locator("[name=ends_on]").fill(today().isoformat())
    form.locator("[type=submit]").click()
    expect(page.locator("main")).to_contain_text("張家豪")
    assert view.faults() == []
    brand = window("brand", language="zh-hant", width=390)
    page = brand.go("/today")
    expect(page.locator(f"a[href='/duties/work/{owed.pk}']")).to_be_visible()
    assert brand.faults() == []
