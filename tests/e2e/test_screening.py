"""A text is pasted and screened, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

TEXT = (
    "本店頂\u200b級羊絨衫，採用國家級工藝，全網最低價！\n原價1999元，現價只要599元，限量發售，送完即止。\n"
    "歡迎到張家界國家級森林公園旁的門市試穿，客服第一時間回覆。"
)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_text_is_screened_and_each_place_leads_to_its_law(window, width):
    view = window("west", language="zh-hant", width=width)
    page = view.go("/screening")
    assert view.faults() == []
    page.get_by_label("文案").fill(TEXT)
    page.get_by_role("button", name="審查").click()
    expect(page.locator(".note")).to_contain_text("禁止發布")
    expect(page.locator(".screened mark")).to_have_count(6)
    page.locator(".screened mark a").nth(3).click()
    expect(page.locator("#finding-4")).to_be_in_viewport()
    expect(page.locator("#finding-4 .screen-article")).to_have_text(
        "《明碼標價和禁止價格欺詐規定》第十六、十七條"
    )
    assert view.faults() == []
    assert view.complaints == []
