"""One worker process: one task at a time, from the queues that it is given."""

import logging
import os
import secrets
import socket
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner

from remit.config.supervisor import end_with_parent
from remit.jobs.actions import beat, sign_off, sign_on

BEAT_S = 10.0
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do the work that waits in the queues."
    requires_system_checks = ()  # of the code, over all pages: ``remit check`` and the tests look

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queues", default="default,imports", help="with commas (default: %(default)s)")
        parser.add_argument("--batch", action="store_true", help="do what waits, then end")
        parser.add_argument(
            "--interval", type=float, default=0.5, help="seconds between looks (default: %(default)s)"
        )

    def handle(self, *args: Any, queues: str, batch: bool, interval: float, **options: Any) -> None:
        names = [name.strip() for name in queues.split(",") if name.strip()]
        known = settings.TASKS["default"]["QUEUES"]
        if unknown := sorted(set(names) - set(known)):
            raise CommandError(f"There is no queue {', '.join(unknown)}. Queues: {', '.join(known)}.")
        name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        runner = TaskRunner(
            queue_names=names, interval=interval, batch=batch, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=name, excluded_queue_names=[],
        )  # fmt: skip
        if threading.current_thread() is threading.main_thread():
            runner.configure_signals()
        end_with_parent()
        sign_on(name=name, host=socket.gethostname(), pid=os.getpid(), queues=queues, at=timezone.now())
        ended = threading.Event()
        heart = threading.Thread(target=keep_beating, args=(name, ended), name="heart", daemon=True)
        heart.start()
        try:
            runner.run()
        finally:
            ended.set()
            heart.join()
            connection.close()  # a signal may have cut off a statement: whoever signs off begins anew
            sign_off(name=name)


def keep_beating(name: str, ended: threading.Event) -> None:
    """Beat until the end, also while a task runs; a database that is away is no reason to stop."""
    while not ended.wait(BEAT_S):
        try:
            beat(name=name, at=timezone.now())
        except DatabaseError:
            log.warning("This worker could not say that it lives; it tries again.", exc_info=True)
        finally:
            connection.close()
