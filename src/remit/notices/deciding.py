"""When a letter goes out. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

IMMEDIATELY, DIGEST, NONE = "immediately", "digest", "none"
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
ATTEMPTS = 10


@dataclass(frozen=True, slots=True)
class Wishes:
    """How one way is to be used; times are of the reader's zone. No quiet hours: both ends none."""

    pace: str
    digest_at: time
    quiet_from: time | None
    quiet_until: time | None
    zone: ZoneInfo


def due(wishes: Wishes, at: datetime) -> datetime | None:
    """When a notice given at a time is due by this way (UTC); none when it is not wanted."""
    if wishes.pace == NONE:
        return None
    if wishes.pace == DIGEST:
        return _next(wishes.digest_at, at, wishes.zone)
    return after_quiet(wishes, at)


def after_quiet(wishes: Wishes, at: datetime) -> datetime:
    """``at`` itself outside the quiet hours, else their end (UTC). The hours may span midnight."""
    if wishes.quiet_from is None or wishes.quiet_until is None or wishes.quiet_from == wishes.quiet_until:
        return at
    now = at.astimezone(wishes.zone).time()
    start, end = wishes.quiet_from, wishes.quiet_until
    quiet = start <= now < end if start < end else now >= start or now < end
    return _next(end, at, wishes.zone) if quiet else at


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after this many failed tries: 1, 2, 4 … minutes, six hours at most; none: give up."""
    if attempts >= ATTEMPTS:
        return None
    doublings: int = 2 ** (attempts - 1)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


def _next(moment: time, at: datetime, zone: ZoneInfo) -> datetime:
    """The next time after ``at`` when clocks of the zone show the moment (UTC)."""
    local = at.astimezone(zone)
    for days in (0, 1, 2):
        moment_utc = datetime.combine(local.date() + timedelta(days), moment, zone).astimezone(UTC)
        if moment_utc > at:
            return moment_utc
    raise AssertionError("A day has come to no end.")  # no zone skips two days
