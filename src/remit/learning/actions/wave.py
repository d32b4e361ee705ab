"""Read what a wave says, decide by the rule that was written beforehand, go on or end it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.core.unanswered import CannotAnswer
from remit.notices.actions import notify
from remit.org.models import Person
from remit.org.queries.today import company_day

from .. import events
from ..enums import PilotStage, WaveAdvice, WaveStage
from ..models import Pilot, Wave, WaveDecision, WaveReading
from ..pilot_rules import gate
from ..queries.piloting import look, unread_weeks
from .pilot import PilotStands, PilotUnclear, draft_next, held, held_wave


class NoFurtherWeek(ValueError):
    """No further whole week of its data is there."""


class WaveShut(ValueError):
    """The result of the wave before does not say so (H6.2.2)."""


def read_waves(*, at: datetime) -> int:
    """Read every running wave up to the newest whole week of its data; return the weeks read."""
    rows = Wave.objects.filter(stage=WaveStage.RUNNING, pilot__stage=PilotStage.OPEN)
    return sum(_read(one, at, None) for one in rows.select_related("pilot__unit", "pilot__owner"))


def read_wave_now(*, wave: Wave, by: Person, at: datetime) -> int:
    """The same for one, because somebody asked; raise NoFurtherWeek."""
    row = Wave.objects.select_related("pilot__unit", "pilot__owner").get(pk=wave.pk)
    weeks = _read(row, at, by) if row.stage == WaveStage.RUNNING else 0
    if not weeks:
        raise NoFurtherWeek(_("There is no further whole week of data to read."))
    return weeks


@transaction.atomic
def decide_wave(*, wave: Wave, choice: str, by: Person, at: datetime, reason: str = "") -> WaveDecision:
    """Go on or stop. Going on only when the rule says so (H6.2.2); stopping against it with a reason."""
    pilot, row = held_wave(wave, WaveStage.RUNNING, WaveStage.READ)
    reading = row.readings.order_by("-through_on").first()
    if reading is None or reading.advice == WaveAdvice.WAIT:
        raise PilotUnclear(_("The rule says to wait: it is decided when the planned weeks are read."))
    chosen, advice, reason = WaveAdvice(choice), WaveAdvice(reading.advice), reason.strip()[:1000]
    if chosen == WaveAdvice.WAIT:
        raise PilotUnclear(_("Waiting needs no decision."))
    if chosen == WaveAdvice.GO_ON and advice != WaveAdvice.GO_ON:
        raise WaveShut(_("The result does not say so: it goes further only when it works (H6.2.2)."))
    if chosen != advice and not reason:
        raise PilotUnclear(_("The rule says otherwise: give the reason."))
    made = WaveDecision.objects.create(
        wave=row, reading=reading, choice=chosen, advice=advice, reason=reason, by=by, at=at
    )
    fields = {"title": pilot.title, "wave": row.number, "choice": chosen, "advice": advice, "reason": reason}
    record(events.PILOT_DECIDED, pilot, by=by, at=at, fields=fields)
    row.stage = WaveStage.PASSED if chosen == WaveAdvice.GO_ON else WaveStage.STOPPED
    row.save(update_fields=["stage"])
    if chosen == WaveAdvice.STOP:
        _end(pilot, PilotStage.STOPPED, reason, by, at, because=reading.because)
    return made


@transaction.atomic
def open_wave(*, pilot: Pilot, starts_on: date, weeks: int, by: Person, at: datetime) -> Wave:
    """Prepare the next wave; raise WaveShut unless the result of the one before says so."""
    row = _through_the_gate(pilot)
    wave = draft_next(row, starts_on, weeks, by, at)
    fields = {"title": row.title, "wave": wave.number}
    record(events.PILOT_WAVE_OPENED, row, by=by, at=at, fields=fields)
    return wave


@transaction.atomic
def roll_out_pilot(*, pilot: Pilot, ending: str, by: Person, at: datetime) -> Pilot:
    """What was tried is done everywhere from now on; raise WaveShut unless the last result says so."""
    row = _through_the_gate(pilot)
    _end(row, PilotStage.ROLLED_OUT, ending, by, at)
    fields = {"title": row.title, "ending": row.ending}
    record(events.PILOT_ROLLED_OUT, row, by=by, at=at, fields=fields)
    return row


@transaction.atomic
def give_up_pilot(*, pilot: Pilot, ending: str, by: Person, at: datetime) -> Pilot:
    """End it without going further, whatever its rule says; the reason stays."""
    row = held(pilot)
    row.waves.filter(stage__in=[WaveStage.DRAFT, WaveStage.RUNNING, WaveStage.READ]).update(
        stage=WaveStage.STOPPED
    )
    _end(row, PilotStage.STOPPED, ending, by, at)
    record(events.PILOT_GIVEN_UP, row, by=by, at=at, fields={"title": row.title, "ending": row.ending})
    return row


def _through_the_gate(pilot: Pilot) -> Pilot:
    row = held(pilot)
    if not (may := gate(row)):
        raise WaveShut(f"{may.reason} ({may.clause})")
    return row


def _end(pilot: Pilot, stage: PilotStage, ending: str, by: Person, at: datetime, because: str = "") -> None:
    ending = ending.strip()[:1000]
    if not (ending or because):
        raise PilotUnclear(_("Say in a sentence why, or where it is done from now on."))
    pilot.stage, pilot.ending, pilot.ended_by, pilot.ended_at = stage, ending, by, at
    pilot.ended_because = "" if ending else because
    pilot.save(update_fields=["stage", "ending", "ended_because", "ended_by", "ended_at"])


def _read(wave: Wave, at: datetime, by: Person | None) -> int:
    """Weeks in their order; figures are read outside transactions. Where they cannot be read, none is."""
    try:
        figures, weeks = unread_weeks(wave, company_day(at) - timedelta(days=1))
    except CannotAnswer:
        return 0
    done = 0
    for week in weeks:
        assert figures is not None  # else there are no weeks
        if not _keep(wave, look(wave, figures, week), by, at):
            break
        done += 1
    if done:
        _tell(wave, at)
    return done


@transaction.atomic
def _keep(wave: Wave, values: dict[str, Any], by: Person | None, at: datetime) -> bool:
    """One row a week; another process that read it first leaves its row. False once it was ended."""
    try:
        pilot, row = held_wave(wave, WaveStage.RUNNING)
    except PilotStands:
        return False
    try:
        with transaction.atomic():
            reading = WaveReading.objects.create(wave=row, made_at=at, made_by=by, **values)
    except IntegrityError:
        return True
    if reading.weeks_read == row.weeks:
        row.stage = WaveStage.READ
        row.save(update_fields=["stage"])
    fields = {
        "title": pilot.title, "wave": row.number, "through_on": reading.through_on, "advice": reading.advice,
        "because": reading.because,
    }  # fmt: skip
    record(events.PILOT_READ, pilot, by=by, at=at, fields=fields)
    return True


def _tell(wave: Wave, at: datetime) -> None:
    """Its owner, when the rule asks for a decision."""
    newest = wave.readings.order_by("-through_on").first()
    if newest is None or newest.advice == WaveAdvice.WAIT:
        return
    notify(
        people=[wave.pilot.owner], text=gettext_noop("A pilot waits for your decision: %(subject)s."),
        subject=wave.pilot, key=f"wave:{wave.pk}:{newest.advice}:{newest.because}", at=at,
    )  # fmt: skip
