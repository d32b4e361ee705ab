"""The boards that ship, one for each kind of position (H3.4.2, H4.3.1): data, no code."""

from dataclasses import dataclass

from remit.core.text import Text
from remit.org.enums import Board

from ..figures.asked import Asked

KINDS = ("number", "line", "bar", "heat", "table")
SIZES = ("small", "medium", "large", "full")
RECENT = "last 4 weeks"
TREND = "last 26 weeks"


@dataclass(frozen=True, slots=True)
class TilePlan:
    """A tile of a shipped board: how it is drawn, how wide, and what it asks."""

    kind: str
    size: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class BoardPlan:
    """A shipped board. Nobody edits it: a copy becomes one's own."""

    code: str
    title: Text
    lead: Text
    tiles: tuple[TilePlan, ...]


def _number(metric: str, period: str = RECENT, compare: str = "previous") -> TilePlan:
    return TilePlan("number", "small", Asked(metrics=(metric,), period=period, compare=compare))


def _line(
    *metrics: str, by: tuple[str, ...] = ("week",), period: str = TREND, size: str = "medium"
) -> TilePlan:
    return TilePlan("line", size, Asked(metrics=metrics, by=by, period=period, compare="previous"))


def _bar(metric: str, by: str, period: str = RECENT, size: str = "medium") -> TilePlan:
    return TilePlan("bar", size, Asked(metrics=(metric,), by=(by,), period=period))


def _heat(metric: str, by: tuple[str, str], period: str, size: str = "medium") -> TilePlan:
    return TilePlan("heat", size, Asked(metrics=(metric,), by=by, period=period))


def _table(metrics: tuple[str, ...], by: str, period: str = RECENT, size: str = "full") -> TilePlan:
    return TilePlan("table", size, Asked(metrics=metrics, by=(by,), period=period, compare="previous"))


DIRECTOR = BoardPlan(
    Board.DIRECTOR,
    Text("總監看板", "Director"),
    Text("整體銷售、客戶與回頭率。", "Sales, customers and loyalty as a whole."),
    (
        _number("net_sales"),
        _number("baskets"),
        _number("buyers"),
        _number("basket_value"),
        _line("net_sales", size="large"),
        _number("new_buyers"),
        _number("repurchase_rate_30", "last 13 weeks"),
        _number("discount_rate"),
        _bar("net_sales", "department"),
        _bar("net_sales", "region"),
        _table(("net_sales", "baskets", "basket_value"), "department"),
    ),
)
ANALYST = BoardPlan(
    Board.ANALYST,
    Text("分析看板", "Analyst"),
    Text("何時、何物、何人在變。", "When, what and who is changing."),
    (
        _number("net_sales"),
        _number("units"),
        _number("basket_value"),
        _number("lines_per_basket"),
        _heat("baskets", ("weekday", "week"), "last 13 weeks"),
        _bar("net_sales", "category"),
        _line("basket_value"),
        _bar("net_sales", "age_group"),
        _line("net_sales", by=("week", "department"), size="full"),
        _table(("net_sales", "units", "buyers"), "category"),
    ),
)
BRAND = BoardPlan(
    Board.BRAND,
    Text("品牌看板", "Brand"),
    Text("品牌占比、滲透與忠誠。", "Share, penetration and loyalty of brands."),
    (
        _number("own_brand_share"),
        _number("buyers"),
        _number("repurchase_rate_90", "last 26 weeks"),
        _number("new_buyer_share"),
        _line("own_brand_share"),
        _bar("net_sales", "brand"),
        _line("returning_buyers", "new_buyers"),
        _bar("penetration", "department"),
        _table(("net_sales", "buyers", "brand_share"), "brand"),
    ),
)
DIGITAL = BoardPlan(
    Board.DIGITAL,
    Text("數字營銷看板", "Digital"),
    Text("活動觸及、核銷與新客。", "Reach of campaigns, redemptions and new customers."),
    (
        _number("campaign_reach", "last 13 weeks"),
        _number("coupon_redemptions", "last 13 weeks"),
        _number("coupon_redemption_rate", "last 13 weeks"),
        _number("new_buyers"),
        _line("coupon_redemptions", period="last 52 weeks"),
        _bar("campaign_reach", "campaign_type", "last 52 weeks"),
        _line("new_buyers"),
        _bar("coupon_redemptions", "campaign", "last 26 weeks"),
        _table(("campaign_reach", "coupon_redemptions", "redeeming_share"), "campaign", "last 26 weeks"),
    ),
)
CHANNEL = BoardPlan(
    Board.CHANNEL,
    Text("渠道看板", "Channel"),
    Text("門店效率、區域與時段。", "Efficiency of outlets, regions and hours."),
    (
        _number("selling_outlets"),
        _number("sales_per_outlet"),
        _number("baskets_per_outlet"),
        _number("sales_per_day"),
        _bar("net_sales", "outlet"),
        _heat("net_sales", ("region", "week"), "last 13 weeks"),
        _line("sales_per_outlet"),
        _bar("baskets", "weekday"),
        _table(("net_sales", "baskets", "basket_value"), "outlet"),
    ),
)
PLANS = {plan.code: plan for plan in (DIRECTOR, ANALYST, BRAND, DIGITAL, CHANNEL)}
