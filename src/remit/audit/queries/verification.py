"""Does the record still say what it said?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from django.utils.translation import gettext as _

from ..chain import GENESIS, digest_of_event, digest_of_value
from ..models import Event, Head, PersonalValue

EVENTS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Checked:
    """``events`` hold together up to ``digest``; ``broken`` is the first number that does not, with why."""

    events: int
    digest: str
    broken: int | None = None
    problem: str = ""

    @property
    def holds(self) -> bool:
        return self.broken is None


def verify(anchor: tuple[int, str] | None = None) -> Checked:
    """Read the whole chain; stop at the first event that was changed, removed or added behind its back.

    ``anchor``: number and digest noted down earlier, outside this database. It shows a chain that was
    written anew from some point on, which is sound in itself. Safe while others write.
    """
    head = Head.objects.first() or Head()
    known = dict([anchor]) if anchor else {}
    digest, number = GENESIS, 0
    for event, values in _events(up_to=head.number):
        problem = _problem_of(event, number + 1, digest, values)
        if not problem and known.get(event.pk, event.digest) != event.digest:
            problem = _("it is not the event that was noted down earlier: the record was rewritten")
        if problem:
            return Checked(number, digest, broken=number + 1, problem=problem)
        number, digest = event.pk, event.digest
    if (number, digest) != (head.number, head.digest) or (anchor and anchor[0] > number):
        return Checked(number, digest, broken=number + 1, problem=_("the end of the record is missing"))
    return _with_nothing_behind(Checked(number, digest))


def _events(up_to: int) -> Iterator[tuple[Event, Sequence[PersonalValue]]]:
    rows = Event.objects.filter(pk__lte=up_to).order_by("pk").iterator(EVENTS_AT_ONCE)
    for some in batched(rows, EVENTS_AT_ONCE):
        values: dict[int, list[PersonalValue]] = {}
        for value in PersonalValue.objects.filter(event_id__gte=some[0].pk, event_id__lte=some[-1].pk):
            values.setdefault(value.event_id, []).append(value)
        for event in some:
            yield event, values.get(event.pk, ())


def _problem_of(event: Event, number: int, previous: str, values: Sequence[PersonalValue]) -> str:
    """What is wrong with an event that should be this number and follow this digest; empty when sound."""
    if event.pk != number:
        return _("it is missing: the next one there is number %s") % event.pk
    if event.previous != previous:
        return _("it does not follow the event before it")
    digest = digest_of_event(
        number=event.pk,
        name=event.name,
        subject=event.subject,
        by=event.by,
        at=event.at,
        fields=event.fields,
        personal=event.personal,
        previous=event.previous,
    )
    if digest != event.digest:
        return _("its content was changed")
    for value in values:
        if event.personal.get(value.field) != digest_of_value(value.salt, value.value):
            return _("its personal value “%s” was changed") % value.field
    return ""


def _with_nothing_behind(checked: Checked) -> Checked:
    """Look for events behind the end; a writer at work moves the end together with its event."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    end = Head.objects.values_list("number", flat=True).first() or 0
    if last <= end:
        return checked
    return Checked(checked.events, checked.digest, broken=end + 1, problem=_("it was added past the end"))
