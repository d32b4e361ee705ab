"""Sales: how much was sold, in how many baskets, at what price."""

from remit.core.text import Text

from .families import BY_PIECE, known, metric
from .spec import Better, Count, Distinct, Family, Growth, Linear, Nothing, Ratio, Sum, Unit

SALES = (
    metric(
        "net_sales",
        Family.SALES,
        Text("銷售淨額", "Net sales"),
        Text(
            "公司收到的金額：已減自家折扣，未減廠商代付的優惠券；退貨為負。",
            "What the company received: after its own discounts, before coupons that makers reimburse; "
            "returns count negative.",
        ),
        Sum("net_sales"),
        unit=Unit.MONEY,
        nothing=Nothing.ZERO,
        owner="sales_director",
    ),
    metric(
        "list_sales",
        Family.SALES,
        Text("折前銷售額", "Sales before discount"),
        Text(
            "銷售淨額加上自家折扣；只計折扣已知的明細。",
            "Net sales plus the company's own discounts, over the lines whose discount is known.",
        ),
        Linear((Sum("net_sales", (known("discount"),)), Sum("discount"))),
        unit=Unit.MONEY,
        owner="sales_director",
        better=Better.NEITHER,
    ),
    metric(
        "units",
        Family.SALES,
        Text("銷售件數", "Units"),
        Text(
            "按件出售的數量合計；按容量或重量出售者（如油品）不計，退貨為負。",
            "Pieces sold. What is sold by volume or weight (such as fuel) is left out; "
            "returns count negative.",
        ),
        Sum("quantity", (BY_PIECE,)),
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="sales_director",
    ),
    metric(
        "lines",
        Family.SALES,
        Text("明細行數", "Lines"),
        Text("銷售明細的行數。", "Number of order lines."),
        Count(),
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="market_analyst",
        better=Better.NEITHER,
    ),
    metric(
        "baskets",
        Family.SALES,
        Text("購物籃數", "Baskets"),
        Text(
            "不同單據的數目；單獨開單的退貨也算一張。",
            "Different receipts; a return with a receipt of its own counts as one.",
        ),
        Distinct(("unit_id", "order_code")),
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="sales_director",
    ),
    metric(
        "basket_value",
        Family.SALES,
        Text("客單價", "Basket value"),
        Text("銷售淨額除以購物籃數。", "Net sales per basket."),
        Ratio("net_sales", "baskets"),
        unit=Unit.MONEY,
        owner="sales_director",
    ),
    metric(
        "units_per_basket",
        Family.SALES,
        Text("每籃件數", "Units per basket"),
        Text("銷售件數除以購物籃數。", "Pieces sold per basket."),
        Ratio("units", "baskets"),
        unit=Unit.RATIO,
        owner="sales_director",
    ),
    metric(
        "lines_per_basket",
        Family.SALES,
        Text("每籃明細行數", "Lines per basket"),
        Text("明細行數除以購物籃數。", "Order lines per basket."),
        Ratio("lines", "baskets"),
        unit=Unit.RATIO,
        owner="market_analyst",
    ),
    metric(
        "unit_price",
        Family.SALES,
        Text("平均件單價", "Price per unit"),
        Text(
            "按件出售且數量已知者的銷售淨額，除以件數。",
            "Net sales of what is sold by piece, with a known quantity, divided by the pieces.",
        ),
        Ratio(Sum("net_sales", (BY_PIECE, known("quantity"))), "units"),
        unit=Unit.MONEY,
        owner="sales_director",
        better=Better.NEITHER,
    ),
    metric(
        "sales_per_buyer",
        Family.SALES,
        Text("人均消費", "Sales per buyer"),
        Text(
            "已知客戶的銷售淨額，除以買過的客戶數。", "Net sales to known customers, per customer who bought."
        ),
        Ratio(Sum("net_sales", (known("customer_id"),)), "buyers"),
        unit=Unit.MONEY,
        owner="marketing_director",
    ),
    metric(
        "products_sold",
        Family.SALES,
        Text("有銷售的商品數", "Products sold"),
        Text("至少賣出一行的不同商品數。", "Different products with at least one line sold."),
        Distinct(("product_id",)),
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="channel_manager",
    ),
    metric(
        "sales_growth",
        Family.SALES,
        Text("銷售較前期成長率", "Sales growth on the previous period"),
        Text("銷售淨額與緊接的前一期相比的增減率。", "Change of net sales against the period just before."),
        Growth("net_sales", "previous"),
        unit=Unit.PERCENT,
        owner="sales_director",
    ),
    metric(
        "sales_growth_year",
        Family.SALES,
        Text("銷售年增率", "Sales growth on last year"),
        Text(
            "銷售淨額與去年同期相比的增減率；以週計時比五十二週之前。",
            "Change of net sales against the same period last year; weeks compare with 52 weeks earlier.",
        ),
        Growth("net_sales", "last_year"),
        unit=Unit.PERCENT,
        owner="sales_director",
    ),
    metric(
        "baskets_growth",
        Family.SALES,
        Text("購物籃較前期成長率", "Basket growth"),
        Text(
            "購物籃數與緊接的前一期相比的增減率。",
            "Change of the number of baskets against the period before.",
        ),
        Growth("baskets", "previous"),
        unit=Unit.PERCENT,
        owner="sales_director",
    ),
    metric(
        "sales_per_day",
        Family.SALES,
        Text("日均銷售額", "Sales per trading day"),
        Text("銷售淨額除以有銷售的天數。", "Net sales per day on which anything was sold."),
        Ratio("net_sales", "trading_days"),
        unit=Unit.MONEY,
        owner="sales_director",
    ),
)
