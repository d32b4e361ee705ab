"""Forms of work: evidence, delivery, review."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from remit.duties.enums import EvidenceKind, Rhythm, Role
from remit.duties.models import Duty
from remit.duties.queries.matrix import positions_in_order
from remit.org.models import Person

from ..forms import Day, TitledChoice
from .things import TITLES, thing_at

HANDBOOK_BYTES_MAX = 2 * 2**20


class EvidenceForm(forms.Form):
    """One piece of evidence; which field counts follows from the kind."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EvidenceKind.choices)
    text = forms.CharField(
        label=_("Note, or address"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text=_("For a link: its address. For something in the system: the address of its page."),
    )
    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args: Any, by: Person, of: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.of = by, of

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["thing"] = None
        match given.get("kind"):
            case EvidenceKind.FILE:
                given["text"] = ""
                if not given.get("file") and "file" not in self.errors:
                    self.add_error("file", _("Choose the file."))
            case EvidenceKind.THING:
                given["thing"] = thing_at(self.by, given.get("text", ""), self.of)
                given["text"], given["file"] = "", None
                if given["thing"] is None:
                    self.add_error("text", _("This is not the address of a page of ours that you may see."))
                elif self.of and given["thing"].kind != self.of:
                    self.add_error("text", _other(TITLES.get(self.of, self.of)))
            case _:
                given["file"] = None
                if not given.get("text"):
                    self.add_error("text", _("Write the note, or the address."))
        return given


def _other(wanted: object) -> str:
    return gettext("This page is about something else. Asked for: %s; give the address of its page.") % wanted


class DeliveryForm(forms.Form):
    note = forms.CharField(
        label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=4000
    )


class HappeningForm(forms.Form):
    """What a duty upon an event answers."""

    what = forms.CharField(label=_("What has happened"), max_length=300)


class ReviewForm(forms.Form):
    """``verdict`` is the button that was pressed."""

    verdict = forms.ChoiceField(choices=[("accepted", ""), ("returned", "")])
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)


class WaiverForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class StepForm(forms.Form):
    """``state`` is the button that was pressed."""

    state = forms.ChoiceField(choices=[("offered", ""), ("accepted", ""), ("returned", "")])
    note = forms.CharField(label=_("Remark"), required=False, max_length=300)


class HandbookForm(forms.Form):
    """A handbook as a file, at most a few hundred kilobytes."""

    file = forms.FileField(label=_("File"), help_text=_("YAML in UTF-8, at most 2 MB."))
    note = forms.CharField(label=_("Why it is changed"), required=False, max_length=300)

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > HANDBOOK_BYTES_MAX:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return given


class ProposalForm(forms.Form):
    """What should be otherwise; fields left empty stay as they are."""

    rhythm = forms.ChoiceField(
        label=pgettext_lazy("duty", "Rhythm"), required=False, choices=[("", "—"), *Rhythm.choices]
    )
    effort_minutes = forms.IntegerField(label=_("Effort (minutes)"), required=False, min_value=0)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        changes = {"rhythm": given.get("rhythm") or None, "effort_minutes": given.get("effort_minutes")}
        self.changes = {name: value for name, value in changes.items() if value is not None}
        if not self.changes:
            raise forms.ValidationError(_("Say what should change, and why."))
        if "rhythm" in self.changes:
            self.changes["day"] = None  # the day of another rhythm means something else
        return given


class GivingForm(forms.Form):
    """Duties ticked one by one, or by the chapter, and from when. ``duties``: those that may be given."""

    starts_on = Day(
        label=_("From"), help_text=_("From a day in the past: work falls due from today on, nothing before.")
    )

    def __init__(self, *args: Any, duties: list[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = duties

    @property
    def ticked(self) -> set[str]:
        """What was ticked: codes of chapters, and ids of duties."""
        data = self.data
        return {*data.getlist("chapter"), *data.getlist("duty")} if isinstance(data, QueryDict) else set()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        ticked = self.ticked
        given["duties"] = [duty for duty in self.offered if {duty.chapter, str(duty.pk)} & ticked]
        if not given["duties"]:
            self.add_error(None, _("Tick at least one duty or chapter."))
        return given


class RolesForm(forms.Form):
    """The roles of one position for a charge; none takes them away."""

    position = TitledChoice(label=_("Position"), queryset=positions_in_order())
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class EndingForm(forms.Form):
    ends_on = Day(label=_("Last day"))


class ReadingForm(forms.Form):
    """What a measure showed over a period."""

    first = Day(label=_("From"))
    last = Day(label=_("To"))
    value = forms.DecimalField(label=_("Value"), max_digits=24, decimal_places=6)
    target = forms.DecimalField(label=_("Target"), max_digits=24, decimal_places=6, required=False)
