"""The clock: enqueues what is due, calls the deliverer, looks after lost work. Several may run."""

import logging
import signal
import threading
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.utils import timezone

from remit.config.schedule import SCHEDULES
from remit.config.supervisor import end_with_parent
from remit.jobs.actions import call_deliverer, reap_jobs, retry_failed, revive_abandoned, tick

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Enqueue what the clocks of config/schedule.py say is due."
    requires_system_checks = ()  # of the code, over all pages: ``remit check`` and the tests look

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        end_with_parent()
        turn = Turn()
        while True:
            close_old_connections()
            try:
                turn.take(timezone.now())
            except DatabaseError:
                log.warning("The database did not answer; the clock tries again.", exc_info=True)
                connection.close()
            if stop.wait(1):
                return


class Turn:
    """One look a second; clocks once a minute, lost work every ten seconds."""

    def __init__(self) -> None:
        self._minute: datetime | None = None
        self._looked_at: datetime | None = None

    def take(self, at: datetime) -> None:
        """Do what is due at ``at``."""
        minute = at.replace(second=0, microsecond=0)
        if minute != self._minute:
            tick(schedules=SCHEDULES, at=at, zone=ZoneInfo(settings.TIME_ZONE))
            self._minute = minute
        call_deliverer(at=at)
        if self._looked_at is None or (at - self._looked_at).total_seconds() >= 10:
            reap_jobs(at=at)
            revive_abandoned(at=at)
            retry_failed(at=at)
            self._looked_at = at
