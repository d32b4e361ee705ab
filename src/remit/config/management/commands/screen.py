"""Texts screened on the command line."""

import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from rich.console import Console
from rich.table import Table

from remit.governance.queries.screening import screen_in_force
from remit.governance.screening.engine import Screen
from remit.governance.screening.many import screened
from remit.governance.screening.packs import industries, shipped
from remit.governance.screening.rule import Screened
from remit.governance.screening.writing import as_data

FORMATS = ("table", "json")


class Command(BaseCommand):
    help = "Screen texts before they are published, one a line: remit screen texts.txt --format json"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file in UTF-8 with one text a line; - reads from the terminal")
        parser.add_argument("--format", choices=FORMATS, default="table", help="json: one answer a line")
        known = "what is advertised; without it each text tells by its words"
        parser.add_argument("--industry", choices=sorted(industries()), default="", help=known)
        parser.add_argument("--shipped", action="store_true", help="without the company's own words")
        parser.add_argument("--language", default="zh-hant", choices=("en", "zh-hant", "zh-hans"))

    def handle(self, *args: Any, **options: Any) -> None:
        screen = shipped() if options["shipped"] else _in_force()
        lines, industry, language = _lines(options["file"]), options["industry"], options["language"]
        if options["format"] == "json":
            said = screened(screen, lines, industry, lambda answer: _json(answer, language))
            for number, one in enumerate(said, 1):
                self.stdout.write(f'{{"line": {number}, {one}')
            return
        self.stdout.write(_table(screened(screen, lines, industry, lambda answer: as_data(answer, language))))


def _json(answer: Screened, language: str) -> str:
    """The answer as the rest of an object that begins with the number of the line."""
    return json.dumps(as_data(answer, language), ensure_ascii=False)[1:]


def _in_force() -> Screen:
    """The rules with the company's own words; the shipped ones where there is no database yet."""
    try:
        return screen_in_force()[0]
    except DatabaseError:
        return shipped()


def _lines(file: str) -> list[str]:
    """One text a line; an empty line is a text too, so that answers keep their line."""
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines[-1] == "" else lines


def _table(answers: Iterable[dict[str, Any]]) -> str:
    table = Table("line", "verdict", "place", "words", "rule", "law", "suggestion", box=None, pad_edge=False)
    for number, answer in enumerate(answers, 1):
        if not answer["findings"]:
            table.add_row(str(number), answer["verdict"])
        for one in answer["findings"]:
            place = f"{one['start']}–{one['end']}"
            named = (one["words"], one["rule"], one["law"], one["suggestion"])
            table.add_row(str(number), one["severity"], place, *named)
    drawing = io.StringIO()
    Console(file=drawing, width=10_000, highlight=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in drawing.getvalue().splitlines())
