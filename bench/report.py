"""The table: what was measured, beside its mark."""

import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement. ``passed`` is None where there is a figure but no mark."""

    part: str
    what: str
    scale: int
    ours: str
    theirs: str = ""
    ratio: str = ""
    mark: str = ""
    passed: bool | None = None


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 10 else f"{seconds:,.1f} s"


def megabytes(size: float) -> str:
    return f"{size / 2**20:,.0f} MB"


class Report:
    """Lines as they come, printed as one table at the end."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.lines: list[Line] = []

    def add(self, line: Line) -> None:
        self.lines.append(line)
        verdict = {True: "[green]pass[/]", False: "[red]miss[/]", None: ""}[line.passed]
        self.console.print(
            f"  {line.scale}× {line.part}: {line.what} — {line.ours} {line.theirs} {line.ratio} {verdict}",
            highlight=False,
        )

    def extend(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.add(line)

    @property
    def misses(self) -> list[Line]:
        return [line for line in self.lines if line.passed is False]

    def print(self) -> None:
        table = Table(title=f"{machine()}", title_justify="left")
        for heading, side in _COLUMNS:
            table.add_column(heading, justify=side)  # type: ignore[arg-type]  # rich names the sides by a literal type
        part = None
        for line in self.lines:
            if part not in (None, (line.part, line.scale)):
                table.add_section()
            part = (line.part, line.scale)
            verdict = {True: "[green]pass", False: "[bold red]miss", None: "–"}[line.passed]
            table.add_row(
                line.part, line.what, f"{line.scale}×", line.ours, line.theirs, line.ratio, line.mark, verdict
            )
        self.console.print(table)
        marked = [line for line in self.lines if line.passed is not None]
        self.console.print(f"{len(marked) - len(self.misses)} of {len(marked)} marks met.")

    def write(self, path: Path) -> None:
        path.write_text(
            json.dumps({"machine": machine(), "lines": [asdict(line) for line in self.lines]}, indent=2)
        )


_COLUMNS = (
    ("part", "left"),
    ("what", "left"),
    ("lines", "right"),
    ("Remit", "right"),
    ("beside", "right"),
    ("ratio", "right"),
    ("mark", "right"),
    ("", "left"),
)


def machine() -> str:
    import os

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"
