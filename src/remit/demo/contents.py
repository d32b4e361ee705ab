"""Content and own words of the demonstration company: configuration, marked as such."""

from dataclasses import dataclass
from typing import Any

from .cast import JOURNEY

UNIT = JOURNEY


@dataclass(frozen=True, slots=True)
class DemoContent:
    """A text. ``owner``: by login. ``live_days``: since how many days it is live; none for a draft."""

    title: str
    channel: str
    owner: str
    text: str
    live_days: int | None = None
    industry: str = ""


OWN_BY = "director"
OWN_REASON = "（示範）品牌用語第一版"
RULE = {
    "words": "驚爆, 爆買, 買爆", "severity": "change",
    "why": {"zh": "品牌語氣：不用煽動的說法", "en": "Tone of the brand: nothing that stirs people up"},
    "suggestion": {"zh": "寫清楚優惠內容與日期", "en": "Say what is offered, and from when to when"},
}  # fmt: skip
NAMED = {"zh": "供應商的註冊品名", "en": "The registered name of a supplier's product"}
OWN: dict[str, Any] = {
    "rules": {"OWN-001": RULE},
    "exceptions": [{"rules": ["SUP-034"], "words": "極品刀組", "reason": NAMED}],
}
CONTENTS = (
    DemoContent(
        "會員日店內廣播（示範）", "store", "brand",
        "會員日本週六登場，憑會員卡全場九折，12 月 1 日至 3 日。", 12,
    ),
    DemoContent(
        "冬季鍋物海報（示範）", "outdoor", "brand",
        "火鍋季爆買開鑼，頂級和牛限量供應，先到先得。", 9, "food",
    ),
    DemoContent(
        "乳品週推播（示範）", "message", "digital",
        "優格買二送一，活動期間 11 月 20 日至 26 日，每店 300 組。", 5, "food",
    ),
    DemoContent(
        "蜂蜜茶商品頁（示範）", "shop", "digital",
        "喝一杯蜂蜜茶，緩解疲勞，九成顧客表示睡得更好。", 3, "food",
    ),
    DemoContent("新年禮盒文案（示範）", "social", "brand", "新年禮盒，數量有限，送禮首選。"),
)  # fmt: skip
