"""What is asked about absences, delegations, secondments, projects, holidays and limits."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from remit.org.enums import AbsenceKind, Decider, DecisionKind, Holidays
from remit.org.models import Assignment, Person, Project
from remit.org.rules import assignments_visible_to, positions_visible_to, units_managed_by
from remit.org.time_rules import choosable_by, deputies_for

from ..forms import Beside, Code, Day, TitledChoice


class PostChoice(forms.ModelChoiceField):
    """A choice among assignments, by position and unit."""

    def label_from_instance(self, obj: Assignment) -> str:
        language = get_language() or "zh-hant"
        return f"{obj.position.title(language)} · {obj.unit.title(language)}"


def _posts(by: Person, person: Person, on: date) -> Any:
    """The person's present and future posts that the one who asks sees."""
    held = assignments_visible_to(by, on).filter(Q(ends_on=None) | Q(ends_on__gte=on), person=person)
    return held.select_related("position", "unit").order_by("starts_on", "pk")


class AbsenceForm(Beside):
    """From a day to a day, both included."""

    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("To (included)"))
    kind = forms.ChoiceField(label=_("Kind"), choices=AbsenceKind.choices)


class DelegationForm(Beside):
    """Who acts while somebody is absent."""

    to = TitledChoice(label=_("Who acts"), queryset=None)
    assignment = PostChoice(
        label=_("For which position"), queryset=None, required=False, empty_label=_("all positions")
    )
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("To (included)"), required=False, help_text=_("Empty: until it is ended."))

    def __init__(self, *args: Any, by: Person, person: Person, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = deputies_for(by, person, on).order_by("name")
        self.fields["to"].queryset = others  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["assignment"].queryset = _posts(by, person, on)  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["starts_on"].initial = on


class SecondmentForm(Beside):
    """Which post somebody is lent from, and where they work meanwhile."""

    home = PostChoice(label=_("Lent from"), queryset=None, empty_label=_("Choose…"))
    unit = TitledChoice(label=_("Lent to"), queryset=None)
    position = TitledChoice(label=_("Position there"), queryset=None)
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("To (included)"), help_text=_("They are back the day after, without further ado."))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)

    def __init__(self, *args: Any, by: Person, person: Person, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = _posts(by, person, on)  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["unit"].queryset = units_managed_by(by, on).order_by("path")  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["position"].queryset = positions_visible_to(by, on).order_by("name")  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["starts_on"].initial = on


class HolidaysForm(Beside):
    """Whose holidays a unit keeps from a day on."""

    country = forms.ChoiceField(label=_("Holidays of"), choices=Holidays.choices)
    starts_on = Day(label=_("From"))


class LimitForm(Beside):
    """How far a unit decides alone from a day on."""

    amount = forms.DecimalField(label=_("Up to"), min_value=0, max_digits=18, decimal_places=2)
    currency = forms.RegexField(
        "^[A-Z]{3}$",
        label=_("Currency"),
        error_messages={"invalid": _("Write three capital letters, such as TWD.")},
    )
    brands = forms.CharField(
        label=_("Brands"),
        required=False,
        max_length=300,
        help_text=_("Separated by commas. Empty: all brands."),
    )
    starts_on = Day(label=_("From"))


class ProjectForm(forms.Form):
    """A temporary team with its lead, its arbiter, and who decides what."""

    code = Code(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)
    unit = TitledChoice(label=_("Unit"), queryset=None)
    lead = TitledChoice(label=_("Project lead"), queryset=None)
    arbiter = TitledChoice(
        label=_("Arbiter"),
        queryset=None,
        help_text=_("Settles it when the functional lead and the project lead cannot agree."),
    )
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("To (included)"))

    def __init__(self, *args: Any, by: Person, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = choosable_by(by, on).order_by("name")
        self.fields["unit"].queryset = units_managed_by(by, on).order_by("path")  # type: ignore[attr-defined]  # ours is a model choice
        for name in ("lead", "arbiter"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["starts_on"].initial = on
        for kind in DecisionKind:
            self.fields[f"decides_{kind.value}"] = forms.ChoiceField(
                label=_("Decides on %(kind)s") % {"kind": kind.label.lower()},
                choices=Decider.choices,
                initial=Decider.BOTH,
            )

    def clean(self) -> dict[str, Any]:
        """``decides``: by kind of decision."""
        given = super().clean() or self.cleaned_data
        given["decides"] = {kind.value: given.pop(f"decides_{kind.value}", "both") for kind in DecisionKind}
        return given


class MemberForm(forms.Form):
    """Somebody who works in a project, with a share of their time."""

    person = TitledChoice(label=_("Person"), queryset=None)
    role = forms.CharField(label=_("Role"), required=False, max_length=80)
    share = forms.IntegerField(label=_("Share of their time (%)"), min_value=1, max_value=100, initial=20)
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("To (included)"))

    def __init__(self, *args: Any, by: Person, project: Project, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = choosable_by(by, on).order_by("name")  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["starts_on"].initial = max(on, project.starts_on)
        self.fields["ends_on"].initial = project.ends_on
