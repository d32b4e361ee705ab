"""The demonstration company."""

from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from rich.console import Console

from remit.demo import cast
from remit.demo.actions.arrangements import set_up_arrangements
from remit.demo.actions.campaigns import set_up_campaigns
from remit.demo.actions.contents import set_up_contents
from remit.demo.actions.duties import live_the_past, set_up_duties
from remit.demo.actions.goals import set_up_goals
from remit.demo.actions.growth import set_up_growth
from remit.demo.actions.loading import StepFailed, load_step
from remit.demo.actions.meetings import set_up_meetings
from remit.demo.actions.organisation import set_up_organisation
from remit.demo.actions.watching import set_up_watching
from remit.demo.sources import SourceMissing
from remit.demo.steps import STEPS, Step
from remit.duties.actions.publication import publish_duties
from remit.lake.actions import AlreadyRunning
from remit.metrics.actions import look_at_alerts
from remit.org.models import Person
from remit.org.positions import SHIPPED_POSITIONS
from remit.planning.actions.conflict import find_conflicts
from remit.planning.actions.effect import measure_campaigns
from remit.web.reports.keeping import make_and_keep


class Command(BaseCommand):
    help = "Load the demonstration company where it is missing, then serve it."

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
        call_command("migrate", verbosity=0)
        with translation.override("en"):
            self._load([step for step in STEPS if with_placements or not step.optional])
        self.console.print(f"The demonstration is there ([bold]{monotonic() - began:.0f} s[/]).")
        self._log_ins()
        if not load_only:
            call_command("serve", **({"address": address} if address else {}))

    def _load(self, steps: list[Step]) -> None:
        with self.console.status("Units, positions, people …"):
            added = set_up_organisation(at=timezone.now())
        self._say("Units, positions, people", f"{added} added" if added else "")
        with self.console.status("Skills, mentors, successors …"):
            added = set_up_growth(at=timezone.now())
        self._say("Skills, mentors, successors", f"{added} added" if added else "")
        by = Person.objects.get(email=cast.ADMINISTRATOR)
        for step in steps:
            try:
                self._step(step, by)
            except (StepFailed, SourceMissing, AlreadyRunning) as error:
                raise CommandError(str(error)) from error
        with self.console.status("Targets and alerts …"):
            added = set_up_watching(at=timezone.now())
            if added:
                look_at_alerts(at=timezone.now())  # what the clock does later: the first page shows them
        self._say("Targets and alerts", f"{added} added" if added else "")
        self._duties()

    def _duties(self) -> None:
        began = monotonic()
        with self.console.status("Duties …"):
            at = timezone.now()
            charges = set_up_duties(at=at)
            lived = live_the_past(at=at) if charges else 0
            arranged = set_up_arrangements(at=at)  # after the past, which nobody missed
            if charges:
                publish_duties(at=at)
        said = f"{charges} charges, {lived} delivered in the past, {monotonic() - began:.1f} s"
        self._say("Duties", said if charges else "")
        self._say("Absences, a secondment, a project", f"{arranged} added" if arranged else "")
        with self.console.status("A strategy and its goals …"):
            aims = set_up_goals(at=timezone.now())
        self._say("A strategy and its goals", f"{aims} goals added" if aims else "")
        with self.console.status("Campaigns and a budget …"):
            planned = set_up_campaigns(at=timezone.now())
        self._say("Campaigns and a budget", f"{planned} added" if planned else "")
        self._effects()
        self._meetings()

    def _effects(self) -> None:
        began = monotonic()
        with self.console.status("What campaigns did …"):
            measured = measure_campaigns(at=timezone.now())
        said = f"{measured} measured, {monotonic() - began:.1f} s"
        self._say("What campaigns did", said if measured else "")
        with self.console.status("Conflicts …"):
            pulled = find_conflicts(at=timezone.now())["new"]
        self._say("Conflicts", f"{pulled} found" if pulled else "")

    def _meetings(self) -> None:
        with self.console.status("Meetings …"):
            met = set_up_meetings(at=timezone.now())
        self._say("Series of meetings", f"{met} added" if met else "")
        with self.console.status("Content …"):
            kept = set_up_contents(at=timezone.now())
        self._say("Content, and own words of screening", f"{kept} texts added" if kept else "")
        with self.console.status("Reports …"):
            told = make_and_keep(at=timezone.now())
        self._say("Reports", f"{told['made']} made, {told['kept']} as documents" if told["made"] else "")

    def _step(self, step: Step, by: Person) -> None:
        began = monotonic()
        with self.console.status(f"{step.title} …") as status:
            done, fresh = load_step(
                step=step,
                folder=Path(settings.HOME) / "demo",
                by=by,
                clock=timezone.now,
                report=lambda word, _done: status.update(f"{step.title}: {word} …"),
            )
        self._say(step.title, f"{done.read:,} rows, {monotonic() - began:.1f} s" if fresh else "")

    def _say(self, title: str, what: str) -> None:
        """One line a step; a step that had nothing to do says that it is there."""
        self.console.print(f"[green]✓[/] {title:<28} [dim]{what or 'there already'}[/]")

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
