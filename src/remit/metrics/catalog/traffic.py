"""Traffic: who came, how often, whom campaigns reached."""

from remit.core.text import Text

from .families import known, metric
from .spec import Better, Count, Distinct, Family, FirstTime, Growth, Nothing, Ratio, Unit

TRAFFIC = (
    metric(
        "buyers",
        Family.TRAFFIC,
        Text("購買客戶數", "Buyers"),
        Text(
            "買過東西的不同客戶（或家戶）；匿名的單據不計。",
            "Different customers (or households) who bought; anonymous receipts do not count.",
        ),
        Distinct(("customer_id",)),
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="marketing_director",
    ),
    metric(
        "new_buyers",
        Family.TRAFFIC,
        Text("新客數", "New buyers"),
        Text(
            "第一次購買落在本期的客戶；「第一次」是就所問的資料列而言，不限期間。",
            "Customers whose first purchase ever, among the rows asked about, falls in the period.",
        ),
        FirstTime("customer_id"),
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="digital_marketer",
    ),
    metric(
        "trading_days",
        Family.TRAFFIC,
        Text("營業天數", "Trading days"),
        Text("有銷售的不同日子。", "Different days on which anything was sold."),
        Distinct(("sold_on",)),
        unit=Unit.DAYS,
        nothing=Nothing.ZERO,
        owner="market_analyst",
        better=Better.NEITHER,
    ),
    metric(
        "baskets_per_day",
        Family.TRAFFIC,
        Text("日均購物籃數", "Baskets per trading day"),
        Text("購物籃數除以有銷售的天數。", "Baskets per day on which anything was sold."),
        Ratio("baskets", "trading_days"),
        unit=Unit.RATIO,
        owner="sales_director",
    ),
    metric(
        "buyers_growth",
        Family.TRAFFIC,
        Text("購買客戶較前期成長率", "Buyer growth"),
        Text(
            "購買客戶數與緊接的前一期相比的增減率。",
            "Change of the number of buyers against the period before.",
        ),
        Growth("buyers", "previous"),
        unit=Unit.PERCENT,
        owner="marketing_director",
    ),
    metric(
        "known_basket_share",
        Family.TRAFFIC,
        Text("可識別購物籃占比", "Share of baskets with a known customer"),
        Text("知道客戶是誰的單據，占全部單據的比例。", "Receipts whose customer is known, of all receipts."),
        Ratio(Distinct(("unit_id", "order_code"), (known("customer_id"),)), "baskets"),
        unit=Unit.PERCENT,
        owner="digital_marketer",
    ),
    metric(
        "exposures",
        Family.TRAFFIC,
        Text("曝光次數", "Exposures"),
        Text(
            "活動觸及客戶的次數：一位客戶、一次活動、一個渠道、一天算一次。",
            "How often campaigns reached customers: one customer, campaign, channel and day count once.",
        ),
        Count(),
        table="exposures",
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="digital_marketer",
    ),
    metric(
        "campaign_reach",
        Family.TRAFFIC,
        Text("活動觸及人數", "Campaign reach"),
        Text("至少被一次活動觸及的不同客戶。", "Different customers reached by at least one campaign."),
        Distinct(("customer_id",)),
        table="exposures",
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="digital_marketer",
    ),
    metric(
        "exposures_per_customer",
        Family.TRAFFIC,
        Text("人均曝光次數", "Exposures per customer"),
        Text("曝光次數除以被觸及的客戶數。", "Exposures per customer reached."),
        Ratio("exposures", "campaign_reach"),
        table="exposures",
        unit=Unit.RATIO,
        owner="digital_marketer",
        better=Better.NEITHER,
    ),
)
