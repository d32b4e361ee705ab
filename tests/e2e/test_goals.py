"""A goal in Chinese: refused without a baseline, completed, split 15/20/25/40, seen on the tree."""

from decimal import Decimal

from playwright.sync_api import expect

from remit.goals.models import Goal

TITLE = "全年銷售成長三成"


def test_from_the_refused_draft_to_the_split_tree(window):
    lead = window("journey", language="zh-hant")
    page = lead.go("/goals/")
    expect(page.locator("main")).to_contain_text("還沒有目標")
    assert lead.faults() == []
    lead.follow(page.locator(".head").get_by_role("link", name="新目標"))
    page.get_by_label("標題").fill(TITLE)
    page.locator("#id_unit").select_option(label="　旅程超市（美國）")
    page.get_by_label("指標").select_option(label="銷售淨額")
    page.get_by_label("較基準成長").fill("30")
    page.locator("#id_starts_on").fill("2027-01-01")
    page.locator("#id_ends_on").fill("2027-12-31")
    page.locator("#id_partners").select_option(label="鄭雅玲")
    page.locator("#id_money").fill("400000")
    assert lead.faults() == []
    page.get_by_role("button", name="儲存").click()

    # What is missing is listed with its rule; there is no button to put it in force.
    alert = page.locator(".note-bad")
    expect(alert).to_contain_text("尚缺：基準值、目標值")
    expect(alert).to_contain_text("H2.1.3")
    expect(page.get_by_role("button", name="生效")).to_have_count(0)
    assert lead.faults() == []

    page.get_by_role("link", name="補齊").click()
    page.get_by_label("基準值", exact=True).fill("4,596,039.58")
    page.get_by_role("button", name="儲存").click()
    expect(page.locator("main")).to_contain_text("US$5,974,851.45")

    # The parts are seen before anything is saved; a wrong sum is refused by how much.
    page.locator(".head").get_by_role("link", name="拆解").click()
    page.get_by_label("占比或數額").fill("15/20/25/30")
    page.get_by_role("button", name="顯示分項").click()
    expect(page.get_by_role("alert")).to_contain_text("占比合計為 90%")
    lead.expect_complaint("422")
    page.get_by_label("占比或數額").fill("15/20/25/40")
    page.get_by_role("button", name="顯示分項").click()
    expect(page.locator("#id_parts-0-amount")).to_have_value("896227.72")
    assert lead.faults() == []
    assert Goal.objects.filter(is_part=True).count() == 0
    for number, lever in enumerate(("渠道深耕", "會員復購", "新品上市", "節慶促銷")):
        page.locator(f"#id_parts-{number}-lever").select_option(label=lever)
    page.get_by_role("button", name="儲存這些分項").click()
    expect(page.get_by_text("已拆成 4 個分項，合計無誤。")).to_be_visible()
    lead.settle()
    assert lead.faults() == []
    parts = Goal.objects.filter(is_part=True).values_list("target", flat=True)
    assert sum(parts) == Decimal("5974851.45")

    page.get_by_role("button", name="生效").click()
    expect(page.get_by_text("已生效，進度由數據讀取。")).to_be_visible()

    # On the tree, on a phone, by the one who shares in it; she reads it and changes nothing.
    sales = window("sales", language="zh-hant", width=390)
    page = sales.go("/goals/")
    expect(page.get_by_role("link", name=TITLE, exact=True)).to_be_visible()
    for quarter, lever in (("2027 Q1", "渠道深耕"), ("2027 Q4", "節慶促銷")):
        row = page.locator("tr", has_text=quarter)
        expect(row).to_contain_text(lever)
        expect(row).to_contain_text("生效中")
    assert sales.faults() == []
    sales.follow(page.get_by_role("link", name=TITLE, exact=True))
    expect(page.locator("main")).to_contain_text("鄭雅玲")
    expect(page.locator(".goal-parts")).to_contain_text("US$2,389,940.58")
    assert sales.faults() == []
