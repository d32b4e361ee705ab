"""The demonstration's diagnoses: the figures are real, and read when it is set up.

The reasoning holds against them; the quote and what is said to have been done were made up and say so. Which
coupons whom were sent is told by the source's own description: those of type A were chosen by what a
household had bought, all others were the same for everybody.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

UNIT = "journey"
BEGAN, ENDED = datetime(2017, 11, 1, 14, tzinfo=UTC), datetime(2017, 11, 3, 14, tzinfo=UTC)
DONE_AT = datetime(2017, 11, 6, 14, tzinfo=UTC)
TEN_MONTHS = "2017-01-01..2017-10-31"
SOURCE = "https://bradleyboehmke.github.io/completejourney/"


@dataclass(frozen=True, slots=True)
class Asked:
    """A why: ``clues`` are (kind, values), ``verdict`` what they say, ``below`` the whys that answer it."""

    statement: str
    clues: tuple[tuple[str, dict[str, Any]], ...] = ()
    verdict: str = "open"
    reason: str = ""
    below: tuple["Asked", ...] = ()


def _figure(metric: str, by: str, words: str, where: tuple[str, ...] = ()) -> tuple[str, dict[str, Any]]:
    asked = {
        "metrics": [metric], "by": [by], "period": TEN_MONTHS, "where": list(where),
        "order": [f"-{metric}"],
    }  # fmt: skip
    return "figure", {"question": asked, "words": words}


def _funnel(steps: list[str], words: str, **more: Any) -> tuple[str, dict[str, Any]]:
    spec = {"steps": steps, "window": "7 days", **more}
    return "figure", {"question": {"journey": "funnel", "spec": spec, "unit": ""}, "words": words}


COUPONS: dict[str, Any] = {
    "title": "B、C 類活動的券，為什麼沒人用（示範）",
    "problem": "1 至 10 月，A 類活動的兌券率是 10.7%，B 類只有 6.9%，C 類 6.0%；"
    "同樣是寄券，差了四成上下。",
    "noticed_on": date(2017, 10, 31), "came_from": "/figures/metrics/coupon_redemption_rate",
}  # fmt: skip
COUPON_WHYS = (
    Asked(
        "B、C 類寄給了更多我們不認識的家戶",
        (
            _figure(
                "coupon_redemption_rate", "campaign_type",
                "只看留有基本資料的家戶，差距還在：A 類 14.7%，B 類 8.4%，C 類 6.3%。",
                ("age_group!=unknown",),
            ),
            _figure(
                "campaign_reach", "campaign_type",
                "沒有資料的家戶，A 類寄達 751 戶，佔它的一半；B 類 350 戶，只佔四成。",
                ("age_group=unknown",),
            ),
        ),
        "ruled_out", "陌生的家戶 A 類反而寄得更多，所以不是名單的問題。",
    ),
    Asked(
        "B、C 類的券，家戶多半用不上",
        (
            _figure(
                "redemptions_per_redeemer", "campaign_type",
                "用過券的家戶，A 類平均用 3.6 張，B 類 2.3 張，C 類 1.4 張：用了一張，其餘的就擱著。",
            ),
            (
                "quote",
                {
                    "words": "整本翻完，我們家會買的就一兩樣。",
                    "said_by": "會員訪談（示範，非真實客戶）",
                },
            ),
        ),
        "holds", "不是嫌麻煩：願意用券的人，也只用得上一兩張。",
        (
            Asked(
                "B、C 類每一戶都寄同一本券，沒有按買過的東西挑",
                (
                    (
                        "thing",
                        {
                            "url": SOURCE,
                            "words": "資料來源的說明：A 類的券按家戶過去買的東西挑選，"
                            "B、C 類所有家戶收到的都一樣。",
                        },
                    ),
                ),
                "root", "三類活動寄法上的差別就在這裡，與用券張數的差距一致。",
            ),
        ),
    ),
)  # fmt: skip
COUPON_ROOT = "B、C 類每一戶都寄同一本券，沒有按買過的東西挑"
COUPON_REMEDY: dict[str, Any] = {
    "title": "11 月的 B 類活動改為按買過的品類挑券（示範，實際並未執行）", "due_on": date(2017, 11, 6),
    "metric": "redemptions_per_redeemer", "expected": Decimal("0.1"), "check_on": date(2017, 12, 4),
}  # fmt: skip
COUPON_LATER: dict[str, Any] = {
    "title": "活動範本加一條：寄券前先看家戶近半年買過的品類（示範）",
    "metric": "coupon_redemption_rate", "expected": Decimal("0.15"),
}  # fmt: skip
COUPON_CONCLUSION = "B、C 類用券少，是因為人人收到同一本；按買過的品類挑券，先從 B 類試起。"

SHOP: dict[str, Any] = {
    "title": "網店結帳：填了付款資料卻沒有付成（示範）",
    "problem": "加入購物車的 522 人裡，139 人走到填付款資料，其中 85 人（61%）七天內沒有付成，"
    "是整條漏斗流失最多的一步。",
    "came_from": "/journeys/funnel?step=add_to_cart&step=cart&step=shipping_details&step=payment_details"
    "&step=purchase&window=7+days",
}  # fmt: skip
SHOP_WHYS = (
    Asked(
        "付款時出錯，人就走了",
        (
            _funnel(["payment_error", "purchase"], "遇到付款錯誤的 87 人，只有 7 人後來付成。"),
            _funnel(["payment_details", "purchase"], "所有填過付款資料的 390 人，有 215 人付成。"),
        ),
        "holds", "出錯的人只有 8% 付成，全體有 55%。",
        (
            Asked(
                "錯誤頁沒有說清楚錯在哪裡，再試也付不成",
                (
                    _funnel(
                        ["payment_error", "payment_details", "purchase"],
                        "出錯之後，87 人裡有 45 人回到付款頁再試，只有 6 人付成。",
                    ),
                ),
            ),
        ),
    ),
    Asked(
        "某些渠道帶來的人，本來就不打算買",
        (
            _funnel(
                ["shipping_details", "payment_details", "purchase"],
                "按渠道拆開來看，沒有一個渠道的流失率顯著高於其他（經多重比較校正）。",
                breakdown={"column": "channel"},
            ),
        ),
        "ruled_out", "各渠道流失差不多。",
    ),
    Asked("結帳頁的程式有缺陷"),
)  # fmt: skip
