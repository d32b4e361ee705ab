"""Who sees and may do what with policies and requests. Without an assignment: nothing."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.enums import Ability
from remit.org.models import Person, Unit
from remit.org.queries.assignments import held_by
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import today
from remit.org.rules import paths_with, units_visible_to

from .enums import CAN_BE_SUBMITTED, RequestState, StepState
from .kinds import kind_of
from .models import Paper, Part, Policy, Request, Signature, Step
from .queries.inbox import steps_for
from .queries.signers import signers_of

PROCEDURE_CLAUSE, SEPARATION_CLAUSE = "H5.1.1", "H4.3.3"


def policies_visible_to(person: Person) -> QuerySet[Policy]:
    """The rules are everybody's who holds a position."""
    held = held_by(person, today())
    return Policy.objects.all() if held else Policy.objects.none()


def requests_visible_to(person: Person, on: date | None = None) -> QuerySet[Request]:
    """One's own, those of the units that one sees, those that wait for one, and those one had a part in."""
    if not person.is_active:
        return Request.objects.none()
    day = on or today()
    waiting = {step.round.request_id for step, _hand in steps_for(person, day, organisation_on(day))}
    part = Part.objects.filter(round__request=OuterRef("pk"), person=person)
    return Request.objects.filter(
        Q(author=person) | Q(unit__in=units_visible_to(person, day)) | Q(pk__in=waiting) | Q(Exists(part))
    )


def steps_visible_to(person: Person, on: date | None = None) -> QuerySet[Step]:
    """Steps of the requests that the person sees."""
    return Step.objects.filter(round__request__in=requests_visible_to(person, on))


def signatures_visible_to(person: Person, on: date | None = None) -> QuerySet[Signature]:
    """Signatures on the requests that the person sees."""
    return Signature.objects.filter(step__round__request__in=requests_visible_to(person, on))


def papers_visible_to(person: Person, on: date | None = None) -> QuerySet[Paper]:
    """Papers of the requests that the person sees."""
    return Paper.objects.filter(request__in=requests_visible_to(person, on))


def can_edit_policies(person: Person) -> Verdict:
    """Whether the person may publish a version of a policy: they hold for all units, so at a root."""
    if any(len(path) == Unit.steplen for path in paths_with(person, Ability.MANAGE_POLICIES)):
        return ALLOWED
    return refused(
        _("Policies hold for everybody: only who manages policies of the whole organisation changes them."),
        PROCEDURE_CLAUSE,
    )


def can_submit(person: Person, request: Request) -> Verdict:
    """Whether the person may submit, or submit again: who speaks for it, while nothing is being signed."""
    if not _speaks_for(person, request):
        return refused(_("Only its author submits a request."), PROCEDURE_CLAUSE)
    if request.state not in CAN_BE_SUBMITTED:
        return refused(_("This was submitted already."), PROCEDURE_CLAUSE)
    return ALLOWED


def _speaks_for(person: Person, request: Request) -> bool:
    """The author; where the author no longer works here, those whose own it is."""
    if not person.is_active:
        return False
    if request.author_id == person.pk or request.author.is_active:
        return request.author_id == person.pk
    return person.pk in kind_of(request.kind).read(request.ref).own


def can_withdraw(person: Person, request: Request) -> Verdict:
    """Whether the person may take it back: who speaks for it, while it is being signed."""
    if not _speaks_for(person, request):
        return refused(_("Only its author withdraws a request."), PROCEDURE_CLAUSE)
    if request.state != RequestState.SUBMITTED:
        return refused(_("Nothing is being signed: there is nothing to withdraw."), PROCEDURE_CLAUSE)
    return ALLOWED


def can_give_paper(person: Person, request: Request) -> Verdict:
    """Whether the person may give a paper: who speaks for it, before submission or when one is owed."""
    if not _speaks_for(person, request):
        return refused(_("Only its author gives the papers of a request."), PROCEDURE_CLAUSE)
    owed = Paper.objects.filter(request=request, given_at=None).exists()
    if request.state in CAN_BE_SUBMITTED or owed:
        return ALLOWED
    return refused(_("No paper of this request is missing."), PROCEDURE_CLAUSE)


def can_sign(person: Person, step: Step, on: date | None = None) -> Verdict:
    """Whether the person may sign this step now, and otherwise why not."""
    if step.state != StepState.OPEN:
        return refused(_("This step is not open: others sign first, or it is decided."), PROCEDURE_CLAUSE)
    if not person.is_active:
        return refused(_("You no longer work here."), PROCEDURE_CLAUSE)
    if step.round.request.author_id == person.pk or step.round.by_id == person.pk:
        return refused(_("Nobody signs what they asked for themselves."), SEPARATION_CLAUSE)
    if (part := Part.objects.filter(round=step.round_id, person=person).first()) is not None:
        if part.signature_id is None:
            return refused(_("This is your own: others sign it."), SEPARATION_CLAUSE)
        return refused(
            _("You had a part in this round already: nobody signs twice, delegation included."),
            SEPARATION_CLAUSE,
        )
    day = on or today()
    if person.pk in signers_of(step, day, organisation_on(day)).people:
        return ALLOWED
    return refused(_("This is signed by others; the page of the request names them."), PROCEDURE_CLAUSE)
