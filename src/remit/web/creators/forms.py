"""What is asked of an endorser or creator, of a contract, of an engagement."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.org.time_rules import choosable_by
from remit.planning.creator_rules import creators_visible_to
from remit.planning.enums import CreatorKind, FeeBasis
from remit.planning.models import Creator, CreatorContract
from remit.planning.rules import plans_carried_by

from ..forms import Beside, Day, TitledChoice

MONEY: dict[str, Any] = {"min_value": 0, "max_digits": 16, "decimal_places": 2}


class CreatorForm(forms.Form):
    """An entry of the register. ``unit`` is asked once."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CreatorKind.choices)
    owner = TitledChoice(
        label=gettext_lazy("Owner"), queryset=None,
        help_text=gettext_lazy("Keeps the entry, and is reminded before a contract expires."),
    )  # fmt: skip
    platform = forms.CharField(label=gettext_lazy("Platform"), max_length=80, required=False)
    handle = forms.CharField(label=gettext_lazy("Account on the platform"), max_length=120, required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, by: Person, creator: Creator | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_visible_to(by).order_by("path")
        fields["owner"].queryset = choosable_by(
            by, today(), also=creator.owner_id if creator else None
        ).order_by("name")
        if creator is None:
            fields["owner"].initial = by
            return
        del fields["unit"]
        for name in fields:
            fields[name].initial = getattr(creator, name)


class ContractForm(Beside):
    """One version of a contract, with its paper."""

    file = forms.FileField(label=gettext_lazy("The contract itself"))
    begins_on = Day(label=gettext_lazy("Begins on"))
    ends_on = Day(label=gettext_lazy("Expires on"))
    fee = forms.DecimalField(
        label=gettext_lazy("Fee"), help_text=gettext_lazy("In the currency of the unit's books."), **MONEY
    )
    basis = forms.ChoiceField(label=gettext_lazy("What the fee is for"), choices=FeeBasis.choices)
    exclusivity = forms.CharField(
        label=gettext_lazy("Exclusivity"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For whom else they may not appear, where and how long."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("begins_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The contract expires before it begins."))
        return given


class WithdrawForm(Beside):
    """Why a contract counts no more; its ids carry the contract, since several stand on one page."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, *args: Any, contract: CreatorContract, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"withdraw_{contract.pk}_%s", **kwargs})
        self.contract = contract.pk


class EndForm(Beside):
    """Why we work with them no longer."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class EngagedForm(Beside):
    """In which campaign somebody appears."""

    plan = TitledChoice(label=gettext_lazy("Campaign"), queryset=None)
    purpose = forms.CharField(label=pgettext_lazy("engagement", "What for"), max_length=200)
    fee = forms.DecimalField(
        label=gettext_lazy("Part of the fee"), initial=0,
        help_text=gettext_lazy("In the currency of the campaign."), **MONEY,
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["plan"].queryset = plans_carried_by(by)
        fields["plan"].label_from_instance = lambda plan: plan.title


class EngageForm(Beside):
    """Who appears in a campaign."""

    creator = TitledChoice(label=gettext_lazy("Who"), queryset=None)
    purpose = forms.CharField(label=pgettext_lazy("engagement", "What for"), max_length=200)
    fee = forms.DecimalField(label=gettext_lazy("Part of the fee"), initial=0, **MONEY)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["creator"].queryset = creators_visible_to(by).filter(ended_at=None).order_by("name")
        fields["creator"].label_from_instance = lambda one: f"{one.name} ({one.get_kind_display()})"
