"""What the record is searched by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from remit.audit.events import known_types
from remit.core.ref import Ref
from remit.org.models import Person
from remit.org.rules import people_visible_to

from ..forms import Day, TitledChoice


def _names() -> list[tuple[str, Any]]:
    """Everything; each room; each kind of event."""
    names = list(known_types())
    rooms = sorted({name.split(".")[0] for name in names})
    return [("", _("Everything")), *((f"{room}.", f"{room}.*") for room in rooms), *((n, n) for n in names)]


class SearchForm(forms.Form):
    """By whom, what, about what, and when."""

    by = TitledChoice(label=_("By"), queryset=None, required=False, empty_label=_("Anybody"))
    name = forms.ChoiceField(label=_("What"), choices=_names, required=False)
    subject = forms.CharField(
        label=_("About"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": "unit:3"}),
    )
    since = Day(label=_("From"), required=False)
    until = Day(label=_("To (included)"), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = people_visible_to(person).order_by("name")  # type: ignore[attr-defined]  # ours is a model choice

    def clean_subject(self) -> Ref | None:
        text = self.cleaned_data["subject"].strip()
        if not text:
            return None
        try:
            return Ref.parse(text)
        except ValueError as error:
            raise forms.ValidationError(_("Write kind:number, such as unit:3.")) from error
