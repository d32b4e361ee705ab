"""Fields that every folder's forms share."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TitledChoice(forms.ModelChoiceField):
    """A choice among things with ``title(language)``; a tree's depth is shown by indenting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"empty_label": _("Choose…"), **kwargs})

    def label_from_instance(self, obj: Any) -> str:
        title = str(obj.title(get_language() or "zh-hant"))
        return "　" * (getattr(obj, "depth", 1) - 1) + title


class Day(forms.DateField):
    """A day, picked from the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Clock(forms.TimeField):
    """A time of day."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
