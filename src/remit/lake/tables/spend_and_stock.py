"""What was spent, and what lay in store."""

from dataclasses import replace

from remit.core.text import Text

from .shared import CAMPAIGN_ID, CHANNEL, CURRENCY, IMPORT_ID, OUTLET_ID, PRODUCT_ID, UNIT_ID
from .table import AMOUNT, CODE, DAY, QUANTITY, Column, Table

SPEND = Table(
    name="spend",
    title=Text("營銷支出", "Spend"),
    grain=Text("一筆營銷支出。", "One item of marketing spend."),
    kind="fact",
    day="spent_on",
    happened=True,
    key=("unit_id", "spend_code"),
    columns=(
        IMPORT_ID,
        UNIT_ID,
        CAMPAIGN_ID,
        Column(
            "spend_code",
            CODE,
            Text("支出單號", "Spend code"),
            Text("這筆支出的代碼，在一家公司內不重複。", "Code of the item, unique within the company."),
            nullable=False,
            headers=("id", "code", "invoice", "voucher_no", "單號", "支出編號", "憑證號", "發票號碼"),
        ),
        replace(CHANNEL, nullable=False),
        Column(
            "spent_on",
            DAY,
            Text("支出日", "Spent on"),
            Text("支出歸屬的營業日。", "The business day to which the spend belongs."),
            nullable=False,
            headers=("date", "day", "日期", "支出日期", "投放日期"),
        ),
        Column(
            "amount",
            AMOUNT,
            Text("金額", "Amount"),
            Text("支出的金額；退款為負。", "What was spent; negative for a refund."),
            nullable=False,
            headers=("cost", "spend", "value", "金額", "費用", "花費", "支出金額"),
        ),
        CURRENCY,
    ),
)

STOCK = Table(
    name="stock",
    title=Text("庫存", "Stock"),
    grain=Text(
        "一項商品一天結束時在一家門店的庫存。", "Stock of one product in one outlet at the end of one day."
    ),
    kind="fact",
    day="stock_on",
    happened=True,
    key=("unit_id", "outlet_id", "product_id", "stock_on"),
    columns=(
        IMPORT_ID,
        UNIT_ID,
        replace(OUTLET_ID, nullable=False),
        replace(PRODUCT_ID, nullable=False),
        Column(
            "stock_on",
            DAY,
            Text("盤點日", "Stock on"),
            Text("庫存所屬的營業日。", "The business day of the stock."),
            nullable=False,
            headers=("date", "day", "日期", "盤點日期", "庫存日期"),
        ),
        Column(
            "quantity",
            QUANTITY,
            Text("數量", "Quantity"),
            Text("在庫數量。", "How much lay there."),
            nullable=False,
            headers=("qty", "on_hand", "stock", "數量", "庫存量", "庫存數量"),
        ),
        Column(
            "value",
            AMOUNT,
            Text("庫存金額", "Value"),
            Text("以成本計的庫存金額；不知道時為空。", "Value at cost; null where unknown."),
            headers=("stock_value", "amount", "庫存金額", "金額"),
        ),
        CURRENCY,
    ),
)
