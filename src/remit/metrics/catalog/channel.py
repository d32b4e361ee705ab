"""Channels: what outlets, departments and the stock bring."""

from remit.core.text import Text

from .families import known, metric
from .spec import Better, Distinct, Family, Nothing, Ratio, Share, Sum, Unit

CHANNEL = (
    metric(
        "selling_outlets",
        Family.CHANNEL,
        Text("有銷售的門店數", "Outlets with sales"),
        Text("有銷售的不同門店。", "Different outlets with sales."),
        Distinct(("outlet_id",)),
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="channel_manager",
    ),
    metric(
        "sales_per_outlet",
        Family.CHANNEL,
        Text("店均銷售額", "Sales per outlet"),
        Text(
            "門店已知的銷售淨額，除以有銷售的門店數。",
            "Net sales with a known outlet, per outlet with sales.",
        ),
        Ratio(Sum("net_sales", (known("outlet_id"),)), "selling_outlets"),
        unit=Unit.MONEY,
        owner="channel_manager",
    ),
    metric(
        "baskets_per_outlet",
        Family.CHANNEL,
        Text("店均購物籃數", "Baskets per outlet"),
        Text(
            "門店已知的購物籃數，除以有銷售的門店數。", "Baskets with a known outlet, per outlet with sales."
        ),
        Ratio(Distinct(("unit_id", "order_code"), (known("outlet_id"),)), "selling_outlets"),
        unit=Unit.RATIO,
        owner="channel_manager",
    ),
    metric(
        "outlet_share",
        Family.CHANNEL,
        Text("門店占比", "Outlet share"),
        Text(
            "門店（或區域、單位）的銷售淨額，占所有門店合計的比例。",
            "Net sales of an outlet (or region, unit) of those of all outlets asked about.",
        ),
        Share("net_sales", ("outlet", "outlet_kind", "region", "unit")),
        unit=Unit.PERCENT,
        owner="channel_manager",
        better=Better.NEITHER,
    ),
    metric(
        "department_share",
        Family.CHANNEL,
        Text("部門占比", "Department share"),
        Text(
            "部門的銷售淨額，占所有部門合計的比例。", "Net sales of a department of those of all departments."
        ),
        Share("net_sales", ("department",)),
        unit=Unit.PERCENT,
        owner="market_analyst",
        better=Better.NEITHER,
    ),
    metric(
        "category_share",
        Family.CHANNEL,
        Text("品類占比", "Category share"),
        Text(
            "品類的銷售淨額，占所有品類合計的比例；同時按部門分時，占該部門的比例。",
            "Net sales of a category of those of all categories; of its department when split by it as well.",
        ),
        Share("net_sales", ("category",)),
        unit=Unit.PERCENT,
        owner="market_analyst",
        better=Better.NEITHER,
    ),
    metric(
        "stock_value",
        Family.CHANNEL,
        Text("平均庫存金額", "Average stock value"),
        Text(
            "以成本計的庫存金額，在各盤點日之間的平均。",
            "Value of the stock at cost, averaged over the days of stock taking.",
        ),
        Ratio(Sum("value"), Distinct(("stock_on",), (known("value"),))),
        table="stock",
        unit=Unit.MONEY,
        owner="channel_manager",
        better=Better.DOWN,
    ),
    metric(
        "stock_turnover",
        Family.CHANNEL,
        Text("庫存周轉率", "Stock turnover"),
        Text("銷售成本除以平均庫存金額。", "Cost of sales per average stock value."),
        Ratio("cost_of_sales", "stock_value"),
        table="stock",
        unit=Unit.RATIO,
        owner="channel_manager",
    ),
    metric(
        "displayed_products",
        Family.CHANNEL,
        Text("陳列商品數", "Products on display"),
        Text(
            "在門店裡有陳列位置的不同商品。", "Different products that had a place on display in an outlet."
        ),
        Distinct(("product_id",), (known("display"),)),
        table="placements",
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="channel_manager",
        better=Better.NEITHER,
    ),
    metric(
        "mailer_products",
        Family.CHANNEL,
        Text("傳單商品數", "Products in the mailer"),
        Text("刊登在傳單上的不同商品。", "Different products that stood in the mailer."),
        Distinct(("product_id",), (known("mailer"),)),
        table="placements",
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="digital_marketer",
        better=Better.NEITHER,
    ),
)
