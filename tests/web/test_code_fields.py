"""A wrong code is refused in words that people know, in each language."""

import pytest
from django import forms
from django.utils import translation

from remit.web.forms import Code

NATIVE = {
    "zh-hant": "代碼只用文字、數字、連字號和底線，不含空格。",
    "zh-hans": "代码只用文字、数字、连字符和下划线，不含空格。",
    "en": "A code is of letters or characters, digits, hyphens and underscores, without spaces.",
}


@pytest.mark.parametrize("language", sorted(NATIVE))
def test_a_wrong_code_is_refused_without_the_word_slug(language: str) -> None:
    class Asked(forms.Form):
        code = Code(allow_unicode=True)

    with translation.override(language):
        wrong, right = Asked({"code": "春季 清倉"}), Asked({"code": "春季-2026_a"})
        assert list(wrong.errors["code"]) == [NATIVE[language]]
        assert right.is_valid()


def test_a_code_of_an_address_takes_english_letters_only() -> None:
    class Asked(forms.Form):
        code = Code(max_length=5)

    with translation.override("zh-hant"):
        assert list(Asked({"code": "門市"}).errors["code"]) == [
            "代碼只用英文字母、數字、連字號和底線，不含空格。"
        ]
