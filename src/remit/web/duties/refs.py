"""Titles and addresses of duties, occurrences and handovers."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.http import urlencode

from remit.duties.deciding import Kind
from remit.duties.models import Handover, Occurrence
from remit.duties.queries.handbook import titles_of
from remit.duties.rules import (
    duties_visible_to,
    gaps_visible_to,
    handovers_visible_to,
    occurrences_visible_to,
)
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves
from .findings import TITLES
from .titles import EVENT_KEY, language, titled, what


@resolves("duty")
def duties(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Duties of the handbook."""
    seen = list(duties_visible_to(person).filter(pk__in=ids))
    titles = titles_of([duty.current_id for duty in seen if duty.current_id], language())
    return {
        duty.pk: Subject(f"{duty.code} {titles.get(duty.current_id or 0, '')}", _duty_page(duty.code))
        for duty in seen
    }


@resolves("occurrence")
def occurrences(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Occurrences of the charges that the person sees."""
    seen = occurrences_visible_to(person).filter(pk__in=ids).select_related("charge__duty", "charge__unit")
    return {one.pk: Subject(_named(one), reverse("duties_occurrence", args=[one.pk])) for one in titled(seen)}


@resolves("handover")
def handovers(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Handovers of which the person sees one side."""
    seen: Collection[Handover] = handovers_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(what(each), reverse("duties_handover", args=[each.pk])) for each in seen}


@resolves("gap")
def gaps(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Gaps of the units that the person sees."""
    address = reverse("duties_gaps")
    return {
        gap.pk: Subject(
            f"{TITLES[Kind(gap.kind)]} · {gap.unit.title(language())}",
            f"{address}?{urlencode({'kind': str(gap.kind), 'unit': str(gap.unit_id)})}",
        )
        for gap in gaps_visible_to(person, ids)
    }


def _named(one: Occurrence) -> str:
    """With the unit: somebody may owe the same duty for several on the same day."""
    unit = one.charge.unit.title(language())
    about = unit if EVENT_KEY.match(one.key) else f"{one.key} · {unit}"
    return f"{one.title} ({about})"  # type: ignore[attr-defined]  # ``titled`` sets it


def _duty_page(code: str) -> str:
    return reverse("duties_duty", args=[code])
