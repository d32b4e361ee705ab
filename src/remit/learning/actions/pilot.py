"""Prepare a pilot, change it, choose who tries it, start a wave."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.kernels.pilots.comparing import NotComparable
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person, Unit
from remit.org.queries.scopes import scope_of
from remit.org.queries.today import company_day
from remit.org.rules import units_visible_to

from .. import events
from ..enums import PilotStage, WaveRole, WaveStage
from ..models import Pilot, Wave, WaveUnit
from ..per_outlet import by_place
from ..queries.piloting import Candidate, Proposal, before_start, candidates, proposal
from ..rules import company_of

FIELDS = ("title", "change", "owner", "metric", "planned_effect", "method", "before", "partners")
WEEKS, BEFORE, PARTNERS = (2, 26), (8, 52), (1, 50)
EFFECT_MOST = Decimal(2)
CHOSEN_MOST = 100


class PilotUnclear(ValueError):
    """What was given says too little, or cannot be compared; the message says what."""


class PilotStands(ValueError):
    """It was started, or is over."""


@transaction.atomic
def add_pilot(
    *, unit: Unit, grain: str, starts_on: date, weeks: int, by: Person, at: datetime, seed: int | None = None,
    **values: Any,
) -> Pilot:  # fmt: skip
    """Prepare one with its first wave. ``seed``: none is drawn where one is given."""
    row = Pilot(unit=unit, grain=grain, made_by=by, made_at=at, **_known(values))
    _require_clear(row)
    require_weeks(starts_on, weeks)
    row.save()
    _draft(row, 1, starts_on, weeks, by, at, seed)
    record(events.PILOT_ADDED, row, by=by, at=at, fields={"title": row.title})
    return row


@transaction.atomic
def change_pilot(
    *, pilot: Pilot, starts_on: date, weeks: int, by: Person, at: datetime, **values: Any
) -> Pilot:
    """Change it before its start; who tries it is chosen anew."""
    row = held(pilot)
    wave = row.waves.get(number=1)
    if row.waves.exclude(stage=WaveStage.DRAFT).exists():
        raise PilotStands(_("A wave was started: what is tried and the rule stand as they were written."))
    for name, value in _known(values).items():
        setattr(row, name, value)
    _require_clear(row)
    require_weeks(starts_on, weeks)
    row.save()
    wave.starts_on, wave.weeks, wave.foreseen = starts_on, weeks, {}
    wave.save(update_fields=["starts_on", "weeks", "foreseen"])
    wave.units.all().delete()
    record(events.PILOT_CHANGED, row, by=by, at=at, fields={"title": row.title})
    return row


def offered(wave: Wave, by: Person, at: datetime) -> list[Candidate]:
    """Who may be chosen, in the scope of whoever asks. Raise a CannotAnswer."""
    return candidates(wave, before_start(wave, scope_of(by, company_day(at))))


def choose_units(*, wave: Wave, codes: Sequence[str], by: Person, at: datetime) -> Wave:
    """Who tries it; what they are compared with is proposed from the past and frozen with it.

    The figures are read in the scope of whoever chooses, outside the transaction. Raise PilotUnclear,
    PilotStands, or a CannotAnswer.
    """
    found = _proposed(wave, sorted(set(codes)), by, at)
    with transaction.atomic():
        pilot, row = held_wave(wave, WaveStage.DRAFT)
        row.foreseen = found.foreseen
        row.save(update_fields=["foreseen"])
        row.units.all().delete()
        rows = [WaveUnit(role=WaveRole.CHOSEN, **_named(one)) for one in found.chosen]
        rows += [
            WaveUnit(role=WaveRole.CONTROL, weight=weight, **_named(one)) for one, weight in found.controls
        ]
        for place, one in enumerate(rows):
            one.wave, one.place = row, place
        WaveUnit.objects.bulk_create(rows)
        fields = {
            "title": pilot.title, "wave": row.number, "chosen": [one.code for one in found.chosen],
            "controls": [one.code for one, _weight in found.controls],
        }  # fmt: skip
        record(events.PILOT_CHOSEN, pilot, by=by, at=at, fields=fields)
    return row


@transaction.atomic
def start_wave(*, wave: Wave, by: Person, at: datetime) -> Wave:
    """From now on outlets and rule stand as they are written."""
    pilot, row = held_wave(wave, WaveStage.DRAFT)
    if not row.units.filter(role=WaveRole.CHOSEN).exists():
        raise PilotUnclear(_("Choose first who tries it."))
    row.stage, row.started_at, row.started_by = WaveStage.RUNNING, at, by
    row.save(update_fields=["stage", "started_at", "started_by"])
    fields = {
        "title": pilot.title, "wave": row.number, "weeks": row.weeks,
        "rule": {"metric": pilot.metric, "planned_effect": str(pilot.planned_effect), "method": pilot.method},
    }  # fmt: skip
    record(events.PILOT_STARTED, pilot, by=by, at=at, fields=fields)
    return row


def held(pilot: Pilot) -> Pilot:
    """The pilot, locked. Raise PilotStands when it was ended."""
    row = Pilot.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pilot.pk)
    if row.stage != PilotStage.OPEN:
        raise PilotStands(_("This pilot was ended: what was found stands."))
    return row


def held_wave(wave: Wave, *stages: WaveStage) -> tuple[Pilot, Wave]:
    """A wave as it is now, and its pilot, locked. Raise PilotStands."""
    pilot = held(wave.pilot)
    row = pilot.waves.get(pk=wave.pk)
    if row.stage not in stages:
        raise PilotStands(_("This wave is no longer at that point; look at it again."))
    return pilot, row


@transaction.atomic
def move_wave(*, wave: Wave, starts_on: date, weeks: int, by: Person, at: datetime) -> Wave:
    """Other days for a wave in preparation; who tries it is chosen anew."""
    pilot, row = held_wave(wave, WaveStage.DRAFT)
    require_weeks(starts_on, weeks, after=pilot.waves.filter(number=row.number - 1).first())
    row.starts_on, row.weeks, row.foreseen = starts_on, weeks, {}
    row.save(update_fields=["starts_on", "weeks", "foreseen"])
    row.units.all().delete()
    fields = {"title": pilot.title, "wave": row.number, "starts_on": starts_on, "weeks": weeks}
    record(events.PILOT_WAVE_MOVED, pilot, by=by, at=at, fields=fields)
    return row


def draft_next(pilot: Pilot, starts_on: date, weeks: int, by: Person, at: datetime) -> Wave:
    """The wave after the last one, in preparation. Raise PilotUnclear."""
    last = pilot.waves.latest("number")
    require_weeks(starts_on, weeks, after=last)
    return _draft(pilot, last.number + 1, starts_on, weeks, by, at, None)


def require_weeks(starts_on: date, weeks: int, after: Wave | None = None) -> None:
    """Raise PilotUnclear for what are not whole weeks, or begin before the wave before has ended."""
    if after and starts_on <= after.last_on:
        raise PilotUnclear(_("The next wave begins after the last one, which ended on %s.") % after.last_on)
    if starts_on.weekday():
        raise PilotUnclear(_("A wave begins on a Monday: it is read by whole weeks."))
    if not WEEKS[0] <= weeks <= WEEKS[1]:
        said = {"least": WEEKS[0], "most": WEEKS[1]}
        raise PilotUnclear(_("A wave lasts %(least)d to %(most)d weeks.") % said)


def _draft(
    pilot: Pilot, number: int, starts_on: date, weeks: int, by: Person, at: datetime, seed: int | None
) -> Wave:
    return Wave.objects.create(
        pilot=pilot, number=number, starts_on=starts_on, weeks=weeks, made_by=by, made_at=at,
        seed=secrets.randbelow(2**31) if seed is None else seed,
    )  # fmt: skip


def _proposed(wave: Wave, codes: Sequence[str], by: Person, at: datetime) -> Proposal:
    try:
        past = before_start(wave, scope_of(by, company_day(at)))
        allowed = {one.code for one in candidates(wave, past)}
        if not codes or len(codes) > CHOSEN_MOST or not allowed.issuperset(codes):
            raise PilotUnclear(_("Choose one to %d of those that are offered.") % CHOSEN_MOST)
        return proposal(wave, past, codes)
    except NotComparable as error:
        raise PilotUnclear(
            _("There is nobody to compare with: none of the others is of a similar size without gaps.")
        ) from error


def _named(one: Candidate) -> dict[str, Any]:
    return {"code": one.code, "name": one.name[:200], "level": one.level}


def _known(values: dict[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(values) - set(FIELDS)):
        raise TypeError(f"A pilot has no changeable field {', '.join(unknown)}.")
    return values


def _require_clear(row: Pilot) -> None:
    row.title, row.change = row.title.strip()[:160], row.change.strip()[:1000]
    if not row.title or not row.change:
        raise PilotUnclear(_("A pilot has a title, and says what is changed."))
    if company_of(row.unit) is None:
        raise PilotUnclear(_("A pilot is of a company, or of a part of one."))
    if not units_visible_to(row.owner).filter(pk=row.unit_id).exists():
        raise PilotUnclear(
            _("%(owner)s does not see all of this unit, so they cannot answer for it.")
            % {"owner": row.owner.title(get_language() or "zh-hant")}
        )
    if row.metric not in by_place(row.grain, catalogue()):
        raise PilotUnclear(_("“%s” cannot be read by outlet and week.") % row.metric)
    if not row.planned_effect or abs(row.planned_effect) > EFFECT_MOST:
        raise PilotUnclear(_("Say which effect you expect: not zero, and at most 200 %."))
    if not BEFORE[0] <= row.before <= BEFORE[1] or not PARTNERS[0] <= row.partners <= PARTNERS[1]:
        raise PilotUnclear(_("It is matched over 8 to 52 weeks, with 1 to 50 others."))
