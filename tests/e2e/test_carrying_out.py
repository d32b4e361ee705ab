"""Tasks that wait for each other and slip, a risk that happens, a conflict that is decided."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from playwright.sync_api import expect

from remit.execution.models import Task
from remit.execution.queries.tasks import tasks_of
from remit.org.models import Person, Unit
from remit.org.queries.today import today
from remit.planning.actions.plan import add_plan
from remit.planning.models import Plan


def day(after: int) -> str:
    return (today() + timedelta(days=after)).isoformat()


def plan() -> Plan:
    """A campaign of the brand manager that the digital marketer carries out; it starts in ten days."""
    brand, digital = (Person.objects.get(email=f"{name}@demo.example") for name in ("brand", "digital"))
    return add_plan(
        unit=Unit.objects.get(code="journey"), code="film", title="新品短片", kind="content", owner=digital,
        starts_on=today() + timedelta(days=10), ends_on=today() + timedelta(days=40), money=Decimal(20000),
        objective="看過的人多兩成", by=brand, at=timezone.now(),
    )  # fmt: skip


def given(window, made: Plan, title: str, owner: str, first: int, last: int, after: str = "") -> None:
    """One task by its form."""
    page = window.go(f"/plans/{made.pk}/tasks/new")
    page.locator("#id_title").fill(title)
    page.locator("#id_owner").select_option(label=owner)
    page.locator("#id_starts_on").fill(day(first))
    page.locator("#id_ends_on").fill(day(last))
    if after:
        page.locator("#id_waits_for").select_option(label=after)
    window.follow(page.get_by_role("button", name="儲存"))


def test_tasks_wait_for_each_other_move_on_the_board_and_slip(window, handbook):
    made = plan()
    digital = window("digital", language="zh-hant")
    given(digital, made, "寫腳本", "周子晴", 1, 5)
    given(digital, made, "拍攝", "李佳穎", 6, 9, after="寫腳本")
    script, shoot = Task.objects.get(title="寫腳本"), Task.objects.get(title="拍攝")
    page = digital.go(f"/plans/{made.pk}/tasks?view=gantt")
    expect(page.locator("main")).to_contain_text("拍攝")
    assert digital.faults() == []

    # Each waiting for the other is refused, and both are named.
    page = digital.go(f"/tasks/{script.pk}/edit")
    page.locator("#id_waits_for").select_option(label="拍攝")
    digital.follow(page.get_by_role("button", name="儲存"))
    expect(page.locator("main")).to_contain_text("寫腳本 → 拍攝 → 寫腳本")
    assert not script.waits_for.exists()
    digital.expect_complaint("422")

    # Its owner begins it by dragging the card, and gets a day wrong: the other would begin too early.
    content = window("content", language="zh-hant")
    page = content.go(f"/plans/{made.pk}/tasks?view=board")
    with page.expect_navigation():
        page.locator(".kanban-card", has_text="寫腳本").drag_to(page.locator("[data-column=doing]"))
    content.settle()
    expect(page.locator("[data-column=doing]")).to_contain_text("寫腳本")
    assert content.faults() == []
    page = digital.go(f"/tasks/{script.pk}/edit")
    page.locator("#id_ends_on").fill(day(8))
    digital.follow(page.get_by_role("button", name="儲存"))
    page = digital.go(f"/plans/{made.pk}/tasks?view=gantt")
    expect(page.locator(".slip")).to_contain_text("寫腳本")
    assert digital.faults() == []
    digital.follow(page.get_by_role("button", name="一併順延"))
    expect(page.locator(".slip")).to_have_count(0)
    was, shoot = shoot, Task.objects.get(pk=shoot.pk)
    assert (shoot.starts_on > today() + timedelta(days=8), shoot.ends_on > was.ends_on) == (True, True)

    # On a phone it is on the owner's Today, with the campaign that it belongs to.
    phone = window("content", language="zh-hant", width=390)
    page = phone.go("/today")
    expect(page.locator("main")).to_contain_text("寫腳本")
    assert phone.faults() == []


def test_a_risk_that_happens_brings_the_tasks_of_its_plan_b(window, handbook):
    made = plan()
    digital = window("digital", language="zh-hant")
    page = digital.go("/risks/")
    digital.follow(page.get_by_role("link", name="登記風險").first)
    page.locator("#id_title").fill("主角臨時不能拍")
    page.locator("#id_unit").select_option(label="　旅程超市（美國）")
    page.locator("#id_plan").select_option(label="新品短片")
    page.locator("#id_response").fill("每週確認一次檔期")
    page.locator("#id_review_on").fill(day(7))
    page.locator("#id_fallback").fill("換成動畫")
    page.locator("#id_fallback-0-title, [name$='-0-title']").first.fill("找動畫公司")
    page.locator("[name$='-0-owner']").first.select_option(label="周子晴")
    assert digital.faults() == []
    digital.follow(page.get_by_role("button", name="儲存"))
    assert digital.faults() == []
    assert not tasks_of(made).exists()
    page.get_by_label("發生的事").fill("骨折，要休息兩個月")
    digital.follow(page.get_by_role("button", name="執行備案"))
    expect(page.locator(".note-bad, [role=alert]").first).to_contain_text("骨折")
    digital.follow(page.locator("main").get_by_role("link", name="找動畫公司"))
    expect(page.locator("main")).to_contain_text("周子晴")
    assert tasks_of(made).get().title == "找動畫公司"
    assert digital.faults() == []


def test_a_conflict_has_ways_out_a_decision_and_what_came_of_it(window, handbook):
    brand = window("brand", language="zh-hant")
    page = brand.go("/conflicts/new")
    page.locator("#id_title").fill("高檔形象與滿千折百")
    page.locator("#id_unit").select_option(label="　旅程超市（美國）")
    page.locator("#id_note").fill("同一週，同一個品牌。")
    assert brand.faults() == []
    brand.follow(page.get_by_role("button", name="登記").or_(page.get_by_role("button", name="儲存")))
    for way in ("折扣只給會員", "折扣延後兩週"):
        page.get_by_text("提出方案", exact=True).click()
        page.get_by_label("可以怎麼做").fill(way)
        brand.follow(page.get_by_role("button", name="新增"))
    assert brand.faults() == []
    lead = window("journey", language="zh-hant", width=390)
    page = lead.go(page.url.removeprefix(lead.address))
    page.get_by_label("採用哪個方案").select_option(label="折扣延後兩週")
    assert lead.faults() == []
    lead.follow(page.get_by_role("button", name="決定"))
    expect(page.locator("main")).to_contain_text("折扣延後兩週")
    page.get_by_text("撰寫", exact=True).click()
    page.locator("form", has=page.locator("textarea")).locator("textarea").fill("客單價沒有下滑")
    lead.follow(page.get_by_role("button", name="儲存"))
    expect(page.locator("main")).to_contain_text("客單價沒有下滑")
    assert lead.faults() == []
