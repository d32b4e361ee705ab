"""Write ``docs/reference`` from the code: metrics, dimensions, tables, commands, settings.

``python tools/reference.py`` writes; ``--check`` only says what is out of date, with exit code 1.
"""

import argparse
import ast
import os
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
SETTINGS = ROOT / "src/remit/config/settings.py"
HEAD = "<!-- Written by tools/reference.py from the code: change it there. -->\n\n"


class Undescribed(Exception):
    """Something in the code has no description; the sentence names it."""


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when a page is out of date"
    )
    check = parser.parse_args().check
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text() != text]
    if check:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date. Run: python tools/reference.py")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(pages()[path])
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


def pages() -> dict[Path, str]:
    """Every page by its path, as it should be now."""
    set_up_django()
    made = {"metrics": metrics(), "tables": tables(), "commands": commands(), "settings": settings()}
    return {FOLDER / f"{name}.md": HEAD + text.rstrip() + "\n" for name, text in made.items()}


def set_up_django() -> None:
    """Commands need Django; its settings must not depend on who runs this."""
    os.environ.setdefault("REMIT_SECRET_KEY", "reference-pages-only")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    import django

    django.setup()


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    heads = list(heads)
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    ]
    return "\n".join(lines)


def metrics() -> str:
    """The shipped catalogue, a family a section, and the dimensions to split by."""
    from remit.lake.tables import TABLES
    from remit.metrics.catalog.dimensions import DIMENSIONS
    from remit.metrics.catalog.shipped import SHIPPED
    from remit.metrics.catalog.spec import Family

    parts = ["# Metrics", f"{len(SHIPPED)} metrics ship with the product."]
    for family in Family:
        chosen = [metric for metric in SHIPPED.values() if metric.family is family]
        if not chosen:
            continue
        parts.append(f"## {family.value.capitalize()}")
        parts.append(
            table(
                ("name", "title", "meaning", "unit", "better", "table", "grain", "nothing is", "owner"),
                (
                    (
                        f"`{m.name}`",
                        f"{m.title.en} {m.title.zh_hant}",
                        f"{m.meaning.en}<br>{m.meaning.zh_hant}",
                        m.unit.value,
                        m.better.value,
                        f"`{m.table}`",
                        TABLES[m.table].grain.en,
                        m.nothing.value,
                        m.owner,
                    )
                    for m in chosen
                ),
            )
        )
    parts.append("## Dimensions")
    parts.append(
        table(
            ("name", "title"),
            ((f"`{name}`", f"{d.title.en} {d.title.zh_hant}") for name, d in DIMENSIONS.items()),
        )
    )
    return "\n\n".join(parts)


def tables() -> str:
    """The contracts of the lake."""
    from remit.lake.tables import TABLES

    parts = ["# Tables of the lake"]
    for contract in TABLES.values():
        parts.append(f"## {contract.name}")
        parts.append(f"{contract.title.en} {contract.title.zh_hant}. {contract.grain.en}")
        parts.append(f"Kind: {contract.kind}. Key: {', '.join(f'`{name}`' for name in contract.key)}.")
        parts.append(
            table(
                ("column", "type", "may be unknown", "in a file", "meaning"),
                (
                    (
                        f"`{c.name}`",
                        str(c.type),
                        "yes" if c.nullable else "no",
                        "yes" if c.given else "filled in",
                        f"{c.meaning.en}<br>{c.meaning.zh_hant}",
                    )
                    for c in contract.columns
                ),
            )
        )
    return "\n\n".join(parts)


def commands() -> str:
    """Every command of ours with its own help text."""
    from django.core.management import get_commands, load_command_class

    os.environ["COLUMNS"] = "100"
    parts = ["# Commands", "Run as `remit COMMAND`. Django's own (`migrate`, `shell` …) work too."]
    for name in sorted(name for name, app in get_commands().items() if str(app).startswith("remit.")):
        command = load_command_class(get_commands()[name], name)
        if not command.help:
            raise Undescribed(f"The command {name} has no help text.")
        text = command.create_parser("remit", name).format_help()
        parts.append(f"## remit {name}\n\n```\n{text.rstrip()}\n```")
    return "\n\n".join(parts)


def settings() -> str:
    """Every ``REMIT_…`` variable that settings.py reads, with the comment on its line."""
    lines = SETTINGS.read_text().splitlines()
    rows = []
    for call in ast.walk(ast.parse(SETTINGS.read_text())):
        if not (isinstance(call, ast.Call) and ast.unparse(call.func).startswith("env.") and call.args):
            continue
        name = call.args[0]
        if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
            continue
        rows.append((f"`REMIT_{name.value}`", default_of(call), described(lines, call.lineno, name.value)))
    text = table(("variable", "default", "meaning"), sorted(rows))
    where = "Read from the environment, or from a file `.env` in the folder where `remit` runs."
    return f"# Settings\n\n{where}\n\n{text}"


def default_of(call: ast.Call) -> str:
    if len(call.args) < 2:
        return "none: has to be set"
    shown = ast.unparse(call.args[1])
    return "(empty)" if shown in ("''", "[]") else f"`{shown}`"


def described(lines: list[str], number: int, name: str) -> str:
    """The comment at the end of the line or on the line above."""
    line, above = lines[number - 1], lines[number - 2].strip()
    if "  # " in line:
        return line.split("  # ", 1)[1]
    if above.startswith("# ") and not above.startswith("# --"):
        return above[2:]
    raise Undescribed(f"REMIT_{name} in {SETTINGS.name} has no comment that says what it is.")


if __name__ == "__main__":
    sys.exit(main())
