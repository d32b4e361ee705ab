"""What is asked of a task."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.execution.models import Task
from remit.execution.queries.tasks import tasks_of
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.time_rules import choosable_by
from remit.planning.enums import Stage
from remit.planning.models import Plan
from remit.planning.rules import plans_visible_to

from ..forms import Beside, Day, TitledChoice


class TaskForm(forms.Form):
    """A task of a plan; ``checklist``: one line each."""

    title = forms.CharField(label=pgettext_lazy("task", "Task"), max_length=160)
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None)
    starts_on = Day(label=gettext_lazy("First day"))
    ends_on = Day(label=gettext_lazy("Last day"))
    hours = forms.DecimalField(
        label=gettext_lazy("Hours of work"), min_value=0, max_digits=7, decimal_places=1, required=False,
        help_text=gettext_lazy("All of it; capacity spreads it over the working days."),
    )  # fmt: skip
    money = forms.DecimalField(
        label=gettext_lazy("Money"), min_value=0, max_digits=16, decimal_places=2, required=False,
        help_text=gettext_lazy("Of what the campaign has."),
    )  # fmt: skip
    resource = forms.CharField(
        label=gettext_lazy("Resources"), max_length=200, required=False,
        help_text=gettext_lazy("A studio, a supplier, material: what it needs besides people and money."),
    )  # fmt: skip
    waits_for: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Begins when these have ended"), queryset=None, required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    checklist = forms.CharField(
        label=gettext_lazy("Checklist"), required=False, max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("One line each."),
    )  # fmt: skip
    detail = forms.CharField(
        label=gettext_lazy("Detail"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, plan: Plan, task: Task | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        owner = task.owner_id if task else plan.owner_id
        fields["owner"].queryset = choosable_by(by, today(), also=owner).order_by("name")
        others = tasks_of(plan).exclude(state="dropped")
        if task is None:
            fields["owner"].initial = by
            fields["starts_on"].initial = max(today(), plan.starts_on)
        else:
            others = others.exclude(pk=task.pk)
            for name in ("title", "owner", "starts_on", "ends_on", "hours", "money", "resource", "detail"):
                fields[name].initial = getattr(task, name)
            fields["waits_for"].initial = task.waits_for.values_list("before", flat=True)
            lines = task.checklist.order_by("position").values_list("title", flat=True)
            fields["checklist"].initial = "\n".join(lines)
        fields["waits_for"].queryset = others.order_by("starts_on", "pk")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The task ends before it starts."))
        for name in ("hours", "money"):
            given[name] = given.get(name) or 0
        given["checklist"] = (given.get("checklist") or "").splitlines()
        return given


class TaskFileForm(Beside):
    """One file."""

    file = forms.FileField(label=gettext_lazy("File"))


class CarryForm(Beside):
    """Where an open task goes on."""

    plan = TitledChoice(label=gettext_lazy("In which campaign"), queryset=None)
    starts_on = Day(label=gettext_lazy("First day"))

    def __init__(self, *args: Any, by: Person, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        alive = plans_visible_to(by).exclude(stage__in=[Stage.CLOSED, Stage.CANCELLED])
        fields["plan"].queryset = alive.exclude(pk=task.plan_id).order_by("-starts_on")
        fields["plan"].label_from_instance = lambda plan: f"{plan.title} ({plan.code})"
        fields["starts_on"].initial = today()
