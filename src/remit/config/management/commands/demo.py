"""The demonstration company."""

from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone, translation
from rich.console import Console

from remit.audit import guard
from remit.config.fresh import waiting_migrations
from remit.demo import cast
from remit.demo.sources import SourceMissing
from remit.demo.standing import remember, stands
from remit.demo.steps import AFTER, BEFORE, STEPS, Step, say
from remit.org.positions import SHIPPED_POSITIONS


class Command(BaseCommand):
    help = "Load the demonstration company where it is missing, then serve it."
    requires_system_checks = ()  # of the code, over all pages: ``remit check`` and the tests look

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--load-only", action="store_true", help="load, and do not serve")
        parser.add_argument(
            "--with-placements",
            action="store_true",
            help="also load 20.9 million weekly places in display and mailer (about a minute)",
        )
        parser.add_argument("--address", help="host:port of the web server, as in remit serve")

    def handle(
        self, *args: Any, load_only: bool, with_placements: bool, address: str | None, **options: Any
    ) -> None:
        self.console = Console(file=self.stdout._out, highlight=False)  # type: ignore[arg-type]  # Django's wrapper hides the stream
        began = monotonic()
        if waiting_migrations(connection) or guard.missing(connection):
            call_command("migrate", verbosity=0)
        with translation.override("en"):
            self._load([step for step in STEPS if with_placements or not step.optional])
        self.console.print(f"The demonstration is there ([bold]{monotonic() - began:.1f} s[/]).")
        self._log_ins()
        if not load_only:
            call_command("serve", **({"address": address} if address else {}))

    def _load(self, steps: list[Step]) -> None:
        """What stands is only named; what loads the rest is imported late: it brings half the house along."""
        folder, names = Path(settings.HOME) / "demo", [step.name for step in steps]
        if stands(folder, names):
            for title in (*BEFORE, *(step.title for step in steps), *AFTER):
                say(self.console, title)
            return
        from remit.demo.actions.loading import StepFailed
        from remit.demo.everything import load
        from remit.lake.actions import AlreadyRunning

        try:
            imports = load(steps=steps, folder=folder, console=self.console, clock=timezone.now)
        except (StepFailed, SourceMissing, AlreadyRunning) as error:
            raise CommandError(str(error)) from error
        remember(folder, imports)

    def _log_ins(self) -> None:
        """One plain line a person: an address that is cut or wrapped cannot be copied."""
        positions = {position.code: position.name_en for position in SHIPPED_POSITIONS}
        units = {unit.code: unit.name_en for unit in cast.UNITS}
        self.console.print(
            "\nLog in as one of these (people and their positions are demonstration configuration):",
            soft_wrap=True,
        )
        for person in cast.PEOPLE:
            place = f"{positions[person.position]}, {units[person.unit]}"
            self.console.print(f"  [bold]{person.email:<22}[/] {person.name}  {place}", soft_wrap=True)
        self.console.print(f"Password of all of them: [bold]{cast.PASSWORD}[/]\n")
