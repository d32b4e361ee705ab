"""What is asked when an outlet moves."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from remit.channels.models import Outlet
from remit.channels.queries.choices import units_for
from remit.org.models import Unit

from ..forms import Day


class UnitChoice(forms.ModelChoiceField):
    """A choice of units, named in the language of the page."""

    def label_from_instance(self, obj: Unit) -> str:
        return obj.title(get_language() or "zh-hant")


class MoveForm(forms.Form):
    """To which unit of the company, and from which day on."""

    unit = UnitChoice(None, label=_("New unit"))
    on = Day(
        label=_("First day"),
        help_text=_("Figures of earlier days stay with the unit of that time."),
    )

    def __init__(self, *values: Any, outlet: Outlet, **named: Any) -> None:
        super().__init__(*values, **named)
        self.fields["unit"].queryset = units_for(outlet)  # type: ignore[attr-defined]  # it is a ModelChoiceField
