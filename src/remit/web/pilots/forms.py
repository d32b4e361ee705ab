"""What is asked of a pilot, and of its waves."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.learning.actions.pilot import BEFORE, PARTNERS, WEEKS
from remit.learning.enums import PilotGrain, PilotMethod, WaveAdvice
from remit.learning.models import Pilot
from remit.learning.per_outlet import by_place
from remit.learning.queries.piloting import Candidate
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.org.time_rules import choosable_by

from ..diagnoses.forms import words_field
from ..figures.choices import metric_groups
from ..forms import Beside, Day, TitledChoice

HUNDRED = Decimal(100)
COPIED = ("title", "change", "owner", "metric", "method", "before", "partners")


def _count(label: Any, ends: tuple[int, int], initial: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=ends[0], max_value=ends[1], initial=initial, **more)


def _monday() -> date:
    """The Monday after next."""
    on = today()
    return on + timedelta(days=14 - on.weekday())


class PilotForm(forms.Form):
    """What is changed, where, by which figure it is judged. ``unit`` and ``grain`` are asked once."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None)
    change = words_field(
        gettext_lazy("What is changed"), 1000,
        help_text=gettext_lazy("So that every outlet that tries it does the same."),
    )  # fmt: skip
    grain = forms.ChoiceField(
        label=gettext_lazy("Tried in"), choices=PilotGrain.choices,
        help_text=gettext_lazy("Below about twenty of them, chance cannot be told."),
    )  # fmt: skip
    metric = forms.ChoiceField(label=gettext_lazy("The figure that decides"))
    effect_percent = forms.DecimalField(
        label=gettext_lazy("Planned effect (%)"), min_value=-100, max_value=200, decimal_places=2, initial=5,
        help_text=gettext_lazy("Below zero where the figure is to fall."),
    )  # fmt: skip
    method = forms.ChoiceField(label=gettext_lazy("How it is compared"), choices=PilotMethod.choices)
    starts_on = Day(
        label=gettext_lazy("First day"), help_text=gettext_lazy("A Monday: it is read by whole weeks.")
    )
    weeks = _count(pgettext_lazy("pilot", "Weeks"), WEEKS, 4)
    before = _count(
        gettext_lazy("Matched over so many weeks before"), BEFORE, 12,
        help_text=gettext_lazy("More weeks smooth chance; too many go back to another time."),
    )  # fmt: skip
    partners = _count(gettext_lazy("Compared with so many others"), PARTNERS, 10)

    def __init__(self, *args: Any, by: Person, pilot: Pilot | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        known = by_place(pilot.grain if pilot else PilotGrain.OUTLET, catalogue())
        fields["metric"].choices = [
            (group.title, [(one.value, one.title) for one in group.options]) for group in metric_groups(known)
        ]
        owner = pilot.owner_id if pilot else None
        fields["owner"].queryset = choosable_by(by, today(), also=owner).order_by("name")
        if pilot is None:
            fields["unit"].queryset = units_visible_to(by).order_by("path")
            fields["owner"].initial, fields["metric"].initial = by, "net_sales"
            fields["starts_on"].initial = _monday()
            return
        del fields["unit"], fields["grain"]
        given: dict[str, Any] = {name: getattr(pilot, name) for name in COPIED}
        wave = pilot.waves.get(number=1)
        given |= {"starts_on": wave.starts_on, "weeks": wave.weeks}
        given["effect_percent"] = (pilot.planned_effect * HUNDRED).normalize()
        for name, value in given.items():
            fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "effect_percent" in given:
            given["planned_effect"] = given.pop("effect_percent") / HUNDRED
        return given


class OutletsForm(forms.Form):
    """Who tries it: those ticked, or so many drawn by lot."""

    codes = forms.MultipleChoiceField(required=False)
    lot = forms.IntegerField(label=gettext_lazy("Or draw so many by lot"), min_value=1, required=False)

    def __init__(self, *args: Any, offered: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["codes"].choices = [(one.code, one.name) for one in offered]
        fields["lot"].validators.append(MaxValueValidator(len(offered)))


class WaveForm(Beside):
    """The next wave."""

    starts_on = Day(label=gettext_lazy("First day"))
    weeks = _count(pgettext_lazy("pilot", "Weeks"), WEEKS, 4)


class WaveDecisionForm(Beside):
    """Go on or stop; only what the rule allows is offered."""

    choice = forms.ChoiceField(label=gettext_lazy("Decision"))
    reason = words_field(
        gettext_lazy("Reason"), 1000, required=False,
        help_text=gettext_lazy("Needed when you decide otherwise than the rule."),
    )  # fmt: skip

    def __init__(self, *args: Any, advice: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        offered = [WaveAdvice.GO_ON, WaveAdvice.STOP] if advice == WaveAdvice.GO_ON else [WaveAdvice.STOP]
        fields["choice"].choices = [(one.value, one.label) for one in offered]


class PilotRollOutForm(Beside):
    """Where it is done from now on."""

    ending = words_field(gettext_lazy("Where and from when it is done everywhere"), 1000)


class PilotCancelForm(Beside):
    """Why it is given up."""

    ending = words_field(gettext_lazy("Reason"), 1000)
