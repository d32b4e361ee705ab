"""Journeys on the command line."""

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import get_language
from rich.console import Console
from rich.table import Table

from remit.config.asked_scope import asked_scope
from remit.core.text import LANGUAGES
from remit.journeys.asking import KINDS, Asked, answer_data, read_page
from remit.journeys.event_index.build import build
from remit.journeys.event_index.manifest import CannotIndex
from remit.journeys.event_index.of_lake import index_of_lake
from remit.journeys.event_index.opened import Index, open_index
from remit.journeys.files import source_of_file
from remit.journeys.tables import table_of
from remit.lake.queries import the_lake
from remit.metrics.engine.errors import CannotAnswer

FORMATS = ("table", "json")
LAKE = "lake"


class Command(BaseCommand):
    help = "Count journeys of people: remit journey funnel --spec SPEC.yaml --events FILE --format json"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("kind", choices=KINDS, help="what is asked; docs/howto/journeys.md tells of each")
        add("--spec", required=True, type=Path, help="the question as YAML; docs/howto/journeys.md shows how")
        add("--events", required=True, help="a Parquet or CSV file of events, or: lake")
        add("--as", dest="email", default="", help="answer of the lake as this person sees it")
        add("--unit", default="", help="only the lake's events of this unit and those below it, by code")
        add("--format", choices=FORMATS, default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = read_page(options["spec"], options["kind"])
            with _index(asked, options) as index:
                data = answer_data(index, asked)
        except (CannotAnswer, CannotIndex) as error:
            raise CommandError(str(error)) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        self.stdout.write(_drawn(*table_of(options["kind"], data)))
        looked = data["events"]
        self.stdout.write(f"\n{looked['events']:,} events of {looked['people']:,} people")
        if looked["left_out"]:
            self.stdout.write(
                f"{looked['left_out']:,} events lack person, time or name, or lie outside 2000–2136"
            )
        if "loss" in data:
            self.stdout.write(data["loss"]["sentence"][_language()])
        self.stdout.write("\n".join(data["notes"]))


@contextmanager
def _index(asked: Asked, options: dict[str, Any]) -> Iterator[Index]:
    """That of the lake, kept up to date in ``REMIT_HOME``; of a file one for this question alone."""
    if options["events"] == LAKE:
        reason = f"remit journey {options['kind']}"
        scope, narrowed = asked_scope(options["email"], options["unit"], reason, timezone.now())
        yield index_of_lake(the_lake(), Path(settings.HOME) / "events-index", scope, narrowed)
        return
    if options["email"] or options["unit"]:
        raise CommandError("--as and --unit are about the lake; a file is counted whole.")
    source = source_of_file(Path(options["events"]), asked.columns, asked.others, asked.numbers)
    with tempfile.TemporaryDirectory(prefix="remit-journey-") as folder:
        build(Path(folder), source)
        yield open_index(Path(folder))


def _language() -> str:
    """That of the command, or English."""
    spoken = get_language() or "en"
    return spoken if spoken in LANGUAGES else "en"


def _drawn(heads: list[str], rows: list[list[str]]) -> str:
    table = Table(*heads, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    for column in table.columns[1:]:
        column.justify = "right"
    drawing = io.StringIO()
    Console(file=drawing, width=10_000, highlight=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in drawing.getvalue().splitlines())
