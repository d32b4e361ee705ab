"""The form of a duty: a draft as fields, and back."""

import re
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from remit.duties.drafts import (
    COUNT_MAX,
    MINUTES_MAX,
    RESPOND_MAX,
    Draft,
    DraftUnusable,
    draft_of,
    entry_of,
)
from remit.duties.enums import EvidenceKind, Rhythm
from remit.metrics.queries import catalogue
from remit.org.queries.positions import all_positions

from .differences import UNITS
from .happenings import said, seeing_choices, starting_choices
from .things import TITLES

LISTS = ("responsible", "consulted", "informed")
TEXTS = ("title", "purpose", "deliverable")
DERIVED = _("Left empty, it is derived. What you write here wins.")
WITHIN_DAYS = re.compile(r"[0-9]{1,3}")
LINE = "%s | %s | %s | %s"


class DutyForm(forms.Form):
    """All that a version says. What is wrong is said by ``drafts``, beside the whole form."""

    code = forms.CharField(label=_("Code"), max_length=40)
    title_zh = forms.CharField(label=_("Title (Traditional Chinese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    title_zh_hans = forms.CharField(
        label=_("Title (Simplified Chinese)"), max_length=120, required=False,
        help_text=DERIVED,
    )  # fmt: skip
    purpose_zh = forms.CharField(
        label=_("Purpose (Traditional Chinese)"), required=False, widget=forms.Textarea
    )
    purpose_en = forms.CharField(label=_("Purpose (English)"), required=False, widget=forms.Textarea)
    purpose_zh_hans = forms.CharField(
        label=_("Purpose (Simplified Chinese)"), required=False, widget=forms.Textarea, help_text=DERIVED
    )
    deliverable_zh = forms.CharField(
        label=_("Deliverable (Traditional Chinese)"), required=False, widget=forms.Textarea
    )
    deliverable_en = forms.CharField(label=_("Deliverable (English)"), required=False, widget=forms.Textarea)
    deliverable_zh_hans = forms.CharField(
        label=_("Deliverable (Simplified Chinese)"), required=False, widget=forms.Textarea, help_text=DERIVED
    )
    rhythm = forms.ChoiceField(label=pgettext_lazy("duty", "Rhythm"), choices=Rhythm.choices)
    day = forms.IntegerField(
        label=_("Day"), required=False,
        help_text=_("Weekday 1–7, day of the month (−1: the last), or days after the quarter or year."),
    )  # fmt: skip
    respond_days = forms.IntegerField(
        label=_("Working days to respond"), min_value=0, max_value=RESPOND_MAX, initial=1
    )
    starts_upon = forms.MultipleChoiceField(
        label=_("Starts upon"), required=False, help_text=_("Of a duty upon an event: which events begin it.")
    )
    effort_minutes = forms.IntegerField(label=_("Effort (minutes)"), min_value=0, max_value=MINUTES_MAX)
    evidence_kind = forms.ChoiceField(label=_("Evidence"), choices=EvidenceKind.choices)
    evidence_count = forms.IntegerField(
        label=_("Pieces of evidence"), min_value=1, max_value=COUNT_MAX, initial=1
    )
    evidence_of = forms.ChoiceField(label=_("Evidence: kind of thing"), required=False)
    evidence_seen_by = forms.ChoiceField(label=_("Evidence: seen by"), required=False)
    measure_metric = forms.ChoiceField(label=_("Measure"), required=False)
    manual_zh = forms.CharField(
        label=_("Measure by hand (Traditional Chinese)"), required=False, max_length=120
    )
    manual_en = forms.CharField(label=_("Measure by hand (English)"), required=False, max_length=120)
    manual_unit = forms.ChoiceField(
        label=_("Unit of the measure"), required=False, choices=[("", "—"), *UNITS.items()]
    )
    manual_better = forms.ChoiceField(
        label=_("Better is"), required=False,
        choices=[("", "—"), ("higher", _("higher")), ("lower", _("lower"))],
    )  # fmt: skip
    accountable = forms.ChoiceField(label=_("Accountable"))
    responsible = forms.MultipleChoiceField(label=_("Responsible"), required=False)
    consulted = forms.MultipleChoiceField(label=_("Consulted"), required=False)
    informed = forms.MultipleChoiceField(label=_("Informed"), required=False)
    hands_over = forms.CharField(
        label=_("Hands over"), required=False, widget=forms.Textarea,
        help_text=_("A line each: code | working days | what (Chinese) | what (English)."),
    )  # fmt: skip
    note = forms.CharField(label=_("Why it is changed"), required=False, max_length=300)
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the version that was edited

    def __init__(self, *args: Any, fixed_code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh-hant"
        positions = [(each.code, each.title(language)) for each in all_positions()]
        for name in ("accountable", *LISTS):
            self.fields[name].choices = positions  # type: ignore[attr-defined]  # a choice field
        metrics = [(code, metric.title.say(language)) for code, metric in catalogue().items()]
        self._offer("measure_metric", metrics)
        self._offer("evidence_seen_by", seeing_choices())
        offered = starting_choices()
        named = [event for event in self.initial.get("starts_upon", ()) if event not in dict(offered)]
        self.fields["starts_upon"].choices = [*offered, *zip(named, said(named), strict=True)]  # type: ignore[attr-defined]  # a choice field
        self._offer("evidence_of", [(kind, str(title)) for kind, title in TITLES.items()])
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 2
        if fixed_code:
            self.fields["code"].disabled = True
            self.fields["code"].initial = fixed_code
        self.draft: Draft | None = None

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What may be chosen, and what the version before says, though it is gone meanwhile."""
        now = self.initial.get(name, "")
        gone = [] if not now or now in dict(choices) else [(now, now)]
        self.fields[name].choices = [("", "—"), *choices, *gone]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            try:
                self.draft = draft_of(_entry(given))
            except DraftUnusable as error:
                self.add_error(None, str(error))
        return given


def initial_of(draft: Draft) -> dict[str, Any]:
    """The fields of a draft."""
    entry = entry_of(draft)
    fields: dict[str, Any] = {
        f"{name}_{language}": entry[name].get(language, "")
        for name in TEXTS
        for language in ("zh", "en", "zh_hans")
    }
    plain = (
        "code", "rhythm", "day", "respond_days", "effort_minutes", "evidence_kind", "evidence_count",
        "evidence_of", "evidence_seen_by", "measure_metric", "accountable",
    )  # fmt: skip
    fields |= {name: getattr(draft, name) for name in plain}
    fields |= {name: list(getattr(draft, name)) for name in LISTS}
    fields |= {
        f"manual_{name}": draft.measure_manual.get(name, "") for name in ("zh", "en", "unit", "better")
    }
    fields["starts_upon"] = list(draft.starts_upon)
    fields["hands_over"] = "\n".join(
        LINE % (rule["to"], rule["within_days"], rule["what"]["zh"], rule["what"]["en"])
        for rule in draft.hands_over
    )
    return fields


def _entry(given: dict[str, Any]) -> dict[str, Any]:
    """The entry, as in YAML, that the fields say."""
    texts = {
        name: {language: given[f"{name}_{language}"] for language in ("zh", "en", "zh_hans")}
        for name in TEXTS
    }
    manual = {
        name: given[f"manual_{name}"] for name in ("zh", "en", "unit", "better") if given[f"manual_{name}"]
    }
    lines = [line for line in given["hands_over"].splitlines() if line.strip()]
    event = given["rhythm"] == Rhythm.EVENT
    evidence = {
        "kind": given["evidence_kind"], "count": given["evidence_count"], "of": given["evidence_of"],
        "seen_by": given["evidence_seen_by"],
    }  # fmt: skip
    return {
        "code": given["code"], **texts, "rhythm": given["rhythm"], "day": given["day"],
        "effort_minutes": given["effort_minutes"], "respond_days": given["respond_days"],
        "starts_upon": given["starts_upon"] if event else [],
        "evidence": evidence,
        "measure": {"metric": given["measure_metric"], "manual": manual},
        "accountable": given["accountable"], **{name: given[name] for name in LISTS},
        "hands_over": [_rule(given["code"], line) for line in lines],
    }  # fmt: skip


def _rule(code: str, line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 4 or not WITHIN_DAYS.fullmatch(parts[1]):
        raise DraftUnusable(
            _("%(duty)s: the handover “%(line)s” is not of the form: code | working days | 中文 | English")
            % {"duty": code, "line": line}
        )
    return {"to": parts[0], "within_days": int(parts[1]), "what": {"zh": parts[2], "en": parts[3]}}
