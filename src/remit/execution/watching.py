"""Which of the three levels of watching is made on a day, for whom, and what is in it. Pure (H4.3.1)."""

from datetime import date, timedelta

from remit.org.working_days import WorkingCalendar

DAILY, WEEKLY, MONTHLY = KINDS = ("daily", "weekly", "monthly")
# By codes of positions: who does the work, who leads it, who answers for the whole.
AUDIENCE = {
    DAILY: ("channel_manager", "digital_marketer", "content_planner", "market_analyst"),
    WEEKLY: (
        "marketing_director", "sales_director", "brand_manager", "channel_manager", "crm_manager",
        "project_manager",
    ),
    MONTHLY: ("marketing_director", "chief_executive", "finance_director", "sales_director"),
}  # fmt: skip
FIGURES = {
    DAILY: ("net_sales", "baskets", "basket_value", "discount_rate"),
    WEEKLY: ("net_sales", "baskets", "basket_value", "buyers", "discount_rate", "coupon_redemptions"),
    MONTHLY: (
        "net_sales", "baskets", "basket_value", "buyers", "new_buyers", "gross_margin_rate", "discount_rate",
        "coupon_redemptions",
    ),
}  # fmt: skip
SECTIONS = {
    DAILY: ("figures", "alerts", "plans", "pending", "content", "duties"),
    WEEKLY: (
        "figures", "alerts", "plans", "pending", "deviations", "budgets", "actions", "content", "duties",
    ),
    MONTHLY: (
        "figures", "targets", "plans", "budgets", "deviations", "pending", "alerts", "actions", "content",
        "duties",
    ),
}  # fmt: skip
SPAN = {DAILY: "last 1 day", WEEKLY: "last 1 week", MONTHLY: "last 1 month"}
LOOKS_BACK_DAYS = {DAILY: 1, WEEKLY: 7, MONTHLY: 31}  # deviations that came into force since


def key_of(kind: str, day: date) -> str:
    """``2026-11-29``, ``2026-W48`` or ``2026-11``: each has one report."""
    return {DAILY: f"{day:%Y-%m-%d}", WEEKLY: f"{day:%G-W%V}", MONTHLY: f"{day:%Y-%m}"}[kind]


def is_due(kind: str, day: date, calendar: WorkingCalendar) -> bool:
    """Every day; from the first working day of the week; from the first working day of the month."""
    if kind == DAILY:
        return True
    first = day.replace(day=1) if kind == MONTHLY else day - timedelta(days=day.weekday())
    return next(calendar.between(first, day), None) is not None
