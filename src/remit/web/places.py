"""The places of the product: one line each. Side bar, bottom bar and palette read this page.

A folder of pages adds its entries here; an entry whose address does not exist yet is not shown.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.org.enums import Ability

type Label = str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the side bar (experience: map of the product)."""

    code: str
    title: Label
    icon: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that can be gone to. ``ability`` hides it from those who may not; ``words`` help the palette.

    ``for_heads``: who leads a unit sees it without the ability.

    ``side`` is False for pages that only the palette offers; ``under`` lists further url-name prefixes that
    light the entry up.
    """

    url_name: str
    title: Label
    icon: str
    section: str
    ability: Ability | None = None
    words: str = ""
    side: bool = True
    under: tuple[str, ...] = ()
    for_heads: bool = False


SECTIONS = (
    Section("today", _("Today"), "home"),
    Section("duties", _("Duties"), "checklist"),
    Section("insight", _("Insight"), "chart-line"),
    Section("plan", _("Plan"), "target-arrow"),
    Section("approvals", _("Approvals"), "clipboard-check"),
    Section("customers", _("Customers"), "heart-handshake"),
    Section("channels", _("Channels"), "building-store"),
    Section("improve", _("Improve"), "bulb"),
    Section("team", _("Team"), "users"),
    Section("settings", _("Settings"), "settings"),
)

ENTRIES = (
    Entry("today", _("Today"), "home", "today", words="今日 今天"),
    Entry(
        "duties_work",
        _("My work"),
        "list-check",
        "duties",
        words="工作 待辦 到期 交付 驗收",
        under=("duties_occurrence",),
    ),
    Entry(
        "duties_handovers",
        _("Handovers"),
        "arrows-diff",
        "duties",
        words="交接 handover",
        under=("duties_handover",),
    ),
    Entry("duties_flow", _("Map of duties"), "hierarchy-2", "duties", words="職責地圖 flow map"),
    Entry("duties_calendar", _("Calendar of duties"), "calendar", "duties", words="日曆 行事曆 calendar"),
    Entry("duties_handbook", _("Handbook"), "book", "duties", words="手冊 職責 duty", under=("duties_duty",)),
    Entry(
        "duties_matrix",
        _("Matrix of duties"),
        "table",
        "duties",
        words="矩陣 RACI 負責",
        under=("duties_giving", "duties_charge", "duties_roles"),
    ),
    Entry(
        "duties_gaps",
        _("Gaps and load"),
        "alert-triangle",
        "duties",
        words="缺口 負荷 gaps overload what if",
        under=("duties_what_if",),
    ),
    Entry(
        "boards_home",
        _("Boards"),
        "layout-dashboard",
        "insight",
        words="看板 boards dashboard",
        under=("boards_",),
    ),
    Entry(
        "figures_explorer",
        _("Explorer"),
        "chart-dots",
        "insight",
        words="探索 分析",
        under=("figures_explorer",),
    ),
    Entry("figures_heat", _("Heat maps"), "grid-pattern", "insight", words="熱力圖"),
    Entry(
        "figures_customers",
        _("Customer quadrant"),
        "chart-scatter",
        "insight",
        words="RFM 客戶分層",
        under=("figures_scores",),
    ),
    Entry(
        "figures_scores",
        _("Scores of customers"),
        "chart-scatter",
        "insight",
        words="RFM 五等分 評分",
        side=False,
    ),
    Entry("figures_cohorts", _("Cohort retention"), "chart-arcs", "insight", words="同期群 留存"),
    Entry(
        "figures_metrics",
        _("Metrics"),
        "math-function",
        "insight",
        words="指標 definition",
        under=("figures_metric",),
    ),
    Entry("figures_targets", _("Targets"), "target", "insight", words="目標值", under=("figures_target",)),
    Entry("figures_alerts", _("Alerts"), "bell-ringing", "insight", words="預警", under=("figures_alert",)),
    Entry(
        "goals_list",
        _("Goals"),
        "target-arrow",
        "plan",
        words="目標 策略 拆解 預測 goal strategy forecast",
        under=("goals_",),
    ),
    Entry(
        "plans_list", _("Campaign plans"), "calendar", "plan", words="活動方案 企劃 plan", under=("plans_",)
    ),
    Entry(
        "plans_templates",
        _("Templates of campaigns"),
        "list-check",
        "plan",
        words="範本 模板 template",
        side=False,
    ),
    Entry(
        "tasks_list", _("Tasks"), "list-details", "plan", words="任務 待辦 甘特 task gantt", under=("tasks_",)
    ),
    Entry(
        "capacity_weeks", _("Capacity"), "grid-dots", "plan", words="人力 負荷 人才庫 capacity talent pool"
    ),
    Entry("risks_list", _("Risks"), "shield-exclamation", "plan", words="風險 預警 risk", under=("risks_",)),
    Entry(
        "conflicts_list",
        _("Conflicts"),
        "arrows-exchange",
        "plan",
        words="衝突 協同 conflict",
        under=("conflicts_",),
    ),
    Entry(
        "materials_list", _("Materials"), "package", "plan", words="物料 庫存 material", under=("materials_",)
    ),
    Entry(
        "cooperation_list",
        _("Other departments"),
        "heart-handshake",
        "plan",
        words="跨部門 協作 請求 部門 cooperation department request feasibility",
        under=("cooperation_",),
    ),
    Entry(
        "creators_list",
        _("Endorsers and creators"),
        "star",
        "plan",
        words="代言人 達人 KOL KOC 主播 合約 endorser creator contract",
        under=("creators_",),
    ),
    Entry("budgets_list", _("Budgets"), "coins", "plan", words="預算 金錢 budget", under=("budgets_",)),
    Entry(
        "campaigns_list",
        _("Campaigns"),
        "speakerphone",
        "plan",
        words="活動 campaign",
        under=("campaigns_campaign",),
    ),
    Entry("reports_list", _("Reports"), "report-analytics", "insight", words="報告", under=("reports_",)),
    Entry(
        "campaigns_effects", _("Effects of campaigns"), "chart-candle", "plan", words="成效 效果 增量 effect"
    ),
    Entry("estimates_scores", _("Estimates and results"), "ruler-2", "plan", words="預估 準確 偏差 estimate"),
    Entry(
        "approvals_inbox",
        _("To sign"),
        "clipboard-check",
        "approvals",
        words="待簽 簽核 審批 approve sign",
    ),
    Entry(
        "approvals_requests",
        _("Requests"),
        "list-check",
        "approvals",
        words="申請 審批 request",
        under=("approvals_request", "approvals_figures"),
    ),
    Entry(
        "approvals_policies",
        _("Policies"),
        "scale",
        "approvals",
        words="制度 規則 policy",
        under=("approvals_policy",),
    ),
    Entry(
        "meetings_list",
        _("Meetings"),
        "presentation",
        "approvals",
        words="會議 例會 議程 決議 紀要",
        under=("meetings_",),
    ),
    Entry(
        "screening_page",
        _("Content screening"),
        "gavel",
        "approvals",
        words="廣告法 違禁詞 敏感詞 內容審查 合規 screening compliance",
        under=("screening_",),
    ),
    Entry(
        "contents_list",
        _("Content"),
        "letter-case",
        "approvals",
        words="內容 文案 素材 發布 上線 審查發現 content copy finding",
        under=("contents_",),
    ),
    Entry(
        "customers_list", _("Customers"), "users-group", "customers", words="客戶 顧客", under=("customers_",)
    ),
    Entry(
        "collection_live",
        _("Events live"),
        "activity",
        "customers",
        words="即時事件 埋點 時間線 live timeline",
        under=("collection_timeline",),
    ),
    Entry(
        "channels_outlets",
        _("Outlets"),
        "building-store",
        "channels",
        words="門店 渠道",
        under=("channels_",),
    ),
    Entry("products_list", _("Products"), "packages", "channels", words="商品 產品", under=("products_",)),
    Entry(
        "experiments_list",
        _("Experiments"),
        "bulb",
        "improve",
        words="實驗 對照 分組 A/B experiment test",
        under=("experiments_",),
    ),
    Entry(
        "experiments_layers",
        pgettext_lazy("experiment", "Layers"),
        "columns-3",
        "improve",
        words="分層 互斥 保留組 layer holdout",
        side=False,
    ),
    Entry(
        "org_units",
        _("Units"),
        "sitemap",
        "team",
        words="單位 organisation",
        under=("org_unit", "notices_team", "notices_unit"),
    ),
    Entry("org_chart", _("Organisation chart"), "hierarchy", "team", words="組織圖 架構 org chart"),
    Entry(
        "org_projects",
        _("Projects"),
        "affiliate",
        "team",
        words="項目 矩陣 project matrix",
        under=("org_project",),
    ),
    Entry(
        "org_people",
        _("People"),
        "users",
        "team",
        words="人員 同事",
        under=("org_person", "org_people", "notices_person"),
    ),
    Entry("org_positions", _("Positions"), "id-badge-2", "team", words="崗位", under=("org_position",)),
    Entry(
        "org_calendars",
        _("Working calendars"),
        "calendar",
        "settings",
        words="工作日曆 假期 調休",
        under=("org_calendar_year",),
    ),
    Entry(
        "org_matrix",
        _("Team matrix"),
        "grid-dots",
        "team",
        words="團隊 能力 技能 skills gap",
        under=("org_skill",),
    ),
    Entry(
        "org_ladders",
        _("Career ladders"),
        "trending-up",
        "team",
        words="職業發展 晉升 promotion",
        under=("org_ladder",),
    ),
    Entry(
        "org_successors",
        _("Successors"),
        "users-group",
        "team",
        Ability.MANAGE_PEOPLE,
        words="接班人 關鍵崗位 succession",
        under=("org_successor",),
        for_heads=True,
    ),
    Entry("org_skills", _("Skills"), "star", "team", words="技能 能力", side=False),
    Entry(
        "org_first_days",
        _("First thirty days"),
        "checklist",
        "team",
        Ability.MANAGE_PEOPLE,
        words="新人 三十天計劃 newcomer",
        side=False,
    ),
    Entry(
        "imports_list",
        _("Data sources"),
        "database-import",
        "settings",
        Ability.IMPORT_DATA,
        words="導入 import",
        under=("imports_",),
    ),
    Entry(
        "collection_keys",
        _("Write keys"),
        "key",
        "settings",
        Ability.IMPORT_DATA,
        words="寫入金鑰 埋點 SDK collect",
        under=("collection_key", "collection_disabling"),
    ),
    Entry(
        "files_list",
        _("Files"),
        "file",
        "settings",
        words="檔案 上傳 下載 download",
        under=("files_",),
    ),
    Entry(
        "audit_events",
        _("Audit record"),
        "shield-check",
        "settings",
        Ability.READ_AUDIT,
        words="審計 稽核",
        under=("audit_",),
    ),
    Entry(
        "jobs_list",
        _("Background work"),
        "activity",
        "settings",
        Ability.MANAGE_SYSTEM,
        words="任務 jobs",
        under=("jobs_",),
    ),
    Entry("accounts_profile", _("My account"), "user-circle", "settings", words="帳號 profile", side=False),
    Entry("notices_list", _("Notices"), "bell", "today", words="通知", side=False),
)
QUICK = ("today", "duties_work", "boards_home", "notices_list")
