"""Who sees and may do what with requests to other departments. Without an assignment: one's own."""

from datetime import date

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from remit.core.ref import Ref
from remit.core.verdict import ALLOWED, Verdict, refused
from remit.governance.enums import RequestState
from remit.governance.models import Request
from remit.governance.queries.rounds import living_request
from remit.governance.queries.routes import steps_to_sign
from remit.governance.rules import requests_visible_to
from remit.org.models import Assignment, Person, Unit
from remit.org.queries.assignments import assignments_of, holding_on, paths_of
from remit.org.queries.leading import paths_led_by
from remit.org.queries.organisation import organisation_on
from remit.org.queries.scopes import below
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.planning.rules import plans_visible_to

from .enums import ENDED_COOPERATION, CooperationState
from .models import Cooperation, CooperationFile
from .queries.cooperation import KIND, SUBJECT, heads_asked

CLAUSE = "H5.1.2"


def cooperations_visible_to(person: Person, on: date | None = None) -> QuerySet[Cooperation]:
    """One's own, those of the units that one sees, of the plans that one sees, and what one signs; once they
    are asked for, also those that are asked of the units that one sees, and what one does.
    """
    if not person.is_active:
        return Cooperation.objects.none()
    units = units_visible_to(person, on)
    subject = Concat(Value(f"{SUBJECT}:"), Cast(OuterRef("pk"), CharField()))
    requests = requests_visible_to(person, on).exclude(state=RequestState.DRAFT)
    ours = Q(asker=person) | Q(unit__in=units) | Q(plan__in=plans_visible_to(person, on))
    theirs = Q(asked_at__isnull=False) & (Q(asked_unit__in=units) | Q(answer__doer=person))
    signs = Q(Exists(requests.filter(kind=KIND, subject=subject)))
    return Cooperation.objects.filter(ours | theirs | signs)


def cooperation_files_visible_to(person: Person, on: date | None = None) -> QuerySet[CooperationFile]:
    """Of the requests to other departments that the person sees."""
    return CooperationFile.objects.filter(cooperation__in=cooperations_visible_to(person, on))


def units_that_can_be_asked(person: Person, on: date | None = None) -> QuerySet[Unit]:
    """Every unit of the organisations that the person works in: whom one may ask is no secret there."""
    day = on or today()
    roots = {path[: Unit.steplen] for path in paths_of(person, day)}
    return Unit.objects.filter(below(sorted(roots))).order_by("path")


def asked_of(person: Person, rows: QuerySet[Cooperation], on: date | None = None) -> QuerySet[Cooperation]:
    """Those of ``rows`` that are asked of departments that the person works in, heads or does the work of."""
    held = assignments_of(person, on or today())
    at = list(held.values_list("unit__path", flat=True))
    positions = held.values("position")
    own = Q(asked_position=None, asked_unit__path__in=at) | Q(asked_position__in=positions)
    led = Q(asked_position=None) & _starts(paths_led_by(person, on or today()))
    doing = Q(answer__doer=person)
    return rows.filter(Q(asked_at__isnull=False) & (own | led | doing)).exclude(asker=person)


def can_ask(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may ask at all: whoever works somewhere."""
    if person.is_active and units_visible_to(person, on).exists():
        return ALLOWED
    return refused(_("You ask other departments for the units that you work in."), CLAUSE)


def can_change(person: Person, row: Cooperation) -> Verdict:
    """Whether the person may change or drop it: who asked or leads the asking unit, until it has ended."""
    led = any(row.unit.path.startswith(path) for path in _led(person))
    if not person.is_active or not (led or person.pk == row.asker_id):
        return refused(_("Who asked does this, or who leads the asking unit."), CLAUSE)
    if row.state in ENDED_COOPERATION or row.state == CooperationState.DONE:
        return refused(_("This has ended and stays as it is."), CLAUSE)
    return ALLOWED


def can_send(person: Person, row: Cooperation) -> Verdict:
    """Whether the person may lay it before the other side: who asked, while it is being asked."""
    if person.pk != row.asker_id or not person.is_active:
        return refused(_("Who wrote a request to another department submits it."), CLAUSE)
    if row.state != CooperationState.ASKING:
        return refused(_("This was answered already."), CLAUSE)
    return ALLOWED


def can_answer(person: Person, row: Cooperation, on: date | None = None) -> Verdict:
    """Whether the person may write the answer: whoever works in the asked department, or signs for it.

    Before it is signed freely; afterwards what was signed no longer stands.
    """
    request = living_request(KIND, row_ref(row))
    if request is None or row.state in ENDED_COOPERATION or row.state == CooperationState.DONE:
        return refused(_("There is nothing to answer here."), CLAUSE)
    if row.state == CooperationState.ASKING and request.state != RequestState.SUBMITTED:
        return refused(_("This is not being asked for at the moment."), CLAUSE)
    if person.pk == row.asker_id or not is_of_asked(person, row, request, on or today()):
        return refused(_("The department that was asked answers."), CLAUSE)
    return ALLOWED


def can_accept(person: Person, row: Cooperation) -> Verdict:
    """Whether the person may take the answer as it is."""
    if not _asks(person, row):
        return refused(_("Who asked accepts the answer."), CLAUSE)
    if row.state != CooperationState.ANSWERED:
        return refused(_("No answer waits to be accepted."), CLAUSE)
    return ALLOWED


def can_report_done(person: Person, row: Cooperation, on: date | None = None) -> Verdict:
    """Whether the person may report it done: who does it, or who heads the asked department."""
    if row.state != CooperationState.PROMISED:
        return refused(_("Only what was promised is reported done."), CLAUSE)
    day = on or today()
    organisation = organisation_on(day)
    heads = heads_asked(row, organisation, day)
    acting = {organisation.standing_in(head, day) for head in heads}
    if person.is_active and person.pk in {row.answer.doer_id, *heads, *acting}:
        return ALLOWED
    return refused(_("Who does it reports it done, or who heads the department."), CLAUSE)


def can_confirm(person: Person, row: Cooperation) -> Verdict:
    """Whether the person may confirm that it is done, or say what is missing."""
    if not _asks(person, row):
        return refused(_("Who asked confirms that it is done."), CLAUSE)
    if row.state != CooperationState.DONE:
        return refused(_("Nothing was reported done."), CLAUSE)
    return ALLOWED


def is_of_asked(person: Person, row: Cooperation, request: Request, on: date) -> bool:
    """Whether the person belongs to the asked department on a day, or may sign for it."""
    if not person.is_active:
        return False
    organisation = organisation_on(on)
    heads = heads_asked(row, organisation, on)
    if person.pk in {*heads, *(organisation.standing_in(head, on) for head in heads)}:
        return True
    if steps_to_sign(request, person, on, organisation):
        return True
    there = Assignment.objects.filter(
        holding_on(on), person=person, unit__path__startswith=row.asked_unit.path
    )
    if row.asked_position_id is None:
        asking_below = row.unit.path.startswith(row.asked_unit.path)
        mine = there.exclude(unit__path__startswith=row.unit.path) if asking_below else there
        return mine.exists()
    return there.filter(position__in=organisation.below([row.asked_position_id])).exists()


def row_ref(row: Cooperation) -> Ref:
    """As governance knows it."""
    return Ref(SUBJECT, row.pk)


def _asks(person: Person, row: Cooperation) -> bool:
    """Whether the person asked, or leads the asking unit whose asker has left."""
    if person.pk == row.asker_id:
        return person.is_active
    return not row.asker.is_active and any(row.unit.path.startswith(path) for path in _led(person))


def _led(person: Person) -> list[str]:
    return paths_led_by(person, today()) if person.is_active else []


def _starts(paths: list[str]) -> Q:
    found = Q(pk__in=())
    for path in paths:
        found |= Q(asked_unit__path__startswith=path)
    return found
