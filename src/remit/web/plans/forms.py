"""What is asked of a plan from its proposal to its close."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from remit.execution.plan_templates import TemplateMeasure
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.time_rules import choosable_by, projects_visible_to
from remit.planning.actions.plan import Judged
from remit.planning.enums import CampaignKind, MeasureKind, PromotionGoal
from remit.planning.models import Measure, Plan
from remit.planning.rules import units_to_plan_for

from ..forms import Beside, Code, Day, TitledChoice
from ..templatetags.figures import say
from .offering import offered

TEXT: dict[str, Any] = {"max_length": 600, "required": False}
MEASURES_MOST = 8


class Figure(forms.CharField):
    """A figure as people write it: 1,200, 0.08 or 8%."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace(",", "").replace("，", "").replace("％", "%").strip()
        if not text:
            return None
        try:
            figure = Decimal(text.rstrip("%").strip())
        except InvalidOperation:
            raise forms.ValidationError(_("Write a number, such as 1200 or 8%.")) from None
        if not figure.is_finite() or abs(figure) >= Decimal(10) ** 12:
            raise forms.ValidationError(_("This number is too large."))
        return figure / 100 if text.endswith("%") else figure


class PlanForm(forms.Form):
    """A proposal. ``unit``, ``code`` and the template that it starts from are asked once."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    code = Code(
        label=gettext_lazy("Code"),
        max_length=40,
        allow_unicode=True,
        help_text=gettext_lazy("Short, without spaces. Data name the campaign by it."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CampaignKind.choices)
    template = forms.ChoiceField(
        label=gettext_lazy("Start from the template"),
        required=False,
        help_text=gettext_lazy("Its tasks and risks are laid into the plan; change them as you like."),
    )
    promotion_goal = forms.ChoiceField(
        label=gettext_lazy("What the promotion is for"),
        required=False,
        choices=[("", gettext_lazy("Choose…")), *PromotionGoal.choices],
        help_text=gettext_lazy("Only for promotions."),
    )
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None)
    project = TitledChoice(label=gettext_lazy("Joint team"), queryset=None, required=False)
    starts_on = Day(label=gettext_lazy("First day"))
    ends_on = Day(label=gettext_lazy("Last day"))
    money = forms.DecimalField(
        label=gettext_lazy("Money"),
        min_value=0,
        max_digits=16,
        decimal_places=2,
        help_text=gettext_lazy("In the currency of the unit's books."),
    )
    objective = forms.CharField(
        label=gettext_lazy("What is to be reached"), widget=forms.Textarea(attrs={"rows": 2}), **TEXT
    )
    pain_point = forms.CharField(
        label=gettext_lazy("Customer pain point"), widget=forms.Textarea(attrs={"rows": 2}), **TEXT
    )
    evidence = forms.CharField(
        label=gettext_lazy("Its evidence"),
        widget=forms.Textarea(attrs={"rows": 2}),
        **TEXT,
        help_text=gettext_lazy("Survey answers, complaints or behaviour: where one can look it up."),
    )
    audience = forms.CharField(label=gettext_lazy("Audience"), **TEXT)
    channels = forms.CharField(label=gettext_lazy("Channels"), max_length=300, required=False)
    brand = forms.CharField(label=gettext_lazy("Brand"), max_length=120, required=False)
    theme = forms.CharField(label=gettext_lazy("Annual theme"), max_length=120, required=False)

    def __init__(self, *args: Any, by: Person, plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = today()
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = choosable_by(by, on).order_by("name")
        fields["project"].queryset = projects_visible_to(by).order_by("-ends_on")
        fields["unit"].queryset = units_to_plan_for(by, on).order_by("path")
        if plan is None:
            fields["owner"].initial = by
            fields["template"].choices = [("", _("none")), *offered(by)]
            return
        del fields["unit"], fields["code"], fields["template"]
        for name in fields:
            fields[name].initial = getattr(plan, name)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The campaign ends before it starts."))
        if given.get("kind") != CampaignKind.PROMOTION and given.get("promotion_goal"):
            self.add_error("promotion_goal", _("Only a promotion says what the promotion is for."))
        return given


class MeasureForm(forms.Form):
    """What a plan is judged by."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MeasureKind.choices)
    title = forms.CharField(label=gettext_lazy("Measure"), max_length=120, required=False)
    metric = forms.ChoiceField(label=gettext_lazy("Read from"), required=False)
    target = Figure(label=gettext_lazy("Target"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(code, say(metric.title)) for code, metric in catalogue().items()]
        known = sorted(titles, key=lambda pair: pair[1])
        fields: dict[str, Any] = self.fields
        fields["metric"].choices = [("", _("typed by hand")), *known]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        metric = given.get("metric")
        if metric and not given.get("title"):
            given["title"] = say(catalogue()[metric].title)
        if given.get("title") and given.get("target") is None and "target" not in self.errors:
            self.add_error("target", _("Say what is to be reached."))
        return given


MeasureForms = forms.formset_factory(MeasureForm, extra=0, max_num=MEASURES_MOST, validate_max=True)


def measure_forms(
    data: Any = None, measures: Iterable[Measure] = (), proposed: Iterable[TemplateMeasure] = ()
) -> Any:
    """The rows of measures; blank ones follow, so that both kinds are asked for. Proposed: without target."""
    rows: list[dict[str, Any]] = [
        {"kind": one.kind, "title": one.title, "metric": one.metric, "target": f"{one.target.normalize():f}"}
        for one in measures
    ]
    said = get_language() or "zh-hant"
    rows += [{"kind": one.kind, "title": one.title.say(said), "metric": one.metric} for one in proposed]
    blank = (MeasureKind.RESULT, MeasureKind.PROCESS) * (1 if rows else 2)
    rows = [*rows, *({"kind": kind} for kind in blank)]
    return MeasureForms(data, initial=rows[:MEASURES_MOST], prefix="measures")


def judged_by(forms_: Any) -> list[Judged]:
    """The rows that say something."""
    given = [form.cleaned_data for form in forms_ if form.cleaned_data.get("title")]
    return [Judged(row["kind"], row["title"], row["target"], row["metric"]) for row in given]


class EstimateForm(Beside):
    """Reach × conversion × value."""

    reach = forms.IntegerField(label=gettext_lazy("People reached"), min_value=0, max_value=2_000_000_000)
    low = Figure(label=gettext_lazy("Conversion, low"), help_text=gettext_lazy("Such as 1%"))
    likely = Figure(label=gettext_lazy("Conversion, likely"))
    high = Figure(label=gettext_lazy("Conversion, high"))
    value = forms.DecimalField(
        label=gettext_lazy("Gross profit per buyer"), min_value=0, max_digits=14, decimal_places=2
    )
    basis = forms.CharField(
        label=gettext_lazy("What this rests on"), max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )


class DeviationForm(forms.Form):
    """A change of what was approved; what stays is left as it is."""

    money = forms.DecimalField(label=gettext_lazy("Money"), min_value=0, max_digits=16, decimal_places=2)
    starts_on = Day(label=gettext_lazy("First day"))
    ends_on = Day(label=gettext_lazy("Last day"))
    objective = forms.CharField(
        label=gettext_lazy("What is to be reached"), widget=forms.Textarea(attrs={"rows": 2}), **TEXT
    )
    audience = forms.CharField(label=gettext_lazy("Audience"), **TEXT)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )


class ResultForm(Beside):
    """The result of one measure that no metric reads."""

    actual = Figure(label=pgettext_lazy("measure", "Result"))
    source = forms.CharField(label=gettext_lazy("Where it comes from"), max_length=200)


class RetrospectiveForm(Beside):
    """Goal, result, causes, lessons."""

    goal = forms.CharField(
        label=gettext_lazy("What we wanted"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    result = forms.CharField(
        label=gettext_lazy("What came of it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    causes = forms.CharField(
        label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    lessons = forms.CharField(
        label=gettext_lazy("What we do differently"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class CopyForm(Beside):
    """A copy, from another day on."""

    code = Code(label=gettext_lazy("Code"), max_length=40, allow_unicode=True)
    starts_on = Day(label=gettext_lazy("First day"))


class CancelForm(Beside):
    """Why it is not carried out."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
