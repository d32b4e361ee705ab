"""One campaign's whole life by six people, in Chinese: proposed, signed, launched, changed, closed."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from remit.core.ref import Ref
from remit.governance.queries.rounds import approved_now
from remit.org.models import Person, Unit
from remit.org.queries.today import today
from remit.planning.models import Plan
from tests.e2e.preparing import aim_in_force
from tests.e2e.window import Window

TITLE = "感恩節清倉"


def day(after: int) -> str:
    return (today() + timedelta(days=after)).isoformat()


def proposed(window: Window) -> Page:
    """The brand manager's proposal, carried out by the digital marketer."""
    page = window.go("/plans/new")
    page.get_by_label("標題").fill(TITLE)
    page.locator("#id_unit").select_option(label="　旅程超市（美國）")
    page.get_by_label("代碼").fill("thanks-clear")
    page.get_by_label("促銷目的").select_option(label="清庫存")
    page.locator("#id_owner").select_option(label="李佳穎")
    page.locator("#id_starts_on").fill(day(30))
    page.locator("#id_ends_on").fill(day(40))
    page.locator("#id_money").fill("20000")
    page.get_by_label("達成目標").fill("換季庫存降到 8 週")
    page.locator("#id_measures-0-title").fill("清出庫存（件）")
    page.locator("#id_measures-0-target").fill("5,000")
    page.locator("#id_measures-1-title").fill("優惠頁停留（秒）")
    page.locator("#id_measures-1-target").fill("45")
    assert window.faults() == []
    page.get_by_role("button", name="儲存").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    return page


def signs(window: Window) -> None:
    """From the list of what waits to the signature, on a phone."""
    page = window.go("/approvals/")
    page.get_by_role("link", name=TITLE).click()
    agree = page.get_by_role("button", name="同意")
    expect(agree).to_be_visible()
    assert window.faults() == []
    agree.click()
    expect(page.get_by_text("已簽核。")).to_be_visible()


def test_from_the_proposal_to_the_close(window, handbook):
    journey = Person.objects.get(email="journey@demo.example")
    aim = aim_in_force(Unit.objects.get(code="journey"), journey, timezone.now())
    brand = window("brand", language="zh-hant")
    page = proposed(brand)
    assert brand.faults() == []
    plan = Plan.objects.get(code="thanks-clear")

    # What the policy would refuse is said before anything is submitted, with its clauses.
    page.get_by_role("button", name="前往審批").click()
    expect(page.locator(".objections")).to_contain_text("H1.3a")
    expect(page.locator(".objections")).to_contain_text("ROI 預估")
    expect(page.locator(".objections")).to_contain_text("H2.1.3")
    assert brand.faults() == []
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("痛點")
    brand.expect_complaint("422")

    page = brand.go(f"/plans/{plan.pk}/edit")
    page.get_by_label("客戶痛點").fill("換季時想一次買齊，又怕買貴")
    page.get_by_label("痛點證據").fill("九月問卷 312 份，61% 提到")
    page.locator("#id_objectives-0-goal").select_option(value=str(aim.pk))
    page.locator("#id_objectives-0-share").fill("100")
    page.get_by_role("button", name="儲存").click()
    page.get_by_text("預估", exact=True).click()
    page.get_by_label("觸及人數").fill("20000")
    for name, rate in (("低", "2%"), ("可能", "4%"), ("高", "6%")):
        page.get_by_label(f"轉化率（{name}）").fill(rate)
    page.get_by_label("每位購買者毛利").fill("30")
    page.get_by_label("預估依據").fill("去年同檔期")
    page.get_by_role("button", name="封存預估").click()
    expect(page.locator("#estimates")).to_contain_text("ROI 20%")
    assert brand.faults() == []
    page.get_by_role("link", name="前往審批").or_(page.get_by_role("button", name="前往審批")).click()
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_text("已提交，並已通知首位簽核人。")).to_be_visible()

    # Nobody signs out of turn: finance finds nothing yet.
    finance = window("finance", language="zh-hant", width=390)
    expect(finance.go("/approvals/").locator("main")).to_contain_text("沒有待您簽核的申請")
    signs(window("logistics", language="zh-hant", width=390))
    signs(window("journey", language="zh-hant", width=390))
    signs(window("director", language="zh-hant", width=390))
    digital = window("digital", language="zh-hant")
    expect(digital.go(f"/plans/{plan.pk}").get_by_role("button", name="上線")).to_have_count(0)
    signs(finance)

    page = digital.go(f"/plans/{plan.pk}")
    assert digital.faults() == []
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="上線").click()
    expect(page.get_by_text("已上線。")).to_be_visible()

    # Its money changes with the second signature, and not before.
    page.get_by_role("link", name="申請偏差").click()
    page.locator("#id_money").fill("30000")
    page.locator("#id_reason").fill("加開直播兩場")
    assert digital.faults() == []
    page.get_by_role("button", name="提出申請").click()
    expect(page.locator("main")).to_contain_text("US$20,000")
    signs(window("journey", language="zh-hant", width=390))
    expect(digital.go(f"/plans/{plan.pk}").locator(".lead").first).to_contain_text("US$20,000")
    signs(finance)
    expect(digital.go(f"/plans/{plan.pk}").locator(".lead").first).to_contain_text("US$30,000")
    assert approved_now("campaign", Ref("plan", plan.pk))  # what was signed still stands

    # Closed only after its last day, with both kinds of results and a retrospective.
    page = digital.page
    expect(page.get_by_role("button", name="結案")).to_have_count(0)
    expect(page.get_by_text("填寫：", exact=False)).to_have_count(0)  # nor a result before its first day
    Plan.objects.update(starts_on=day(-10), ends_on=day(-1))
    page = digital.go(f"/plans/{plan.pk}")
    for title, figure in (("清出庫存（件）", "5200"), ("優惠頁停留（秒）", "41")):
        box = page.locator("details", has_text=f"填寫：{title}")
        box.locator("summary").click()
        box.get_by_label("結果", exact=False).first.fill(figure)
        box.get_by_label("結果來源").fill("月結表")
        box.get_by_role("button", name="儲存").click()
    page.get_by_text("撰寫", exact=True).click()
    texts = {"result": "清出 5,200 件", "causes": "東區提前調撥", "lessons": "先調撥再開檔"}
    for name, text in texts.items():
        page.locator(f"#retrospectiveform_{name}").fill(text)
    page.locator("form", has=page.locator("#retrospectiveform_lessons")).get_by_role(
        "button", name="儲存"
    ).click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="結案").click()
    expect(page.get_by_text("已結案。")).to_be_visible()
    assert digital.faults() == []
