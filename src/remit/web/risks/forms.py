"""What is asked of a risk."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.execution.actions.risk import FALLBACK_MOST, Fallback
from remit.execution.enums import Trigger, TriggerEvent
from remit.execution.models import Risk
from remit.execution.models.risk import SCALE
from remit.metrics.rules import alerts_visible_to
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.org.time_rules import choosable_by
from remit.planning.enums import Stage
from remit.planning.rules import plans_visible_to

from ..forms import Beside, Day, TitledChoice

FIELDS = (
    "title", "plan", "cause", "probability", "impact", "owner", "response", "trigger", "alert", "trigger_on",
    "trigger_event", "fallback", "review_on",
)  # fmt: skip


def _rating(label: Any, help_text: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=SCALE, coerce=int, initial=3, help_text=help_text
    )  # fmt: skip


class RiskForm(forms.Form):
    """A risk. ``unit`` is asked once."""

    title = forms.CharField(label=gettext_lazy("What may happen"), max_length=160)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    plan = TitledChoice(label=gettext_lazy("Campaign"), queryset=None, required=False)
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None)
    probability = _rating(gettext_lazy("Probability"), gettext_lazy("1 hardly – 5 almost surely"))
    impact = _rating(gettext_lazy("Impact"), gettext_lazy("1 hardly felt – 5 endangers the goal"))
    cause = forms.CharField(
        label=pgettext_lazy("risk", "Where it comes from"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    response = forms.CharField(
        label=gettext_lazy("What is done about it now"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    trigger = forms.ChoiceField(label=gettext_lazy("How one notices"), choices=Trigger.choices)
    alert = TitledChoice(
        label=gettext_lazy("Which alert"), queryset=None, required=False,
        help_text=gettext_lazy("By figure: the alert watches the figure, and its breach fires the risk."),
    )  # fmt: skip
    trigger_on = Day(label=gettext_lazy("Which day"), required=False)
    trigger_event = forms.ChoiceField(
        label=gettext_lazy("What happens"), required=False,
        choices=[("", gettext_lazy("Choose…")), *TriggerEvent.choices],
    )  # fmt: skip
    fallback = forms.CharField(
        label=gettext_lazy("Plan B"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    review_on = Day(label=gettext_lazy("Looked at again on"))

    def __init__(self, *args: Any, by: Person, risk: Risk | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        alive = plans_visible_to(by).exclude(stage__in=[Stage.CLOSED, Stage.CANCELLED])
        fields["plan"].queryset = alive.order_by("-starts_on")
        fields["plan"].label_from_instance = lambda plan: plan.title
        fields["alert"].queryset = alerts_visible_to(by).filter(retired_at=None).order_by("title")
        fields["alert"].label_from_instance = lambda alert: alert.title
        fields["owner"].queryset = choosable_by(by, today(), also=risk.owner_id if risk else None).order_by(
            "name"
        )
        if risk is None:
            fields["unit"].queryset = units_visible_to(by).order_by("path")
            fields["owner"].initial = by
            return
        del fields["unit"]
        for name in FIELDS:
            fields[name].initial = getattr(risk, name)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        asked = {Trigger.METRIC: "alert", Trigger.DATE: "trigger_on", Trigger.EVENT: "trigger_event"}
        chosen = given.get("trigger")
        if chosen and (name := asked.get(Trigger(chosen))) and not given.get(name):
            self.add_error(name, _("Say what the trigger watches."))
        for trigger, name in asked.items():
            if given.get("trigger") != trigger and name in given:
                given[name] = "" if name == "trigger_event" else None
        return given


class FallbackForm(forms.Form):
    """A task of plan B."""

    title = forms.CharField(label=pgettext_lazy("task", "Task"), max_length=160, required=False)
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None, required=False)
    after_days = forms.IntegerField(
        label=gettext_lazy("Begins after days"), min_value=0, max_value=365, required=False, initial=0
    )
    days = forms.IntegerField(
        label=gettext_lazy("Takes days"), min_value=1, max_value=365, required=False, initial=3
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = people

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("title") and not given.get("owner") and "owner" not in self.errors:
            self.add_error("owner", _("Say who does it."))
        return given


FallbackForms = forms.formset_factory(FallbackForm, extra=0, max_num=FALLBACK_MOST, validate_max=True)


def fallback_forms(data: Any, by: Person, risk: Risk | None = None) -> Any:
    """The rows of plan B; two blank ones follow."""
    rows: list[dict[str, Any]] = []
    if risk is not None:
        rows = [
            {"title": row.title, "owner": row.owner_id, "after_days": row.after_days, "days": row.days}
            for row in risk.fallback_tasks.filter(task=None).order_by("after_days", "pk")
        ]
    people = choosable_by(by, today()).order_by("name")
    initial = [*rows, {}, {}][:FALLBACK_MOST]
    return FallbackForms(data, initial=initial, prefix="fallback", form_kwargs={"people": people})


def fallbacks(forms_: Any) -> list[Fallback]:
    """The rows that say something."""
    given = [form.cleaned_data for form in forms_ if form.cleaned_data.get("title")]
    return [
        Fallback(row["title"], row["owner"], row.get("after_days") or 0, row.get("days") or 1)
        for row in given
    ]


class ReviewForm(Beside):
    """Rated anew."""

    probability = _rating(gettext_lazy("Probability"), "")
    impact = _rating(gettext_lazy("Impact"), "")
    review_on = Day(label=gettext_lazy("Looked at again on"))
    note = forms.CharField(label=gettext_lazy("What one saw"), max_length=600, required=False)


class FireForm(Beside):
    """It happened."""

    reason = forms.CharField(label=gettext_lazy("What happened"), max_length=300)


class WatchForm(Beside):
    """Watch on."""

    review_on = Day(label=gettext_lazy("Looked at again on"))
