"""What is asked of a request to another department, and of its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.execution.actions.cooperation import CHANGEABLE
from remit.execution.cooperation_rules import units_that_can_be_asked
from remit.execution.enums import Feasibility
from remit.execution.models import Cooperation
from remit.execution.queries.cooperation import departments, doers_for
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.planning.enums import Stage
from remit.planning.rules import plans_visible_to

from ..forms import Beside, Day, TitledChoice

ROWS: dict[str, Any] = {"rows": 3}


class CooperationForm(forms.Form):
    """A request to another department. ``unit`` is asked once."""

    title = forms.CharField(label=_("Title"), max_length=160)
    unit = TitledChoice(label=_("Asking unit"), queryset=None)
    asked_unit = TitledChoice(label=_("Asked unit"), queryset=None)
    asked_position = TitledChoice(
        label=pgettext_lazy("cooperation", "Department"), queryset=None, required=False,
        help_text=_("Where the department is a position rather than a unit. Empty: the head of the unit."),
    )  # fmt: skip
    what = forms.CharField(
        label=_("What is needed"), max_length=2000, widget=forms.Textarea(attrs=ROWS),
        help_text=_("So exactly that the other side can say whether it is feasible."),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("What for"), max_length=600, required=False, widget=forms.Textarea(attrs=ROWS),
        help_text=_("Data first: what speaks for it."),
    )  # fmt: skip
    plan = TitledChoice(label=_("Campaign"), queryset=None, required=False)
    needed_on = Day(label=_("Needed by"), help_text=_("At least two weeks ahead."))
    effort_days = forms.DecimalField(
        label=_("Person-days wished"), required=False, min_value=0, max_value=9999, decimal_places=1
    )
    money = forms.DecimalField(
        label=_("Money wished"), required=False, min_value=0, max_digits=16, decimal_places=2
    )

    def __init__(self, *args: Any, by: Person, row: Cooperation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        alive = plans_visible_to(by).exclude(stage__in=[Stage.CLOSED, Stage.CANCELLED])
        if row is not None and row.plan_id:
            alive = alive | plans_visible_to(by).filter(pk=row.plan_id)
        fields["plan"].queryset = alive.order_by("-starts_on")
        fields["plan"].label_from_instance = lambda plan: plan.title
        fields["asked_unit"].queryset = units_that_can_be_asked(by)
        fields["asked_position"].queryset = departments()
        if row is None:
            fields["unit"].queryset = units_visible_to(by).order_by("path")
            return
        del fields["unit"]
        for name in CHANGEABLE:
            fields[name].initial = getattr(row, name)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["money"] = given.get("money") or 0
        return given


class AnswerForm(forms.Form):
    """Feasible, on conditions, later, or not."""

    feasibility = forms.ChoiceField(
        label=_("Feasibility"), choices=Feasibility.choices, widget=forms.RadioSelect
    )
    doer = TitledChoice(label=_("Who does it"), queryset=None, required=False)
    due_on = Day(label=_("Done by"), required=False)
    conditions = forms.CharField(
        label=_("On which conditions"), max_length=1000, required=False, widget=forms.Textarea(attrs=ROWS),
        help_text=_("For “on conditions”."),
    )  # fmt: skip
    from_on = Day(label=_("Feasible from"), required=False, help_text=_("For “later”."))
    reason = forms.CharField(
        label=_("Why not"), max_length=500, required=False, widget=forms.Textarea(attrs=ROWS),
        help_text=_("For “not feasible”."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, row: Cooperation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["doer"].queryset = doers_for(row, today())
        answer = getattr(row, "answer", None)
        for name, field in fields.items():
            if answer is not None:
                field.initial = getattr(answer, name)
        if answer is None:
            fields["due_on"].initial = row.needed_on


class SignAnswerForm(Beside):
    """Exactly what was shown, or what is unclear."""

    shown = forms.CharField(max_length=64)
    returned = forms.CharField(
        label=_("What is unclear in the request, when you return it"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class DoneForm(Beside):
    """What was done."""

    note = forms.CharField(
        label=_("What was done"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class MissingForm(Beside):
    """What is missing."""

    reason = forms.CharField(label=_("What is missing"), max_length=300)


class DropForm(Beside):
    """Why it is no longer needed."""

    reason = forms.CharField(label=_("Why it is no longer needed"), max_length=300)


class PaperForm(Beside):
    """A paper."""

    file = forms.FileField(label=_("File"))
