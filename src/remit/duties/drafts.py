"""A duty as a draft: what a form, a YAML file or a proposal says, checked before it is a version."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from remit.core.text import simplified

RHYTHMS = ("once", "daily", "weekly", "fortnightly", "monthly", "quarterly", "yearly", "event")
EVIDENCE_KINDS = ("file", "note", "link", "thing")
UNORDERED = ("responsible", "consulted", "informed", "starts_upon")
UNITS = ("percent", "count", "days", "hours", "money", "score")
CODE = re.compile(r"[A-Z][A-Za-z0-9]*(\.[0-9]+)*[a-z]?(-[a-z0-9]+)*")
DAYS = {"weekly": (1, 7), "fortnightly": (1, 7), "quarterly": (1, 90), "yearly": (1, 365), "once": (0, 250)}
MINUTES_MAX, COUNT_MAX, RESPOND_MAX = 60_000, 50, 250
KEYS = {
    "code", "title", "purpose", "deliverable", "rhythm", "day", "effort_minutes", "respond_days",
    "starts_upon", "evidence", "measure", "accountable", "responsible", "consulted", "informed", "hands_over",
}  # fmt: skip

PARTS = {
    "title": {"zh", "en", "zh_hans"},
    "purpose": {"zh", "en", "zh_hans"},
    "deliverable": {"zh", "en", "zh_hans"},
    "evidence": {"kind", "count", "of", "seen_by"},
    "measure": {"metric", "manual"},
    "manual": {"zh", "en", "unit", "better"},
    "what": {"zh", "en"},
}
HANDOVER = {"to", "what", "within_days"}


class DraftUnusable(ValueError):
    """The message names the duty, the field, and what it may be."""


@dataclass(frozen=True, slots=True)
class Words:
    """The three texts of a duty in one language."""

    title: str
    purpose: str = ""
    deliverable: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a version says. ``zh_hans`` holds a person's corrections; what is empty there is derived."""

    code: str
    zh_hant: Words
    en: Words
    rhythm: str
    effort_minutes: int
    evidence_kind: str
    accountable: str
    day: int | None = None
    respond_days: int = 1
    starts_upon: tuple[str, ...] = ()
    evidence_count: int = 1
    evidence_of: str = ""
    evidence_seen_by: str = ""
    measure_metric: str = ""
    measure_manual: Mapping[str, str] = field(default_factory=dict)
    responsible: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    hands_over: tuple[Mapping[str, Any], ...] = ()
    zh_hans: Words | None = None

    def changed(self, changes: Mapping[str, Any]) -> "Draft":
        """With some fields replaced, as a proposal names them. Raise DraftUnusable for what does not fit."""
        known = {each.name for each in fields(self)} - {"code", "zh_hant", "en", "zh_hans"}
        if strange := sorted(set(changes) - known):
            raise _unusable(self.code, _("a duty has no field %(names)s.") % {"names": ", ".join(strange)})
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in changes.items()
        }
        return checked(replace(self, **values))

    def differing(self, other: "Draft") -> tuple[str, ...]:
        """Names of the fields in which two drafts differ; the order of positions and events says nothing."""
        mine, theirs = asdict(self), asdict(other)
        for name in UNORDERED:
            mine[name], theirs[name] = set(mine[name]), set(theirs[name])
        return tuple(name for name in mine if mine[name] != theirs[name])


def draft_of(entry: object) -> Draft:
    """Read one entry of a handbook in YAML (docs/howto/own-handbook.md). Raise DraftUnusable."""
    if not isinstance(entry, Mapping):
        raise DraftUnusable(_("Each duty is a list of names and values, beginning with its code."))
    code = str(entry.get("code", ""))
    _require_known(code, entry, KEYS)
    evidence, measure = _mapping(code, entry, "evidence"), _mapping(code, entry, "measure")
    return checked(
        Draft(
            code=code,
            zh_hant=_words(code, entry, "zh"),
            en=_words(code, entry, "en"),
            zh_hans=corrections(_words(code, entry, "zh"), _words(code, entry, "zh_hans")),
            rhythm=str(entry.get("rhythm", "")),
            day=_number(code, entry, "day", None),
            effort_minutes=_number(code, entry, "effort_minutes", -1) or 0,
            respond_days=_number(code, entry, "respond_days", 1) or 0,
            starts_upon=_names(code, entry, "starts_upon"),
            evidence_kind=str(evidence.get("kind", "")),
            evidence_count=_number(code, evidence, "count", 1) or 0,
            evidence_of=str(evidence.get("of", "")),
            evidence_seen_by=str(evidence.get("seen_by", "")),
            measure_metric=str(measure.get("metric", "")),
            measure_manual={k: _written(v) for k, v in _mapping(code, measure, "manual").items()},
            accountable=str(entry.get("accountable", "")),
            responsible=_names(code, entry, "responsible"),
            consulted=_names(code, entry, "consulted"),
            informed=_names(code, entry, "informed"),
            hands_over=_handovers(code, entry),
        )
    )


def entry_of(draft: Draft) -> dict[str, Any]:
    """The draft as an entry for YAML; ``draft_of`` reads it back to the same."""
    evidence: dict[str, Any] = {"kind": draft.evidence_kind, "count": draft.evidence_count}
    evidence |= {"of": draft.evidence_of} if draft.evidence_of else {}
    evidence |= {"seen_by": draft.evidence_seen_by} if draft.evidence_seen_by else {}
    measure: dict[str, Any] = {"manual": dict(draft.measure_manual)} if draft.measure_manual else {}
    if draft.measure_metric:
        measure = {"metric": draft.measure_metric}
    languages = {"zh": draft.zh_hant, "en": draft.en} | ({"zh_hans": draft.zh_hans} if draft.zh_hans else {})
    entry: dict[str, Any] = {"code": draft.code}
    for name in ("title", "purpose", "deliverable"):
        entry[name] = {
            language: getattr(words, name)
            for language, words in languages.items()
            if language != "zh_hans" or getattr(words, name)
        }
    entry |= {"rhythm": draft.rhythm}
    entry |= {"day": draft.day} if draft.day is not None else {}
    if draft.rhythm == "event" or draft.respond_days != 1:
        entry |= {"respond_days": draft.respond_days}
    if draft.rhythm == "event":
        entry |= {"starts_upon": list(draft.starts_upon)}
    entry |= {"effort_minutes": draft.effort_minutes, "evidence": evidence}
    entry |= {"measure": measure} if measure else {}
    entry |= {"accountable": draft.accountable, "responsible": list(draft.responsible)}
    entry |= {"consulted": list(draft.consulted), "informed": list(draft.informed)}
    entry["hands_over"] = [dict(each) for each in draft.hands_over]
    return entry


def corrections(zh_hant: Words, given: Words) -> Words | None:
    """What a person wrote in Simplified Chinese otherwise than it is derived; none where nothing is."""
    texts = {
        name: text
        for name in ("title", "purpose", "deliverable")
        if (text := getattr(given, name)) != simplified(getattr(zh_hant, name))
    }
    return Words(**{"title": ""} | texts) if any(texts.values()) else None


def in_simplified(draft: Draft) -> Words:
    """The words in Simplified Chinese: a correction where there is one, else derived from Traditional."""
    given = draft.zh_hans or Words("")
    return Words(
        *(
            getattr(given, name) or simplified(getattr(draft.zh_hant, name))
            for name in ("title", "purpose", "deliverable")
        )
    )


def checked(draft: Draft) -> Draft:
    """The draft, if it holds together; else DraftUnusable, which says what is wrong and what may be."""
    for is_wrong, sentence in _complaints(draft):
        if is_wrong:
            raise _unusable(draft.code, sentence)
    return draft


def _unusable(code: str, sentence: str) -> DraftUnusable:
    return DraftUnusable(_("%(duty)s: %(what)s") % {"duty": code or _("A duty"), "what": sentence})


def _complaints(draft: Draft) -> tuple[tuple[bool, str], ...]:
    low, high = DAYS.get(draft.rhythm, (0, 0))
    day = draft.day
    monthly = draft.rhythm == "monthly"
    day_fits = day is None or (day == -1 or 1 <= day <= 28 if monthly else low <= day <= high and high > 0)
    manual = draft.measure_manual
    return (
        (not CODE.fullmatch(draft.code) or len(draft.code) > 40,
         _("a code looks like H2.3.3 or H4.3.1-weekly.")),
        (not draft.zh_hant.title or not draft.en.title, _("title needs zh and en.")),
        (max(len(draft.zh_hant.title), len(draft.en.title), len(in_simplified(draft).title)) > 120,
         _("a title has at most 120 characters.")),
        (draft.rhythm not in RHYTHMS, _one_of("rhythm", RHYTHMS)),
        (not day_fits, _("day does not fit the rhythm: weekday 1–7, day of the month 1–28 or -1, days after "
                         "the end of a quarter 1–90 or year 1–365; none for daily and event.")),
        (not 0 <= draft.effort_minutes <= MINUTES_MAX, _from_to("effort_minutes", 0, MINUTES_MAX)),
        (not 0 <= draft.respond_days <= RESPOND_MAX, _from_to("respond_days", 0, RESPOND_MAX)),
        (bool(draft.starts_upon) and draft.rhythm != "event", _("starts_upon goes with rhythm event.")),
        (draft.evidence_kind not in EVIDENCE_KINDS, _one_of("evidence: kind", EVIDENCE_KINDS)),
        (not 1 <= draft.evidence_count <= COUNT_MAX, _from_to("evidence: count", 1, COUNT_MAX)),
        ((draft.evidence_kind == "thing") != bool(draft.evidence_of),
         _("evidence: of goes with kind thing.")),
        (bool(draft.evidence_seen_by) and not draft.evidence_of,
         _("evidence: seen_by goes with kind thing.")),
        (bool(draft.measure_metric) and bool(manual),
         _("a measure is a metric or a manual figure, not both.")),
        (bool(manual) and not {"zh", "en", "unit"} <= set(manual), _("a manual measure has zh, en, unit.")),
        (bool(manual) and manual.get("unit") not in UNITS, _one_of("measure: unit", UNITS)),
        (bool(manual) and manual.get("better") not in ("higher", "lower"),
         _one_of("measure: better", ("higher", "lower"))),
        (not draft.accountable, _("accountable names one position.")),
    )  # fmt: skip


def _one_of(name: str, allowed: tuple[str, ...]) -> str:
    return _("%(name)s is one of %(allowed)s.") % {"name": name, "allowed": ", ".join(allowed)}


def _from_to(name: str, low: int, high: int) -> str:
    return _("%(name)s is from %(low)s to %(high)s.") % {"name": name, "low": low, "high": high}


def _words(code: str, entry: Mapping[Any, Any], language: str) -> Words:
    texts = {
        name: _mapping(code, entry, name).get(language, "") for name in ("title", "purpose", "deliverable")
    }
    return Words(**{name: _written(text) for name, text in texts.items()})


def _written(text: object) -> str:
    """A text without what a database refuses, or YAML reads as a mere space (NEL, an old line break)."""
    return str(text or "").replace("\x00", "").replace("\x85", "\n").strip()


def _mapping(code: str, entry: Mapping[Any, Any], name: str) -> Mapping[str, Any]:
    value = entry.get(name) or {}
    if not isinstance(value, Mapping):
        said = {"name": name, "example": f"{name}: {{zh: …, en: …}}"}
        raise _unusable(code, _("%(name)s is a mapping, such as %(example)s.") % said)
    _require_known(code, value, PARTS[name], name)
    return value


def _require_known(code: str, given: Mapping[Any, Any], known: set[str], name: str = "") -> None:
    """What a file says and nothing reads would be lost: half a sentence after a comma without quotes."""
    if not (strange := sorted(map(str, set(given) - known))):
        return
    said = {"name": name, "names": ", ".join(strange), "known": ", ".join(sorted(known))}
    if not name:
        raise _unusable(code, _("unknown: %(names)s. Known: %(known)s.") % said)
    raise _unusable(
        code,
        _(
            "%(name)s has something that nothing reads: %(names)s. Known: %(known)s. Put a text with a comma "
            "in quotation marks."
        )
        % said,
    )


def _names(code: str, entry: Mapping[Any, Any], name: str) -> tuple[str, ...]:
    value = entry.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _unusable(code, _("%(name)s is a list of codes, such as [market_analyst].") % {"name": name})
    return tuple(dict.fromkeys(value))


def _number(code: str, entry: Mapping[Any, Any], name: str, default: int | None) -> int | None:
    value = entry.get(name, default)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise _unusable(code, _("%(name)s is a whole number.") % {"name": name})
    return value


def _handovers(code: str, entry: Mapping[Any, Any]) -> tuple[Mapping[str, Any], ...]:
    rules = entry.get("hands_over") or []
    if not isinstance(rules, list) or not all(isinstance(each, Mapping) for each in rules):
        raise _unusable(
            code,
            _("hands_over is a list of %(example)s.") % {"example": "{to, what: {zh, en}, within_days}"},
        )
    out = []
    for rule in rules:
        _require_known(code, rule, HANDOVER, "hands_over")
        what = _mapping(code, rule, "what")
        days = _number(code, rule, "within_days", 3)
        if not (rule.get("to") and what.get("zh") and what.get("en")) or days is None or not 0 <= days <= 250:
            raise _unusable(code, _("each of hands_over has to, what (zh and en) and within_days (0–250)."))
        texts = {"zh": _written(what["zh"])[:200], "en": _written(what["en"])[:200]}
        out.append({"to": str(rule["to"]), "what": texts, "within_days": days})
    return tuple(out)
