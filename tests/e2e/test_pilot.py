"""A pilot from its first line to the next wave, in Chinese, also on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from remit.learning.models import Pilot
from remit.org.models import Unit
from tests.learning.outlets import STARTS, figures, fill, open_outlets


@pytest.fixture
def chain(cast, settings, tmp_path):
    """Thirty outlets of the demonstration's company; two of them gain a fifth from the start on."""
    settings.LAKE_URL = str(tmp_path / "lake")
    unit = Unit.objects.get(code="journey")
    open_outlets(unit)
    fill(unit, figures(lift=0.2))


def test_a_change_is_tried_in_two_outlets_and_then_in_more(window, chain):
    view = window("channels", language="zh-hant")
    page = view.go("/pilots/")
    expect(page.get_by_role("heading", name="目前沒有試點")).to_be_visible()
    assert view.faults() == []
    view.follow(page.get_by_role("link", name="準備試點").first)
    page.locator("#id_title").fill("門口試吃檯")
    page.locator("#id_change").fill("週末在門口設試吃檯。")
    page.locator("#id_effect_percent").fill("10")
    page.locator("#id_starts_on").fill(STARTS.isoformat())
    page.locator("#id_partners").fill("6")
    assert view.faults() == []
    view.follow(page.get_by_role("button", name="儲存"))

    # Two outlets are ticked; what they are compared with and what would be seen is told.
    for name in ("店3", "店11"):
        page.get_by_label(name, exact=True).check()
    assert view.faults() == []
    view.follow(page.get_by_role("button", name="選定"))
    expect(page.get_by_text("就看得出來")).to_be_visible()
    expect(page.locator(".chart canvas, .chart svg").first).to_be_visible()
    refusal = page.locator("main").get_by_text("第 1 批的結果還不支持")
    expect(refusal).to_be_visible()
    assert view.faults() == []

    # Started, read to its end: the rule says to go on, and only then the next wave opens.
    page.once("dialog", lambda dialog: dialog.accept())
    view.follow(page.get_by_role("button", name="開始"))
    expect(refusal).to_be_visible()
    view.follow(page.get_by_role("button", name="立即判讀"))
    expect(page.locator(".advice")).to_contain_text("繼續鋪開")
    expect(page.get_by_text("偶然波動有多大")).to_be_visible()
    assert view.faults() == []
    page.locator("#wavedecisionform_choice").select_option("go_on")
    view.follow(page.get_by_role("button", name="決定"))
    page.locator("#waveform_starts_on").fill((STARTS + timedelta(weeks=5)).isoformat())
    view.follow(page.get_by_role("button", name="開啟下一批"))
    expect(page.get_by_role("heading", name="第 2 批")).to_be_visible()
    assert view.faults() == []
    assert list(Pilot.objects.get().waves.order_by("number").values_list("stage", flat=True)) == [
        "passed", "draft",
    ]  # fmt: skip

    phone = window("channels", language="zh-hant", width=390)
    page = phone.go(f"/pilots/{Pilot.objects.get().pk}")
    expect(page.get_by_text("通過", exact=True).first).to_be_visible()
    assert phone.faults() == []
