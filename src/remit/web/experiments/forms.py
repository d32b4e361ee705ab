"""What is asked of an experiment."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from remit.lake.tables import TABLES
from remit.learning.actions.experiment import VARIANTS_MOST, Given
from remit.learning.asking import ATTRIBUTES
from remit.learning.enums import ActivityType, Advice, Audience, MetricRole, ReadingMode
from remit.learning.models import Experiment
from remit.learning.per_person import measurable
from remit.learning.rules import companies_to_try_in, layers_visible_to
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.time_rules import choosable_by

from ..forms import Beside, Day, TitledChoice

HUNDRED = Decimal(100)
FILE_BYTES_MAX = 20_000_000
COPIED = (
    "title", "hypothesis", "pain_point", "owner", "kind", "audience", "starts_on", "days", "extra_days",
    "mode", "uses_past", "cap",
)  # fmt: skip


def _words(label: Any, most: int, rows: int = 2, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _percent(label: Any, least: int, most: int, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=least, max_value=most, decimal_places=2, **more)


class ExperimentForm(forms.Form):
    """What is tried, on whom, by which figures, how long. ``unit``, ``key``, ``layer`` are asked once."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    unit = TitledChoice(label=gettext_lazy("Company"), queryset=None)
    key = forms.SlugField(
        label=pgettext_lazy("experiment", "Key"), max_length=40,
        help_text=gettext_lazy("Programs name it so: lower-case letters, digits, hyphens."),
    )  # fmt: skip
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None)
    hypothesis = _words(gettext_lazy("Hypothesis"), 1000)
    pain_point = _words(
        gettext_lazy("Customer pain point"), 600, help_text=gettext_lazy("With its evidence (H1.3a).")
    )
    kind = forms.ChoiceField(label=gettext_lazy("Type of activity"), choices=ActivityType.choices)
    starts_on = Day(label=gettext_lazy("First day"))
    days = forms.IntegerField(label=gettext_lazy("Days"), min_value=1, max_value=365, initial=14)
    extra_days = forms.IntegerField(
        label=gettext_lazy("Days of an extension"), min_value=0, max_value=180, initial=0,
        help_text=gettext_lazy("0: it is not extended. Chance is counted over both."),
    )  # fmt: skip
    audience = forms.ChoiceField(label=gettext_lazy("Who counts"), choices=Audience.choices)
    layer = TitledChoice(
        label=pgettext_lazy("experiment", "Layer"), queryset=None, required=False,
        empty_label=gettext_lazy("A layer of its own"),
        help_text=gettext_lazy("Experiments of one layer share nobody."),
    )  # fmt: skip
    start_percent = _percent(gettext_lazy("Part of the layer from (%)"), 0, 100, initial=0)
    end_percent = _percent(gettext_lazy("to (%)"), 0, 100, initial=100)
    attribute = forms.ChoiceField(label=gettext_lazy("Only customers whose"), required=False)
    values = forms.CharField(
        label=gettext_lazy("is one of"), max_length=400, required=False,
        help_text=gettext_lazy("Separated by commas, as the customer list writes them."),
    )  # fmt: skip
    primary = forms.ChoiceField(label=gettext_lazy("The figure that decides"))
    effect_percent = forms.DecimalField(
        label=gettext_lazy("Planned effect (%)"), min_value=-100, max_value=1000, decimal_places=2, initial=5
    )
    guardrails = forms.MultipleChoiceField(
        label=gettext_lazy("Guardrails: must not get worse"), required=False
    )  # fmt: skip
    secondaries = forms.MultipleChoiceField(label=gettext_lazy("Also looked at"), required=False)
    mode = forms.ChoiceField(label=gettext_lazy("When it is read"), choices=ReadingMode.choices)
    uses_past = forms.BooleanField(
        label=gettext_lazy("Take out what people's own past explains"), required=False, initial=True
    )
    cap = forms.DecimalField(
        label=gettext_lazy("Cut amounts at the percentile"), min_value=50, max_value=Decimal("99.99"),
        decimal_places=2, required=False,
        help_text=gettext_lazy("Of the buyers, such as 99; empty: not at all."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, experiment: Experiment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        offered = _figures()
        fields["primary"].choices = offered
        fields["guardrails"].choices = fields["secondaries"].choices = offered
        fields["attribute"].choices = [("", _("Everybody")), *_attributes()]
        owner = experiment.owner_id if experiment else None
        fields["owner"].queryset = choosable_by(by, today(), also=owner).order_by("name")
        if experiment is None:
            fields["unit"].queryset = companies_to_try_in(by).order_by("path")
            fields["layer"].queryset = layers_visible_to(by).order_by("title")
            fields["layer"].label_from_instance = lambda layer: layer.title
            fields["owner"].initial, fields["primary"].initial = by, "net_sales"
            return
        for name in ("unit", "key", "layer"):
            del fields[name]
        self._fill(experiment)

    def _fill(self, experiment: Experiment) -> None:
        given: dict[str, Any] = {name: getattr(experiment, name) for name in COPIED}
        given |= {"start_percent": experiment.start / HUNDRED, "end_percent": experiment.end / HUNDRED}
        given["effect_percent"] = (experiment.planned_effect * HUNDRED).normalize()
        if experiment.conditions:
            given["attribute"] = experiment.conditions[0]["attribute"]
            given["values"] = ", ".join(experiment.conditions[0]["values"])
        by_role: dict[str, list[str]] = {role: [] for role in MetricRole.values}
        for row in experiment.metrics.order_by("place"):
            by_role[row.role].append(row.metric)
        given["primary"] = (by_role[MetricRole.PRIMARY] or [""])[0]
        given |= {"guardrails": by_role[MetricRole.GUARDRAIL], "secondaries": by_role[MetricRole.SECONDARY]}
        for name, value in given.items():
            self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("attribute") and not given.get("values", "").strip():
            self.add_error("values", _("Say which values."))
        both = set(given.get("guardrails", ())) | set(given.get("secondaries", ()))
        if given.get("primary") in both:
            self.add_error("primary", _("It decides already; take it out of the others."))
        return given

    def values_for_action(self) -> dict[str, Any]:
        """What the actions take."""
        given = dict(self.cleaned_data)
        metrics = {given.pop("primary"): str(MetricRole.PRIMARY)}
        metrics |= dict.fromkeys(given.pop("guardrails"), str(MetricRole.GUARDRAIL))
        for name in given.pop("secondaries"):
            metrics.setdefault(name, str(MetricRole.SECONDARY))
        attribute, values = given.pop("attribute"), given.pop("values")
        listed = [part.strip() for part in values.replace("，", ",").split(",") if part.strip()]
        conditions = [{"attribute": attribute, "values": listed, "excludes": False}] if attribute else []
        start, end = (int(given.pop(name) * HUNDRED) for name in ("start_percent", "end_percent"))
        effect = given.pop("effect_percent") / HUNDRED
        return {
            **given, "metrics": metrics, "conditions": conditions, "start": start, "end": end,
            "planned_effect": effect,
        }  # fmt: skip


class VariantForm(forms.Form):
    """One of several; the first is the control."""

    code = forms.SlugField(label=gettext_lazy("Code"), max_length=30, required=False)
    title = forms.CharField(label=gettext_lazy("What people get"), max_length=120, required=False)
    weight = forms.IntegerField(
        label=pgettext_lazy("experiment", "Weight"), min_value=1, max_value=10_000, required=False, initial=1
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("code")) != bool(given.get("title")) and not self.errors:
            self.add_error("code", _("A variant has a code and says what people get."))
        return given


VariantForms = forms.formset_factory(VariantForm, extra=0, max_num=VARIANTS_MOST, validate_max=True)


def variant_forms(data: Any, experiment: Experiment | None = None) -> Any:
    """The rows of variants; blank ones follow, as far as there may be."""
    rows: list[dict[str, Any]] = [{"code": "control", "title": _("As it is now"), "weight": 1}]
    if experiment is not None:
        rows = [
            {"code": one.code, "title": one.title, "weight": one.weight}
            for one in experiment.variants.order_by("place")
        ]
    blank = max(4 - len(rows), 1)
    return VariantForms(data, initial=[*rows, *({"weight": 1} for _n in range(blank))][:VARIANTS_MOST],
                        prefix="variants")  # fmt: skip


def variants_given(forms_: Any) -> list[Given]:
    """The rows that say something."""
    rows = [form.cleaned_data for form in forms_ if form.cleaned_data.get("code")]
    return [Given(row["code"], row["title"], row.get("weight") or 1) for row in rows]


class DecisionForm(Beside):
    """Ship, stop or extend."""

    choice = forms.ChoiceField(label=gettext_lazy("Decision"))
    variant = forms.ChoiceField(label=gettext_lazy("What is shipped"), required=False)
    reason = _words(
        gettext_lazy("Reason"), 1000, required=False,
        help_text=gettext_lazy("Needed when you decide otherwise than the rule."),
    )  # fmt: skip

    def __init__(self, *args: Any, experiment: Experiment, advice: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        choices: list[Advice] = [Advice.SHIP, Advice.STOP]
        if experiment.extra_days and experiment.extended_at is None:
            choices.append(Advice.EXTEND)
        fields["choice"].choices = [(one.value, one.label) for one in choices]
        fields["choice"].initial = advice
        rows = experiment.variants.filter(place__gt=0).order_by("place")
        fields["variant"].choices = [("", _("As the rule says")), *((one.code, one.title) for one in rows)]


class RollOutForm(Beside):
    """Where the winner is used."""

    where = forms.CharField(label=gettext_lazy("Where it is used"), max_length=300)
    rolled_on = Day(label=gettext_lazy("From"))
    check_on = Day(label=gettext_lazy("Looked at again on"))


class PeopleForm(Beside):
    """A file of people with their variant."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("Columns person, variant and, if known, day. At most 20 MB."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES_MAX:
            raise forms.ValidationError(_("The file is larger than 20 MB: send it in parts."))
        return file


class CancelForm(Beside):
    """Why it is given up."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=600)


class LayerForm(Beside):
    """A layer."""

    unit = TitledChoice(label=gettext_lazy("Company"), queryset=None)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=80)
    holdout_percent = _percent(gettext_lazy("Held out of all its experiments (%)"), 0, 49, initial=0)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = companies_to_try_in(by).order_by("path")


def _figures() -> list[tuple[str, str]]:
    known = measurable(catalogue())
    return sorted(
        ((name, one.metric.title.say(_language())) for name, one in known.items()), key=lambda p: p[1]
    )


def _attributes() -> list[tuple[str, str]]:
    columns = TABLES["customers"].by_name
    return [(name, columns[name].title.say(_language())) for name in ATTRIBUTES]


def _language() -> str:
    return get_language() or "zh-hant"
