"""The text to be screened and what is advertised."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from remit.governance.screening.packs import industries

TEXT_MAX = 20_000


def _choices() -> list[tuple[str, Any]]:
    language = get_language() or "zh-hant"
    return [("", _("As the text tells")), *((code, one.say(language)) for code, one in industries().items())]


class ScreenForm(forms.Form):
    """Told by its words: the industry may stay open."""

    text = forms.CharField(
        label=_("Text"), max_length=TEXT_MAX, strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("As it is to be published, with its small print."),
        error_messages={"required": _("Paste the text first.")},
    )  # fmt: skip
    industry = forms.ChoiceField(label=_("Industry"), required=False, choices=_choices)
