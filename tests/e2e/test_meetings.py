"""A meeting from its call to what comes up again at the next, in Chinese, also on a phone."""

from datetime import time, timedelta

from django.utils import timezone
from playwright.sync_api import expect

from remit.governance.actions.series import start_series
from remit.governance.models import Meeting, MeetingSeries
from remit.org.models import Person, Unit
from remit.org.queries.today import today


def day(after: int) -> str:
    return (today() + timedelta(days=after)).isoformat()


def weekly() -> MeetingSeries:
    """The brand manager's weekly meeting of the departments."""
    people = {
        name: Person.objects.get(email=f"{name}@demo.example") for name in ("brand", "sales", "logistics")
    }
    return start_series(
        unit=Unit.objects.get(code="journey"), title="跨部門週會", rhythm="weekly", day=3,
        time_of_day=time(10), chair=people["brand"], members=people.values(), by=people["brand"],
        at=timezone.now(),
    )  # fmt: skip


def test_no_talk_without_a_decision(window, handbook):
    series = weekly()
    brand = window("brand", language="zh-hant")

    # Called with its agenda, each item with its rule.
    page = brand.go("/meetings/")
    assert brand.faults() == []
    brand.follow(page.get_by_role("link", name="召集會議").first)
    page.get_by_label("會議名稱").or_(page.locator("#id_title")).first.fill("檔期準備會")
    page.locator("#id_unit").select_option(label="　旅程超市（美國）")
    page.locator("#id_on").fill(day(2))
    page.locator("#id_at").fill("14:00")
    page.get_by_label("鄭雅玲").check()
    page.locator("#id_items-0-title").fill("備貨量")
    page.locator("#id_items-0-rule").select_option(label="一人決定")
    page.locator("#id_items-0-decider").select_option(label="鄭雅玲")
    page.locator("#id_items-1-title").fill("陳列位置")
    page.locator("#id_items-1-rule").select_option(label="共識")
    assert brand.faults() == []
    brand.follow(page.get_by_role("button", name="儲存"))
    expect(page.get_by_role("heading", name="檔期準備會")).to_be_visible()
    assert brand.faults() == []
    # It becomes one of the series, so that what is deferred has a next meeting.
    meeting = Meeting.objects.get(title="檔期準備會")
    Meeting.objects.filter(pk=meeting.pk).update(series=series, starts_at=timezone.now())

    brand.go(f"/meetings/{meeting.pk}")
    brand.follow(page.get_by_role("button", name="開始會議"))
    assert brand.faults() == []

    # Closing is refused: every item that is open is named, with the rule.
    brand.follow(page.get_by_role("button", name="結束會議"))
    refusal = page.locator(".note-bad").first
    expect(refusal).to_contain_text("不得議而不決")
    expect(refusal).to_contain_text("「備貨量」、「陳列位置」")
    expect(refusal).to_contain_text("H3.4.1")
    brand.expect_complaint("422")

    # What one person decides only that person records, here on a phone.
    expect(page.locator(f"#item-{meeting.items.get(title='備貨量').pk}")).not_to_contain_text("填寫決議")
    sales = window("sales", language="zh-hant", width=390)
    phone = sales.go(f"/meetings/{meeting.pk}")
    item = phone.locator(".agenda-item", has_text="備貨量")
    item.get_by_text("填寫決議").click()
    item.get_by_label("決議", exact=False).first.fill("備 8 週的量")
    assert sales.faults() == []
    sales.follow(item.get_by_role("button", name="作成決議"))
    expect(phone.locator(".agenda-item", has_text="備貨量")).to_contain_text("備 8 週的量")

    # The other one is put off, with a day and an owner; an action is given.
    brand.go(f"/meetings/{meeting.pk}")
    item = page.locator(".agenda-item", has_text="陳列位置")
    item.locator("summary", has_text="延後").click()
    item.get_by_label("延至").fill(day(9))
    item.get_by_label("負責人").select_option(label="鄭雅玲")
    brand.follow(item.get_by_role("button", name="確定延後"))
    page.locator("summary", has_text="指派行動").click()
    page.get_by_label("要做的事").fill("盤點在途庫存")
    page.locator("#actionform_owner").select_option(label="鄭雅玲")
    page.get_by_label("到期日").fill(day(1))
    brand.follow(page.get_by_role("button", name="指派", exact=True))
    page.get_by_label("會議紀要").fill("銷售提出備 8 週。")
    brand.follow(page.get_by_role("button", name="儲存紀要"))
    assert brand.faults() == []
    brand.follow(page.get_by_role("button", name="結束會議"))
    expect(page.locator(".head")).to_contain_text("已結束")
    assert brand.faults() == []

    # What was deferred is on the agenda of the next meeting at or after its day.
    brand.follow(page.get_by_role("link", name="再議"))
    expect(page.locator(".agenda")).to_contain_text("陳列位置")
    following = Meeting.objects.get(items__origin__isnull=False)
    assert (following.series, timezone.localdate(following.starts_at) >= today() + timedelta(days=8)) == (
        series,
        True,
    )

    # The action is on the owner's Today until it is done.
    phone = sales.go("/today")
    assert sales.faults() == []
    row = phone.locator(".day-row", has_text="盤點在途庫存")
    sales.follow(row.get_by_role("button", name="完成"))
    expect(phone.get_by_text("已完成：盤點在途庫存")).to_be_visible()
    expect(phone.get_by_role("button", name="完成", exact=True)).to_have_count(0)
