"""Simplified Chinese is derived, phrases of the house included."""

from datetime import date

import pytest

from remit.core.text import Text, day_in, in_a_row, simplified


@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("指標探索", "指标探索"),
        ("登入後匯入資料", "登录后导入数据"),
        ("稽核紀錄", "审计记录"),
        ("已停用的帳號", "已停用的账号"),
        ("撤銷這個權杖", "撤销这个令牌"),
        ("在背景載入，背景程式", "在后台加载，后台程序"),
        ("修正標示的儲存格", "修正标示的单元格"),
        ("登入後登錄一筆", "登录后登记一笔"),
        ("釋出預備金", "释放预备金"),
        ("銷售每平方公尺", "销售每平方米"),
        ("與同類比較，小數位數", "与同类比较，小数位数"),
        ("核心優勢，核心訊息", "核心优势，核心信息"),
        ("從策略、執行到評估，執行中的活動", "从策略、执行到评估，执行中的活动"),
        ("互動率，新增粉絲，線上線下", "互动率，新增粉丝，线上线下"),
        ("按一般程序，貼上一行程式", "按一般程序，粘贴一行程序"),
        ("季度檢視，已存檢視", "季度检视，已存视图"),
        ("登出後可註銷帳號", "退出登录后可注销账号"),
        ("停用，禁用詞", "停用，禁用词"),
        ("社群排程，批次，未使用者", "社群排期，批次，未使用者"),
        ("前列腺", "前列腺"),
    ],
)
def test_terms_of_the_house_are_those_of_the_mainland(hant, hans):
    assert simplified(hant) == hans


@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("同一列絕不會載入兩次", "同一行绝不会加载两次"),
        ("%(n)s 列在 CSV 中，2,000 列", "%(n)s 行在 CSV 中，2,000 行"),
        ("已檢視列數，各列狀態", "已检视行数，各行状态"),
        ("有誤的列，前幾列，預算列", "有误的行，前几行，预算行"),
        ("下列各項列出在此，已列入議程", "下列各项列出在此，已列入议程"),
        ("陳列商品，系列，列表，最多列 3 項", "陈列商品，系列，列表，最多列 3 项"),
        ("申請的列表，各列在條文之下", "申请的列表，各列在条文之下"),
    ],
)
def test_a_row_is_not_called_a_column_on_the_mainland(hant, hans):
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


@pytest.mark.parametrize(
    ("language", "said"), [("en", "a, b"), ("zh-hant", "a、b"), ("zh-hans", "a、b"), (None, "a、b")]
)
def test_names_stand_in_a_row_as_the_language_writes_them(language, said):
    assert in_a_row(["a", "b"], language) == said
