"""What is asked of a conflict."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.execution.enums import ClashKind
from remit.execution.models import Conflict
from remit.org.models import Person
from remit.org.rules import units_visible_to

from ..forms import Beside, TitledChoice


class LogForm(forms.Form):
    """A conflict that no figure shows."""

    title = forms.CharField(label=gettext_lazy("What pulls against what"), max_length=160)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=ClashKind.choices, initial=ClashKind.GOALS
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("In words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_visible_to(by).order_by("path")


class OptionForm(Beside):
    """A way out."""

    text = forms.CharField(label=gettext_lazy("What could be done"), max_length=400)


class DecisionForm(Beside):
    """An option, or words."""

    option: Any = forms.ModelChoiceField(
        label=gettext_lazy("Which way out"), queryset=None, required=False,
        empty_label=gettext_lazy("In my own words"),
    )  # fmt: skip
    decision = forms.CharField(
        label=gettext_lazy("What holds"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Empty: the way out as it stands."),
    )  # fmt: skip

    def __init__(self, *args: Any, conflict: Conflict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["option"].queryset = conflict.options.order_by("pk")
        fields["option"].label_from_instance = lambda option: option.text


class ConsequenceForm(Beside):
    """What came of it."""

    text = forms.CharField(
        label=pgettext_lazy("conflict", "What came of it"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
