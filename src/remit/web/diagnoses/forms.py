"""What is asked of a diagnosis, of a why, and of what is done about it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.learning.actions.remedy import EXPECTED_MOST
from remit.learning.enums import WhyVerdict
from remit.learning.models import Diagnosis, Why
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.org.time_rules import choosable_by
from remit.planning.rules import plans_visible_to

from ..figures.choices import metric_groups
from ..forms import Beside, Day, TitledChoice

HUNDRED = Decimal(100)
CHANGED = ("title", "problem", "noticed_on", "owner")


def words_field(label: Any, most: int, **more: Any) -> forms.CharField:
    """Some sentences, in two lines to begin with."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 2}), **more)


def metric_choices() -> list[Any]:
    """Every metric under its family, as a list of a form."""
    return [(g.title, [(o.value, o.title) for o in g.options]) for g in metric_groups(catalogue())]


class DiagnosisForm(forms.Form):
    """What goes wrong, where, since when. ``unit``, ``plan`` and ``came_from`` are asked once."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    problem = words_field(
        gettext_lazy("What goes wrong"), 1000,
        help_text=gettext_lazy("What is seen, where, and since when; a figure says it best."),
    )  # fmt: skip
    noticed_on = Day(label=gettext_lazy("Noticed on"))
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None)
    plan = TitledChoice(label=gettext_lazy("Campaign"), queryset=None, required=False)
    came_from = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Person, diagnosis: Diagnosis | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        owner = diagnosis.owner_id if diagnosis else None
        fields["owner"].queryset = choosable_by(by, today(), also=owner).order_by("name")
        if diagnosis is None:
            fields["unit"].queryset = units_visible_to(by).order_by("path")
            fields["plan"].queryset = plans_visible_to(by).order_by("-starts_on")
            fields["plan"].label_from_instance = lambda plan: plan.title
            fields["owner"].initial, fields["noticed_on"].initial = by, today()
            return
        for name in ("unit", "plan", "came_from"):
            del fields[name]
        for name in CHANGED:
            fields[name].initial = getattr(diagnosis, name)

    def clean_came_from(self) -> str:
        """The address of one of our pages, else nothing: it was never typed by hand."""
        return page_of_ours(self.cleaned_data["came_from"])


def page_of_ours(address: str) -> str:
    """The address, if a page of this product has it; else nothing."""
    if not address.startswith("/") or address.startswith("//"):
        return ""
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        return ""
    return address


class WhyForm(Beside):
    """A possible cause."""

    statement = words_field(
        gettext_lazy("Because"), 400, help_text=gettext_lazy("One possible cause; another one gets its own.")
    )


class VerdictForm(Beside):
    """What the evidence says."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What the evidence says"), choices=WhyVerdict.choices, widget=forms.RadioSelect
    )
    reason = words_field(
        gettext_lazy("Reason"), 600, required=False,
        help_text=gettext_lazy("Needed when it is ruled out."),
    )  # fmt: skip

    def __init__(self, *args: Any, why: Why | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if why is not None:
            self.initial = {"verdict": why.verdict, "reason": why.reason, **self.initial}


class RemedyForm(Beside):
    """What is done about a root cause."""

    title = forms.CharField(label=gettext_lazy("What is done"), max_length=200)
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None)
    due_on = Day(label=pgettext_lazy("remedy", "Done by"))
    metric = forms.ChoiceField(label=gettext_lazy("Which figure it changes"))
    expected_percent = forms.DecimalField(
        label=gettext_lazy("By how much (%)"), min_value=-100, max_value=EXPECTED_MOST * 100,
        decimal_places=2,
        help_text=gettext_lazy("Against as many days before it was done; −10 is a tenth less."),
    )  # fmt: skip
    check_on = Day(
        label=gettext_lazy("Effect is read on"),
        help_text=gettext_lazy("From data, by itself; both are told."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = choosable_by(by, today()).order_by("name")
        fields["owner"].initial = by
        fields["metric"].choices = [("", _("Choose…")), *metric_choices()]

    def clean(self) -> dict[str, Any]:
        """As the action takes it."""
        given = super().clean() or {}
        if "expected_percent" in given:
            given["expected"] = given.pop("expected_percent") / HUNDRED
        return given


class DoneForm(Beside):
    """When it was done."""

    done_on = Day(label=gettext_lazy("Done on"))


class DropRemedyForm(Beside):
    """Why it is not done."""

    reason = forms.CharField(label=gettext_lazy("Why it is dropped"), max_length=300)


class ConcludeForm(Beside):
    """What was found."""

    conclusion = words_field(gettext_lazy("What was found"), 1000)


class GiveUpForm(Beside):
    """Why nothing was found."""

    conclusion = words_field(gettext_lazy("Why it is given up"), 1000)
