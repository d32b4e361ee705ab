"""What a clock is, and when it is due. Pure."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from croniter import croniter


@dataclass(frozen=True, slots=True)
class Schedule:
    """``cron`` (minute hour day month weekday, in the company's zone) fires ``task``, a dotted path."""

    name: str
    cron: str
    task: str

    def last_due(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The latest time at or before ``at`` when this was due."""
        # croniter's get_prev looks strictly before its start, and works on whole seconds.
        start = at.astimezone(zone).replace(microsecond=0)
        if croniter.match(self.cron, start) and start.second == 0:
            return start
        due: datetime = croniter(self.cron, start).get_prev(datetime)
        return due
