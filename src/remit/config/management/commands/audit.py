"""Check that nobody changed the record of what happened."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db import connection

from remit.audit import guard
from remit.audit.models import Event
from remit.audit.queries import verify


class Command(BaseCommand):
    help = "Verify the audit record: exit code 1, and the first changed event, when it was tampered with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            metavar="NUMBER:DIGEST",
            help="An end that an earlier run printed; finds a record that was rewritten as a whole.",
        )

    @no_translations
    def handle(self, *args: Any, anchor: str | None = None, **options: Any) -> None:
        checked = verify(_anchor(anchor) if anchor else None)
        if checked.broken is not None:
            event = Event.objects.filter(pk=checked.broken).values().first()
            shown = "".join(f"\n  {name}: {value}" for name, value in (event or {}).items())
            raise CommandError(f"Event {checked.broken} is broken: {checked.problem}.{shown}")
        if lost := guard.missing(connection):
            raise CommandError(
                f"The record is sound, but its guard is missing: {', '.join(lost)}. Run: remit migrate"
            )
        self.stdout.write(f"{checked.events} events hold together.\nEnd: {checked.events}:{checked.digest}")


def _anchor(text: str) -> tuple[int, str]:
    number, colon, digest = text.partition(":")
    if not (colon and number.isdigit() and len(digest) == 64):
        raise CommandError("An anchor is NUMBER:DIGEST, as an earlier “remit audit” printed it.")
    return int(number), digest.lower()
