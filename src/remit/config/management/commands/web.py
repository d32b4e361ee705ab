"""The web server alone; ``remit serve`` runs it together with the workers."""

import multiprocessing
import os
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from remit.config.static import gather_static_files
from remit.config.supervisor import end_with_parent

APPLICATION = "remit.config.wsgi"


class Command(BaseCommand):
    help = "Serve the pages. Workers and scheduler run beside it: remit worker, remit scheduler."
    requires_system_checks = ()  # of the code, over all pages: ``remit check`` and the tests look

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default=settings.BIND, help="host:port (default: %(default)s)")
        parser.add_argument(
            "--processes", type=int, default=settings.WEB_PROCESSES, help="how many (default: %(default)s)"
        )
        parser.add_argument(
            "--threads", type=int, default=settings.WEB_THREADS, help="in each process (default: %(default)s)"
        )

    def handle(self, *args: Any, address: str, processes: int, threads: int, **options: Any) -> None:
        from granian import Granian  # imported late: a Rust extension that only this command needs
        from granian.constants import Interfaces

        host, port = host_and_port(address)
        end_with_parent()
        gather_static_files()
        if multiprocessing.get_start_method() == "fork":
            import_module(APPLICATION)  # once, before the processes part: they share it
        Granian(
            f"{APPLICATION}:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=threads,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_access=os.environ.get("REMIT_LOG_ACCESS", "") == "1",
            log_level="warning",  # type: ignore[arg-type]  # its enum is of strings
        ).serve()


def host_and_port(address: str) -> tuple[str, int]:
    """Split ``127.0.0.1:8000``, ``[::1]:8000`` or ``8000``."""
    host, colon, port = address.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"{address!r} is no address. Write host:port, such as 127.0.0.1:8001.")
    return (host.strip("[]") if colon else "127.0.0.1"), int(port)
