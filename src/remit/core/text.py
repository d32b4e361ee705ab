"""Text in the three languages of the product."""

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
)


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # opencc ships no types
    import opencc  # imported late: loading its dictionaries takes 50 ms

    return opencc.OpenCC("tw2sp")


@lru_cache(maxsize=20_000)
def simplified(text: str) -> str:
    """Derive zh-Hans from zh-Hant, phrases included (OpenCC, Taiwan to mainland)."""
    derived = str(_converter().convert(text))
    for wrong, right in HOUSE_TERMS:
        derived = derived.replace(wrong, right)
    return derived


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
