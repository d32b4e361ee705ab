"""Make the three levels of watching on their days, and tell those who read them (H4.3.1)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.files.models import StoredFile
from remit.notices.actions import notify
from remit.org.models import Assignment, Person, Unit
from remit.org.queries.assignments import holding_on
from remit.org.queries.clocks import clocks
from remit.org.queries.today import company_day

from .. import events
from ..models import Report
from ..queries.watching import content_of
from ..watching import AUDIENCE, DAILY, KINDS, MONTHLY, WEEKLY, is_due, key_of

SENTENCES = {
    DAILY: gettext_noop("The daily board is there: %(subject)s"),
    WEEKLY: gettext_noop("The weekly review is there: %(subject)s"),
    MONTHLY: gettext_noop("The monthly report is there: %(subject)s"),
}


def make_reports(*, at: datetime) -> list[Report]:
    """Each kind for each unit in which somebody reads it, once a day, week or month; return the new ones."""
    times, made = clocks(), []
    for kind in KINDS:
        for unit in _units(kind, at):
            day = times.day(unit.pk, at)
            if is_due(kind, day, times.calendar(unit.pk, day)):
                report = make_report(kind=kind, unit=unit, on=day, at=at)
                made += [report] if report else []
    return made


@transaction.atomic
def make_report(*, kind: str, unit: Unit, on: date, at: datetime) -> Report | None:
    """What is so now, frozen; none when this day, week or month has its report."""
    key = key_of(kind, on)
    if Report.objects.filter(kind=kind, unit=unit, key=key).exists():
        return None
    content = content_of(unit, kind, on, at)
    report, fresh = Report.objects.get_or_create(
        kind=kind, unit=unit, key=key, defaults={"made_on": on, "made_at": at, "content": content}
    )
    if not fresh:
        return None
    record(events.REPORT_MADE, report, by=None, at=at, fields={"kind": kind, "unit": unit.code, "key": key})
    notify(
        people=_readers(kind, unit, on), text=SENTENCES[kind], subject=report, key=f"report:{report.pk}",
        at=at,
    )  # fmt: skip
    return report


@transaction.atomic
def keep_document(*, report: Report, file: StoredFile, language: str, at: datetime) -> Report:
    """Keep the report as a document, once."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.document_id is None:
        report.document, report.language = file, language
        report.save(update_fields=["document", "language"])
        record(events.REPORT_PRINTED, report, by=None, at=at, fields={"key": report.key, "name": file.name})
    return report


def _units(kind: str, at: datetime) -> list[Unit]:
    held = Assignment.objects.filter(holding_on(company_day(at)), position__code__in=AUDIENCE[kind])
    return list(Unit.objects.filter(pk__in=held.values("unit")).order_by("path"))


def _readers(kind: str, unit: Unit, on: date) -> list[Person]:
    held = Assignment.objects.filter(holding_on(on), position__code__in=AUDIENCE[kind], unit=unit)
    return list(Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("pk"))
