"""What campaigns did: whom they reached, what was redeemed, where goods stood."""

from dataclasses import replace

from remit.core.text import Text

from .shared import CAMPAIGN_ID, CHANNEL, CUSTOMER_ID, IMPORT_ID, OUTLET_ID, PRODUCT_ID, UNIT_ID
from .table import CODE, DAY, Column, Table

EXPOSURES = Table(
    name="exposures",
    title=Text("觸及", "Exposures"),
    grain=Text(
        "一位客戶被一次活動經一個渠道觸及一天。",
        "One customer reached by one campaign, by one channel, on one day.",
    ),
    kind="fact",
    day="exposed_on",
    happened=True,
    key=("unit_id", "customer_id", "campaign_id", "channel", "exposed_on"),
    columns=(
        IMPORT_ID,
        UNIT_ID,
        replace(CUSTOMER_ID, nullable=False),
        replace(CAMPAIGN_ID, nullable=False),
        replace(CHANNEL, nullable=False),
        Column(
            "exposed_on",
            DAY,
            Text("觸及日", "Exposed on"),
            Text("客戶看到或收到的營業日。", "The business day on which the customer saw or received it."),
            nullable=False,
            headers=("date", "day", "start_date", "sent_on", "日期", "觸及日期", "發送日期"),
        ),
    ),
)

REDEMPTIONS = Table(
    name="redemptions",
    title=Text("核銷", "Redemptions"),
    grain=Text("一張優惠券的一次核銷。", "One redemption of one coupon."),
    kind="fact",
    day="redeemed_on",
    happened=True,
    key=("unit_id", "customer_id", "campaign_id", "coupon_code", "redeemed_on"),
    columns=(
        IMPORT_ID,
        UNIT_ID,
        replace(CUSTOMER_ID, nullable=False),
        CAMPAIGN_ID,
        Column(
            "coupon_code",
            CODE,
            Text("券號", "Coupon"),
            Text("優惠券的代碼。", "Code of the coupon."),
            nullable=False,
            headers=("coupon_upc", "coupon", "coupon_id", "voucher", "券號", "優惠券編號", "優惠碼"),
        ),
        Column(
            "redeemed_on",
            DAY,
            Text("核銷日", "Redeemed on"),
            Text("核銷的營業日。", "The business day of the redemption."),
            nullable=False,
            headers=("date", "day", "redemption_date", "日期", "核銷日期", "使用日期"),
        ),
    ),
)

PLACEMENTS = Table(
    name="placements",
    title=Text("陳列與刊登", "Placements"),
    grain=Text(
        "一項商品一週內在一家門店的陳列位置與傳單位置。",
        "Where one product stood in one outlet, and in the mailer, in one week.",
    ),
    kind="fact",
    day="week_on",
    key=("unit_id", "outlet_id", "product_id", "week_on"),
    columns=(
        IMPORT_ID,
        UNIT_ID,
        replace(OUTLET_ID, nullable=False),
        replace(PRODUCT_ID, nullable=False),
        Column(
            "week_on",
            DAY,
            Text("週起日", "Week"),
            Text("這一週的第一天。", "First day of the week."),
            nullable=False,
            headers=("week", "week_start", "date", "週", "週次", "日期"),
        ),
        Column(
            "display",
            CODE,
            Text("陳列位置", "Display"),
            Text(
                "門店內的陳列位置代碼；沒有陳列時為空。",
                "Code of the place in the outlet; null where there was none.",
            ),
            headers=("display_location", "陳列", "陳列位置"),
        ),
        Column(
            "mailer",
            CODE,
            Text("傳單位置", "Mailer"),
            Text(
                "傳單上的位置代碼；未刊登時為空。",
                "Code of the place in the mailer; null where it was not in it.",
            ),
            headers=("mailer_location", "傳單", "傳單位置", "刊登位置"),
        ),
    ),
)
