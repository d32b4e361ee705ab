"""What is done about a root cause, and whether it helped."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.metrics.queries.definitions import catalogue
from remit.notices.actions import notify
from remit.org.models import Person
from remit.org.queries.today import company_day

from .. import events
from ..enums import DiagnosisStage, Outcome, WhyVerdict
from ..models import Diagnosis, Remedy, Why
from ..queries.diagnosing import Look, look_at
from .diagnosis import DiagnosisUnclear, held_with, require_sees

EXPECTED_MOST = 10  # ten times as much
TOLD = {
    Outcome.HELD: gettext_noop(
        "“%(remedy)s” did what was expected of it, or more (diagnosis “%(subject)s”)."
    ),
    Outcome.LESS: gettext_noop("“%(remedy)s” did less than was expected of it (diagnosis “%(subject)s”)."),
    Outcome.UNKNOWN: gettext_noop(
        "What “%(remedy)s” did cannot be read from the data (diagnosis “%(subject)s”)."
    ),
}


@transaction.atomic
def add_remedy(
    *, why: Why, title: str, owner: Person, due_on: date, metric: str, expected: Decimal, check_on: date,
    by: Person, at: datetime,
) -> Remedy:  # fmt: skip
    """Set out what is done about a root cause, what it should change, and when that is looked at."""
    row, why = held_with(why)
    if why.verdict != WhyVerdict.ROOT:
        raise DiagnosisUnclear(_("Something is done about root causes; this why is none."))
    if not title.strip():
        raise DiagnosisUnclear(_("Write what is done."))
    if metric not in catalogue():
        raise DiagnosisUnclear(_("There is no figure “%s”.") % metric)
    if not expected or not -1 <= expected <= EXPECTED_MOST:
        raise DiagnosisUnclear(_("Say by how much the figure should change: not by nothing, from −100 %."))
    if due_on < company_day(at) or check_on <= due_on:
        raise DiagnosisUnclear(_("It is done today or later, and looked at again after that."))
    require_sees(owner, row.unit)
    title = title.strip()[:200]
    if twin := why.remedies.filter(title=title, metric=metric, dropped_for="").first():
        return twin  # a second click
    remedy = Remedy.objects.create(
        why=why, title=title, owner=owner, due_on=due_on, metric=metric, expected=expected,
        check_on=check_on, made_by=by, made_at=at,
    )  # fmt: skip
    fields = {
        **_said(row, remedy), "due_on": due_on, "check_on": check_on, "metric": metric,
        "expected": str(expected), "owner_id": owner.pk,
    }  # fmt: skip
    record(events.REMEDY_ADDED, row, by=by, at=at, fields=fields)
    if owner.pk != by.pk:
        text = gettext_noop("%(by)s asks you for “%(remedy)s” by %(day)s (diagnosis “%(subject)s”).")
        said = {"by": by, "remedy": remedy.title, "day": due_on.isoformat()}
        key = f"remedy:{remedy.pk}:given"
        notify(people=[owner], text=text, fields=said, subject=row, key=key, by=by, at=at)
    return remedy


@transaction.atomic
def finish_remedy(*, remedy: Remedy, done_on: date, by: Person, at: datetime) -> Remedy:
    """It was done on a day."""
    row, remedy = _open(remedy)
    if done_on > company_day(at) or done_on >= remedy.check_on:
        raise DiagnosisUnclear(_("It was done today or earlier, and before it is looked at again."))
    remedy.done_on = done_on
    remedy.save(update_fields=["done_on"])
    fields = {**_said(row, remedy), "done_on": done_on}
    record(events.REMEDY_DONE, row, by=by, at=at, fields=fields)
    return remedy


@transaction.atomic
def drop_remedy(*, remedy: Remedy, reason: str, by: Person, at: datetime) -> Remedy:
    """It is not done after all; the reason stays."""
    row, remedy = _open(remedy)
    if not reason.strip():
        raise DiagnosisUnclear(_("Say why it is dropped."))
    remedy.dropped_for = reason.strip()[:300]
    remedy.save(update_fields=["dropped_for"])
    fields = {**_said(row, remedy), "reason": remedy.dropped_for}
    record(events.REMEDY_DROPPED, row, by=by, at=at, fields=fields)
    return remedy


def read_remedies(*, at: datetime) -> int:
    """Look at what was done and whose day has come; return how many were read. Safe to repeat."""
    done = 0
    due = Remedy.objects.filter(read_at=None, done_on__isnull=False, check_on__lte=company_day(at))
    for remedy in due.select_related("why__diagnosis__unit").order_by("pk"):
        found = look_at(remedy, remedy.why.diagnosis.unit)
        done += found is not None and _keep(remedy, found, at)
    return done


def tell_of_undone_remedies(*, at: datetime) -> int:
    """Tell its owner when its day is past, and the diagnosis' too when it is to be looked at; how many.

    Nothing is told of a diagnosis that was given up. Each is told once.
    """
    on, told = company_day(at), 0
    open_ = Remedy.objects.filter(done_on=None, dropped_for="", due_on__lt=on)
    open_ = open_.exclude(why__diagnosis__stage=DiagnosisStage.DROPPED)
    late = gettext_noop("“%(remedy)s” was due on %(day)s: say when it was done (diagnosis “%(subject)s”).")
    unread = gettext_noop(
        "“%(remedy)s” was to be looked at on %(day)s, but nobody has said that it was done "
        "(diagnosis “%(subject)s”)."
    )
    for row in open_.select_related("owner", "why__diagnosis__owner").order_by("pk"):
        diagnosis = row.why.diagnosis
        checked = row.check_on <= on
        day, text = (row.check_on, unread) if checked else (row.due_on, late)
        people = [row.owner, diagnosis.owner] if checked else [row.owner]
        key = f"remedy:{row.pk}:{'unread' if checked else 'late'}"
        said = {"remedy": row.title, "day": day.isoformat()}
        told += len(notify(people=people, text=text, fields=said, subject=diagnosis, key=key, at=at))
    return told


@transaction.atomic
def _keep(remedy: Remedy, found: Look, at: datetime) -> bool:
    row = Remedy.objects.select_for_update(of=("self",)).select_related("why__diagnosis").get(pk=remedy.pk)
    if row.read_at is not None:
        return False
    row.outcome, row.before, row.after, row.found = found.outcome, found.before, found.after, found.found
    row.read_at = at
    row.save(update_fields=["outcome", "before", "after", "found", "read_at"])
    diagnosis = row.why.diagnosis
    fields = {**_said(diagnosis, row), "outcome": found.outcome, "found": str(found.found or "")}
    record(events.REMEDY_READ, diagnosis, by=None, at=at, fields=fields)
    notify(
        people=[row.owner, diagnosis.owner], text=TOLD[found.outcome], fields={"remedy": row.title},
        subject=diagnosis, key=f"remedy:{row.pk}:read", at=at,
    )  # fmt: skip
    return True


def _open(remedy: Remedy) -> tuple[Diagnosis, Remedy]:
    row = Remedy.objects.select_for_update(of=("self",)).select_related("why__diagnosis").get(pk=remedy.pk)
    if not row.is_open:
        raise DiagnosisUnclear(_("This was done already, or dropped."))
    return row.why.diagnosis, row


def _said(row: Diagnosis, remedy: Remedy) -> dict[str, str]:
    return {"title": row.title, "remedy": remedy.title}
