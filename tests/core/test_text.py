"""Simplified Chinese is derived, phrases of the house included."""

from datetime import date

import pytest

from remit.core.text import Text, day_in, simplified


@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("指標探索", "指标探索"),
        ("登入後匯入資料", "登录后导入数据"),
        ("稽核紀錄", "审计记录"),
        ("已停用的帳號", "已停用的账号"),
        ("撤銷這個權杖", "撤销这个令牌"),
    ],
)
def test_terms_of_the_house_are_those_of_the_mainland(hant, hans):
    assert simplified(hant) == hans


def test_a_correction_wins_over_the_derived_text():
    assert Text("門店", "Outlet", "店铺").say("zh-hans") == "店铺"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "5 Mar 2017"),
        ("EN-gb", "5 Mar 2017"),
        (None, "5 Mar 2017"),
        ("zh-hant", "2017年3月5日"),
        ("zh-hans", "2017年3月5日"),
    ],
)
def test_a_day_is_said_as_the_language_writes_it(language, said):
    assert day_in(date(2017, 3, 5), language) == said
