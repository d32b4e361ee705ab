"""The rules of the house that no ready-made linter knows. ``python tools/house_rules.py`` names each breach.

A line may be excused by ``# house: RULE: reason`` on it; the reason is read by people, so it is required.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tests", "tools", "bench")

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 40
ROOM_LINES_MAX = 8_000
BANNED_NAMES = {
    name + plural for name in ("util", "helper", "misc", "common", "base", "manager", "service")
    for plural in ("", "s")
}  # fmt: skip
SURE_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "select_for_update"}
SIGNALS = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "Signal", "receiver"}
CLOCKS = {("timezone", "now"), ("date", "today"), ("datetime", "now"), ("datetime", "utcnow"),
          ("datetime", "today"), ("time", "time")}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """One breach of one rule."""

    path: str
    line: int
    rule: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.sentence}"


@dataclass(frozen=True)
class Source:
    """A Python file: ``path`` from the root of the repository, with slashes."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def in_product(self) -> bool:
        return self.path.startswith("src/remit/") and "/migrations/" not in self.path

    def within(self, *parts: str) -> bool:
        return any(f"/{part}/" in f"/{self.path}" or self.path.endswith(f"/{part}") for part in parts)


type Finding = tuple[int, str]
type Rule = Callable[[Source], Iterator[Finding]]


# -- names and sizes ---------------------------------------------------------------------------


def names(source: Source) -> Iterator[Finding]:
    """A file is named for what is in it."""
    path = Path(source.path)
    for part in (*path.parent.parts, path.stem):
        if part in BANNED_NAMES:
            yield 1, f"“{part}” says nothing: name it for the noun that is in it"


def sizes(source: Source) -> Iterator[Finding]:
    """A file over budget is split by noun, a function by step. Docstrings are free."""
    if "/migrations/" in source.path:
        return
    if len(source.lines) > FILE_LINES_MAX:
        yield 1, f"{len(source.lines)} lines, {FILE_LINES_MAX} at most: split it by noun"
    if source.path.startswith("tests/"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring_lines(node)
            if length > FUNCTION_LINES_MAX:
                yield node.lineno, f"{node.name} has {length} lines, {FUNCTION_LINES_MAX} at most"


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(node, clean=False) is None:
        return 0
    return (node.body[0].end_lineno or 0) - node.body[0].lineno + 1


def rooms(source: Source) -> Iterator[Finding]:
    """A room says what it is for."""
    if re.fullmatch(r"src/remit/\w+/__init__\.py", source.path) and not ast.get_docstring(source.tree):
        yield 1, "the room does not say what it is for: write a docstring"


def room_of(path: str) -> str | None:
    """The room that a file counts for: a folder of the product, on the floor ``web`` a folder of that."""
    found = re.match(r"(src/remit/(?:web/)?\w+)/", path)
    return None if found is None or "/migrations/" in path else found[1]


def crowded(sources: Iterable[Source]) -> Iterator[Breach]:
    """A room over budget is split by noun into rooms that stand on each other. Migrations are free."""
    lines: Counter[str] = Counter()
    for source in sources:
        if room := room_of(source.path):
            lines[room] += len(source.lines)
    for room, count in sorted(lines.items()):
        if count > ROOM_LINES_MAX:
            sentence = f"the room has {count} lines, {ROOM_LINES_MAX} at most: split it by noun into two"
            yield Breach(f"{room}/__init__.py", 1, "crowded", sentence)


# -- suppressions and leftovers ----------------------------------------------------------------

SUPPRESSION = re.compile(r"#\s*(type:\s*ignore|noqa|pragma:\s*no\s*cover|mypy:\s*\w+|ruff:\s*\w+)\b(.*)")
REASONED = re.compile(r"^(\[[\w, -]+\]|:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|)\s*(#|-|—)\s*\S+\s+\S+")
LEFTOVER = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")


def suppressions(source: Source) -> Iterator[Finding]:
    """A suppression names its code, and its reason on the same line."""
    for number, comment in _comments(source):
        if match := SUPPRESSION.search(comment):
            rest = match[2]
            if not REASONED.match(rest):
                yield number, f"“{match[0].strip()}” needs a reason on the line: # {match[1]}…  # because …"
            elif not rest.startswith(("[", ":")) and not match[1].startswith("pragma"):
                yield number, f"“{match[1]}” has to name what it suppresses"
        if LEFTOVER.search(comment):
            yield number, "an open end: do it, or write an issue"


def _comments(source: Source) -> Iterator[tuple[int, str]]:
    import io
    import tokenize

    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


# -- writing, clock, reactions -----------------------------------------------------------------


def writes(source: Source) -> Iterator[Finding]:
    """Rows are written in ``actions/`` only."""
    if not source.in_product or source.within("actions"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node, node.func):
            yield node.lineno, f".{node.func.attr}() writes rows: let an action do it"


def _writes(call: ast.Call, method: ast.Attribute) -> bool:
    name, receiver = method.attr, ast.unparse(method.value)
    of_rows = re.search(r"\.objects\b|\.(filter|exclude|all|order_by)\(|_set$", receiver) is not None
    if name in SURE_WRITES:
        return True
    if name in ("create", "acreate"):
        return of_rows
    if name in ("save", "asave", "delete", "adelete"):
        # With positional arguments it is another kind of thing: a file, a cache, a table of the lake.
        return of_rows or not call.args
    if name in ("update", "aupdate"):
        return of_rows or (not call.args and bool(call.keywords))
    return False


def clock(source: Source) -> Iterator[Finding]:
    """``now()`` comes in by the front door: web, tasks and commands."""
    if not source.in_product or source.within("web", "management", "tasks.py"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            words = name.split(".")
            of_a_given_time = words[-1] in ("localdate", "localtime") and bool(node.args)
            reads = tuple(words[-2:]) in CLOCKS or words[-1] in ("now", "Now", "localdate", "localtime")
            if reads and not of_a_given_time:
                yield node.lineno, f"{name}(): take the time as “at”, from web, task or command"


def days(source: Source) -> Iterator[Finding]:
    """A moment's own ``date()`` is the day in UTC: wrong where people live, for hours a day."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and not node.args and isinstance(node.func, ast.Attribute):
            moment = ast.unparse(node.func.value)
            if node.func.attr == "date" and re.fullmatch(r"at|now|timezone\.now\(\)|(.*[._])?\w+_at", moment):
                yield (
                    node.lineno,
                    f"{moment}.date() is the day in UTC: take company_day({moment}) or the unit's",
                )


def signals(source: Source) -> Iterator[Finding]:
    """Reacting upward is a line in config/reactions.py, not a signal."""
    if not source.in_product:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django"):
            for name in sorted({alias.name for alias in node.names} & SIGNALS):
                yield node.lineno, f"{name}: write a line in config/reactions.py instead of a signal"


def actions(source: Source) -> Iterator[Finding]:
    """An action is keyword-only and is told when."""
    if not source.in_product or not source.within("actions"):
        return
    for node in source.tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if not any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list):
            continue
        given = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
        if given:
            yield node.lineno, f"{node.name} takes {', '.join(given)} by position: an action is keyword-only"
        if "at" not in [argument.arg for argument in node.args.kwonlyargs]:
            yield node.lineno, f"{node.name} is not told when: take “at”"


# -- models and views --------------------------------------------------------------------------


def models(source: Source) -> Iterator[Finding]:
    """No generic foreign keys, and no hidden ordering."""
    if not source.in_product:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).endswith("GenericForeignKey"):
            yield node.lineno, "GenericForeignKey: hold a Ref"
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            for part in node.body:
                if isinstance(part, ast.Assign) and any(ast.unparse(t) == "ordering" for t in part.targets):
                    yield part.lineno, "Meta.ordering sorts every query unseen: order where the order matters"


def views(source: Source) -> Iterator[Finding]:
    """Views never touch models: rows come through xs_visible_to."""
    if not source.path.startswith("src/remit/web/"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
            yield node.lineno, f"{ast.unparse(node)}: a page reads through a query or xs_visible_to"


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (names, sizes, rooms, suppressions, writes, clock, days, signals, actions, models, views)
}


# -- foreign keys, which Django knows best -----------------------------------------------------


def floors() -> dict[str, int]:
    """Room to floor, the lowest 0, from the contract in pyproject.toml."""
    import tomllib

    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(c for c in whole["tool"]["importlinter"]["contracts"] if c["id"] == "floors")
    layers = enumerate(reversed(contract["layers"]))
    return {room.strip(" ()"): floor for floor, layer in layers for room in layer.split("|")}


def foreign_keys() -> Iterator[Breach]:
    """A key to another room points down, and the lower room does not see it."""
    from django.apps import apps

    for model in apps.get_models():
        if model.__module__.startswith("remit."):
            path = "src/" + model.__module__.replace(".", "/") + ".py"
            for field in model._meta.get_fields():
                for sentence in problems_of_key(field, model._meta.app_label, floors()):
                    yield Breach(path, 1, "foreign_keys", f"{model.__name__}.{field.name} {sentence}")


def problems_of_key(field: object, room: str, floor_of: dict[str, int]) -> Iterator[str]:
    """What is wrong with one field of a model of ``room``."""
    remote = getattr(field, "remote_field", None)
    if remote is None or not getattr(field, "concrete", False):
        return
    other = remote.model._meta.app_label
    if other == room:
        return
    if remote.related_name != "+":
        yield f"points to {other}: say related_name=“+”"
    if other in floor_of and floor_of[other] >= floor_of[room]:
        yield f"points up, to {other}: hold a Ref"


# -- the run -----------------------------------------------------------------------------------


def breaches_of(source: Source) -> list[Breach]:
    """Every breach in one file that its line does not excuse."""
    found = [
        Breach(source.path, line, name, text) for name, rule in RULES.items() for line, text in rule(source)
    ]
    return sorted(breach for breach in found if not _excused(source, breach))


def _excused(source: Source, breach: Breach) -> bool:
    line = source.lines[breach.line - 1] if source.lines else ""
    return re.search(rf"#\s*house:\s*{breach.rule}:\s*\S+\s+\S+", line) is not None


def main() -> int:
    """1 when a rule is broken."""
    import os

    import django

    sources = [
        Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]
    found = [breach for source in sources for breach in breaches_of(source)]
    found += crowded(sources)
    os.environ["DJANGO_SETTINGS_MODULE"] = "remit.config.testing"
    django.setup()
    found += foreign_keys()
    for breach in found:
        print(breach)
    print(f"{len(found)} breaches of the house rules." if found else "The house rules hold.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
