"""Text in the three languages of the product."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LANGUAGES = ("zh-hant", "zh-hans", "en")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


# The converter speaks of computers. What these words mean in a marketing department: authored, meant.
MEANT = {
    "指標": "指标", "檢視": "检视", "已存檢視": "已存视图", "檢視名稱": "视图名称", "儲存檢視": "保存视图",
    "移除檢視": "移除视图", "個檢視": "个视图", "的檢視": "的视图", "查詢": "查询", "執行": "执行",
    "互動": "互动", "核心": "核心", "核心訊息": "核心信息", "類比較": "类比较", "小數位數": "小数位数",
    "位數": "位数", "一行程式": "一行程序", "程序": "程序", "新增粉絲": "新增粉丝", "線上": "线上",
    "登錄": "登记", "釋出": "释放", "登出": "退出登录", "啟用": "启用", "停用": "停用", "儲存格": "单元格",
    "集中式": "集中式", "分散式": "分散式", "即時生效": "即时生效", "個人資料": "个人资料", "稽核": "审计",
    "背景程式": "后台程序", "背景程序": "后台程序", "背景作業": "后台作业", "在背景": "在后台", "公尺": "米",
    "社群": "社群", "排程": "排期", "存檔": "存档", "批次": "批次", "應當即時": "应当即时",
    "未使用者": "未使用者",
}  # fmt: skip
_MEANT = re.compile("|".join(sorted(map(re.escape, MEANT), key=len, reverse=True)))
# Of the converter's own words, those that another is better for: derived, wanted.
HOUSE_TERMS = (
    ("帐号", "账号"),
    ("纪录", "记录"),
    ("拷贝", "复制"),
    ("透过", "通过"),
    ("权杖", "令牌"),
    ("窜改", "篡改"),
    ("要嘛", "要么"),
    ("帐目", "账目"),
)
# A row is 列 in Taiwan and 行 on the mainland, where 列 is a column: what stands before and after it tells
# the row from words such as 列出 and 下列.
ROWS = re.compile(
    r"(?<=[\d}sd] )列(?![出入为名表席明])"  # after a number: 3 列在 CSV 中
    r"|(?<=[一每逐该此整些几的各料据算看视\d])列(?=数|状态)"
    r"|(?<=[一每逐该此整些几的料据算\d])列(?![出入在为名表席有明举印示于车队宁腺])"
)


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # opencc ships no types
    import opencc  # imported late: loading its dictionaries takes 50 ms

    return opencc.OpenCC("tw2sp")


@lru_cache(maxsize=20_000)
def simplified(text: str) -> str:
    """Derive zh-Hans from zh-Hant, phrases included (OpenCC, Taiwan to mainland)."""
    derived, end = "", 0
    for found in _MEANT.finditer(text):
        derived += _converter().convert(text[end : found.start()]) + MEANT[found[0]]
        end = found.end()
    derived += _converter().convert(text[end:])
    for wrong, right in HOUSE_TERMS:
        derived = derived.replace(wrong, right)
    return ROWS.sub("行", derived)


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence authored in zh-Hant and English; zh-Hans is derived unless corrected."""

    zh_hant: str
    en: str
    zh_hans: str = ""

    def say(self, language: str) -> str:
        """The text in a language code of Django (``zh-hant``, ``zh-hans``, ``en`` and variants)."""
        language = language.lower()
        if language.startswith("en"):
            return self.en
        if language in ("zh-hans", "zh-cn", "zh-sg"):
            return self.zh_hans or simplified(self.zh_hant)
        return self.zh_hant


def day_in(day: date, language: str | None) -> str:
    """A day as a sentence says it: ``5 Mar 2017`` or ``2017年3月5日``; no language is English."""
    if not language or language.lower().startswith("en"):
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def in_a_row(names: Iterable[str], language: str | None) -> str:
    """Names one after the other: ``a, b`` in English, ``a、b`` in Chinese."""
    return (", " if (language or "").startswith("en") else "、").join(names)
