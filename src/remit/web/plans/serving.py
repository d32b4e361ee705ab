"""Which goals a campaign serves, asked beside the rest of its plan."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.goals.enums import GoalState
from remit.goals.rules import goals_visible_to
from remit.org.models import Person
from remit.planning.actions.objectives import Serves
from remit.planning.models import PlanObjective

OBJECTIVES_MOST = 6


class ObjectiveForm(forms.Form):
    """One goal with its share."""

    goal: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Goal"), queryset=None, required=False, empty_label=pgettext_lazy("choice", "none")
    )
    share = forms.DecimalField(
        label=gettext_lazy("Share (%)"), required=False, min_value=Decimal("0.01"), max_value=100,
        max_digits=5, decimal_places=2,
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, served: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = goals_visible_to(by).filter(Q(state=GoalState.ACTIVE) | Q(pk__in=list(served)))
        fields: dict[str, Any] = self.fields
        fields["goal"].queryset = known.order_by("path")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("goal") and given.get("share") is None and "share" not in self.errors:
            self.add_error("share", _("Say how much of the campaign serves this goal."))
        return given


ObjectiveForms = forms.formset_factory(ObjectiveForm, extra=0, max_num=OBJECTIVES_MOST, validate_max=True)


def objective_forms(by: Person, data: Any = None, objectives: Iterable[PlanObjective] = ()) -> Any:
    """The rows of goals, with blank ones after them."""
    rows: list[dict[str, Any]] = [
        {"goal": each.goal_id, "share": f"{each.share.normalize():f}"} for each in objectives
    ]
    served = [row["goal"] for row in rows]
    rows = [*rows, *({} for _more in range(1 if rows else 2))][:OBJECTIVES_MOST]
    kwargs = {"by": by, "served": served}
    return ObjectiveForms(data, initial=rows, prefix="objectives", form_kwargs=kwargs)


def served_by(forms_: Any) -> list[Serves]:
    """The rows that say something."""
    given = [form.cleaned_data for form in forms_ if form.cleaned_data.get("goal")]
    return [Serves(row["goal"], row["share"]) for row in given]
