"""What if: which findings a change would bring or mend, before anything changes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from remit.duties.deciding import (
    Facts,
    findings,
)
from remit.duties.queries.company import facts_on
from remit.duties.queries.matrix import positions_in_order
from remit.duties.rules import charges_visible_to
from remit.duties.supposing import difference, with_merged_positions, with_structure, without_person
from remit.org.enums import Structure
from remit.org.models import Person
from remit.org.queries.colleagues import colleagues_of
from remit.org.queries.today import today
from remit.org.rules import can_bind, can_manage, can_shape_positions, units_visible_to

from ..forms import TitledChoice
from ..who import who
from .findings import Duties, lines_of
from .reader import Reader

type Changed = tuple[Facts, str]  # the address where it is made; none where the person may not


class LeavingForm(forms.Form):
    """A person leaves."""

    person = TitledChoice(label=_("Who leaves"), queryset=None)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["person"].queryset = colleagues_of(by, today()).order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField

    def apply(self, facts: Facts) -> Changed:
        person: Person = self.cleaned_data["person"]
        url = reverse("org_person", args=[person.pk]) if can_manage(self.by, person) else ""
        return without_person(facts, person.pk), url


class MergingForm(forms.Form):
    """Two positions become one."""

    gone = TitledChoice(label=_("Position that goes"), queryset=positions_in_order())
    kept = TitledChoice(label=_("Position that stays"), queryset=positions_in_order())

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("gone") and given.get("gone") == given.get("kept"):
            self.add_error("kept", _("Choose two different positions."))
        return given

    def apply(self, facts: Facts) -> Changed:
        gone, kept = self.cleaned_data["gone"], self.cleaned_data["kept"]
        url = reverse("org_position_edit", args=[gone.pk]) if can_shape_positions(self.by) else ""
        return with_merged_positions(facts, gone.pk, kept.pk), url


class StructureForm(forms.Form):
    """A unit changes its structure."""

    unit = TitledChoice(label=_("Unit"), queryset=None)
    structure = forms.ChoiceField(label=_("New structure"), choices=Structure.choices)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["unit"].queryset = units_visible_to(by).order_by("path")  # type: ignore[attr-defined]  # a ModelChoiceField

    def apply(self, facts: Facts) -> Changed:
        unit = self.cleaned_data["unit"]
        alone = self.cleaned_data["structure"] == Structure.DECENTRALISED
        url = reverse("org_unit_edit", args=[unit.pk]) if can_bind(self.by) else ""
        return with_structure(facts, unit.pk, alone=alone), url


FORMS: dict[str, tuple[Any, Callable[..., Any]]] = {
    "leaving": (_("A person leaves"), LeavingForm),
    "merging": (_("Two positions merge"), MergingForm),
    "structure": (_("A unit changes its structure"), StructureForm),
}


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Choose a change; see the difference; go where it is really made."""
    person, on = who(request), today()
    asked = request.GET.get("change", "")
    change = asked if asked in FORMS else "leaving"
    is_asked = "ask" in request.GET
    form = FORMS[change][1](request.GET if is_asked else None, by=person)
    context: dict[str, object] = {
        "form": form, "change": change, "changes": [(code, title) for code, (title, _form) in FORMS.items()],
    }  # fmt: skip
    if is_asked and form.is_valid():
        facts = facts_on(on)
        after, url = form.apply(facts)
        differs = difference(findings(facts, on), findings(after, on))
        units = {unit.pk: unit for unit in units_visible_to(person, on)}
        reader = Reader.of(person, units, on)
        duties = Duties.of(charges_visible_to(person, on, facts.organisation))
        context |= {
            "new": lines_of(differs.new, units, duties, reader, known=False),
            "gone": lines_of(differs.gone, units, duties, reader, known=False),
            "url": url, "asked": True,
        }  # fmt: skip
    return render(request, "duties/what_if.html", context, status=422 if is_asked and form.errors else 200)
