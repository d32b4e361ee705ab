"""In which unit something happened. Rooms above register where their things lie."""

from collections.abc import Callable

from django.db.models import F

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.lake.models import Import
from remit.metrics.models import Alert
from remit.org.models import Assignment, Unit

type Place = Callable[[int], Unit | None]

_places: dict[str, Place] = {}


def lies_in(kind: str, place: Place) -> None:
    """From now on a thing of this kind lies in the unit that ``place`` gives for its id."""
    _places[kind] = place


def unit_of(event: Event) -> Unit | None:
    """The unit that the event names, else the one in which its subject lies; none when neither is known."""
    code = event.fields.get("unit")
    if isinstance(code, str) and (named := Unit.objects.filter(code=code).first()):
        return named
    try:
        ref = Ref.parse(event.subject)
    except ValueError:
        return None
    place = _places.get(ref.kind)
    return place(ref.id) if place else None


def _of_alert(pk: int) -> Unit | None:
    alert = Alert.objects.filter(pk=pk).select_related("unit").first()
    return alert.unit if alert else None


def _of_import(pk: int) -> Unit | None:
    whole = Import.objects.filter(pk=pk).select_related("unit").first()
    return whole.unit if whole else None


def _of_assignment(pk: int) -> Unit | None:
    assignment = Assignment.objects.filter(pk=pk).select_related("unit").first()
    return assignment.unit if assignment else None


def _of_person(pk: int) -> Unit | None:
    """Where they hold, or held last, their main position."""
    rows = Assignment.objects.filter(person=pk).select_related("unit")
    held = rows.order_by(F("ends_on").desc(nulls_first=True), "-share", "pk").first()
    return held.unit if held else None


lies_in("person", _of_person)
lies_in("alert", _of_alert)
lies_in("import", _of_import)
lies_in("assignment", _of_assignment)
lies_in("unit", lambda pk: Unit.objects.filter(pk=pk).first())
