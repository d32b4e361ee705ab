"""Brand: what of it sales data can say. Awareness and reputation need studies and come with them."""

from remit.core.text import Text

from .families import known, metric
from .spec import Better, Family, Filter, Ratio, Share, Sum, Unit

_PRODUCT = ("department", "category", "product_type", "brand", "maker", "product")
_OWN = Filter("brand", "in", ("Private", "自有品牌"))

BRAND = (
    metric(
        "brand_share",
        Family.BRAND,
        Text("品牌占比", "Brand share"),
        Text(
            "品牌的銷售淨額，占所有品牌合計的比例；同時按品類分時，占該品類的比例。",
            "Net sales of a brand of those of all brands; within a category when split by it as well.",
        ),
        Share("net_sales", ("brand",)),
        unit=Unit.PERCENT,
        owner="brand_manager",
    ),
    metric(
        "own_brand_share",
        Family.BRAND,
        Text("自有品牌占比", "Own-brand share"),
        Text(
            "自有品牌（來源標為 Private 或「自有品牌」）的銷售淨額，占品牌已知之銷售淨額的比例。",
            "Net sales of own brands (which the source marks Private or 自有品牌), "
            "of net sales whose brand is known.",
        ),
        Ratio(Sum("net_sales", (_OWN,)), Sum("net_sales", (known("brand"),))),
        unit=Unit.PERCENT,
        owner="brand_manager",
    ),
    metric(
        "penetration",
        Family.BRAND,
        Text("滲透率", "Penetration"),
        Text(
            "買過這個品牌（或品類、商品）的客戶，占所有購買客戶的比例。",
            "Customers who bought the brand (or category, product), of all customers who bought anything.",
        ),
        Share("buyers", _PRODUCT),
        unit=Unit.PERCENT,
        owner="brand_manager",
    ),
    metric(
        "reach_share",
        Family.BRAND,
        Text("觸及占比", "Share of campaign reach"),
        Text(
            "這次活動（或類型、渠道）觸及的客戶，占所有活動觸及客戶的比例。",
            "Customers reached by the campaign (or type, channel), of all customers reached by any.",
        ),
        Share("campaign_reach", ("campaign", "campaign_type", "channel")),
        table="exposures",
        unit=Unit.PERCENT,
        owner="brand_manager",
        better=Better.NEITHER,
    ),
    metric(
        "reach_per_buyer",
        Family.BRAND,
        Text("觸及與購買客戶比", "Reach per buyer"),
        Text(
            "活動觸及人數除以購買客戶數；被觸及的人未必買過。",
            "Customers reached per customer who bought; those reached need not have bought.",
        ),
        Ratio("campaign_reach", "buyers"),
        table="exposures",
        unit=Unit.RATIO,
        owner="brand_manager",
    ),
)
