"""Before a wave: which outlets may be chosen, what they would be compared with, how small an effect shows.
After each of its weeks: what the figures say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from remit.core.scope import Scope
from remit.kernels.experiments.assigning import place
from remit.kernels.pilots.comparing import Ints, NotComparable, comparable, gap, indexed, nearest
from remit.kernels.pilots.placebos import judge, placebos, sight
from remit.org.queries.scopes import within

from ..deciding import WaveLook, advise_wave
from ..enums import PilotMethod, WaveRole, WaveStage
from ..models import Wave, WaveUnit
from .outlet_weeks import Weekly, weekly

MORE_PAST = 26  # weeks besides, on which pilots are tried before the start
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """An outlet or region that may be chosen; ``level``: its figure in a mean week before the start."""

    code: str
    name: str
    level: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """``chosen`` and ``controls`` (the nearest first) with weights; ``foreseen`` as the wave keeps it."""

    chosen: tuple[Candidate, ...]
    controls: tuple[tuple[Candidate, float], ...]
    foreseen: dict[str, Any]


def before_start(wave: Wave, scope: Scope) -> Weekly:
    """Whole weeks of the past that there are; a week of nothing counts as a gap, since where nothing is sold
    for a week, the next one says little."""
    first = wave.starts_on - timedelta(weeks=wave.pilot.before + wave.weeks + MORE_PAST)
    found = weekly(wave.pilot, scope, first, wave.starts_on - timedelta(days=1))
    return replace(found, figures=np.where(found.figures == 0, np.nan, found.figures))


def changed_before(wave: Wave) -> set[str]:
    """Codes of whoever tried it in an earlier wave: they neither try it again nor are compared with."""
    rows = WaveUnit.objects.filter(wave__pilot=wave.pilot_id, role=WaveRole.CHOSEN)
    return set(rows.exclude(wave=wave).exclude(wave__stage=WaveStage.DRAFT).values_list("code", flat=True))


def candidates(wave: Wave, past: Weekly) -> list[Candidate]:
    """Who has figures in each of the weeks before the start, the largest first."""
    barred, before = changed_before(wave), wave.pilot.before
    if len(past.weeks) < before:
        return []
    recent = past.figures[:, -before:]
    found = [
        Candidate(code, name, float(row.mean()))
        for code, name, row in zip(past.codes, past.names, recent, strict=True)
        if code not in barred and np.isfinite(row).all() and row.mean() > 0
    ]
    return sorted(found, key=lambda one: (-one.level, one.code))


def by_lot(wave: Wave, offered: Sequence[Candidate], count: int) -> list[str]:
    """So many of those offered, drawn by the wave's own lot: the same as long as nothing changes."""
    places = sorted((place(f"wave:{wave.seed}", one.code), one.code) for one in offered)
    return [code for _place, code in places[:count]]


def proposal(wave: Wave, past: Weekly, codes: Sequence[str]) -> Proposal:
    """What those chosen would be compared with. Raise NotComparable."""
    pilot, before = wave.pilot, wave.pilot.before
    if len(past.weeks) < before:
        raise NotComparable("The data do not reach so far back.")
    recent = past.figures[:, -before:]
    chosen = _rows(past, codes)
    pool = comparable(recent, before, chosen, _rows(past, sorted(changed_before(wave))))
    paths = indexed(recent, before)
    controls = nearest(paths, before, chosen, pool, pilot.partners)
    found = gap(paths, before, chosen, controls, synthetic=_is_synthetic(wave))
    known = {one.code: one for one in candidates(wave, past)}
    weights = zip(controls, found.weights, strict=True)
    return Proposal(
        tuple(known[past.codes[row]] for row in chosen),
        tuple((known[past.codes[row]], round(float(weight), DIGITS)) for row, weight in weights),
        {
            "pool": [past.codes[row] for row in pool],
            "weeks": [week.isoformat() for week in past.weeks[-before:]],
            "ours": _rounded(found.ours), "theirs": _rounded(found.theirs), "fit": round(found.fit, DIGITS),
            **_sight(wave, past, np.concatenate([chosen, pool]), chosen.size),
        },
    )  # fmt: skip


def _sight(wave: Wave, past: Weekly, everybody: Ints, size: int) -> dict[str, Any]:
    """How small an effect would show, and the power at the planned one; null where that cannot be said."""
    pilot = wave.pilot
    try:
        found = sight(
            past.figures, pilot.before, wave.weeks, np.sort(everybody), size, pilot.partners,
            float(pilot.planned_effect), synthetic=_is_synthetic(wave), seed=wave.seed,
        )  # fmt: skip
    except NotComparable:
        return {"smallest": None, "power": None, "trials": 0}
    return {"smallest": round(found.smallest, DIGITS), "power": found.power, "trials": found.trials}


def unread_weeks(wave: Wave, until: date) -> tuple[Weekly | None, list[int]]:
    """The figures from the weeks before the start up to the newest whole week by ``until``, in the scope of
    the unit: whoever sees the pilot sees all of it; and which weeks of the wave are to be read, from 1."""
    read = set(wave.readings.values_list("weeks_read", flat=True))
    last = min(until, wave.last_on)
    if last < wave.starts_on:
        return None, []
    first = wave.starts_on - timedelta(weeks=wave.pilot.before)
    found = weekly(wave.pilot, within([wave.pilot.unit]), first, last)
    there = len(found.weeks) - wave.pilot.before
    if not found.weeks or found.weeks[0] != first:
        return found, []
    return found, [week for week in range(1, there + 1) if week not in read]


def look(wave: Wave, figures: Weekly, week: int) -> dict[str, Any]:
    """The fields of the reading after so many weeks of the wave."""
    seen, pilot = figures.upto(wave.pilot.before + week), wave.pilot
    values: dict[str, Any] = {
        "through_on": wave.starts_on + timedelta(weeks=week, days=-1), "weeks_read": week, "value": None,
        "low": None, "high": None, "p": None, "fit": None, "drawn": {}, "other": {},
    }  # fmt: skip
    try:
        ours = _method(wave, seen, synthetic=_is_synthetic(wave))
        other = _method(wave, seen, synthetic=not _is_synthetic(wave))
    except NotComparable:
        pass  # nothing can be said; the rule says what follows
    else:
        values |= ours
        values["other"] = {name: other[name] for name in ("value", "low", "high", "p")}
    value, low, high = (values[name] for name in ("value", "low", "high"))
    if pilot.planned_effect < 0:
        value, low, high = (None if one is None else -one for one in (value, high, low))
    advice, because = advise_wave(WaveLook(value, values["p"], low, high, week == wave.weeks, wave.weeks))
    return values | {"advice": advice, "because": because}


def _method(wave: Wave, seen: Weekly, *, synthetic: bool) -> dict[str, Any]:
    """One method's numbers. Raise NotComparable where one of those that try it has a gap."""
    before, paths = wave.pilot.before, indexed(seen.figures, wave.pilot.before)
    units = list(wave.units.order_by("place"))
    wanted = [one.code for one in units if one.role == WaveRole.CHOSEN]
    chosen = _rows(seen, wanted)
    if chosen.size < len(wanted) or not np.isfinite(paths[chosen]).all():
        raise NotComparable("One of those chosen has weeks without a figure.")
    pool = _whole(paths, _rows(seen, wave.foreseen["pool"]))
    controls = _whole(paths, _rows(seen, [one.code for one in units if one.role == WaveRole.CONTROL]))
    found = gap(paths, before, chosen, controls, synthetic=synthetic)
    chance = placebos(
        paths, before, chosen, pool, wave.pilot.partners, synthetic=synthetic, seed=wave.seed
    )  # fmt: skip
    judged = judge(found.value, chance)
    return {
        "value": found.value, "low": judged.low, "high": judged.high, "p": judged.p, "fit": found.fit,
        "drawn": {
            "weeks": [week.isoformat() for week in seen.weeks], "ours": _rounded(found.ours),
            "theirs": _rounded(found.theirs), "chance": _rounded(np.sort(chance.values)),
        },
    }  # fmt: skip


def _is_synthetic(wave: Wave) -> bool:
    return wave.pilot.method == PilotMethod.SYNTHETIC


def _rows(past: Weekly, codes: Sequence[str]) -> Ints:
    return np.array(past.rows_of(codes), dtype=np.int64)


def _whole(paths: Any, rows: Ints) -> Ints:
    """Those without a gap."""
    return rows[np.isfinite(paths[rows]).all(axis=1)]


def _rounded(values: Any) -> list[float]:
    return [round(float(one), DIGITS) for one in values]
