"""Import a file from the command line, the same way as in the browser."""

# ruff: noqa: N999  # the command is called import

from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from remit.core.ref import Ref
from remit.lake.actions import AlreadyRunning, CannotUndo, KeepsNoBooks, run_import, start_import, undo_import
from remit.lake.enums import ImportState
from remit.lake.models import Import, QuarantinedRow
from remit.lake.queries.files import Looked, look_at, preview_file
from remit.lake.reading.fitting import missing_columns
from remit.lake.reading.mapping import read_mapping, write_mapping
from remit.lake.reading.preview import Preview
from remit.lake.reading.refusal import Refusal
from remit.lake.reading.source import Options
from remit.lake.reading.staging import STEPS
from remit.lake.reading.vocabulary import Mapping
from remit.lake.rules import can_import
from remit.lake.tables import TABLES
from remit.org.models import Person, Unit

REASONS_SHOWN = 5


class Command(BaseCommand):
    help = "Import a file: remit import FILE --as order_lines --map mapping.yaml --unit journey"

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("file", nargs="?", type=Path, help="CSV in any common encoding, XLSX or Parquet")
        add(
            "--as",
            dest="table",
            choices=sorted(n for n, t in TABLES.items() if t.imported),
            help="the table; default: the mapping's",
        )
        add("--map", dest="mapping", type=Path, help="a mapping in YAML; default: guessed from the columns")
        add("--unit", default="", help="code of the company; default: the mapping's")
        add("--as-person", dest="email", default="", help="import with this person's permissions")
        add("--dry-run", action="store_true", help="show what would be loaded; load nothing")
        add("--show-mapping", action="store_true", help="print the mapping, such as a guessed one, and stop")
        add("--undo", type=int, metavar="NUMBER", help="take an import back")
        add("--language", default="en", choices=("en", "zh-hant", "zh-hans"))

    def handle(self, *args: Any, **options: Any) -> None:
        self.console = Console(file=self.stdout._out, soft_wrap=True)  # type: ignore[arg-type]  # Django's wrapper hides the stream
        self.language: str = options["language"]
        self.said: set[str] = set()
        with translation.override(self.language):  # also for the sentences of actions
            self._do(options)

    def _do(self, options: dict[str, Any]) -> None:
        person = self._person(options["email"])
        if options["undo"] is not None:
            self._undo(options["undo"], person)
            return
        if options["file"] is None:
            raise CommandError("Name a file: remit import FILE --as TABLE --map MAPPING.yaml")
        try:
            looked = self._guessed(options) if options["mapping"] is None else None
            mapping = looked.guess.mapping if looked else self._read(options)
            if options["show_mapping"]:
                self.stdout.write(write_mapping(mapping))
                return
            unit = self._unit(options["unit"] or mapping.unit or "", person)
            mapping = replace(mapping, unit=unit.code)
            if options["dry_run"]:
                if looked:
                    self._show_guess(looked, mapping.with_currency(unit.currency))
                shown = preview_file(options["file"], mapping, unit, by=person, at=timezone.now(), whole=True)
                self._preview(shown)
            else:
                self._import(options["file"], mapping, unit, person)
        except Refusal as error:
            raise CommandError(error.text.say(self.language)) from error
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror or error}") from error

    # -- what was asked ----------------------------------------------------------------------

    def _person(self, email: str) -> Person | None:
        if not email:
            return None
        person = Person.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise CommandError(f"There is no person with the address {email!r}.")
        return person

    def _guessed(self, options: dict[str, Any]) -> Looked:
        if options["table"] is None:
            raise CommandError("Say which table: --as TABLE, or a mapping with --map.")
        looked = look_at(options["file"], options["table"], Options())
        self._notes(note.say(self.language) for note in looked.guess.notes)
        return looked

    def _read(self, options: dict[str, Any]) -> Mapping:
        try:
            mapping = read_mapping(options["mapping"].read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            raise CommandError(f"{options['mapping']} is not UTF-8.") from error
        if options["table"] not in (None, mapping.table):
            raise CommandError(f"The mapping is for {mapping.table}, not for {options['table']}.")
        return mapping

    def _unit(self, code: str, person: Person | None) -> Unit:
        unit: Unit | None = Unit.objects.filter(code=code).first()
        if unit is None:
            companies = Unit.objects.filter(is_company=True).order_by("code").values_list("code", flat=True)
            raise CommandError(f"Name the company with --unit. Companies: {', '.join(companies) or 'none'}.")
        if person is not None and not (verdict := can_import(person, unit)):
            raise CommandError(verdict.reason)
        return unit

    # -- what is done ------------------------------------------------------------------------

    def _import(self, file: Path, mapping: Mapping, unit: Unit, person: Person | None) -> None:
        try:
            started = start_import(mapping=mapping, unit=unit, path=file, by=person, at=timezone.now())
        except KeepsNoBooks as error:
            raise CommandError(str(error)) from error
        if not started.fresh and started.row.state == ImportState.DONE:
            when = timezone.localtime(started.row.finished_at)
            self.console.print(
                f"This file was imported before, as import {started.row.pk} on {when:%Y-%m-%d %H:%M}. "
                "Nothing changed."
            )
            return
        try:
            row = self._run(started.row)
        except AlreadyRunning as error:
            self.console.print(f"{error} Nothing changed.")
            return
        self._summary(row)
        if row.state != ImportState.DONE:
            raise CommandError(row.error_text(self.language))
        if row.loaded + row.skipped == 0:
            raise CommandError(
                f"Import {row.pk}: no row could be loaded; all {row.left_out:,} were left out."
            )

    def _run(self, row: Import) -> Import:
        columns = (TextColumn("{task.description:<11}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, transient=True) as bar:
            task = bar.add_task("opening", total=len(STEPS) + 1)
            return run_import(
                import_id=row.pk,
                clock=timezone.now,
                report=lambda step, done: bar.update(task, description=step, completed=done),
            )

    def _undo(self, number: int, person: Person | None) -> None:
        row = Import.objects.filter(pk=number).first()
        if row is None or (person is not None and not can_import(person, row.unit)):
            raise CommandError(f"There is no import {number}.")
        try:
            removed = undo_import(whole=row, by=person, at=timezone.now())
        except CannotUndo as error:
            raise CommandError(str(error)) from error
        self.console.print(f"Import {number} is undone: {removed:,} rows left {row.table}.")

    # -- what is said ------------------------------------------------------------------------

    def _notes(self, notes: Iterable[str]) -> None:
        """What was found about the file; what the guess has said already is not said again."""
        for note in notes:
            if note not in self.said:
                self.console.print(note, style="yellow", markup=False)
            self.said.add(note)

    def _summary(self, row: Import) -> None:
        self._notes(row.note_texts(self.language))
        self.console.print(
            f"Import {row.pk}, {TABLES[row.table].title.say(self.language)}: "
            f"{row.read:,} read, {row.loaded:,} loaded, {row.skipped:,} already there, "
            f"{row.left_out:,} left out.",
            markup=False,
        )
        for left in QuarantinedRow.objects.filter(import_row=row).order_by("line")[:REASONS_SHOWN]:
            reasons = " ".join(left.reasons(self.language))
            self.console.print(f"  line {left.line}: {reasons}", style="red", markup=False)
        if row.left_out > REASONS_SHOWN:
            self.console.print(f"  … and {row.left_out - REASONS_SHOWN:,} more ({Ref('import', row.pk)}).")

    def _show_guess(self, looked: Looked, mapping: Mapping) -> None:
        """What each column was taken for, and the mapping as it can be kept and corrected."""
        contract = mapping.contract
        self.console.print("Guessed from the names of the columns and what stands in them:")
        for target, rule in mapping.columns.items():
            title = contract.by_name[target].title.say(self.language)
            form = f", {rule.format}" if rule.format else ""
            origin = ", ".join(rule.reads) or rule.constant or rule.attribute or "the number of the line"
            self.console.print(f"  {origin} → {target} ({title}{form})", markup=False)
        for name in looked.guess.unused:
            self.console.print(f"  {name} → not used", style="yellow", markup=False)
        for column in missing_columns(mapping):
            title = column.title.say(self.language)
            self.console.print(f"  nothing found for {column.name} ({title})", style="red", markup=False)
        self.console.print("The mapping; keep it in a file, correct it, and hand it over with --map:\n")
        self.stdout.write(write_mapping(mapping))

    def _preview(self, shown: Preview) -> None:
        staged = shown.staged
        self._notes(note.say(self.language) for note in shown.notes)
        self.console.print(
            f"Would load {staged.good:,} of {staged.read:,} rows; {staged.skipped:,} are there already, "
            f"{staged.left_out:,} would be left out. Nothing was loaded."
        )
        for dimension, count in shown.new_codes.items():
            self.console.print(f"  {count:,} codes of {dimension} are not known yet.")
        for row in shown.rows[:3]:
            cells = zip(shown.columns, row, strict=True)
            self.console.print(
                "  " + ", ".join(f"{name}={value}" for name, value in cells if value is not None),
                markup=False,
            )
        table = shown.table
        for left in shown.left_out[:REASONS_SHOWN]:
            reasons = " ".join(problem.say(table, self.language) for problem in left.problems)
            self.console.print(f"  line {left.line}: {reasons}", style="red", markup=False)
