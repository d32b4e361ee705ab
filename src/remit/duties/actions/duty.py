"""Duties are added, changed (which makes a version), retired."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.text import simplified
from remit.org.models import Person, Position

from .. import events
from ..drafts import Draft, Words
from ..enums import State
from ..models import Charge, Duty, DutyVersion, DutyWords, Handover, Occurrence
from ..queries.handbook import draft_of_version
from .evidence import waive
from .generation import regenerate
from .handover import drop

SAME_FIELDS = (
    "rhythm", "day", "respond_days", "effort_minutes", "evidence_kind", "evidence_count", "evidence_of",
    "evidence_seen_by", "measure_metric", "accountable",
)  # fmt: skip
LIST_FIELDS = ("starts_upon", "responsible", "consulted", "informed", "hands_over")


class DutyCodeTaken(ValueError):
    """Another duty has this code."""


class HandoverToNobody(ValueError):
    """A duty hands over to a code that the handbook does not have."""


class PositionUnknown(ValueError):
    """A duty names a position that the company does not have."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many duties a handbook added, changed, and left as they were."""

    added: int
    changed: int
    same: int


@transaction.atomic
def add_duty(*, draft: Draft, by: Person | None, at: datetime, note: str = "") -> Duty:
    """Add a duty with its first version."""
    if Duty.objects.filter(code=draft.code).exists():
        raise DutyCodeTaken(_("The code %s belongs to another duty. Choose a different one.") % draft.code)
    duty = Duty.objects.create(code=draft.code)
    _write(duty, draft, number=1, note=note, by=by, at=at)
    record(events.DUTY_ADDED, duty, by=by, at=at, fields={"code": duty.code})
    return duty


@transaction.atomic
def change_duty(*, duty: Duty, draft: Draft, by: Person | None, at: datetime, note: str = "") -> DutyVersion:
    """Make the next version, unless nothing differs; what has not opened yet follows it."""
    duty = Duty.objects.select_for_update(of=("self",)).select_related("current").get(pk=duty.pk)
    before = duty.current
    assert before is not None  # a duty without a version is never committed
    differing = draft_of_version(duty.code, before).differing(draft)
    if not differing and duty.retired_at is None:
        return before
    version = _write(duty, draft, number=before.number + 1, note=note, by=by, at=at)
    fields = {"code": duty.code, "version": version.number, "changes": list(differing)}
    record(events.DUTY_CHANGED, duty, by=by, at=at, fields=fields)
    regenerate(charges=Charge.objects.filter(duty=duty), at=at)
    return version


@transaction.atomic
def retire_duty(*, duty: Duty, by: Person, at: datetime) -> Duty:
    """Nobody owes it any more: what was not accepted yet is waived. Its history stays.

    Nobody waits for it either: what others were to hand over to it is dropped. A new version brings it back.
    """
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    if duty.retired_at is None:
        duty.retired_at = at
        duty.save(update_fields=["retired_at"])
        record(events.DUTY_RETIRED, duty, by=by, at=at, fields={"code": duty.code})
        regenerate(charges=Charge.objects.filter(duty=duty), at=at)
        reason = _("The duty %s was retired.") % duty.code
        unfinished = Occurrence.objects.filter(charge__duty=duty, state__in=[State.OPEN, State.DELIVERED])
        for one in unfinished.order_by("due_at", "pk"):
            waive(occurrence=one, reason=reason, by=by, at=at)
        drop(handovers=Handover.objects.filter(to__duty=duty), reason=reason, by=by, at=at)
    return duty


@transaction.atomic
def load_handbook(
    *, drafts: Iterable[Draft], by: Person | None, at: datetime, note: str = "", keep_changed: bool = False
) -> Loaded:
    """Add the duties that are missing and change those that differ; again without harm.

    ``keep_changed``: a duty that is there stays as it is (the handbook that ships, on a later start).
    Raise HandoverToNobody for a code that neither the drafts nor the handbook have, PositionUnknown for a
    position that the company does not have.
    """
    drafts = list(drafts)
    known = {duty.code: duty for duty in Duty.objects.select_related("current")}
    _require_receivers(drafts, {draft.code for draft in drafts} | set(known))
    _require_positions(drafts)
    added = changed = 0
    for draft in drafts:
        duty = known.get(draft.code)
        if duty is None:
            add_duty(draft=draft, note=note, by=by, at=at)
            added += 1
        elif not keep_changed and duty.current is not None:
            before = duty.current.number
            changed += change_duty(duty=duty, draft=draft, note=note, by=by, at=at).number > before
    if added or changed:
        record(events.HANDBOOK_LOADED, None, by=by, at=at, fields={"added": added, "changed": changed})
    return Loaded(added, changed, len(drafts) - added - changed)


def _require_receivers(drafts: Iterable[Draft], codes: set[str]) -> None:
    for draft in drafts:
        for rule in draft.hands_over:
            if rule["to"] not in codes:
                raise HandoverToNobody(
                    _("%(code)s hands over to %(to)s, which the handbook does not have.")
                    % {"code": draft.code, "to": rule["to"]}
                )


def _require_positions(drafts: Iterable[Draft]) -> None:
    known = set(Position.objects.values_list("code", flat=True))
    for draft in drafts:
        for code in (draft.accountable, *draft.responsible, *draft.consulted, *draft.informed):
            if code and code not in known:
                raise PositionUnknown(
                    _(
                        "%(code)s names the position %(position)s, which does not exist. Add it first, or "
                        "name one of: %(known)s."
                    )
                    % {"code": draft.code, "position": code, "known": ", ".join(sorted(known))}
                )


def _write(
    duty: Duty, draft: Draft, *, number: int, note: str, by: Person | None, at: datetime
) -> DutyVersion:
    version = DutyVersion.objects.create(
        duty=duty, number=number, note=note[:300], made_by=by, made_at=at,
        measure_manual=dict(draft.measure_manual),
        **{name: getattr(draft, name) for name in SAME_FIELDS},
        **{name: list(getattr(draft, name)) for name in LIST_FIELDS},
    )  # fmt: skip
    derived = Words(*(simplified(text) for text in _texts(draft.zh_hant)))
    for language, words in (
        ("zh-hant", draft.zh_hant),
        ("zh-hans", draft.zh_hans or derived),
        ("en", draft.en),
    ):
        DutyWords.objects.create(
            version=version, language=language, title=words.title, purpose=words.purpose,
            deliverable=words.deliverable, is_corrected=language == "zh-hans" and draft.zh_hans is not None,
        )  # fmt: skip
    duty.current, duty.retired_at = version, None
    duty.save(update_fields=["current", "retired_at"])
    return version


def _texts(words: Words) -> tuple[str, str, str]:
    return words.title, words.purpose, words.deliverable
