"""Tasks of the demonstration's campaigns. Days count from the day of the set-up."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DemoTask:
    """``state``: as it stands on the first morning. ``ticked``: how many of ``checklist`` are done."""

    plan: str
    code: str
    title: str
    owner: str
    first_day: int
    last_day: int
    hours: int
    money: int = 0
    state: str = "todo"
    waits_for: tuple[str, ...] = ()
    checklist: tuple[str, ...] = field(default_factory=tuple)
    ticked: int = 0
    resource: str = ""


@dataclass(frozen=True, slots=True)
class DemoRisk:
    """``trigger``: hand, date (``trigger_day``) or event; plan B as (title, owner, after days, days)."""

    plan: str
    title: str
    owner: str
    rated: tuple[int, int]
    response: str
    fallback: str
    plan_b: tuple[tuple[str, str, int, int], ...]
    review_day: int
    trigger: str = "hand"
    trigger_day: int | None = None
    trigger_event: str = ""


RISKS = (
    DemoRisk(
        "year-end", "印刷廠檔期被擠掉", "brand", (4, 4), "十二月第一週前簽定檔期與罰則",
        "改寄電子目錄，門市補印單張",
        (("電子目錄排版", "brand", 0, 5), ("寄送名單改電子郵件", "digital", 2, 3)),
        7, "event", trigger_event="task_slipped",
    ),
    DemoRisk(
        "member-day", "兌換集中在最後三天，門市大排長龍", "east", (3, 3), "每週看核銷曲線，提早提醒",
        "加開櫃檯並延長兌換一週", (("排最後三天加班", "east", 0, 2),), -1, "date", 21,
    ),
    DemoRisk(
        "spring-video", "新品到貨延遲", "brand", (2, 5), "每週向採購確認", "以既有商品換題材", (), 21,
    ),
)  # fmt: skip
TASKS = (
    DemoTask("member-day", "list", "圈選受邀會員名單", "analyst", -30, -24, 12, state="done"),
    DemoTask(
        "member-day", "coupon", "兌換券條件與測試", "digital", -26, -15, 20, state="done",
        checklist=("門檻與折抵寫進系統", "收銀台測試三筆"), ticked=2,
    ),
    DemoTask("member-day", "copy", "邀請信文案與版面", "brand", -24, -16, 16, 2000, "done", ("list",)),
    DemoTask(
        "member-day", "send", "寄出第一批邀請", "digital", -4, -2, 8, 5200, "done", ("coupon", "copy"),
        resource="郵務公司",
    ),
    DemoTask(
        "member-day", "second", "寄出第二批邀請給未開信會員", "digital", -1, 5, 10, 3400, "doing", ("send",),
        ("排除已兌換會員", "更換主旨", "再送審查"), 1, "郵務公司",
    ),
    DemoTask("member-day", "counter", "門市櫃檯說明與試兌", "east", -6, -1, 10, state="doing"),
    DemoTask("member-day", "read", "週報：再購率與核銷", "analyst", 3, 6, 6, waits_for=("second",)),
    DemoTask(
        "member-day", "close", "結果、復盤與結案", "digital", 25, 31, 12, waits_for=("read",),
        checklist=("讀取結果", "與部門開復盤會", "寫下教訓"),
    ),
    DemoTask(
        "year-end", "concept", "主視覺與活動名稱", "brand", -3, 6, 30, 6000, "doing",
        checklist=("三個提案", "品牌檢查", "定案"), ticked=1, resource="攝影棚半日",
    ),
    DemoTask("year-end", "offer", "滿減門檻試算", "analyst", 0, 5, 14),
    DemoTask("year-end", "legal", "活動辦法送法務", "legal", 8, 12, 6, waits_for=("concept", "offer")),
    DemoTask(
        "year-end", "catalogue", "郵寄目錄印製", "brand", 13, 27, 24, 21000, waits_for=("legal",),
        resource="印刷廠檔期",
    ),
    DemoTask("year-end", "page", "活動頁與試算器", "digital", 13, 24, 40, 4000, waits_for=("legal",)),
    DemoTask("year-end", "stock", "主力品項備貨確認", "east", 15, 22, 8, waits_for=("offer",)),
    DemoTask("year-end", "train", "門市說明會", "east", 30, 33, 10, 1500, waits_for=("catalogue", "stock")),
    DemoTask(
        "year-end", "rehearse", "上線演練", "digital", 36, 40, 16, waits_for=("page", "train"),
        checklist=("結帳三種門檻", "庫存歸零", "客服問答"),
    ),
    DemoTask("spring-video", "script", "三支短影音腳本", "digital", 10, 24, 24),
    DemoTask("spring-video", "shoot", "拍攝與剪輯", "brand", 25, 45, 60, 14000, waits_for=("script",)),
)  # fmt: skip
