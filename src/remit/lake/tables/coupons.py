"""What coupons are good for."""

from dataclasses import replace

from remit.core.text import Text

from .shared import CAMPAIGN_ID, IMPORT_ID, PRODUCT_ID, UNIT_ID
from .table import CODE, DAY, Column, Table

COUPONS = Table(
    name="coupons",
    title=Text("優惠券", "Coupons"),
    grain=Text(
        "一次活動的一張優惠券所適用的一項商品。", "One product that one coupon of one campaign is good for."
    ),
    kind="fact",
    day="offered_on",
    key=("unit_id", "campaign_id", "coupon_code", "product_id", "offered_on"),
    columns=(
        IMPORT_ID,
        UNIT_ID,
        replace(CAMPAIGN_ID, nullable=False),
        Column(
            "coupon_code",
            CODE,
            Text("券號", "Coupon"),
            Text(
                "優惠券的代碼；不同活動可用同一代碼。", "Code of the coupon; two campaigns may use one code."
            ),
            nullable=False,
            headers=("coupon_upc", "coupon", "coupon_id", "voucher", "券號", "優惠券編號", "優惠碼"),
        ),
        replace(PRODUCT_ID, nullable=False),
        Column(
            "offered_on",
            DAY,
            Text("提供日", "Offered on"),
            Text("優惠券開始可用的日子。", "The first day on which the coupon can be used."),
            nullable=False,
            headers=("date", "start_date", "valid_from", "日期", "開始日期", "生效日"),
        ),
    ),
)
