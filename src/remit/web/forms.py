"""Fields that every folder's forms share."""

from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
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
    """A day, picked from the browser's own calendar, of the years that plans and history are made in."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [
        MinValueValidator(date(1900, 1, 1), _("Give a day from 1900 on.")),
        MaxValueValidator(date(2200, 12, 31), _("Give a day before 2201.")),
    ]


class Code(forms.SlugField):
    """A short name that an address or a file may carry; a wrong one is refused in words that people know."""

    def __init__(self, *, allow_unicode: bool = False, **kwargs: Any) -> None:
        super().__init__(allow_unicode=allow_unicode, **kwargs)
        letters = _("A code is of letters or characters, digits, hyphens and underscores, without spaces.")
        latin = _("A code is of English letters, digits, hyphens and underscores, without spaces.")
        self.error_messages.setdefault("invalid", letters if allow_unicode else latin)


class Clock(forms.TimeField):
    """A time of day."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class Beside(forms.Form):
    """A form beside others on one page: its name is in the ids of its fields, so that labels find them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{type(self).__name__.lower()}_%s", **kwargs})


class QuietHours(forms.Form):
    """When messages leave the product: the hour of daily ones, and the hours without any."""

    digest_at = Clock(label=_("Daily messages at"))
    quiet_from = Clock(label=_("Quiet from"), required=False)
    quiet_until = Clock(
        label=_("Quiet until"), required=False, help_text=_("Messages wait until the quiet hours are over.")
    )


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Every time zone of a place that this machine knows, by name."""
    return frozenset(
        name
        for name in available_timezones()
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
    )


@lru_cache(maxsize=1)
def _zone_list() -> SafeString:
    options = format_html_join("", '<option value="{}"></option>', ((name,) for name in sorted(zones())))
    return format_html('<datalist id="zones">{}</datalist>', options)


class ZoneInput(forms.TextInput):
    """A text field that offers the zones while one types."""

    def __init__(self) -> None:
        super().__init__({"list": "zones", "autocomplete": "off", "placeholder": "Asia/Taipei"})

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return super().render(*args, **kwargs) + _zone_list()


class Zone(forms.CharField):
    """A time zone by its name, such as Asia/Taipei."""

    widget = ZoneInput

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if name and name not in zones():
            raise forms.ValidationError(
                _("There is no time zone of this name. Write one such as Asia/Taipei.")
            )
        return name
