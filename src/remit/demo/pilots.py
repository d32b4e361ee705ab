"""The demonstration's pilots: configuration, marked as such.

One is read on real sales of 2017: outlets are drawn by lot, and nothing was changed in them, so that the
reading must not find anything and the next wave stays shut. The other is in preparation, with what it would
see; it begins where the data end.
"""

from datetime import date
from decimal import Decimal
from typing import Any

UNIT = "journey"
SAME: dict[str, Any] = {
    "title": "門口試吃檯（示範：抽中的店其實照舊）",
    "change": "週末在門口設試吃檯。這裡只示範判讀：抽中的店什麼都沒改，不該看出效果，也就沒有下一批。",
    "grain": "outlet", "metric": "net_sales", "planned_effect": Decimal("0.2"), "method": "synthetic",
    "before": 26, "partners": 20, "starts_on": date(2017, 9, 4), "weeks": 4, "seed": 2017,
}  # fmt: skip
SAME_OUTLETS = 12
NEXT: dict[str, Any] = {
    "title": "收銀台旁的小包裝（示範）",
    "change": "收銀台旁擺小包裝零食，其他陳列不動；抽中的店同一天開始，同一張陳列圖。",
    "grain": "outlet", "metric": "baskets", "planned_effect": Decimal("0.08"), "method": "even",
    "before": 20, "partners": 20, "starts_on": date(2018, 1, 1), "weeks": 8, "seed": 2018,
}  # fmt: skip
NEXT_OUTLETS = 16
