"""Duties are added, changed (which makes a version), retired."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person

from .. import events
from ..drafts import Draft, DraftUnusable, in_simplified
from ..enums import State
from ..models import Charge, Duty, DutyVersion, DutyWords, Handover, Occurrence
from ..naming import Known, sentence_of, unknown_in
from ..queries.handbook import draft_of_version
from ..queries.known import known_names
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


class DutyChangedMeanwhile(ValueError):
    """Somebody else made a version since this one was read."""


class NameUnknown(DraftUnusable):
    """A duty names a position, duty, event, metric or kind of thing that there is not. ``field``: where."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many duties a handbook added, changed, and left as they were."""

    added: int
    changed: int
    same: int


@transaction.atomic
def add_duty(*, draft: Draft, by: Person | None, at: datetime, note: str = "") -> Duty:
    """Add a duty with its first version. Raise NameUnknown for what it names and there is not."""
    if Duty.objects.filter(code=draft.code).exists():
        raise DutyCodeTaken(_("The code %s belongs to another duty. Choose a different one.") % draft.code)
    _require_names(draft, None, known_names())
    return _add(draft, note=note, by=by, at=at)


def _add(draft: Draft, *, note: str, by: Person | None, at: datetime) -> Duty:
    duty = Duty.objects.create(code=draft.code)
    _write(duty, draft, number=1, note=note, by=by, at=at)
    record(events.DUTY_ADDED, duty, by=by, at=at, fields={"code": duty.code})
    return duty


@transaction.atomic
def change_duty(
    *, duty: Duty, draft: Draft, by: Person | None, at: datetime, note: str = "", after: int | None = None
) -> DutyVersion:
    """Make the next version, unless nothing differs; what has not opened yet follows it.

    ``after``: the number of the version that was edited; raise DutyChangedMeanwhile when it is not in force.
    Raise NameUnknown for what it names and there is not; what the version before named may stay.
    """
    return _change(duty, draft, known_names(), note=note, by=by, at=at, after=after)


def _change(
    duty: Duty, draft: Draft, known: Known, *, note: str, by: Person | None, at: datetime,
    after: int | None = None,
) -> DutyVersion:  # fmt: skip
    duty = Duty.objects.select_for_update(of=("self",)).select_related("current").get(pk=duty.pk)
    before = duty.current
    assert before is not None  # a duty without a version is never committed
    now = draft_of_version(duty.code, before)
    differing = now.differing(draft)
    if not differing and duty.retired_at is None:
        return before
    if after not in (None, before.number):
        raise DutyChangedMeanwhile(
            _(
                "Version %(number)s was saved meanwhile, and nothing of yours was. Look at it, then apply "
                "your change to it."
            )
            % {"number": before.number}
        )
    _require_names(draft, now, known)
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
    Raise NameUnknown for what a duty names and neither the drafts nor the company have.
    """
    drafts = list(drafts)
    known = known_names(coming=[draft.code for draft in drafts])
    there = {duty.code: duty for duty in Duty.objects.select_related("current")}
    added = changed = 0
    for draft in drafts:
        duty = there.get(draft.code)
        if duty is None:
            _require_names(draft, None, known)
            there[draft.code] = _add(draft, note=note, by=by, at=at)
            added += 1
        elif not keep_changed and duty.current is not None:
            before = duty.current.number
            changed += _change(duty, draft, known, note=note, by=by, at=at).number > before
    if added or changed:
        record(events.HANDBOOK_LOADED, None, by=by, at=at, fields={"added": added, "changed": changed})
    return Loaded(added, changed, len(drafts) - added - changed)


def _require_names(draft: Draft, before: Draft | None, known: Known) -> None:
    if name := unknown_in(draft, before, known):
        raise NameUnknown(sentence_of(name, draft.code, known), name.field)


def _write(
    duty: Duty, draft: Draft, *, number: int, note: str, by: Person | None, at: datetime
) -> DutyVersion:
    version = DutyVersion.objects.create(
        duty=duty, number=number, note=note[:300], made_by=by, made_at=at,
        measure_manual=dict(draft.measure_manual),
        **{name: getattr(draft, name) for name in SAME_FIELDS},
        **{name: list(getattr(draft, name)) for name in LIST_FIELDS},
    )  # fmt: skip
    for language, words in (
        ("zh-hant", draft.zh_hant),
        ("zh-hans", in_simplified(draft)),
        ("en", draft.en),
    ):
        DutyWords.objects.create(
            version=version, language=language, title=words.title, purpose=words.purpose,
            deliverable=words.deliverable, is_corrected=language == "zh-hans" and draft.zh_hans is not None,
        )  # fmt: skip
    duty.current, duty.retired_at = version, None
    duty.save(update_fields=["current", "retired_at"])
    return version
