"""Django's migrate; an empty database is made at once instead of step by step through its past.

An installation gets what newer versions of the product ship beside its tables: policies of new kinds.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from remit.config.fresh import is_empty, make_tables
from remit.config.stepping import Steps
from remit.duties.actions.simplified import derive_simplified
from remit.governance.actions.policy import ship_policies
from remit.governance.models import Policy
from remit.governance.queries.shipped import new_clauses
from remit.org.models import Unit

WHERE = "Look at them under Approvals, Policies."

OF_A_PART = (
    "app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune", "step_by_step",
)  # fmt: skip

migrate.MigrationExecutor = Steps  # type: ignore[attr-defined]  # the command lets nobody choose; not in the stubs


class Command(migrate.Command):
    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--step-by-step", action="store_true", help="Run every migration, on an empty database too."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        is_whole = not any(options.get(name) for name in OF_A_PART if name != "step_by_step")
        if is_whole and not options.get("step_by_step") and is_empty(connection):
            make_tables(connection)
        super().handle(*args, **options)
        if is_whole and options["database"] == DEFAULT_DB_ALIAS and Unit.objects.exists():
            self._ship(verbosity=options["verbosity"])

    def _ship(self, verbosity: int) -> None:
        """Where a company was founded: policies of kinds that it has none of. Its own stay as they are.

        Texts that are derived are derived as this version does it.
        """
        if (anew := derive_simplified(at=timezone.now())) and verbosity:
            self.stdout.write(f"Texts of the handbook derived anew in Simplified Chinese: {anew}.")
        shipped = ship_policies(at=timezone.now())
        for kind in shipped.added:
            if verbosity:
                self.stdout.write(f"Policy added: {kind}. Look at it under Approvals, Policies.")
        for policy in Policy.objects.order_by("kind"):
            if verbosity and (new := new_clauses(policy)):
                codes = ", ".join(each.code for each in new)
                self.stdout.write(
                    f"The policy {policy.kind} ships clauses otherwise than here: {codes}. {WHERE}"
                )
        for kind, why in shipped.waiting.items():
            self.stderr.write(f"The policy of {kind} waits, so nothing of this kind is approved: {why}.")
