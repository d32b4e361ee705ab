"""What people did: clicks, views, scans, payments, one event at a time."""

from dataclasses import replace

from remit.core.text import Text

from .shared import (
    CAMPAIGN_ID,
    CHANNEL,
    CURRENCY,
    CUSTOMER_ID,
    IMPORT_ID,
    OUTLET_ID,
    PRODUCT_ID,
    UNIT_ID,
)
from .table import AMOUNT, CODE, DAY, FLAG, INSTANT, TEXT, Column, Table

EVENTS = Table(
    name="events",
    title=Text("行為事件", "Events"),
    grain=Text("一個人做的一件事。", "One thing that one person did."),
    kind="fact",
    day="happened_on",
    happened=True,
    key=("unit_id", "event_code"),
    columns=(
        replace(
            IMPORT_ID,
            meaning=Text(
                "帶來這一列的那次匯入；經 POST /collect 收到的事件，為負的收取批次號。",
                "The import that brought the row; of what came to POST /collect, the drain, negative.",
            ),
        ),
        UNIT_ID,
        Column(
            "event_code",
            CODE,
            Text("事件編號", "Event code"),
            Text(
                "辨認這一事件的代碼，在一家公司內不重複；同一代碼來兩次只算一次。",
                "Tells the event, unique within the company; the same code twice counts once.",
            ),
            nullable=False,
            headers=("event_id", "message_id", "insert_id", "uuid", "事件編號", "事件代碼", "流水號"),
        ),
        Column(
            "person_code",
            CODE,
            Text("行為人", "Person"),
            Text(
                "做這件事的人，照來源所記：裝置、匿名編號或會員編號。",
                "Who did it, as the source names them: a device, an anonymous id or a member number.",
            ),
            nullable=False,
            headers=(
                "person",
                "person_id",
                "distinct_id",
                "anonymous_id",
                "device_id",
                "visitor_id",
                "client_id",
                "openid",
                "訪客編號",
                "裝置編號",
                "行為人",
            ),
        ),
        CUSTOMER_ID,
        Column(
            "event",
            CODE,
            Text("事件", "Event"),
            Text("做了什麼，例如 view、cart、pay。", "What was done, such as view, cart, pay."),
            nullable=False,
            headers=("event_name", "event_type", "action", "事件", "事件名稱", "行為", "動作"),
        ),
        Column(
            "happened_at",
            INSTANT,
            Text("發生時刻", "Happened at"),
            Text("世界協調時間。", "UTC."),
            nullable=False,
            headers=("timestamp", "time", "datetime", "event_time", "created_at", "時間", "時刻", "發生時間"),
        ),
        Column(
            "happened_on",
            DAY,
            Text("發生日", "Happened on"),
            Text("公司所在時區的營業日。", "The business day in the company's time zone."),
            nullable=False,
            follows="happened_at",
            headers=("date", "day", "event_date", "日期", "發生日期"),
        ),
        CHANNEL,
        Column(
            "source",
            CODE,
            Text("來源", "Source"),
            Text(
                "把人帶來的地方，例如 utm_source 或廣告平台。",
                "What brought the person, such as utm_source or an ad platform.",
            ),
            headers=("utm_source", "traffic_source", "來源", "流量來源"),
        ),
        CAMPAIGN_ID,
        OUTLET_ID,
        PRODUCT_ID,
        Column(
            "page",
            TEXT,
            Text("頁面", "Page"),
            Text("發生在哪一個網址或畫面。", "The address or screen where it happened."),
            length_max=500,
            headers=("url", "path", "page_url", "screen", "頁面", "網址"),
        ),
        Column(
            "value",
            AMOUNT,
            Text("金額", "Value"),
            Text(
                "這件事值多少，例如付款額；沒有金額時為空。",
                "Its worth, such as what was paid; null without.",
            ),
            headers=("amount", "revenue", "price", "金額", "價值"),
        ),
        replace(CURRENCY, nullable=True),
        Column(
            "click_code",
            CODE,
            Text("廣告點擊編號", "Ad click"),
            Text(
                "廣告平台給這次點擊的編號，前面是參數名，例如 gclid:Cj0K、bd_vid:123。",
                "The ad platform's id of the click after its parameter, such as gclid:Cj0K, bd_vid:123.",
            ),
            headers=("click_id", "gclid", "bd_vid", "點擊編號"),
            length_max=300,
        ),
        Column(
            "robot",
            FLAG,
            Text("機器人", "Robot"),
            Text(
                "送來的是爬蟲或程式而不是人；旅程不計入。",
                "A crawler or a script sent it, not a person; journeys leave it out.",
            ),
            given=False,
        ),
        Column(
            "network",
            CODE,
            Text("網段", "Network"),
            Text(
                "送來的位址，只留前 24 位元（IPv4）或 48 位元（IPv6）。",
                "Where it was sent from: the first 24 bits of the address (IPv4) or 48 (IPv6).",
            ),
            given=False,
        ),
        Column(
            "properties",
            TEXT,
            Text("其他屬性", "Properties"),
            Text(
                "其餘一切，JSON 物件，例如兌換碼、會員編號。",
                "Everything else as a JSON object, such as a redemption code or a member number.",
            ),
            length_max=8_000,
        ),
    ),
)
