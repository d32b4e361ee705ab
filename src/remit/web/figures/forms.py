"""What is asked when a question is saved, a target set, a figure watched."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from remit.core.period import Period
from remit.metrics.catalog.spec import Unit as Measure
from remit.metrics.enums import Breach, Severity
from remit.org.queries.colleagues import colleagues_of
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from ..forms import Day, TitledChoice
from .choices import FAMILIES, metric_groups
from .sight import Sight
from .words import PRESETS, preset_words


def metric_choices(sight: Sight) -> list[tuple[str, list[tuple[str, str]]]]:
    """The catalogue as groups of a select."""
    return [
        (group.title, [(option.value, option.title) for option in group.options])
        for group in metric_groups(sight.metrics)
    ]


class _Placed(forms.Form):
    """A metric of a unit, with somebody who answers for it."""

    metric = forms.ChoiceField(label=_("Metric"))
    unit = TitledChoice(label=_("Unit"), queryset=None)
    owner = TitledChoice(
        label=_("Owner"), queryset=None, help_text=_("Who answers for it and is told what happens.")
    )

    def __init__(self, *args: Any, sight: Sight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sight = sight
        self.fields["metric"].choices = metric_choices(sight)  # type: ignore[attr-defined]  # ours is a choice
        self.fields["unit"].queryset = units_visible_to(sight.person).order_by("path")  # type: ignore[attr-defined]  # a model choice
        self.fields["owner"].queryset = colleagues_of(sight.person, today()).order_by("name")  # type: ignore[attr-defined]  # a model choice

    def measure(self) -> str:
        """The unit of the chosen metric."""
        found = self.sight.metrics.get(self.cleaned_data.get("metric", ""))
        return str(found.unit) if found else ""


def fraction(value: Decimal, measure: str) -> Decimal:
    """People write 12.5 for 12.5 %; it is kept as 0.125."""
    return value / 100 if measure == Measure.PERCENT else value


def written(value: Decimal, measure: str) -> str:
    """The other way round: what stands in the form."""
    return f"{(value * 100 if measure == Measure.PERCENT else value).normalize():f}"


class TargetForm(_Placed):
    """What a metric should reach in a unit, over which days."""

    first = Day(label=_("From"))
    last = Day(label=_("To"))
    value = forms.DecimalField(
        label=_("Target"),
        max_digits=20,
        decimal_places=4,
        help_text=_("Write a percentage as 12.5 for 12.5 %."),
    )
    currency = forms.RegexField(
        "^[A-Z]{3}$",
        label=_("Currency"),
        required=False,
        help_text=_("Only for money; empty takes the unit's own."),
        error_messages={"invalid": _("Write three capital letters, such as TWD.")},
    )
    field_order = ("metric", "unit", "first", "last", "value", "currency", "owner")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        return data

    def period(self) -> Period:
        first: date = self.cleaned_data["first"]
        last: date = self.cleaned_data["last"]
        return Period(first, last)


class AlertForm(_Placed):
    """Which figure is watched, and when it should speak up."""

    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("Empty: made from the rest.")
    )
    period = forms.ChoiceField(label=_("Over"), initial="last 7 days")
    breach = forms.ChoiceField(
        label=_("Speaks up when it"),
        choices=Breach.choices,
        help_text=_("A rise or fall is against the period before."),
    )
    limit = forms.DecimalField(
        label=_("Limit"),
        max_digits=20,
        decimal_places=4,
        help_text=_("Write a percentage as 12.5 for 12.5 %. A rise or fall is always a percentage."),
    )
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices, initial=Severity.WARNING)
    field_order = ("metric", "unit", "period", "breach", "limit", "severity", "owner", "title")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(text, preset_words(text)) for text in PRESETS if text != "all"]  # type: ignore[attr-defined]  # ours is a choice

    def limit_kept(self) -> Decimal:
        """The limit as the engine compares it."""
        value: Decimal = self.cleaned_data["limit"]
        if self.cleaned_data["breach"] in (Breach.RISES, Breach.FALLS):
            return value / 100
        return fraction(value, self.measure())


__all__ = ["FAMILIES", "AlertForm", "TargetForm", "fraction", "metric_choices", "written"]
