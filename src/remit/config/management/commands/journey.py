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
from rich.console import Console
from rich.table import Table

from remit.lake.event_index.build import build
from remit.lake.event_index.manifest import CannotIndex
from remit.lake.event_index.of_lake import index_of_lake
from remit.lake.event_index.opened import Index, open_index
from remit.lake.queries import the_lake
from remit.metrics.engine.errors import CannotAnswer
from remit.metrics.journeys.asking import KINDS, Asked, answer_data, read_page
from remit.metrics.journeys.files import source_of_file
from remit.org.actions.scope import system_scope

FORMATS = ("table", "json")
LAKE = "lake"


class Command(BaseCommand):
    help = "Count journeys of people: remit journey funnel --spec SPEC.yaml --events FILE --format json"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("kind", choices=KINDS, help="how far people come, or whether they come back")
        add("--spec", required=True, type=Path, help="the question as YAML; docs/howto/journeys.md shows how")
        add("--events", required=True, help="a Parquet or CSV file of events, or: lake")
        add("--format", choices=FORMATS, default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = read_page(options["spec"], options["kind"])
            with _index(options["events"], asked, f"remit journey {options['kind']}") as index:
                data = answer_data(index, asked.question)
        except (CannotAnswer, CannotIndex) as error:
            raise CommandError(str(error)) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        self.stdout.write(_funnel(data) if options["kind"] == "funnel" else _retention(data))
        looked = data["events"]
        self.stdout.write(f"\n{looked['events']:,} events of {looked['people']:,} people")
        if looked["left_out"]:
            self.stdout.write(
                f"{looked['left_out']:,} events lack person, time or name, or lie outside 2000–2136"
            )
        self.stdout.write("\n".join(data["notes"]))


@contextmanager
def _index(events: str, asked: Asked, reason: str) -> Iterator[Index]:
    """That of the lake, kept up to date in ``REMIT_HOME``; of a file one for this question alone."""
    if events == LAKE:
        system_scope(reason=reason, by=None, at=timezone.now())
        yield index_of_lake(the_lake(), Path(settings.HOME) / "events-index")
        return
    source = source_of_file(Path(events), asked.columns, asked.others)
    with tempfile.TemporaryDirectory(prefix="remit-journey-") as folder:
        build(Path(folder), source)
        yield open_index(Path(folder))


def _funnel(data: dict[str, Any]) -> str:
    values = data.get("breakdown", {}).get("values", [])
    heads = ["step", "people", "of first", "of previous", "median time"]
    table = Table(*heads, *(one["value"] or "none" for one in values), box=None, pad_edge=False)
    for place, step in enumerate(data["steps"]):
        shares = [_percent(step["of_first"]), _percent(step["of_previous"])]
        median = step["converted"]["median_s"]
        row = [step["name"], f"{step['people']:,}", *shares, "" if median is None else f"{median:,} s"]
        table.add_row(*row, *(f"{one['people'][place]:,}" for one in values))
    return _drawn(table)


def _retention(data: dict[str, Any]) -> str:
    cohorts = data["cohorts"]
    table = Table("from", "people", *map(str, range(len(cohorts))), box=None, pad_edge=False)
    for one in cohorts:
        shares = [_percent(back / one["people"] if one["people"] else None) if back is not None else ""
                  for back in one["returned"]]  # fmt: skip
        table.add_row(one["from"], f"{one['people']:,}", *shares)
    return _drawn(table)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _drawn(table: Table) -> str:
    for column in table.columns[1:]:
        column.justify = "right"
    drawing = io.StringIO()
    Console(file=drawing, width=10_000, highlight=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in drawing.getvalue().splitlines())
