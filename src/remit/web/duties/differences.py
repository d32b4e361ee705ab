"""What differs between two versions of a duty, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.core.text import Text
from remit.duties.drafts import Draft, Words
from remit.duties.enums import EvidenceKind, Rhythm
from remit.metrics.queries.definitions import catalogue
from remit.org.queries.positions import position_titles

from .happenings import EVENTS
from .things import TITLES as THINGS
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
UNITS = {
    "percent": pgettext_lazy("unit of a measure", "percent"),
    "count": pgettext_lazy("unit of a measure", "count"),
    "days": pgettext_lazy("unit of a measure", "days"),
    "hours": pgettext_lazy("unit of a measure", "hours"),
    "money": pgettext_lazy("unit of a measure", "money"),
    "score": pgettext_lazy("unit of a measure", "score"),
}
POSITIONS = ("accountable", "responsible", "consulted", "informed")
# On the page of a duty, besides what stands there in its own words.
PARTICULARS = (
    "day", "respond_days", "starts_upon", "evidence_of", "evidence_seen_by", "measure_metric",
    "measure_manual", *POSITIONS,
)  # fmt: skip
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
    titles = _titles(before, after)
    for name in after.differing(before):
        old, new = getattr(before, name), getattr(after, name)
        if name in WORDS:
            found += _of_words(WORDS[name], old, new)
        else:
            found.append(Difference(str(LABELS[name]), said(name, old, titles), said(name, new, titles)))
    return found


def proposed(now: Draft, changes: Mapping[str, Any]) -> list[Difference]:
    """What a proposal would change; it may name what has gone since."""
    named = {code for name in POSITIONS for code in _codes(changes.get(name))}
    titles = _titles(now) | position_titles(named, language())
    return [
        Difference(
            str(LABELS.get(name, name)), said(name, getattr(now, name), titles), said(name, value, titles)
        )
        for name, value in changes.items()
    ]


def _codes(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def particulars(draft: Draft) -> list[tuple[str, str]]:
    """What a duty asks, who does it where nothing else is said, and what it is measured by."""
    titles = _titles(draft)
    asked = draft.rhythm == Rhythm.EVENT
    return [
        (str(LABELS[name]), said(name, getattr(draft, name), titles))
        for name in PARTICULARS
        if getattr(draft, name) not in (None, "", (), {}) and (name != "respond_days" or asked)
    ]


def _titles(*drafts: Draft) -> dict[str, str]:
    """Titles of all positions that the drafts name; one query."""
    codes = {draft.accountable for draft in drafts}
    for draft in drafts:
        codes.update(draft.responsible, draft.consulted, draft.informed)
    return position_titles(codes, language())


def _of_words(label: str, old: Words | None, new: Words | None) -> list[Difference]:
    titles = {"title": _("Title"), "purpose": _("Purpose"), "deliverable": _("Deliverable")}
    old, new = old or Words(""), new or Words("")
    return [
        Difference(f"{title} ({label})", getattr(old, name) or "—", getattr(new, name) or "—")
        for name, title in titles.items()
        if getattr(old, name) != getattr(new, name)
    ]


def said(name: str, value: Any, titles: Mapping[str, str] | None = None) -> str:
    """A value of a field as a person reads it. ``titles``: of positions, by code."""
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
            named = Text(value.get("zh", ""), value.get("en", "")).say(language())
            unit = UNITS.get(value.get("unit", ""))
            return f"{named} ({unit})" if unit else named
        case "measure_metric":
            metric = catalogue().get(value)
            return metric.title.say(language()) if metric else str(value)
        case "evidence_of":
            return str(THINGS.get(value, value))
    words: Mapping[str, Any] = (titles or {}) if name in POSITIONS else EVENTS
    if isinstance(value, list | tuple):
        return _(", ").join(str(words.get(one, one)) for one in value)
    return str(words.get(value, value)) if isinstance(value, str) else str(value)


def _handover(rule: Mapping[str, Any]) -> str:
    what = Text(rule["what"]["zh"], rule["what"]["en"]).say(language())
    return f"{what} → {rule['to']} ({rule['within_days']})"
