"""Who sees and may do what with duties. Without an assignment: nothing."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.deciding import Organisation
from remit.org.enums import Ability
from remit.org.models import Person, Unit
from remit.org.queries.assignments import held_by
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import today
from remit.org.rules import can_in, paths_with, people_visible_to, units_visible_to

from .deciding import person_in
from .enums import ProposalState, State
from .models import Charge, Duty, Escalation, Evidence, Gap, Handover, Occurrence, Proposal, Sighting
from .queries.accepting import reviewers, superior_of_charge
from .queries.escalated import came_up_to
from .queries.stakes import Crew, crews_of, stakes_of

EVIDENCE_CLAUSE, HANDOVER_CLAUSE, OWNER_CLAUSE = "H1.1", "H1.3d", "H1.2"


def duties_visible_to(person: Person) -> QuerySet[Duty]:
    """The handbook is everybody's who holds a position."""
    held = held_by(person, today())
    return Duty.objects.all() if held else Duty.objects.none()


def charges_visible_to(
    person: Person, on: date | None = None, organisation: Organisation | None = None
) -> QuerySet[Charge]:
    """Charges of the units that the person sees, and those for which they have a role elsewhere."""
    if not person.is_active:
        return Charge.objects.none()
    day = on or today()
    stakes = stakes_of(person, day, organisation or organisation_on(day))
    return Charge.objects.filter(Q(unit__in=units_visible_to(person, day)) | Q(pk__in=stakes.all))


def occurrences_visible_to(person: Person, on: date | None = None) -> QuerySet[Occurrence]:
    """Those of the charges that the person sees; while they hold a post, those that went up to them too."""
    told = Escalation.objects.filter(person=person).values("occurrence")
    mine = Q(charge__in=charges_visible_to(person, on))
    works = bool(held_by(person, on or today()))
    return Occurrence.objects.filter(mine | Q(pk__in=told) if works else mine)


def handovers_visible_to(person: Person, on: date | None = None) -> QuerySet[Handover]:
    """Handovers of which the person sees the giving or the receiving side."""
    charges = charges_visible_to(person, on)
    return Handover.objects.filter(Q(occurrence__charge__in=charges) | Q(to__in=charges))


def can_edit_handbook(person: Person) -> Verdict:
    """Whether the person may change duties: they hold for all units, so it takes the ability at a root."""
    if any(len(path) == Unit.steplen for path in paths_with(person, Ability.MANAGE_DUTIES)):
        return ALLOWED
    return refused(
        _("The handbook holds for everybody: only who manages duties of the whole organisation changes it."),
        OWNER_CLAUSE,
    )


def can_assign_duties(person: Person, unit: Unit) -> Verdict:
    """Whether the person may give duties to a unit and say who answers for them."""
    return can_in(person, Ability.MANAGE_DUTIES, unit)


def can_start(person: Person, charge: Charge, on: date | None = None) -> Verdict:
    """Whether the person may begin a duty upon an event by hand: its crew, or who gives duties there."""
    if _carries(person, charge, on):
        return ALLOWED
    return refused(_("Only who is responsible or accountable for this duty begins it."), OWNER_CLAUSE)


def can_take_reading(person: Person, charge: Charge, on: date | None = None) -> Verdict:
    """Whether the person may enter what a measure showed: who answers for it, or gives duties there."""
    if _carries(person, charge, on):
        return ALLOWED
    return refused(
        _("Only who is responsible or accountable for this duty enters its figures."), OWNER_CLAUSE
    )


def _carries(person: Person, charge: Charge, on: date | None) -> bool:
    """Whether the person is of the crew of a charge, or gives duties in its unit."""
    day = on or today()
    crew = crews_of([charge], day, organisation_on(day))[charge.pk]
    theirs = person.is_active and person.pk in (*crew.responsible, *crew.accountables)
    return theirs or bool(can_assign_duties(person, charge.unit))


def crew_of(occurrence: Occurrence, on: date, organisation: Organisation | None = None) -> Crew:
    """Who answers for an occurrence on a day."""
    return crews_of([occurrence.charge], on, organisation or organisation_on(on))[occurrence.charge_id]


def can_deliver(person: Person, occurrence: Occurrence, on: date | None = None) -> Verdict:
    """Whether the person may give evidence and say that it is done: the responsible, or the accountable."""
    if occurrence.state in (State.ACCEPTED, State.WAIVED):
        return refused(_("This is closed already."), EVIDENCE_CLAUSE)
    if occurrence.charge.duty.retired_at is not None:
        code = occurrence.charge.duty.code
        return refused(_("%(code)s was retired: nobody owes it any more.") % {"code": code}, EVIDENCE_CLAUSE)
    crew = crew_of(occurrence, on or today())
    if person.is_active and person.pk in (*crew.responsible, *crew.accountables):
        return ALLOWED
    return refused(
        _("Only who is responsible or accountable for this duty delivers it. See who on the duty's page."),
        OWNER_CLAUSE,
    )


def reviewers_of(occurrence: Occurrence, deliverer: int, on: date) -> tuple[int, ...]:
    """Who may accept what somebody delivered; ``queries.accepting`` states the rule."""
    organisation = organisation_on(on)
    crew = crew_of(occurrence, on, organisation)
    above = superior_of_charge(occurrence.charge, deliverer, on, organisation)
    return reviewers(crew.accountables, deliverer, above)


def can_review(person: Person, occurrence: Occurrence, on: date | None = None) -> Verdict:
    """Whether the person may accept or return the newest submission."""
    if occurrence.state != State.DELIVERED:
        return refused(_("There is nothing to accept: it was not delivered yet, or it is closed already."))
    submission = occurrence.submissions.order_by("-pk").first()
    if submission is None or not person.is_active:
        return refused(_("There is nothing to accept: it was not delivered yet, or it is closed already."))
    if person.pk in reviewers_of(occurrence, submission.by_id, on or today()):
        return ALLOWED
    return refused(
        _("Only who is accountable accepts or returns it; nobody accepts their own work."), OWNER_CLAUSE
    )


def can_waive(person: Person, occurrence: Occurrence, on: date | None = None) -> Verdict:
    """Whether the person may say that the duty is not owed this time.

    The accountable, whoever stands above them, and whomever it reached on its way up.
    """
    if occurrence.state in (State.ACCEPTED, State.WAIVED):
        return refused(_("This is closed already."))
    day = on or today()
    organisation = organisation_on(day)
    crew = crew_of(occurrence, day, organisation)
    above = _above(occurrence, crew.accountable or 0, day, organisation)
    if person.is_active and person.pk in (*crew.accountables, *above):
        return ALLOWED
    up = came_up_to(person, stakes_of(person, day, organisation), day, organisation)
    if person.is_active and Occurrence.objects.filter(up, pk=occurrence.pk).exists():
        return ALLOWED
    return refused(_("Only who is accountable for this duty, or stands above them, waives it."), OWNER_CLAUSE)


def can_offer(person: Person, handover: Handover, on: date | None = None) -> Verdict:
    """Whether the person gives: they are responsible or accountable on the giving side."""
    crew = crew_of(handover.occurrence, on or today())
    if person.is_active and person.pk in (*crew.responsible, *crew.accountables):
        return ALLOWED
    return refused(_("Only the giving side offers this handover."), HANDOVER_CLAUSE)


def can_take(person: Person, handover: Handover, on: date | None = None) -> Verdict:
    """Whether the person takes: they are responsible or accountable on the receiving side."""
    day = on or today()
    crew = crews_of([handover.to], day, organisation_on(day))[handover.to_id]
    if person.is_active and person.pk in (*crew.responsible, *crew.accountables):
        return ALLOWED
    return refused(_("Only the receiving side accepts or returns this handover."), HANDOVER_CLAUSE)


def _above(occurrence: Occurrence, person: int, on: date, organisation: Organisation) -> tuple[int, ...]:
    found = superior_of_charge(occurrence.charge, person, on, organisation)
    return (found,) if found else ()


def evidence_visible_to(person: Person) -> QuerySet[Evidence]:
    """Evidence of the occurrences that the person sees."""
    return Evidence.objects.filter(occurrence__in=occurrences_visible_to(person))


def sightings_visible_to(person: Person) -> QuerySet[Sighting]:
    """What the system saw for the occurrences that the person sees."""
    return Sighting.objects.filter(occurrence__in=occurrences_visible_to(person))


def gaps_visible_to(person: Person, ids: Iterable[int]) -> list[Gap]:
    """Of some gaps those of units that the person sees; one about somebody, only where they see them too."""
    rows = list(Gap.objects.filter(pk__in=ids, unit__in=units_visible_to(person)).select_related("unit"))
    about = {row.pk: found for row in rows if (found := person_in(row.key)) is not None}
    seen = set(people_visible_to(person).filter(pk__in=about.values()).values_list("pk", flat=True))
    return [row for row in rows if row.pk not in about or about[row.pk] in seen]


def proposals_visible_to(person: Person) -> QuerySet[Proposal]:
    """Open proposals are everybody's to see who sees the handbook."""
    return Proposal.objects.filter(state=ProposalState.OPEN, duty__in=duties_visible_to(person))
