"""The whole house as one command."""

import os
import socket
import time
from typing import Any

from django.conf import settings
from django.core.checks import ERROR
from django.core.management.base import BaseCommand, CommandError, CommandParser

from remit.config.checks import OF_THE_PLACE
from remit.config.static import gather_static_files
from remit.config.supervisor import Child, Supervisor, remit

from .web import host_and_port

WORKERS_WAIT_S_MAX = 60.0
# The first page is waited for; the workers are not, and would take the processor from it.
WORKERS = {
    "Worker": ("worker", "--queues", "default"),
    "Worker for imports": ("worker", "--queues", "imports"),
    "Scheduler": ("scheduler",),
}


class Command(BaseCommand):
    help = "Run web server, workers and scheduler; Ctrl-C stops them all."
    requires_system_checks = ()  # of the code, over all pages: ``remit check`` and the tests look

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default=settings.BIND, help="host:port (default: %(default)s)")
        parser.add_argument("--no-worker", action="store_true", help="only the web server")

    def handle(self, *args: Any, address: str, no_worker: bool, **options: Any) -> None:
        host, port = host_and_port(address)
        refuse_a_taken_port(host, port)
        gather_static_files()
        refuse_what_is_broken()
        children = [Child("Web server", remit("web", "--address", address))]
        if not no_worker:
            children += [
                Child(name, remit(*words), WORKERS_WAIT_S_MAX, lambda: _answers(host, port))
                for name, words in WORKERS.items()
            ]
        url = settings.ADDRESS if "REMIT_ADDRESS" in os.environ else f"http://{_shown(host)}:{port}"
        if _reachable(host) not in settings.ALLOWED_HOSTS and "REMIT_HOSTS" not in os.environ:
            self.stdout.write(f"Only {', '.join(settings.ALLOWED_HOSTS)} are answered: set REMIT_HOSTS.")
        self.stdout.write("Starting …")
        supervisor = Supervisor(children, self.stdout.write, {"REMIT_ADDRESS": url})
        supervisor.run(on_start=lambda: self._announce(host, port, url))
        self.stdout.write("Stopped.")

    def _announce(self, host: str, port: int, url: str) -> None:
        """Say the address once it answers."""
        while not _answers(host, port):
            time.sleep(0.1)
        self.stdout.write(self.style.SUCCESS(f"Remit is at {url} (Ctrl-C stops it)"))


def refuse_what_is_broken() -> None:
    """Raise CommandError with every error of the place: better no page than a broken one."""
    found = [message for look in OF_THE_PLACE for message in look(None) if message.level >= ERROR]
    if found:
        lines = [f"{message.msg} {message.hint or ''} ({message.id})" for message in found]
        raise CommandError("This is not served as it is:\n" + "\n".join(lines))


def refuse_a_taken_port(host: str, port: int) -> None:
    """Raise CommandError when something else listens there."""
    if _answers(host, port):
        raise CommandError(
            f"Port {port} is in use. Stop what runs there, or choose another: remit serve --address "
            f"{host}:{port + 1}"
        )


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((_reachable(host), port), timeout=1):
            return True
    except OSError:
        return False


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared, not bound


def _shown(host: str) -> str:
    """For people: a name where there is one, since browsers keep no passkey for an address of numbers."""
    host = {"127.0.0.1": "localhost", "::1": "localhost"}.get(_reachable(host), host)
    return f"[{host}]" if ":" in host else host
