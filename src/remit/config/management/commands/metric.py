"""Figures on the command line."""

import io
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from rich.console import Console
from rich.table import Table

from remit.config.asked_scope import asked_scope
from remit.core.period import FORMS, UnreadablePeriod, parse_period
from remit.metrics.engine.answer import Answer
from remit.metrics.engine.errors import CannotAnswer
from remit.metrics.engine.question import Condition, Question
from remit.metrics.engine.writing import as_csv, as_data, as_json, as_lines
from remit.metrics.queries import ask, catalogue

FORMATS = ("table", "json", "csv")


class Command(BaseCommand):
    help = "Answer a question about figures: remit metric net_sales baskets --by week --period 2017-03"

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("metrics", nargs="*", help="names of metrics; --list shows them")
        add("--list", action="store_true", help="list all metrics")
        add("--by", nargs="+", default=[], help="dimensions to split by, such as week department")
        values = "keep rows with one of these values (A,B); != keeps the others; may be given several times"
        add("--where", action="append", default=[], metavar="DIMENSION=VALUE", help=values)
        add("--period", default="", help=f"one of: {FORMS}")
        add("--unit", default="", help="code of a unit: only its rows and those below it")
        add("--currency", default=None, help="convert amounts into it, such as USD")
        add("--compare", choices=("previous", "last_year"), default=None)
        add("--order", nargs="+", default=[], help="columns to sort by; descending: --order=-net_sales")
        add("--limit", type=int, default=None)
        add("--format", choices=FORMATS, default="table")
        add("--as", dest="email", default="", help="answer as this person sees it")
        add("--sql", action="store_true", help="show the SQL that was run")
        add("--language", default="en", choices=("en", "zh-hant", "zh-hans"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list(options["format"], options["language"])
            return
        if not options["metrics"]:
            raise CommandError("Name at least one metric. remit metric --list shows them.")
        try:
            with translation.override(options["language"]):
                (answer,) = ask(self._question(options))
        except (CannotAnswer, UnreadablePeriod) as error:
            raise CommandError(str(error)) from error
        self._write(answer, options)

    def _question(self, options: dict[str, Any]) -> Question:
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError("--limit is the number of rows to show: at least 1.")
        conditions = tuple(Condition.parse(text) for text in options["where"])
        period = parse_period(options["period"])
        reason = f"remit metric {' '.join(options['metrics'])}"
        scope, narrowed = asked_scope(options["email"], options["unit"], reason, timezone.now())
        return Question(
            metrics=_split(options["metrics"]),
            scope=scope,
            by=_split(options["by"]),
            where=conditions,
            period=period,
            within=narrowed,
            currency=options["currency"],
            compare=options["compare"],
            order=_split(options["order"]),
            limit=options["limit"],
        )

    def _write(self, answer: Answer, options: dict[str, Any]) -> None:
        if options["format"] == "json":
            self.stdout.write(as_json(as_data(answer, options["language"]), indent=2))
            return
        if options["format"] == "csv":
            self.stdout.write(as_csv(answer), ending="")
            return
        heads, cells = as_lines(answer, options["language"])
        table = Table(*heads, box=None, pad_edge=False)
        for column, drawn in zip(answer.columns, table.columns, strict=True):
            drawn.justify = "left" if column.kind in ("dimension", "label") else "right"
        for row in cells:
            table.add_row(*row)
        drawing = io.StringIO()
        Console(file=drawing, width=10_000, highlight=False).print(table)
        lines = [line.rstrip() for line in drawing.getvalue().splitlines()]
        lines += ["", *_footnotes(answer, options["language"])]
        self.stdout.write("\n".join(lines))
        if options["sql"]:
            self.stdout.write("\n" + "\n\n".join(answer.sql))

    def _list(self, form: str, language: str) -> None:
        found = [
            {
                "name": metric.name,
                "family": str(metric.family),
                "unit": str(metric.unit),
                "table": metric.table,
                "title": metric.title.say(language),
                "meaning": metric.meaning.say(language),
            }
            for metric in catalogue().values()
        ]
        if form == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        width = max(len(metric["name"]) for metric in found)
        for metric in found:
            self.stdout.write(f"{metric['name']:{width}}  {metric['title']}: {metric['meaning']}")


def _split(values: list[str]) -> tuple[str, ...]:
    """Names apart, whether spaces or commas part them."""
    return tuple(name for value in values for name in value.replace(",", " ").split())


def _footnotes(answer: Answer, language: str) -> list[str]:
    lines = [] if answer.period is None else [f"{answer.period.first} – {answer.period.last}"]
    lines += [
        f"{one.table}: {one.first} – {one.last}, version {one.version}"
        for one in answer.freshness
        if one.first is not None
    ]
    return [*lines, *(note.say(language) for note in answer.notes)]
