"""The handbook of duties, in and out as YAML."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.utils import timezone

from remit.duties.actions.duty import load_handbook
from remit.duties.bringing import drafts_in
from remit.duties.drafts import Draft
from remit.duties.queries.handbook import handbook_yaml, shipped_drafts


class Command(BaseCommand):
    help = "Load a handbook of duties (the one that ships, or a YAML file), or write the one in force."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="add what is missing; of a file also change what differs")
        load.add_argument("file", nargs="?", help="a YAML file; without one, the handbook that ships")
        load.add_argument("--keep-changed", action="store_true", help="leave duties alone that exist already")
        load.add_argument(
            "--overwrite", action="store_true", help="bring duties back to the wording that ships"
        )
        load.add_argument("--note", default="", help="why it is changed; every new version carries it")
        export = verbs.add_parser("export", help="write the handbook in force as YAML")
        export.add_argument("file", nargs="?", help="where to; without one, to the terminal")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "export":
            self._export(options["file"])
            return
        keeps = options["keep_changed"] or not (options["file"] or options["overwrite"])
        try:
            drafts = _read(options["file"]) if options["file"] else shipped_drafts()
            done = load_handbook(
                drafts=drafts, by=None, at=timezone.now(), note=options["note"],
                keep_changed=keeps,
            )  # fmt: skip
        except ValueError as refusal:
            raise CommandError(f"Nothing was loaded. {refusal}") from refusal
        self.stdout.write(f"{done.added} duties added, {done.changed} changed, {done.same} as they were.")

    def _export(self, file: str | None) -> None:
        text = handbook_yaml()
        if file is None:
            sys.stdout.write(text)
            return
        Path(file).write_text(text, encoding="utf-8")
        self.stdout.write(f"Written to {file}.")


def _read(file: str) -> list[Draft]:
    try:
        return drafts_in(Path(file).read_bytes())
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
