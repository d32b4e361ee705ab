"""The engine: disguises, places, excuses, proofs, industries."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.governance.screening.packs import shipped
from remit.governance.screening.plain import plain
from remit.governance.screening.rule import Screened, Verdict


def screen(text: str, industry: str = "") -> Screened:
    return shipped().screen(text, industry)


@pytest.mark.parametrize(
    "text",
    [
        "顶级享受", "頂級享受", "顶 级享受", "顶*级*享受", "顶\u200b级享受", "顶❤级享受", "【顶】【级】享受",
        "NO.1的选择", "ＮＯ．１的选择", "蕞好的面膜", "zui好的面膜", "醉好而罪低价，zui低价", "稳zhuan不赔",
        "dǐng級享受", "🔝级享受", "世※界※级享受", "文賺不賠", "国，家，级工艺", "𝐍𝐎.𝟏的品牌",
    ],
)  # fmt: skip
def test_a_word_in_disguise_is_the_word(text: str) -> None:
    assert screen(text).verdict is Verdict.STOP


def test_a_place_is_that_of_the_original_text() -> None:
    text = "本店採用國\u200b家＊級工藝製作。"
    (finding,) = screen(text).findings
    assert text[finding.start : finding.end] == finding.words == "國\u200b家＊級"
    assert finding.rule.law.code == "ad-9-3"


def test_a_sound_is_heard_in_long_words_only() -> None:
    assert screen("国家机关工作日历").verdict is Verdict.PASS  # sounds like 国家级
    (finding,) = screen("本产品文赚不赔").findings
    assert finding.by_sound
    assert finding.rule.code == "FIN-002"


@pytest.mark.parametrize(
    ("text", "excuse"),
    [
        ("歡迎到張家界國家級森林公園", "name"),
        ("我們不說「頂級」", "negated"),
        ("廣告法規定「最佳」不得使用", "explaining"),
        ("唯一客服電話：400-820-1234", "only_one"),
        ("最佳賞味期三日", "spec"),
    ],
)
def test_an_excuse_states_its_reason(text: str, excuse: str) -> None:
    got = screen(text)
    assert got.verdict is Verdict.PASS
    assert excuse in {one.excuse.code for one in got.excused}
    assert all(one.excuse.reason.zh_hant for one in got.excused)


@pytest.mark.parametrize(
    ("without", "with_it", "proof"),
    [
        ("清潔力提升5倍", "清潔力提升5倍（檢測報告編號T-1）", "source"),
        ("原價999元，現價只要199元", "原價999元（11月1日至7日本店成交價），現價只要199元", "reference"),
        ("限量發售", "限量發售300套", "quantity"),
        ("限時特惠，八折", "限時特惠，八折，12月1日至3日", "period"),
        ("購滿300元即贈帆布袋", "購滿300元即贈帆布袋1個，共500個，12月1日至3日", "gift"),
        ("近三年年化收益率8%", "近三年年化收益率8%，投資有風險", "risk"),
        ("日利率0.02%", "日利率0.02%，年化利率（單利）7.2%", "annual_rate"),
        ("採用專利技術", "採用專利技術，專利號ZL202310123456.7", "patent"),
    ],
)
def test_a_claim_needs_its_proof(without: str, with_it: str, proof: str) -> None:
    assert proof in {lacking for finding in screen(without).findings for lacking in finding.lacking}
    assert screen(with_it).verdict is Verdict.PASS


def test_how_many_each_may_buy_is_not_the_quantity() -> None:
    assert screen("限量發售，每人限購2件").verdict is Verdict.STOP


def test_a_rule_of_an_industry_is_silent_in_another() -> None:
    assert screen("消除疲勞，喝一杯紅酒").verdict is Verdict.STOP  # the text tells that it is about alcohol
    assert screen("針灸治療頸椎病", "medical").verdict is Verdict.PASS
    assert screen("針灸治療頸椎病", "food").verdict is Verdict.STOP


def test_of_findings_over_one_another_the_gravest_stays() -> None:
    got = screen("全網銷量第一")
    assert len(got.findings) == 1
    assert got.verdict is Verdict.STOP


@given(st.text(max_size=80))
def test_whatever_comes_in_places_stand_inside_it(text: str) -> None:
    made = plain(text)
    assert len(made.text) == len(made.where)
    assert list(made.where) == sorted(made.where)
    for finding in screen(text).findings:
        assert text[finding.start : finding.end] == finding.words != ""


def test_screening_runs_without_django() -> None:
    script = (
        "import sys; from remit.governance.screening.packs import shipped; "
        "assert shipped().screen('顶级').findings; assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
