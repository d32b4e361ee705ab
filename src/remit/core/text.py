"""Text in the three languages of the product."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LANGUAGES = ("zh-hant", "zh-hans", "en")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


# Where the converter's phrases of computing are wrong for a marketing department: derived, wanted.
HOUSE_TERMS = (
    ("指针", "指标"),
    ("帐号", "账号"),
    ("纪录", "记录"),
    ("审核记录", "审计记录"),
    ("个人数据", "个人资料"),
    ("激活", "启用"),
    ("禁用", "停用"),
    ("拷贝", "复制"),
    ("透过", "通过"),
    ("权杖", "令牌"),
    ("实时生效", "即时生效"),
    ("分布式", "分散式"),
    ("注销", "退出登录"),
    ("运行者", "执行者"),
    ("窜改", "篡改"),
    ("背景程序", "后台程序"),
    ("背景作业", "后台作业"),
    ("在背景", "在后台"),
    ("公尺", "米"),
    ("保存格", "单元格"),
    ("要嘛", "要么"),
    ("帐目", "账目"),
)
# Taken for another word by the converter, so put in its place before: authored, meant.
MISTAKEN = (("登錄", "登記"), ("釋出", "釋放"))
# A row is 列 in Taiwan and 行 on the mainland, where 列 is a column: what stands before and after it tells
# the row from words such as 列出 and 下列.
ROWS = re.compile(
    r"(?<=[\d}sd] )列(?![出入为名表席明])"  # after a number: 3 列在 CSV 中
    r"|(?<=[一每逐该此整些几前的各料据算看\d])列(?=数|状态)"
    r"|(?<=[一每逐该此整些几前的料据算\d])列(?![出入在为名表席有明举印示于车队宁])"
)


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # opencc ships no types
    import opencc  # imported late: loading its dictionaries takes 50 ms

    return opencc.OpenCC("tw2sp")


@lru_cache(maxsize=20_000)
def simplified(text: str) -> str:
    """Derive zh-Hans from zh-Hant, phrases included (OpenCC, Taiwan to mainland)."""
    for word, meant in MISTAKEN:
        text = text.replace(word, meant)
    derived = str(_converter().convert(text))
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
