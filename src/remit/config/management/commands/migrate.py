"""Django's migrate; an empty database is made at once instead of step by step through its past."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from remit.config.fresh import is_empty, make_tables

OF_A_PART = (
    "app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune", "step_by_step",
)  # fmt: skip


class Command(migrate.Command):
    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--step-by-step", action="store_true", help="Run every migration, on an empty database too."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not any(options.get(name) for name in OF_A_PART) and is_empty(connection):
            make_tables(connection)
        super().handle(*args, **options)
