"""Margin and discount: what is kept of what was sold. Where cost is unknown, margin is not answered."""

from remit.core.text import Text

from .families import known, metric
from .spec import Better, Count, Distinct, Family, Filter, Linear, Ratio, Sum, Unit

_COSTED = (known("cost"),)

MARGIN = (
    metric(
        "cost_of_sales",
        Family.MARGIN,
        Text("銷售成本", "Cost of sales"),
        Text("成本已知的明細之進貨成本合計。", "Purchase cost of the lines whose cost is known."),
        Sum("cost"),
        unit=Unit.MONEY,
        owner="finance_director",
        better=Better.DOWN,
    ),
    metric(
        "gross_margin",
        Family.MARGIN,
        Text("毛利", "Gross margin"),
        Text(
            "成本已知的明細之銷售淨額，減其成本。",
            "Net sales of the lines whose cost is known, less that cost.",
        ),
        Linear((Sum("net_sales", _COSTED),), ("cost_of_sales",)),
        unit=Unit.MONEY,
        owner="finance_director",
    ),
    metric(
        "gross_margin_rate",
        Family.MARGIN,
        Text("毛利率", "Gross margin rate"),
        Text(
            "毛利除以成本已知的明細之銷售淨額。",
            "Gross margin per net sales of the lines whose cost is known.",
        ),
        Ratio("gross_margin", Sum("net_sales", _COSTED)),
        unit=Unit.PERCENT,
        owner="finance_director",
    ),
    metric(
        "margin_per_basket",
        Family.MARGIN,
        Text("每籃毛利", "Gross margin per basket"),
        Text(
            "毛利除以含有成本已知明細的購物籃數。", "Gross margin per basket that has a line with known cost."
        ),
        Ratio("gross_margin", Distinct(("unit_id", "order_code"), _COSTED)),
        unit=Unit.MONEY,
        owner="finance_director",
    ),
    metric(
        "costed_share",
        Family.MARGIN,
        Text("成本已知占比", "Share of sales with known cost"),
        Text(
            "成本已知的明細之銷售淨額，占全部銷售淨額的比例；毛利只在這部分成立。",
            "Net sales of the lines whose cost is known, of all net sales: the part for which margin holds.",
        ),
        Ratio(Sum("net_sales", _COSTED), "net_sales"),
        unit=Unit.PERCENT,
        owner="finance_director",
    ),
    metric(
        "discount",
        Family.MARGIN,
        Text("自家折扣額", "Discount"),
        Text(
            "公司自己讓出的金額；不含廠商負擔的優惠券。",
            "What the company itself gave away; coupons that makers pay for are not in it.",
        ),
        Sum("discount"),
        unit=Unit.MONEY,
        owner="sales_director",
        better=Better.DOWN,
    ),
    metric(
        "discount_rate",
        Family.MARGIN,
        Text("折扣率", "Discount rate"),
        Text(
            "自家折扣額除以折前銷售額（銷售淨額加折扣），只計折扣已知的明細。",
            "Own discount per sales before discount (net sales plus discount), "
            "over lines whose discount is known.",
        ),
        Ratio("discount", "list_sales"),
        unit=Unit.PERCENT,
        owner="sales_director",
        better=Better.DOWN,
    ),
    metric(
        "discounted_line_share",
        Family.MARGIN,
        Text("折扣行占比", "Share of discounted lines"),
        Text(
            "有自家折扣的明細行，占折扣已知的明細行之比例。",
            "Lines with a discount of the company's own, of the lines whose discount is known.",
        ),
        Ratio(Count((Filter("discount", ">", (0,)),)), Count((known("discount"),))),
        unit=Unit.PERCENT,
        owner="sales_director",
        better=Better.NEITHER,
    ),
    metric(
        "maker_coupons",
        Family.MARGIN,
        Text("廠商券額", "Coupons paid by makers"),
        Text("由廠商負擔的優惠券金額。", "Coupons for which makers pay."),
        Sum("coupon_value"),
        unit=Unit.MONEY,
        owner="sales_director",
        better=Better.NEITHER,
    ),
)
