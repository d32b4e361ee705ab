"""Text in the three languages of the product."""

from dataclasses import dataclass
from functools import lru_cache

LANGUAGES = ("zh-hant", "zh-hans", "en")


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # opencc ships no types
    import opencc  # imported late: loading its dictionaries takes 50 ms

    return opencc.OpenCC("tw2sp")


@lru_cache(maxsize=20_000)
def simplified(text: str) -> str:
    """Derive zh-Hans from zh-Hant, phrases included (OpenCC, Taiwan to mainland)."""
    return str(_converter().convert(text))


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
