"""What is asked of budgets, their lines and movements."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.time_rules import choosable_by
from remit.planning.enums import Control, MoneyStage, Stage
from remit.planning.models import Budget, BudgetEntry, BudgetLine
from remit.planning.money_rules import units_with_budgets_of
from remit.planning.queries.budgets import open_entries
from remit.planning.queries.release_figures import counted_figures, judged_figures
from remit.planning.rules import plans_visible_to

from ..forms import Beside, Code, Day, TitledChoice
from ..templatetags.figures import say

MONEY: dict[str, Any] = {"max_digits": 16, "decimal_places": 2}
WORDS: dict[str, Any] = {"max_length": 600, "widget": forms.Textarea(attrs={"rows": 2})}
UPLOAD_MAX = 2 * 2**20
ENCODINGS = ("utf-8-sig", "gb18030", "big5")


class BudgetForm(forms.Form):
    """A unit's money for a period."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    starts_on = Day(label=gettext_lazy("First day"))
    ends_on = Day(label=gettext_lazy("Last day"))
    total = forms.DecimalField(
        label=pgettext_lazy("budget", "Total"), min_value=Decimal("0.01"), **MONEY,
        help_text=gettext_lazy("In the currency of the unit's books."),
    )  # fmt: skip
    on_request = forms.ChoiceField(
        label=gettext_lazy("A request beyond a line"), choices=Control.choices, initial=Control.WARN
    )
    on_order = forms.ChoiceField(
        label=gettext_lazy("An order beyond a line"), choices=Control.choices, initial=Control.STOP
    )
    on_invoice = forms.ChoiceField(
        label=gettext_lazy("An invoice beyond a line"), choices=Control.choices, initial=Control.STOP
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_with_budgets_of(by).order_by("path")
        year = today().year
        fields["starts_on"].initial, fields["ends_on"].initial = f"{year}-01-01", f"{year}-12-31"


class TotalForm(Beside):
    """More or less money."""

    total = forms.DecimalField(label=pgettext_lazy("budget", "Total"), min_value=Decimal("0.01"), **MONEY)


class LineForm(forms.Form):
    """A need, from zero."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    code = Code(
        label=gettext_lazy("Code"), max_length=40, allow_unicode=True,
        help_text=gettext_lazy("Short, without spaces. Actuals name the line by it."),
    )  # fmt: skip
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None)
    plan: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Campaign"),
        queryset=None,
        required=False,
        empty_label=pgettext_lazy("campaign", "none"),
    )
    channel = Code(
        label=gettext_lazy("Channel"), max_length=40, allow_unicode=True, initial="other",
        help_text=gettext_lazy("By which spend is read: search, video, store …"),
    )  # fmt: skip
    granted = forms.DecimalField(
        label=gettext_lazy("Granted"), min_value=Decimal("0.01"), **MONEY,
        help_text=gettext_lazy("70 % may be used at once; 30 % is reserve and released by approval."),
    )  # fmt: skip
    need = forms.CharField(label=gettext_lazy("Need"), **WORDS)
    evidence = forms.CharField(label=gettext_lazy("Evidence of the need"), **WORDS)
    alternative = forms.CharField(
        label=gettext_lazy("Alternative"),
        **WORDS,
        help_text=gettext_lazy("What else would do, at what cost."),
    )

    def __init__(self, *args: Any, by: Person, budget: Budget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = choosable_by(by, today()).order_by("name")
        fields["owner"].initial = by
        plans = plans_visible_to(by).exclude(stage__in=[Stage.CLOSED, Stage.CANCELLED])
        fields["plan"].queryset = plans.filter(currency=budget.currency).order_by("-starts_on")


class Drawn(forms.ModelChoiceField):
    """A request or an order of the line that something is still open of."""

    def label_from_instance(self, obj: BudgetEntry) -> str:
        return f"{obj.get_stage_display()} {obj.reference or obj.on} · {obj.amount:,.2f} {obj.note}".strip()


class MovementForm(Beside):
    """A request, an order or an invoice."""

    stage = forms.ChoiceField(label=pgettext_lazy("ledger", "What"), choices=MoneyStage.choices)
    amount = forms.DecimalField(label=gettext_lazy("Amount"), **MONEY)
    currency = forms.CharField(
        label=gettext_lazy("Currency"), min_length=3, max_length=3, required=False,
        help_text=gettext_lazy("Only if it is not that of the budget: converted at the rate of the day."),
    )  # fmt: skip
    on = Day(label=pgettext_lazy("ledger", "Day"))
    draws_on = Drawn(
        label=gettext_lazy("Draws on"),
        queryset=None,
        required=False,
        empty_label=pgettext_lazy("ledger", "nothing"),
    )
    reference = forms.CharField(label=gettext_lazy("Reference"), max_length=80, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, line: BudgetLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        known = [entry.pk for entry in open_entries(line)]
        fields["draws_on"].queryset = line.entries.filter(pk__in=known).order_by("-on", "-pk")
        last = min(today(), line.budget.ends_on)
        fields["on"].initial = max(last, line.budget.starts_on)

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class ReleaseForm(Beside):
    """A part of the reserve."""

    amount = forms.DecimalField(label=gettext_lazy("Amount"), min_value=Decimal("0.01"), **MONEY)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), **WORDS, help_text=gettext_lazy("The figures that speak for it.")
    )


class RuleForm(forms.Form):
    """A rule that proposes a release: figure, window, limit, cases, amount, rest."""

    metric = forms.ChoiceField(label=pgettext_lazy("release rule", "Figure"))
    planned = forms.DecimalField(
        label=gettext_lazy("Planned value"), max_digits=16, decimal_places=4, min_value=Decimal("0.0001"),
        help_text=gettext_lazy("What the plan says of this figure. Shares as a fraction: 40 % is 0.4."),
    )  # fmt: skip
    factor = forms.DecimalField(
        label=gettext_lazy("Times"), max_digits=6, decimal_places=3, min_value=Decimal("0.001"),
        initial="1.2",
        help_text=gettext_lazy("It fires beyond planned value × this; below it where less is better."),
    )  # fmt: skip
    days = forms.IntegerField(label=gettext_lazy("Over days"), min_value=1, max_value=92, initial=7)
    counted = forms.ChoiceField(label=gettext_lazy("Cases counted by"), initial="baskets")
    count_min = forms.IntegerField(
        label=gettext_lazy("At least so many cases"), min_value=1, max_value=10_000_000, initial=100
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Amount to propose"), min_value=Decimal("0.01"), **MONEY,
        help_text=gettext_lazy("From the reserve; less where it holds less."),
    )  # fmt: skip
    cooldown_days = forms.IntegerField(
        label=gettext_lazy("Rests for days"), min_value=1, max_value=366, initial=14,
        help_text=gettext_lazy("After it has fired."),
    )  # fmt: skip

    def __init__(self, *args: Any, line: BudgetLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["metric"].choices = [(code, say(metric.title)) for code, metric in judged_figures().items()]
        fields["metric"].initial = "roi"
        counts = counted_figures().items()
        fields["counted"].choices = [(code, say(metric.title)) for code, metric in counts]
        measured = line.plan.measures.filter(metric__in=judged_figures()).first() if line.plan else None
        if measured is not None:
            fields["metric"].initial, fields["planned"].initial = measured.metric, measured.target


class ActualsForm(forms.Form):
    """Invoices as finance exports them: a file, or cells pasted from a sheet."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"), required=False, help_text=gettext_lazy("2 MB at most.")
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the cells"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        max_length=UPLOAD_MAX,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file is None:
            if not given.get("text"):
                raise forms.ValidationError(_("Choose a file, or paste the cells."))
            return given
        if file.size > UPLOAD_MAX:
            raise forms.ValidationError(_("The file is larger than 2 MB. Split it."))
        content = file.read()
        for encoding in ENCODINGS:
            try:
                return {**given, "text": content.decode(encoding)}
            except UnicodeDecodeError:
                continue
        raise forms.ValidationError(_("The file is no text: export it as CSV."))
