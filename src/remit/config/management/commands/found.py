"""The first step of an installation of one's own."""

import os
import sys
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from remit.governance.actions.policy import ship_policies
from remit.lake.actions.organisation import publish_units
from remit.org.actions import found


class Command(BaseCommand):
    help = "Found an installation: the first company, the shipped positions and an administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="short code of the company, such as acme")
        parser.add_argument("name", help="its name")
        parser.add_argument("--currency", required=True, help="currency of its books, such as TWD")
        parser.add_argument("--zone", required=True, help="its time zone, such as Asia/Taipei")
        parser.add_argument("--email", required=True, help="log-in of the administrator")
        parser.add_argument("--person", required=True, help="name of the administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        password = _password()
        now = timezone.now()
        wanted = {name: options[name] for name in ("code", "name", "currency", "zone", "email", "person")}
        try:
            unit = found(**wanted, password=password, at=now)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        ship_policies(at=now)
        publish_units(at=now)
        self.stdout.write(f"{unit.code} is founded. Start with: remit serve; log in as {options['email']}.")


def _password() -> str:
    """From the environment, or asked for where somebody sits at a terminal."""
    if given := os.environ.get("REMIT_PASSWORD"):
        return given
    if not sys.stdin.isatty():
        raise CommandError("Set REMIT_PASSWORD: there is no terminal where a password could be asked for.")
    return getpass("Password of the administrator: ")
