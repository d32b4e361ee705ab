"""Fields that every folder's forms share."""

from typing import Any

from django import forms
from django.utils.translation import get_language


class TitledChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field is not generic at run time
    """A choice among things with ``title(language)``; a tree's depth is shown by indenting."""

    def label_from_instance(self, obj: Any) -> str:
        title = str(obj.title(get_language() or "zh-hant"))
        return "　" * (getattr(obj, "depth", 1) - 1) + title


class Day(forms.DateField):
    """A day, picked from the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Clock(forms.TimeField):
    """A time of day."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
