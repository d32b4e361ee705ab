"""What differs between two versions of a duty, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.core.text import Text
from remit.duties.drafts import Draft, Words
from remit.duties.enums import EvidenceKind, Rhythm

from .titles import language

LABELS = {
    "rhythm": pgettext_lazy("duty", "Rhythm"),
    "day": gettext_lazy("Day"),
    "effort_minutes": gettext_lazy("Effort (minutes)"),
    "respond_days": gettext_lazy("Working days to respond"),
    "starts_upon": gettext_lazy("Starts upon"),
    "evidence_kind": gettext_lazy("Evidence"),
    "evidence_count": gettext_lazy("Pieces of evidence"),
    "evidence_of": gettext_lazy("Evidence: kind of thing"),
    "evidence_seen_by": gettext_lazy("Evidence: seen by"),
    "measure_metric": gettext_lazy("Measure"),
    "measure_manual": gettext_lazy("Measure by hand"),
    "accountable": gettext_lazy("Accountable"),
    "responsible": gettext_lazy("Responsible"),
    "consulted": gettext_lazy("Consulted"),
    "informed": gettext_lazy("Informed"),
    "hands_over": gettext_lazy("Hands over"),
}
WORDS = {"zh_hant": "繁體", "zh_hans": "简体", "en": "English"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with what it said before and says now."""

    label: str
    before: str
    after: str


def differences(before: Draft, after: Draft) -> list[Difference]:
    """One line a field that differs, in the order of a duty's form."""
    found = []
    for name in after.differing(before):
        old, new = getattr(before, name), getattr(after, name)
        if name in WORDS:
            found += _of_words(WORDS[name], old, new)
        else:
            found.append(Difference(str(LABELS[name]), said(name, old), said(name, new)))
    return found


def _of_words(label: str, old: Words | None, new: Words | None) -> list[Difference]:
    titles = {"title": _("Title"), "purpose": _("Purpose"), "deliverable": _("Deliverable")}
    old, new = old or Words(""), new or Words("")
    return [
        Difference(f"{title} ({label})", getattr(old, name) or "—", getattr(new, name) or "—")
        for name, title in titles.items()
        if getattr(old, name) != getattr(new, name)
    ]


def said(name: str, value: Any) -> str:
    """A value of a field as a person reads it."""
    if value in (None, "", (), [], {}):
        return "—"
    match name:
        case "rhythm":
            return str(Rhythm(value).label)
        case "evidence_kind":
            return str(EvidenceKind(value).label)
        case "hands_over":
            return "; ".join(_handover(rule) for rule in value)
        case "measure_manual":
            return Text(value.get("zh", ""), value.get("en", "")).say(language())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _handover(rule: Mapping[str, Any]) -> str:
    what = Text(rule["what"]["zh"], rule["what"]["en"]).say(language())
    return f"{what} → {rule['to']} ({rule['within_days']})"
