"""Campaigns, and the rates by which amounts change their currency."""

from dataclasses import replace

from remit.core.text import Text

from .shared import ENTITY_CODE, ENTITY_ID, ENTITY_NAME, ENTITY_UNIT, VALID
from .table import CODE, DAY, RATE, TEXT, Column, Table

CAMPAIGNS = Table(
    name="campaigns",
    title=Text("活動", "Campaigns"),
    grain=Text("一次活動的一個版本。", "One version of one campaign."),
    kind="dimension",
    day=None,
    key=("unit_id", "code"),
    columns=(
        ENTITY_ID,
        ENTITY_CODE,
        ENTITY_UNIT,
        ENTITY_NAME,
        Column(
            "campaign_type",
            TEXT,
            Text("活動類型", "Type"),
            Text("活動的類型。", "Type of the campaign."),
            length_max=80,
            headers=("type", "kind", "活動類型", "類型"),
        ),
        Column(
            "starts_on",
            DAY,
            Text("開始日", "Starts on"),
            Text("第一天。", "Its first day."),
            headers=("start_date", "start_day", "start", "開始日期", "起始日"),
        ),
        Column(
            "ends_on",
            DAY,
            Text("結束日", "Ends on"),
            Text("最後一天，含當日。", "Its last day, included."),
            headers=("end_date", "end_day", "end", "結束日期", "截止日"),
        ),
        *VALID,
    ),
)

RATES = Table(
    name="rates",
    title=Text("匯率", "Rates"),
    grain=Text("一對貨幣一天的匯率。", "The rate of one pair of currencies on one day."),
    kind="dimension",
    day="day",
    key=("base", "quote", "day"),
    columns=(
        ENTITY_ID,
        replace(ENTITY_CODE, given=False),
        ENTITY_UNIT,
        Column(
            "base",
            CODE,
            Text("基準幣", "Base"),
            Text("一單位的貨幣。", "The currency of which there is one unit."),
            nullable=False,
            allowed="[A-Z]{3}",
            headers=("from", "from_currency", "基準幣", "原幣"),
        ),
        Column(
            "quote",
            CODE,
            Text("報價幣", "Quote"),
            Text("換成的貨幣。", "The currency it is worth."),
            nullable=False,
            allowed="[A-Z]{3}",
            headers=("to", "to_currency", "報價幣", "本幣"),
        ),
        Column(
            "day",
            DAY,
            Text("日期", "Day"),
            Text("匯率的日期。", "The day of the rate."),
            nullable=False,
            headers=("date", "日期"),
        ),
        Column(
            "rate",
            RATE,
            Text("匯率", "Rate"),
            Text("一單位基準幣值多少報價幣。", "How much of the quote one base is worth."),
            nullable=False,
            headers=("value", "匯率"),
        ),
        Column(
            "source",
            TEXT,
            Text("來源", "Source"),
            Text("匯率的出處。", "Where the rate comes from."),
            length_max=200,
            headers=("origin", "來源", "出處"),
        ),
        *VALID,
    ),
)
