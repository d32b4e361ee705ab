"""How the people of the demonstration grow: configuration, like the cast itself.

Levels are written ``self manager``; a dash where nobody said anything. Days are counted from the set-up.
"""

from dataclasses import dataclass

from .cast import GROUP, JOURNEY, TAFENG

LEVELS = {
    "director": {
        "strategic_thinking": "5-", "leading_people": "4-", "budgeting": "4-", "data_analysis": "3-",
        "presenting": "5-", "collaboration": "4-",
    },
    "journey": {
        "strategic_thinking": "44", "leading_people": "45", "budgeting": "43", "data_analysis": "44",
        "presenting": "34", "collaboration": "55",
    },
    "analyst": {
        "data_analysis": "45", "data_visualisation": "34", "market_research": "44",
        "competitive_analysis": "43", "sales_insight": "21", "presenting": "33", "problem_solving": "44",
        "brand_positioning": "33", "project_management": "32",
    },
    "brand": {
        "brand_positioning": "44", "visual_identity": "43", "content_writing": "44", "market_research": "33",
        "budgeting": "22", "project_management": "44", "collaboration": "45",
    },
    "digital": {
        "seo_sem": "44", "media_buying": "33", "social_accounts": "44", "video_scripts": "22",
        "data_analysis": "33", "advertising_law": "2-", "problem_solving": "33",
    },
    "content": {
        "content_writing": "33", "video_scripts": "3-", "visual_identity": "2-", "social_accounts": "4-",
    },
    "sales": {
        "negotiation": "55", "leading_people": "44", "sales_insight": "55", "budgeting": "33",
        "strategic_thinking": "34", "channel_planning": "44",
    },
    "east": {
        "channel_planning": "34", "negotiation": "44", "sales_insight": "44", "data_analysis": "22",
        "problem_solving": "43", "collaboration": "44",
    },
    "west": {
        "negotiation": "33", "sales_insight": "43", "customer_segmentation": "11", "complaint_handling": "34",
        "collaboration": "33", "channel_planning": "22",
    },
    "tafeng": {
        "data_analysis": "44", "data_visualisation": "44", "market_research": "33",
        "competitive_analysis": "33", "sales_insight": "33", "presenting": "22", "problem_solving": "44",
    },
    "tfdirector": {
        "strategic_thinking": "43", "leading_people": "44", "budgeting": "44", "data_analysis": "34",
        "presenting": "44", "collaboration": "44",
    },
    "crm": {
        "customer_segmentation": "44", "data_analysis": "33", "content_writing": "33", "collaboration": "44",
    },
    "service": {"complaint_handling": "55", "leading_people": "33", "problem_solving": "43"},
    "channels": {
        "channel_planning": "44", "negotiation": "43", "sales_insight": "44", "data_analysis": "33",
        "problem_solving": "44", "collaboration": "44",
    },
    "projects": {"project_management": "55", "collaboration": "44", "budgeting": "33", "presenting": "33"},
    "logistics": {"supply_coordination": "44", "data_analysis": "32", "collaboration": "44"},
    "finance": {"financial_control": "5-", "budgeting": "5-", "data_analysis": "3-", "leading_people": "4-"},
    "admin": {"system_administration": "4-", "data_analysis": "2-", "problem_solving": "4-"},
}  # fmt: skip
MANAGERS = {
    "journey": "director", "sales": "director", "tafeng": "director", "analyst": "journey",
    "tfdirector": "director", "crm": "journey", "service": "journey", "projects": "journey",
    "channels": "sales", "logistics": "sales", "brand": "journey", "digital": "journey",
    "content": "journey", "east": "sales", "west": "sales",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoSuccessor:
    """``person`` could take ``position`` over in ``unit``."""

    position: str
    unit: str
    person: str
    readiness: str
    order: int = 1


# The finance director has none: a gap, as every company knows one.
SUCCESSORS = (
    DemoSuccessor("chief_executive", GROUP, "director", "one_year"),
    DemoSuccessor("marketing_director", TAFENG, "tafeng", "two_years"),
    DemoSuccessor("channel_manager", JOURNEY, "east", "now"),
    DemoSuccessor("marketing_director", GROUP, "journey", "one_year"),
    DemoSuccessor("marketing_director", JOURNEY, "brand", "one_year"),
    DemoSuccessor("marketing_director", JOURNEY, "analyst", "two_years", 2),
    DemoSuccessor("brand_manager", JOURNEY, "digital", "two_years"),
    DemoSuccessor("sales_director", JOURNEY, "east", "now"),
    DemoSuccessor("channel_manager", "journey-east", "west", "one_year"),
)

EVIDENCE = ("analyst", "data_visualisation", 4, "https://demo.example/courses/data-visualisation")
CONFIRMED = ("analyst", "brand_manager")  # the first statement before this step

NEWCOMER, MENTOR, MENTOR_AIM = "content", "brand", "三個月內獨立完成一支短視頻，從腳本到成效復盤"
STEPS_DONE = (0, 1, 2, 3, 4, 6)  # in the template's order; the sixth, of day 9, is overdue
CHECK_INS = (
    ("journey", "第一週結束：適應很快，對產品已有自己的看法。合規課程還沒排上，本週補。"),
    ("brand", "一起看了三支完播率高的短片。下週先交一份腳本，我來批改。"),
)
