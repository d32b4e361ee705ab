"""What was owed, and who answers: projections of the database, which no file fills."""

from dataclasses import replace

import pyarrow as pa

from remit.core.text import Text

from .shared import UNIT_ID
from .table import CODE, DAY, FLAG, ID, QUANTITY, WHOLE, Column, Table


def _column(name: str, kind: pa.DataType, title: Text, meaning: Text, *, nullable: bool = False) -> Column:
    return Column(name, kind, title, meaning, nullable=nullable, given=False)


_UNIT = replace(
    UNIT_ID,
    meaning=Text(
        "歸屬的公司；不在任何公司之下的單位，為組織的最上層單位。",
        "The company it belongs to; for a unit below no company, the topmost unit of the organisation.",
    ),
)
_PLACE = _column("place", CODE, Text("單位代碼", "Place"), Text("負有職責的單位。", "The unit that owes it."))
_DUTY = _column(
    "duty", CODE, Text("職責", "Duty"), Text("手冊中職責的代碼。", "Code of the handbook's duty.")
)
_CHAPTER = _column(
    "chapter",
    CODE,
    Text("章", "Chapter"),
    Text("手冊的章，例如 H2。", "Chapter of the handbook, such as H2."),
)
_RHYTHM = _column(
    "rhythm",
    CODE,
    Text("週期", "Rhythm"),
    Text(
        "once、daily、weekly、fortnightly、monthly、quarterly、yearly 或 event。",
        "once, daily, weekly, fortnightly, monthly, quarterly, yearly or event.",
    ),
)

OCCURRENCES = Table(
    name="occurrences",
    title=Text("職責履行", "Duties due"),
    grain=Text("一項職責在一個單位到期一次。", "One time that a duty fell due in a unit."),
    kind="fact",
    day="due_on",
    key=("occurrence_id",),
    imported=False,
    columns=(
        _column(
            "occurrence_id",
            ID,
            Text("編號", "Id"),
            Text("資料庫中這一次的編號。", "The id of the occurrence in the database."),
        ),
        _UNIT,
        _PLACE,
        _DUTY,
        _CHAPTER,
        _RHYTHM,
        _column(
            "due_on",
            DAY,
            Text("到期日", "Due on"),
            Text("到期的日子，按單位所在時區。", "The day on which it fell due, in the unit's time zone."),
        ),
        _column(
            "state",
            CODE,
            Text("狀態", "State"),
            Text(
                "open 未交付、delivered 待驗收、accepted 已驗收、waived 已豁免。",
                "open, delivered, accepted or waived.",
            ),
        ),
        _column(
            "on_time",
            FLAG,
            Text("準時", "On time"),
            Text(
                "最近一次交付不晚於到期時間，且未被退回。",
                "Whether the newest delivery came by the time it was due and was not returned.",
            ),
        ),
        _column(
            "deliveries",
            WHOLE,
            Text("交付次數", "Deliveries"),
            Text("交付過幾次，含退回後重交。", "How often it was delivered, again after a return included."),
        ),
        _column(
            "returns",
            WHOLE,
            Text("退回次數", "Returns"),
            Text("被當責者退回幾次。", "How often the accountable returned it."),
        ),
        _column(
            "evidence_needed",
            WHOLE,
            Text("應附憑證", "Evidence needed"),
            Text("職責要求幾件憑證。", "How many pieces of evidence the duty asks for."),
        ),
        _column(
            "evidence_given",
            WHOLE,
            Text("已附憑證", "Evidence given"),
            Text(
                "所附、種類相符且未收回的憑證件數。",
                "How many pieces of the kind that is asked for were given and not withdrawn.",
            ),
        ),
        _column(
            "evidence_missing",
            WHOLE,
            Text("尚缺憑證", "Evidence missing"),
            Text("尚缺幾件憑證；足夠時為 0。", "How many pieces are missing; 0 where there are enough."),
        ),
        _column(
            "hours",
            QUANTITY,
            Text("工時", "Hours"),
            Text("履行一次需要的工時，全部負責者合計。", "What it takes, all responsible people together."),
        ),
        _column(
            "accountable_id",
            ID,
            Text("當責者編號", "Accountable"),
            Text(
                "到期或結案時當責者的編號；沒有或不只一人時為空。",
                "Id of who was accountable when it fell due or was closed; null where nobody, "
                "or more than one, was.",
            ),
            nullable=True,
        ),
    ),
)

CHARGES = Table(
    name="charges",
    title=Text("職責分派", "Duties owed"),
    grain=Text(
        "目前一個單位負有的一項職責，按最近一次更新之日。",
        "One duty that a unit owes at present: as of the day of the newest update.",
    ),
    kind="fact",
    day="counted_on",
    key=("charge_id",),
    imported=False,
    columns=(
        _column(
            "charge_id",
            ID,
            Text("編號", "Id"),
            Text("資料庫中這項分派的編號。", "The id of the charge in the database."),
        ),
        _UNIT,
        _PLACE,
        _DUTY,
        _CHAPTER,
        _RHYTHM,
        _column(
            "counted_on",
            DAY,
            Text("統計日", "Counted on"),
            Text("以哪一天的組織為準。", "The day whose organisation it shows."),
        ),
        _column(
            "has_accountable",
            FLAG,
            Text("有當責者", "Has an accountable"),
            Text("當天是否恰有一人當責。", "Whether exactly one person is accountable that day."),
        ),
        _column(
            "has_responsible",
            FLAG,
            Text("有負責者", "Has a responsible"),
            Text("當天是否至少有一人負責。", "Whether at least one person is responsible that day."),
        ),
        _column(
            "hours_per_month",
            QUANTITY,
            Text("每月工時", "Hours a month"),
            Text("平均每月需要的工時。", "Hours that it takes in an average month."),
        ),
    ),
)
