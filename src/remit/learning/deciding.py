"""How long an experiment has to last, and what its rule says: ``docs/how/experiments.md``. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from remit.kernels.experiments.comparing import SRM_ALPHA

# The values of ``enums``, which are Django's.
PROMOTION, IMAGE, OTHER = "promotion", "image", "other"
WAIT, SHIP, STOP, EXTEND, GO_ON = "wait", "ship", "stop", "extend", "go_on"

LEAST_DAYS = {PROMOTION: 3, IMAGE: 30, OTHER: 7}
WEEK = 7
WAVE_ALPHA = 0.05


def least_days(kind: str) -> int:
    """The shortest time allowed (H6.2.3)."""
    return LEAST_DAYS[kind]


def is_allowed(kind: str, days: int) -> bool:
    """Whether an activity of this type may be tried for so many days; full weeks are the rule."""
    return days >= least_days(kind) and (kind != OTHER or days % WEEK == 0)


def next_allowed(kind: str, days: int) -> int:
    """The shortest allowed time that is not shorter than these days."""
    longer = max(days, least_days(kind))
    return longer + (-longer % WEEK if kind == OTHER else 0)


@dataclass(frozen=True, slots=True)
class Ends:
    """One treatment against the control in one figure, turned so that up is good; none: unknown."""

    variant: str
    value: float | None
    low: float | None
    high: float | None

    @property
    def is_good(self) -> bool:
        return self.low is not None and self.low > 0

    @property
    def is_bad(self) -> bool:
        return self.high is not None and self.high < 0


@dataclass(frozen=True, slots=True)
class Look:
    """What a look found. ``may_extend``: an extension was planned and is not used up."""

    sample_ratio_p: float
    primary: Sequence[Ends]
    guardrails: Sequence[Ends]
    days_read: int
    least_days: int
    is_last: bool
    may_extend: bool


def advise(look: Look) -> tuple[str, str, str | None]:
    """What the rule says, why, and which variant it ships."""
    if look.sample_ratio_p < SRM_ALPHA:
        return STOP, "crooked", None
    harmed = {one.variant for one in look.guardrails if one.is_bad}
    unharmed = [one for one in look.primary if one.variant not in harmed]
    if not unharmed:
        return STOP, "harmed", None
    good = [one for one in unharmed if one.is_good]
    if good:
        best = max(good, key=lambda one: one.value or 0.0)
        if look.days_read < look.least_days:
            return WAIT, "too_short", None
        return SHIP, "better", best.variant
    if all(one.is_bad for one in unharmed):
        return STOP, "harmed" if harmed else "worse", None
    if not look.is_last:
        return WAIT, "not_yet", None
    if look.may_extend:
        return EXTEND, "undecided", None
    return STOP, "nothing", None


@dataclass(frozen=True, slots=True)
class WaveLook:
    """What a week of a pilot's wave found, turned so that the planned way is up; none: nothing can be said.

    ``looks``: planned weeks, after each of which one may stop.
    """

    value: float | None
    p: float | None
    low: float | None
    high: float | None
    is_last: bool
    looks: int


def advise_wave(look: WaveLook) -> tuple[str, str]:
    """What the rule says, and why. Going on is only said at the end, so that peeking wins nothing; stopping
    for harm is looked for each week, and the level is divided among the weeks (Bonferroni)."""
    at_end = STOP if look.is_last else WAIT
    if look.value is None or look.p is None:
        return at_end, "gaps"
    if look.low is None or look.high is None:
        return at_end, "few"
    if look.value < 0 and look.p <= WAVE_ALPHA / look.looks:
        return STOP, "harm"
    if not look.is_last:
        return WAIT, "not_yet"
    if look.low > 0:
        return GO_ON, "better"
    return STOP, "harm" if look.high < 0 else "nothing"
