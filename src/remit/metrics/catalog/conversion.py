"""Conversion: what became of those whom campaigns reached."""

from remit.core.text import Text

from .families import known, metric
from .spec import Better, Count, Distinct, Family, Nothing, Ratio, Unit

_PAIR = ("customer_id", "campaign_id")

CONVERSION = (
    metric(
        "campaigns_run",
        Family.CONVERSION,
        Text("活動數", "Campaigns"),
        Text("觸及過客戶的不同活動。", "Different campaigns that reached anybody."),
        Distinct(("campaign_id",)),
        table="exposures",
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="marketing_director",
        better=Better.NEITHER,
    ),
    metric(
        "coupon_redemptions",
        Family.CONVERSION,
        Text("核銷次數", "Coupon redemptions"),
        Text("優惠券被核銷的次數。", "How often coupons were redeemed."),
        Count(),
        table="redemptions",
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="digital_marketer",
    ),
    metric(
        "redeemers",
        Family.CONVERSION,
        Text("核銷客戶數", "Redeemers"),
        Text("至少核銷過一張優惠券的不同客戶。", "Different customers who redeemed at least one coupon."),
        Distinct(("customer_id",)),
        table="redemptions",
        unit=Unit.COUNT,
        nothing=Nothing.ZERO,
        owner="digital_marketer",
    ),
    metric(
        "redeeming_share",
        Family.CONVERSION,
        Text("核銷客戶占比", "Redeeming share"),
        Text(
            "核銷客戶數除以活動觸及人數；兩者各以自己的日期計期。",
            "Redeemers per customer reached; each side is counted by its own day.",
        ),
        Ratio("redeemers", "campaign_reach"),
        table="redemptions",
        unit=Unit.PERCENT,
        owner="digital_marketer",
    ),
    metric(
        "coupon_redemption_rate",
        Family.CONVERSION,
        Text("優惠券核銷率", "Coupon redemption rate"),
        Text(
            "（客戶、活動）配對中核銷過該活動優惠券者，占被觸及的配對之比例；只計屬於活動的核銷。",
            "Pairs of customer and campaign with a redemption of that campaign, "
            "of the pairs that were reached; "
            "redemptions outside campaigns are left out.",
        ),
        Ratio(Distinct(_PAIR, (known("campaign_id"),)), Distinct(_PAIR, table="exposures")),
        table="redemptions",
        unit=Unit.PERCENT,
        owner="digital_marketer",
    ),
    metric(
        "redemptions_per_redeemer",
        Family.CONVERSION,
        Text("人均核銷次數", "Redemptions per redeemer"),
        Text("核銷次數除以核銷客戶數。", "Redemptions per customer who redeemed."),
        Ratio("coupon_redemptions", "redeemers"),
        table="redemptions",
        unit=Unit.RATIO,
        owner="digital_marketer",
    ),
)
