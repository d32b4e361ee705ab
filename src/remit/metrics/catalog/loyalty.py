"""Loyalty: who comes back."""

from remit.core.text import Text

from .families import known, metric
from .spec import Distinct, Family, Linear, Metric, Nothing, Ratio, Repurchase, Retention, Trailing, Unit


def _repurchase(days: int) -> Metric:
    return metric(
        f"repurchase_rate_{days}",
        Family.LOYALTY,
        Text(f"{days} 天回購率", f"Repurchase rate, {days} days"),
        Text(
            f"本期首次購買距資料最新一天至少 {days} 天的客戶中，{days} 天內又在之後某天購買的比例。",
            f"Of the customers whose first purchase of the period lies at least {days} days before the "
            f"freshest "
            f"day, the share who bought again on a later day within {days} days.",
        ),
        Repurchase(days),
        unit=Unit.PERCENT,
        owner="brand_manager",
    )


def _retention(months: int) -> Metric:
    return metric(
        f"retention_month_{months}",
        Family.LOYALTY,
        Text(f"第 {months} 個月留存率", f"Retention in month {months}"),
        Text(
            f"第一次購買落在本期的客戶中，之後第 {months} 個日曆月有購買者的比例；該月尚未結束者不計。",
            f"Of the customers whose first purchase ever falls in the period, the share who bought in the "
            f"calendar month {months} later; where that month is not over yet they are left out.",
        ),
        Retention(months),
        unit=Unit.PERCENT,
        owner="marketing_director",
    )


LOYALTY = (
    metric(
        "active_customers",
        Family.LOYALTY,
        Text("活躍客戶數", "Active customers"),
        Text(
            "到期末（分期時到每期期末，最遲到資料最新的一天）為止的九十天內買過的不同客戶。",
            "Different customers who bought in the 90 days up to the end of the period "
            "(or of each part of it), at the latest up to the freshest day of the data.",
        ),
        Trailing("customer_id", 90),
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="marketing_director",
    ),
    metric(
        "purchase_frequency",
        Family.LOYALTY,
        Text("購買頻次", "Purchase frequency"),
        Text("已知客戶的購物籃數，除以購買客戶數。", "Baskets of known customers, per customer who bought."),
        Ratio(Distinct(("unit_id", "order_code"), (known("customer_id"),)), "buyers"),
        unit=Unit.RATIO,
        owner="marketing_director",
    ),
    metric(
        "visit_days_per_buyer",
        Family.LOYALTY,
        Text("人均購買天數", "Purchase days per buyer"),
        Text(
            "客戶與日子的不同配對數，除以購買客戶數。",
            "Different days on which a customer bought, per buyer.",
        ),
        Ratio(Distinct(("customer_id", "sold_on")), "buyers"),
        unit=Unit.RATIO,
        owner="marketing_director",
    ),
    metric(
        "returning_buyers",
        Family.LOYALTY,
        Text("回頭客數", "Returning buyers"),
        Text(
            "購買客戶數減去新客數：本期有購買、且在本期之前就買過的客戶。",
            "Buyers less new buyers: those who bought in the period and had bought before it.",
        ),
        Linear(("buyers",), ("new_buyers",)),
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="marketing_director",
    ),
    metric(
        "new_buyer_share",
        Family.LOYALTY,
        Text("新客占比", "Share of new buyers"),
        Text("新客數除以購買客戶數。", "New buyers, of all buyers."),
        Ratio("new_buyers", "buyers"),
        unit=Unit.PERCENT,
        owner="digital_marketer",
    ),
    _repurchase(30),
    _repurchase(60),
    _repurchase(90),
    _retention(1),
    _retention(3),
)
