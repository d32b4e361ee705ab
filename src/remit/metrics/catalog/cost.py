"""Cost: what marketing costs and brings. Where no spend was recorded there is no figure."""

from remit.core.text import Text

from .families import metric
from .spec import Better, Family, Linear, Ratio, Share, Sum, Unit

COST = (
    metric(
        "spend",
        Family.COST,
        Text("營銷支出", "Marketing spend"),
        Text("營銷支出的合計；退款為負。", "Marketing spend; refunds count negative."),
        Sum("amount"),
        table="spend",
        unit=Unit.MONEY,
        owner="finance_director",
        better=Better.DOWN,
    ),
    metric(
        "cac",
        Family.COST,
        Text("獲客成本（CAC）", "Customer acquisition cost (CAC)"),
        Text("營銷支出除以新客數。", "Marketing spend per new buyer."),
        Ratio("spend", "new_buyers"),
        table="spend",
        unit=Unit.MONEY,
        owner="digital_marketer",
        better=Better.DOWN,
    ),
    metric(
        "roi",
        Family.COST,
        Text("投資報酬率（ROI）", "Return on investment (ROI)"),
        Text(
            "毛利減營銷支出，除以營銷支出；這是整體之比，不是增量。",
            "Gross margin less marketing spend, per marketing spend: of everything sold, "
            "not of what spend added.",
        ),
        Ratio(Linear(("gross_margin",), ("spend",)), "spend"),
        table="spend",
        unit=Unit.PERCENT,
        owner="marketing_director",
    ),
    metric(
        "sales_per_spend",
        Family.COST,
        Text("每元支出銷售額", "Sales per spend"),
        Text("銷售淨額除以營銷支出。", "Net sales per unit of marketing spend."),
        Ratio("net_sales", "spend"),
        table="spend",
        unit=Unit.RATIO,
        owner="marketing_director",
    ),
    metric(
        "spend_share",
        Family.COST,
        Text("渠道支出占比", "Share of spend"),
        Text(
            "渠道（或活動）的營銷支出，占全部支出的比例。", "Spend of a channel (or campaign), of all spend."
        ),
        Share("spend", ("channel", "campaign", "campaign_type")),
        table="spend",
        unit=Unit.PERCENT,
        owner="digital_marketer",
        better=Better.NEITHER,
    ),
    metric(
        "cost_per_redemption",
        Family.COST,
        Text("每次核銷成本", "Cost per redemption"),
        Text("營銷支出除以核銷次數。", "Marketing spend per coupon redeemed."),
        Ratio("spend", "coupon_redemptions"),
        table="spend",
        unit=Unit.MONEY,
        owner="digital_marketer",
        better=Better.DOWN,
    ),
)
