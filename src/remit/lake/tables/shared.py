"""Columns that many tables carry with one meaning."""

from dataclasses import replace

from remit.core.text import Text

from .table import CODE, DAY, ID, Column

IMPORT_ID = Column(
    "import_id",
    ID,
    Text("匯入編號", "Import"),
    Text("帶來這一列的那次匯入。", "The import that brought the row."),
    nullable=False,
    given=False,
)
UNIT_ID = Column(
    "unit_id",
    ID,
    Text("公司", "Company"),
    Text("這一列記在哪一家公司的帳上。", "The company in whose books the row stands."),
    nullable=False,
    refers_to="units",
    given=False,
)
OUTLET_ID = Column(
    "outlet_id",
    ID,
    Text("門店", "Outlet"),
    Text("發生在哪一家門店；不知道時為空。", "The outlet where it happened; null where unknown."),
    refers_to="outlets",
    headers=(
        "store_id",
        "store",
        "shop",
        "outlet",
        "branch",
        "門店",
        "門市",
        "店號",
        "店鋪",
        "分店",
        "門店編號",
    ),
)
CUSTOMER_ID = Column(
    "customer_id",
    ID,
    Text("客戶", "Customer"),
    Text("哪一位客戶（或哪一戶）；匿名時為空。", "The customer or household; null where it is anonymous."),
    refers_to="customers",
    headers=(
        "customer",
        "customer_code",
        "member",
        "member_id",
        "household_id",
        "household_key",
        "buyer",
        "user_id",
        "客戶",
        "顧客",
        "會員",
        "會員編號",
        "會員卡號",
        "客戶編號",
        "顧客編號",
    ),
)
PRODUCT_ID = Column(
    "product_id",
    ID,
    Text("商品", "Product"),
    Text("哪一項商品；不知道時為空。", "The product; null where unknown."),
    refers_to="products",
    headers=(
        "product",
        "product_code",
        "sku",
        "item",
        "item_id",
        "barcode",
        "ean",
        "upc",
        "商品",
        "商品編號",
        "產品",
        "產品編號",
        "貨號",
        "條碼",
        "品號",
        "商品條碼",
    ),
)
CAMPAIGN_ID = Column(
    "campaign_id",
    ID,
    Text("活動", "Campaign"),
    Text("屬於哪一次活動；不屬於任何活動時為空。", "The campaign; null where it belongs to none."),
    refers_to="campaigns",
    headers=("campaign", "campaign_code", "活動", "活動編號", "檔期", "活動代碼"),
)
CURRENCY = Column(
    "currency",
    CODE,
    Text("幣別", "Currency"),
    Text("這一列所有金額的幣別（ISO 4217）。", "Currency of every amount of the row (ISO 4217)."),
    nullable=False,
    allowed="[A-Z]{3}",
    headers=("currency_code", "ccy", "幣別", "貨幣", "幣種"),
)
CHANNEL = Column(
    "channel",
    CODE,
    Text("渠道", "Channel"),
    Text("經由哪個渠道，例如 mail、store、search。", "The channel it went by, such as mail, store, search."),
    headers=("medium", "media", "渠道", "通路", "媒體", "管道"),
)
ENTITY_ID = Column(
    "id",
    ID,
    Text("編號", "Id"),
    Text("資料庫中這一筆的編號。", "The id of the row in the database."),
    nullable=False,
    given=False,
)
ENTITY_CODE = Column(
    "code",
    CODE,
    Text("代碼", "Code"),
    Text("公司自己用的代碼，在一家公司內不重複。", "The company's own code, unique within the company."),
    nullable=False,
    length_max=80,
    headers=("id", "code", "key", "no", "number", "代碼", "編號", "代號"),
)
ENTITY_UNIT = replace(
    UNIT_ID,
    meaning=Text(
        "屬於哪一家公司；集團共用時為空。", "The company it belongs to; null where the group shares it."
    ),
    nullable=True,
)
ENTITY_NAME = Column(
    "name",
    CODE,
    Text("名稱", "Name"),
    Text("給人看的名稱。", "The name that people read."),
    length_max=200,
    headers=("title", "description", "名稱", "品名", "店名"),
)
VALID = (
    Column(
        "valid_from",
        DAY,
        Text("生效日", "Valid from"),
        Text(
            "這個版本從哪一天起有效（含）。第一版從 0001-01-01 起。",
            "First day of this version, included. The first version starts on 0001-01-01.",
        ),
        nullable=False,
        given=False,
    ),
    Column(
        "valid_to",
        DAY,
        Text("失效日", "Valid to"),
        Text(
            "從哪一天起不再有效（不含）。仍有效的版本為 9999-12-31。",
            "The day from which it no longer holds, excluded. A version that still holds has 9999-12-31.",
        ),
        nullable=False,
        given=False,
    ),
)
