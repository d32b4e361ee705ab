"""Who sees and may do what with pilots, and when the next wave opens. Without an assignment: nothing."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.models import Person
from remit.org.queries.leading import paths_led_by
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from .enums import PilotStage, WaveAdvice, WaveStage
from .models import Pilot, Wave

CLAUSE = "H6.2.2"


def pilots_visible_to(person: Person, on: date | None = None) -> QuerySet[Pilot]:
    """Of the units that the person sees, each with everything below: the figures kept in it are theirs."""
    if not person.is_active:
        return Pilot.objects.none()
    return Pilot.objects.filter(unit__in=units_visible_to(person, on))


def waves_visible_to(person: Person, on: date | None = None) -> QuerySet[Wave]:
    """Of the pilots that the person sees."""
    return Wave.objects.filter(pilot__in=pilots_visible_to(person, on))


def can_pilot(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may prepare one: who holds a position anywhere."""
    if person.is_active and units_visible_to(person, on).exists():
        return ALLOWED
    return refused(_("Only who holds a position prepares a pilot."), CLAUSE)


def can_steer(person: Person, pilot: Pilot) -> Verdict:
    """Whether the person may move it on: its owner or who leads, while it is open."""
    if pilot.stage != PilotStage.OPEN:
        return refused(_("This pilot was ended: what was found stands."), CLAUSE)
    leads = any(pilot.unit.path.startswith(path) for path in paths_led_by(person, today()))
    if person.is_active and (person.pk == pilot.owner_id or leads):
        return ALLOWED
    return refused(_("Its owner does this, or who leads the unit."), CLAUSE)


def can_change(person: Person, pilot: Pilot) -> Verdict:
    """Whether the person may change what is tried and how it is judged: before anything was started."""
    if pilot.waves.exclude(stage=WaveStage.DRAFT).exists():
        return refused(
            _("A wave was started: what is tried and the rule stand as they were written."), CLAUSE
        )
    return can_steer(person, pilot)


def can_prepare(person: Person, wave: Wave) -> Verdict:
    """Whether the person may choose outlets for a wave, and start it."""
    if wave.stage != WaveStage.DRAFT:
        return refused(
            _("This wave was started: its outlets and its rule stand as they were written."), CLAUSE
        )
    return can_steer(person, wave.pilot)


def can_read(person: Person, wave: Wave) -> Verdict:
    """Whether the person may have it read now instead of in the morning."""
    if wave.stage != WaveStage.RUNNING:
        return refused(_("Only a wave that runs is read."), CLAUSE)
    return can_steer(person, wave.pilot)


def can_decide(person: Person, wave: Wave) -> Verdict:
    """Whether the person may decide: once the rule says something else than to wait."""
    newest = wave.readings.order_by("-through_on").first()
    if wave.stage not in (WaveStage.RUNNING, WaveStage.READ) or newest is None:
        return refused(_("It was not read yet, or is decided."), CLAUSE)
    if newest.advice == WaveAdvice.WAIT:
        return refused(_("The rule says to wait: it is decided when the planned weeks are read."), CLAUSE)
    return can_steer(person, wave.pilot)


def gate(pilot: Pilot) -> Verdict:
    """Whether it goes on, to another wave or everywhere: only when the result of the last wave says so."""
    last = pilot.waves.order_by("-number").first()
    if last is None or last.stage == WaveStage.PASSED:
        return ALLOWED if last else refused(_("There is no wave yet."), CLAUSE)
    if last.stage == WaveStage.STOPPED:
        return refused(_("Wave %d was stopped: it goes no further.") % last.number, CLAUSE)
    return refused(
        _("The result of wave %d does not say so yet: first small, and further only when it works.")
        % last.number,
        CLAUSE,
    )


def can_go_on(person: Person, pilot: Pilot) -> Verdict:
    """Whether the person may open the next wave, or roll it out."""
    if not (may := can_steer(person, pilot)):
        return may
    return gate(pilot)
