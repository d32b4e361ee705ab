"""A diagnosis from the figure that raised the question to its conclusion, in Chinese, also on a phone."""

from datetime import timedelta

from playwright.sync_api import expect

from remit.learning.models import Diagnosis, Why
from remit.org.queries.today import today


def test_a_figure_that_falls_is_asked_why_until_its_root(window, facts):
    view = window("analyst", language="zh-hant")
    page = view.go("/diagnoses/")
    expect(page.get_by_role("heading", name="目前沒有診斷")).to_be_visible()
    assert view.faults() == []
    page = view.go("/figures/metrics/net_sales")
    view.follow(page.get_by_role("link", name="問為什麼"))
    expect(page.locator("#id_title")).to_have_value("銷售淨額")
    page.locator("#id_title").fill("銷售額下滑")
    page.locator("#id_problem").fill("逐週下滑。")
    view.follow(page.get_by_role("button", name="儲存"))
    expect(page.get_by_role("link", name="問題從這裡發現")).to_have_attribute(
        "href", "/figures/metrics/net_sales"
    )
    assert view.faults() == []

    # The first why, judged on a figure that is frozen as it stands today; without one it is refused.
    page.locator("#whyform_statement").fill("客人變少了")
    view.follow(page.get_by_role("button", name="問下去"))
    page.get_by_label("成立，繼續追問").check()
    view.follow(page.get_by_role("button", name="判定"))
    expect(page.locator(".note-bad")).to_contain_text("判定要有證據")
    view.expect_complaint("422")
    page.get_by_text("數據（凍結今天的樣子）").click()
    page.locator("#figureform_metric").select_option("net_sales")
    page.locator("#figureform_split").select_option("week")
    page.locator("#figureform_period").select_option("all")
    page.locator("#figureform_words").fill("一週比一週少。")
    assert view.faults() == []
    view.follow(page.get_by_role("button", name="凍結").first)
    expect(page.locator(".clue canvas, .clue svg").first).to_be_visible()
    page.get_by_label("成立，繼續追問").check()
    view.follow(page.get_by_role("button", name="判定"))
    assert view.faults() == []

    # Why is that so? A customer says it; it is the root, and something is done about it.
    page.locator("#whyform_statement").fill("週一沒有貨")
    view.follow(page.get_by_role("button", name="問下去"))
    page.get_by_text("顧客原話", exact=True).click()
    page.locator("#quoteform_words").fill("週一架上都是空的。")
    view.follow(page.get_by_role("button", name="儲存").first)
    page.get_by_label("根因").check()
    view.follow(page.get_by_role("button", name="判定"))
    page.locator("#remedyform_title").fill("週日下單")
    page.locator("#remedyform_metric").select_option("net_sales")
    page.locator("#remedyform_due_on").fill(today().isoformat())
    page.locator("#remedyform_check_on").fill((today() + timedelta(days=28)).isoformat())
    page.locator("#remedyform_expected_percent").fill("5")
    view.follow(page.get_by_role("button", name="訂下"))
    expect(page.locator(".act")).to_contain_text("+5.0%")
    assert view.faults() == []

    # Concluded, and read as one tree on a phone.
    row, root = Diagnosis.objects.get(), Why.objects.get(verdict="root")
    page = view.go(f"/diagnoses/{row.pk}")
    page.locator("#concludeform_conclusion").fill("週一缺貨。")
    view.follow(page.get_by_role("button", name="作出結論"))
    row.refresh_from_db()
    assert (row.stage, root.statement) == ("concluded", "週一沒有貨")
    phone = window("analyst", language="zh-hant", width=390)
    tree = phone.go(f"/diagnoses/{row.pk}").locator(".whys .whys .is-root")
    expect(tree).to_contain_text("1.1")
    expect(tree).to_contain_text("週一架上都是空的。")
    expect(tree).to_contain_text("週日下單")
    assert phone.faults() == []
