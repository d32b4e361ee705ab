"""Forms of write keys."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remit.collection.enums import KeyKind
from remit.collection.models.write_key import BATCH_EVENTS_MAX, EVENTS_A_MINUTE, EVENTS_A_MINUTE_MAX
from remit.collection.reading.origins import NotAnOrigin, read_origins
from remit.lake.rules import units_importable_by
from remit.org.models import Person

from ..forms import TitledChoice


class Origins(forms.CharField):
    """Origins, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "placeholder": "https://shop.example.com"})

    def clean(self, value: Any) -> list[str]:
        try:
            return read_origins(super().clean(value) or "")
        except NotAnOrigin as error:
            raise ValidationError(
                _("“%s” is no origin. Write scheme and host only, such as https://shop.example.com.") % error
            ) from error

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class LimitsForm(forms.Form):
    """What may come by a key."""

    origins = Origins(
        label=gettext_lazy("Origins of the pages"),
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("One a line. For web pages only: a server's key has none."),
    )
    events_a_minute = forms.IntegerField(
        label=gettext_lazy("Events a minute at most"),
        min_value=BATCH_EVENTS_MAX,
        max_value=EVENTS_A_MINUTE_MAX,
        initial=EVENTS_A_MINUTE,
    )
    consent_needed = forms.BooleanField(
        label=gettext_lazy("Take only events to which the person has agreed"),
        required=False,
        initial=True,
    )


class KeyForm(LimitsForm):
    """A new key."""

    name = forms.CharField(
        label=gettext_lazy("Where it is used"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Online shop")}),
    )
    unit = TitledChoice(label=gettext_lazy("Company"), queryset=None)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KeyKind.choices)
    field_order = ("name", "unit", "kind", "origins", "events_a_minute", "consent_needed")

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_importable_by(by).order_by("path")
