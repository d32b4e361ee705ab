"""Django's check with the house's own, and with the database."""

from typing import Any

from django.core import checks
from django.core.management.commands import check
from django.db import connections

from remit.config.checks import HOUSE


class Command(check.Command):
    help = (
        "Look for problems: settings, folders, database, lake, workers. Exit code 1 when there is an error."
    )

    def handle(self, *app_labels: list[str], **options: Any) -> None:
        for look in HOUSE:
            checks.register(look, "remit")
        options["databases"] = options["databases"] or list(connections)
        super().handle(*app_labels, **options)
