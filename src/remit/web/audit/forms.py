"""What the record is searched by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from remit.audit.events import known_types
from remit.core.ref import Ref
from remit.org.models import Person
from remit.org.rules import people_visible_to

from ..forms import Day, TitledChoice

ROOMS = {
    "audit": _("Audit record"),
    "channels": _("Outlets"),
    "collection": _("Events collected"),
    "config": _("Installation"),
    "customers": _("Customers"),
    "duties": _("Duties"),
    "files": _("Files"),
    "governance": _("Approvals, meetings and content"),
    "lake": _("Data sources"),
    "learning": _("Experiments, diagnoses, pilots"),
    "metrics": _("Figures"),
    "notices": _("Notices"),
    "org": _("Team"),
    "planning": _("Plan"),
    "products": _("Products"),
}


def _names() -> list[tuple[Any, Any]]:
    """Everything; and of each room all of it and each kind of event, in words."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for name, kind in known_types().items():
        grouped.setdefault(name.split(".")[0], []).append((name, kind.gist))
    rooms = sorted((str(ROOMS.get(room, room)), room, kinds) for room, kinds in grouped.items())
    groups = [
        (title, [(f"{room}.", _("All of “%(room)s”") % {"room": title}), *kinds])
        for title, room, kinds in rooms
    ]
    return [("", _("Everything")), *groups]


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
