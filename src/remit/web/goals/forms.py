"""What is asked of strategies, goals, their parts and readings."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from remit.goals.enums import Cut, Lever, MeasuredIn, SourceKind, SplitMethod
from remit.goals.models import MANUAL, Goal, Strategy
from remit.goals.models.strategy import STALE_DAYS
from remit.goals.rules import goals_visible_to, strategies_visible_to, units_to_set_goals_for
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.time_rules import choosable_by

from ..figures.choices import metric_groups
from ..forms import Beside, Day, TitledChoice
from ..plans.forms import Figure

LEVERS = [("", gettext_lazy("Choose…")), *Lever.choices]


class People(forms.ModelMultipleChoiceField):
    """Several people, by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title(get_language() or "zh-hant"))


class Plain(forms.ModelChoiceField):
    """A thing by its own title, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, **{"required": False, "empty_label": pgettext_lazy("choice", "none"), **kwargs}
        )


class Percent(Figure):
    """Written ``30``, ``+30`` or ``30%``; kept as a fraction."""

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip().lstrip("+").rstrip("%％").strip()
        return super().clean(f"{text}%" if text else "")


class GoalForm(forms.Form):
    """A goal; only unit and title are asked at once, the rest before it is put in force."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    strategy = Plain(label=gettext_lazy("Strategy"), queryset=None)
    parent = Plain(
        label=gettext_lazy("Goal above"), queryset=None,
        help_text=gettext_lazy("The goal that this one serves."),
    )  # fmt: skip
    metric = forms.ChoiceField(label=gettext_lazy("Metric"), required=False)
    where = forms.CharField(
        label=gettext_lazy("Only these rows"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One filter a line, such as department=PRODUCE."),
    )  # fmt: skip
    baseline = Figure(
        label=gettext_lazy("Baseline"), required=False,
        help_text=gettext_lazy("From where it starts. Empty with days beside: read from data."),
    )  # fmt: skip
    baseline_first = Day(label=gettext_lazy("Baseline from"), required=False)
    baseline_last = Day(label=gettext_lazy("Baseline to"), required=False)
    growth = Percent(
        label=gettext_lazy("Growth over the baseline (%)"), required=False,
        help_text=gettext_lazy("Such as 30; or write the target itself."),
    )  # fmt: skip
    target = Figure(label=gettext_lazy("Target"), required=False)
    starts_on = Day(label=gettext_lazy("First day"), required=False)
    ends_on = Day(label=gettext_lazy("Last day"), required=False)
    lever = forms.ChoiceField(label=gettext_lazy("Lever"), required=False, choices=LEVERS)
    owner = TitledChoice(
        label=gettext_lazy("Owner"), queryset=None, required=False,
        help_text=gettext_lazy("Exactly one person answers for it."),
    )  # fmt: skip
    partners = People(
        label=pgettext_lazy("goal", "Shared with"), queryset=None, required=False,
        help_text=gettext_lazy("Such as the head of sales, where marketing and sales share it (H1.2)."),
    )  # fmt: skip
    money = forms.DecimalField(
        label=gettext_lazy("Money it needs"), required=False, min_value=0, max_digits=16, decimal_places=2
    )
    resources = forms.CharField(
        label=gettext_lazy("Resources it needs"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    measured_in = forms.ChoiceField(
        label=gettext_lazy("A reading is"), required=False,
        choices=[("", gettext_lazy("Choose…")), *MeasuredIn.choices],
    )  # fmt: skip
    grows = forms.BooleanField(
        label=gettext_lazy("Readings grow with the days, as sales do"), required=False, initial=True
    )
    currency = forms.RegexField(
        "^[A-Z]{3}$", label=gettext_lazy("Currency"), required=False,
        help_text=gettext_lazy("Only for money; empty takes the unit's own."),
        error_messages={"invalid": gettext_lazy("Write three capital letters, such as TWD.")},
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, goal: Goal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = today()
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_to_set_goals_for(by, on).order_by("path")
        fields["strategy"].queryset = strategies_visible_to(by).order_by("-starts_on", "title")
        above = goals_visible_to(by).filter(is_part=False).order_by("path")
        fields["parent"].queryset = above.exclude(path__startswith=goal.path) if goal else above
        people = choosable_by(by, on).order_by("name")
        fields["owner"].queryset = fields["partners"].queryset = people
        groups = metric_groups(catalogue())
        known = [(group.title, [(each.value, each.title) for each in group.options]) for group in groups]
        fields["metric"].choices = [
            ("", _("Choose…")), (MANUAL, _("Readings by hand")), *known
        ]  # fmt: skip
        if goal is not None:
            self._show(goal)

    def _show(self, goal: Goal) -> None:
        fields: dict[str, Any] = self.fields
        del fields["unit"]
        if goal.is_part:
            del fields["parent"], fields["strategy"]
        for name in fields:
            fields[name].initial = getattr(goal, name)
        fields["where"].initial = "\n".join(goal.where)
        fields["partners"].initial = goal.partners.all()
        for name in ("baseline", "target"):
            if (value := getattr(goal, name)) is not None:
                fields[name].initial = f"{value.normalize():f}"
        fields["growth"].initial = "" if goal.growth is None else f"{(goal.growth * 100).normalize():f}"
        if goal.growth is not None:
            fields["target"].initial = ""

    def clean_where(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["where"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The goal ends before it starts."))
        if given.get("growth") is not None and given.get("target") is not None:
            self.add_error("target", _("Give the growth or the target, not both."))
        return given


class SplitForm(forms.Form):
    """How a goal is cut."""

    cut = forms.ChoiceField(label=gettext_lazy("Cut into"), choices=Cut.choices)
    method = forms.ChoiceField(label=pgettext_lazy("split", "By"), choices=SplitMethod.choices)
    text = forms.CharField(
        label=gettext_lazy("Shares or amounts"), required=False, max_length=400,
        help_text=gettext_lazy("For shares in percent, such as 15/20/25/40; by hand: the amounts."),
    )  # fmt: skip


class PieceForm(forms.Form):
    """The size and the lever of one part."""

    amount = Figure(label=gettext_lazy("Target"))
    lever = forms.ChoiceField(label=gettext_lazy("Lever"), required=False, choices=LEVERS)


PieceForms = forms.formset_factory(PieceForm, extra=0, max_num=60, validate_max=True)


class LeverForm(Beside):
    """What is to move it."""

    lever = forms.ChoiceField(label=gettext_lazy("Lever"), required=False, choices=LEVERS)


class ReadingForm(Beside):
    """What a manual goal had come to."""

    on = Day(label=pgettext_lazy("reading", "Day"))
    value = Figure(label=gettext_lazy("It had come to"))
    source = forms.CharField(label=gettext_lazy("Where it comes from"), max_length=200)


class DropForm(Beside):
    """Why a goal is given up."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class StrategyForm(forms.Form):
    """Where a unit wants to go."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None)
    starts_on = Day(label=gettext_lazy("First day"))
    ends_on = Day(label=gettext_lazy("Last day"))
    summary = forms.CharField(
        label=gettext_lazy("What it says"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, strategy: Strategy | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_to_set_goals_for(by).order_by("path")
        fields["owner"].queryset = choosable_by(by, today()).order_by("name")
        if strategy is None:
            fields["owner"].initial = by
            return
        del fields["unit"]
        for name in fields:
            fields[name].initial = getattr(strategy, name)


class SourceForm(Beside):
    """Material that a strategy rests on."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=SourceKind.choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    place = forms.CharField(
        label=gettext_lazy("Where it lies"), max_length=300, required=False,
        help_text=gettext_lazy("An address, or the name of the file."),
    )  # fmt: skip
    dated_on = Day(label=pgettext_lazy("source", "Dated"))
    stale_days = forms.IntegerField(
        label=gettext_lazy("Stale after days"), min_value=1, max_value=3650, required=False,
        help_text=gettext_lazy("Empty: %s days, unless a day is named.") % STALE_DAYS,
    )  # fmt: skip
    stale_on = Day(label=gettext_lazy("Or stale on"), required=False)


def decimal_text(value: Decimal) -> str:
    """A number as people write it into a field."""
    return f"{value.normalize():f}"
