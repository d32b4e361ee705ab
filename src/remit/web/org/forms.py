"""What is asked about units, people and positions."""

from datetime import date
from itertools import zip_longest
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.org.enums import Ability, Board, Structure
from remit.org.models import Person, Position, Unit
from remit.org.rules import positions_visible_to, units_managed_by

from ..forms import Beside, Code, Day, TitledChoice, Zone


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class UnitForm(forms.Form):
    """A unit's own data."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)
    structure = forms.ChoiceField(
        label=_("Structure"),
        choices=Structure.choices,
        help_text=_(
            "Centralised: the centre decides. Decentralised: regions decide within limits. Matrix: both lead."
        ),
    )
    region = forms.CharField(label=_("Region"), max_length=80, required=False)
    is_company = forms.BooleanField(label=_("Keeps its own books"), required=False)
    currency = forms.RegexField(
        "^[A-Z]{3}$",
        label=_("Currency"),
        required=False,
        help_text=_("Three capital letters, such as TWD. Needed by a unit that keeps books."),
        error_messages={"invalid": _("Write three capital letters, such as TWD.")},
    )


class NewUnitForm(UnitForm):
    """A new unit: also its code and its place in the tree."""

    code = Code(
        label=_("Code"),
        max_length=40,
        help_text=_("Short and lasting; imports and the API name the unit by it."),
    )
    parent = TitledChoice(label=_("Belongs to"), queryset=None)
    field_order = ("parent", "code")

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units_managed_by(by).order_by("path")  # type: ignore[attr-defined]  # ours is a model choice


class PlaceForm(Beside):
    """Where a unit hangs."""

    parent = TitledChoice(label=_("Belongs to"), queryset=None)

    def __init__(self, *args: Any, by: Person, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outside = units_managed_by(by).exclude(path__startswith=unit.path).order_by("path")
        self.fields["parent"].queryset = outside  # type: ignore[attr-defined]  # ours is a model choice


class ZoneForm(Beside):
    """The time zone by which a unit's business days are counted."""

    zone = Zone(label=_("Time zone"))
    starts_on = Day(label=_("From"))


class PersonForm(forms.Form):
    """Somebody's data, as who manages people keeps them."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=80)
    name_en = forms.CharField(label=pgettext_lazy("person", "English name"), max_length=80, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("They log in with it and get their letters there.")
    )
    joined_on = Day(label=_("Joined on"), required=False)
    hours_per_week = forms.DecimalField(
        label=_("Hours per week"),
        min_value=1,
        max_value=80,
        decimal_places=1,
        initial=40,
        help_text=_("What their load is measured against."),
    )


class AssignmentForm(forms.Form):
    """A position in a unit, from a day to a day."""

    position = TitledChoice(label=_("Position"), queryset=None)
    unit = TitledChoice(label=_("Unit"), queryset=None)
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("To (included)"), required=False, help_text=_("Empty: until it is ended."))
    share = forms.IntegerField(label=_("Share of their time (%)"), min_value=1, max_value=100, initial=100)

    def __init__(self, *args: Any, by: Person, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = positions_visible_to(by, on).order_by("name")  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["unit"].queryset = units_managed_by(by, on).order_by("path")  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["starts_on"].initial = on


class NewPersonForm(PersonForm, AssignmentForm):
    """Somebody new with their first position."""

    field_order = ("name", "name_en", "email", "joined_on", "hours_per_week", "position", "unit")


class EndForm(forms.Form):
    """The last day of an assignment."""

    ends_on = Day(label=_("Last day"))


class PositionForm(forms.Form):
    """A position: what its holders may do, and the board that greets them."""

    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)
    abilities = forms.MultipleChoiceField(
        label=_("Abilities"), choices=Ability.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    board = forms.ChoiceField(label=_("First board"), choices=Board.choices)
    reports_to = TitledChoice(
        label=_("Reports to"),
        queryset=None,
        required=False,
        empty_label=_("nobody"),
        help_text=_("What stays undone goes up to its holder, in the unit or the nearest above."),
    )
    leads = forms.BooleanField(
        label=_("Leads its unit"),
        required=False,
        help_text=_("Its holders see the people of their unit and below, and how these grow."),
    )
    is_key = forms.BooleanField(
        label=_("Key position"), required=False, help_text=_("Successors are named for it.")
    )
    purpose = forms.CharField(label=_("Purpose"), required=False, widget=forms.Textarea({"rows": 2}))
    purpose_en = forms.CharField(
        label=_("Purpose, in English"), required=False, widget=forms.Textarea({"rows": 2})
    )
    deliverables = forms.CharField(
        label=_("Deliverables"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line."),
    )
    deliverables_en = forms.CharField(
        label=_("Deliverables, in English"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line, in the same order."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reports_to"].queryset = positions_visible_to(by).order_by("name")  # type: ignore[attr-defined]  # ours is a model choice

    @classmethod
    def initial_of(cls, position: Position) -> dict[str, Any]:
        """What a position says of itself; deliverables a line each."""
        initial = {
            name: getattr(position, name) for name in PositionForm.base_fields if name != "deliverables_en"
        }
        for name, language in (("deliverables", "zh"), ("deliverables_en", "en")):
            initial[name] = "\n".join(each[language] for each in position.deliverables)
        return initial

    def clean(self) -> dict[str, Any]:
        """Deliverables as the model holds them: each in both languages."""
        given = super().clean() or self.cleaned_data
        pairs = zip_longest(_lines(given.get("deliverables")), _lines(given.pop("deliverables_en", "")))
        given["deliverables"] = [{"zh": zh or en, "en": en or ""} for zh, en in pairs]
        return given


class NewPositionForm(PositionForm):
    """A new position: also its code."""

    code = Code(label=_("Code"), max_length=40)
    field_order = ("code",)


class YearForm(forms.Form):
    """The days of a year, a line each."""

    days = forms.CharField(
        label=_("Days unlike Monday to Friday"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("A line each: 2027-02-06, off, New Year. “work” for a make-up day on a weekend."),
    )
    source = forms.CharField(label=_("Source"), required=False, max_length=200)
