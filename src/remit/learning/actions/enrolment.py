"""Who is in an experiment: seen by a program, or named by a file."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.kernels.experiments.assigning import Definition, assign
from remit.org.models import Person
from remit.org.queries.today import company_day

from .. import events
from ..enums import Audience
from ..models import Enrolment, Experiment
from ..queries.definitions import definition_of, whole

FILE_ROWS_MOST, FAULTS_SHOWN = 1_000_000, 5
BATCH = 5_000


class EnrolmentRefused(ValueError):
    """The file cannot be taken as it is; the message says which rows, and nothing was kept."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A person who saw a variant, as a program says."""

    person: str
    variant: str


def see_people(
    *, experiment: Experiment, seen: Sequence[Exposure], by: Person, at: datetime
) -> list[tuple[int, str]]:
    """Enrol whoever was seen, the first time only; return (place, reason) of those that were refused.

    The variant has to be the one that the definition gives: a program that assigns otherwise is found.
    No event a person: the rows are the record, and there may be millions.
    """
    row = whole(Experiment.objects.all()).get(pk=experiment.pk)
    day = company_day(at)
    if not row.is_open or row.audience != Audience.SEEN or not row.starts_on <= day <= row.last_on:
        reason = _("This experiment takes nobody today.")
        return [(place, reason) for place in range(len(seen))]
    definition, variants = definition_of(row), {one.code: one for one in row.variants.all()}
    wrong, rows = [], []
    for place, one in enumerate(seen):
        if one.variant not in variants:
            wrong.append((place, _("It has no variant “%s”.") % one.variant))
        elif _drawn(definition, one.person) != one.variant:
            wrong.append((place, _("The definition gives this person something else.")))
        else:
            rows.append(
                Enrolment(experiment=row, person=one.person, variant=variants[one.variant], entered_on=day)
            )
    Enrolment.objects.bulk_create(rows, ignore_conflicts=True)
    return wrong


def _drawn(definition: Definition, person: str) -> str | None:
    """By the draw alone: whom the conditions allow, the program knows better than the customer list."""
    return assign(replace(definition, conditions=()), person).variant


@transaction.atomic
def enrol_from_file(*, experiment: Experiment, content: bytes, name: str, by: Person, at: datetime) -> int:
    """Enrol whom a CSV file names: columns person, variant and, if it has one, day (else the first day).

    All or nothing. A person of whom the same was said before is passed over; another variant is refused.
    """
    row = whole(Experiment.objects.select_for_update(of=("self",))).get(pk=experiment.pk)
    if not row.is_open or row.audience != Audience.FILE:
        raise EnrolmentRefused(_("This experiment takes no people from a file now."))
    variants = {one.code: one for one in row.variants.all()}
    given: dict[str, tuple[str, date]] = {}
    faults: list[str] = []
    for line, person, variant, day in _lines(content, row):
        if variant not in variants:
            faults.append(
                _("line %(line)d: no variant “%(variant)s”") % {"line": line, "variant": variant[:30]}
            )
        elif given.setdefault(person, (variant, day))[0] != variant:
            faults.append(
                _("line %(line)d: “%(person)s” has two variants") % {"line": line, "person": person}
            )
        if len(faults) >= FAULTS_SHOWN:
            break
    known = dict(row.enrolments.values_list("person", "variant__code"))
    faults += [
        _("“%s” was enrolled with another variant") % person
        for person, (variant, _day) in given.items()
        if known.get(person, variant) != variant
    ][:FAULTS_SHOWN]
    if faults:
        raise EnrolmentRefused(
            _("Nothing was taken: %s. Mend the file and send it again.") % "; ".join(faults)
        )
    fresh = [
        Enrolment(experiment=row, person=person, variant=variants[variant], entered_on=day)
        for person, (variant, day) in given.items()
        if person not in known
    ]
    Enrolment.objects.bulk_create(fresh, batch_size=BATCH)
    fields = {"key": row.key, "count": len(fresh), "file": name[:120]}
    record(events.PEOPLE_ENROLLED, row, by=by, at=at, fields=fields)
    return len(fresh)


def _lines(content: bytes, row: Experiment) -> Iterator[tuple[int, str, str, date]]:
    """(line, person, variant, day); raise EnrolmentRefused for what is no such file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EnrolmentRefused(
            _("The file is not in UTF-8. Save it as CSV UTF-8 and send it again.")
        ) from None
    reader = csv.DictReader(io.StringIO(text))
    try:
        names = {(name or "").strip().lower() for name in reader.fieldnames or ()}
        if not {"person", "variant"} <= names:
            raise EnrolmentRefused(_("The first line names the columns: person, variant and, if known, day."))
        reader.fieldnames = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        for line, one in enumerate(reader, 2):
            if line > FILE_ROWS_MOST + 1:
                raise EnrolmentRefused(_("A file names at most %d people.") % FILE_ROWS_MOST)
            yield line, *_read(line, one, row)
    except csv.Error as error:
        raise EnrolmentRefused(_("This is no CSV file: %s") % error) from None


def _read(line: int, one: dict[str, str | None], row: Experiment) -> tuple[str, str, date]:
    person, variant = (one.get("person") or "").strip(), (one.get("variant") or "").strip()
    if not person or len(person) > 80:
        raise EnrolmentRefused(_("Line %d names nobody, or with more than 80 characters.") % line)
    text = (one.get("day") or "").strip()
    try:
        day = date.fromisoformat(text) if text else row.starts_on
    except ValueError:
        raise EnrolmentRefused(_("Line %d: write the day as 2026-03-31.") % line) from None
    if not row.starts_on <= day <= row.last_on:
        raise EnrolmentRefused(_("Line %d: the day lies outside the experiment.") % line)
    return person, variant, day
