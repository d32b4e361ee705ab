"""Units and outlets: where facts belong."""

from dataclasses import replace

from remit.core.text import Text

from .shared import ENTITY_CODE, ENTITY_ID, ENTITY_NAME, ENTITY_UNIT, UNIT_ID, VALID
from .table import CODE, FLAG, ID, QUANTITY, TEXT, Column, Table

UNITS = Table(
    name="units",
    title=Text("單位", "Units"),
    grain=Text("組織中一個單位的一個版本。", "One version of one unit of the organisation."),
    kind="dimension",
    day=None,
    key=("code",),
    imported=False,
    columns=(
        ENTITY_ID,
        ENTITY_CODE,
        ENTITY_UNIT,
        ENTITY_NAME,
        Column("name_en", TEXT, Text("英文名稱", "English name"), Text("英文名稱。", "The name in English.")),
        Column(
            "parent_id",
            ID,
            Text("上級單位", "Parent"),
            Text("上一級單位；最上層為空。", "The unit above; null at the top."),
            refers_to="units",
        ),
        Column(
            "region", TEXT, Text("區域", "Region"), Text("單位所在或負責的區域。", "The region of the unit.")
        ),
        Column(
            "is_company",
            FLAG,
            Text("獨立帳", "Keeps books"),
            Text("是否為獨立記帳的公司。", "Whether it keeps books."),
        ),
        Column("currency", CODE, Text("幣別", "Currency"), Text("記帳的幣別。", "Currency of its books.")),
        *VALID,
    ),
)

OUTLETS = Table(
    name="outlets",
    title=Text("門店", "Outlets"),
    grain=Text("一家門店的一個版本。", "One version of one outlet."),
    kind="dimension",
    day=None,
    key=("company_id", "code"),
    columns=(
        ENTITY_ID,
        ENTITY_CODE,
        replace(
            UNIT_ID,
            title=Text("所屬單位", "Unit"),
            meaning=Text(
                "管理這家門店的單位，例如一個大區。", "The unit that runs the outlet, such as a region."
            ),
            nullable=True,
            given=True,
            headers=("unit", "unit_code", "單位", "大區", "所屬單位"),
        ),
        replace(UNIT_ID, name="company_id"),
        ENTITY_NAME,
        Column(
            "region",
            TEXT,
            Text("區域", "Region"),
            Text("門店所在的區域。", "The region where it lies."),
            length_max=80,
            headers=("area", "地區", "區域"),
        ),
        Column(
            "kind",
            TEXT,
            Text("類型", "Kind"),
            Text(
                "門店類型：store 實體店、online 網店、dealer 經銷、other 其他。",
                "store, online, dealer or other.",
            ),
            allowed="store|online|dealer|other",
            headers=("type", "format", "店型", "類型"),
        ),
        Column(
            "area_m2",
            QUANTITY,
            Text("面積", "Floor space"),
            Text(
                "營業面積，平方公尺；坪效由此而來。",
                "Sales floor in square metres; sales per square metre use it.",
            ),
            headers=("sqm", "floor_space", "面積", "坪數"),
        ),
        *VALID,
    ),
)
