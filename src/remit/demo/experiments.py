"""The demonstration's experiments: configuration, marked as such.

One is an A/A test on real sales of 2017: households are split by the hash, and nobody was given anything
else, so that the reading must not find a difference. The other is in preparation, with what the past says.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from remit.learning.actions.experiment import Given

UNIT = "journey"
SAME: dict[str, Any] = {
    "key": "aa-households", "title": "家戶隨機分兩組，兩組都照舊（A/A 檢驗，示範）",
    "hypothesis": "兩組家戶得到的完全相同，所以不該看出差別；看得出差別，就是分組或判讀有錯。",
    "pain_point": "上線前先驗證分組與判讀本身可信，再拿去比較真正的方案。", "kind": "other",
    "audience": "everybody", "start": 0, "end": 10_000, "conditions": [],
    "starts_on": date(2017, 9, 4), "days": 28,
    "extra_days": 0, "mode": "daily", "planned_effect": Decimal("0.08"), "uses_past": True,
    "cap": Decimal(99), "variants": (Given("control", "照舊", 1), Given("same", "也照舊", 1)),
    "metrics": {"net_sales": "primary", "buyers": "guardrail", "baskets": "secondary",
                "basket_value": "secondary"},
    "salt": "demonstration-aa",
}  # fmt: skip
COUPON: dict[str, Any] = {
    "key": "coupon-size", "title": "折價券：一張 3 元，還是三張 1 元（示範）",
    "hypothesis": "三張小額券比一張大額券帶來更多次光顧。",
    "pain_point": "九月會員訪談 24 位，17 位說「一次用完就沒了」。", "kind": "promotion",
    "audience": "everybody", "start": 0, "end": 5_000, "conditions": [], "days": 28,
    "extra_days": 14, "mode": "daily",
    "planned_effect": Decimal("0.05"), "uses_past": True, "cap": Decimal(99),
    "variants": (Given("one", "一張 3 元券", 1), Given("three", "三張 1 元券", 1)),
    "metrics": {"baskets": "primary", "net_sales": "guardrail"}, "salt": "demonstration-coupon",
}  # fmt: skip
