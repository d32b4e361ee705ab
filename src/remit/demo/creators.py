"""Endorsers and creators of the demonstration: invented names, configuration marked as such.

Days count from the set-up. One contract ends before the campaign that it is for does, and one is missing:
both campaigns are in preparation, and their pages say what hinders the launch.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoCreator:
    """``days``: of the contract, from and to; none without one. ``plan``: which campaign, what for, fee."""

    name: str
    kind: str
    platform: str
    handle: str
    owner: str
    note: str
    plan: tuple[str, str, int]
    days: tuple[int, int] | None = None
    fee: int = 0
    basis: str = "whole"
    exclusivity: str = ""


CREATORS = (
    DemoCreator(
        "週三直播間・小周（示範）", "host", "直播", "@wednesday-zhou", "digital",
        "每週三晚間一場，觀眾以家庭客為主", ("member-day", "兩場會員專屬直播，說明兌換方式", 1600),
        (-60, 305), 800,
        "piece", "直播時段前後一小時不接其他零售商",
    ),
    DemoCreator(
        "一週七餐（示範）", "kol", "YouTube", "@seven-dinners", "digital", "食譜影片，平均觀看 4 萬",
        ("year-end", "年菜採買影片一支", 5000), (-340, 25), 12000, "whole", "合約期間不與其他連鎖超市合作",
    ),
    DemoCreator(
        "馬拉松媽媽（示範）", "athlete", "Instagram", "@marathon-mom", "brand",
        "洽談中：健康形象與春季新品相合", ("spring-video", "新品短影音主角", 3000),
    ),
)  # fmt: skip
