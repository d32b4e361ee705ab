"""Translations: extract, check, derive zh-Hans, compile.

``python tools/messages.py`` does all of it and fails when a string has no zh-Hant translation;
``--compile`` only writes the ``.mo`` files; ``--missing`` prints what has to be translated, as PO entries.

Source strings are English. zh-Hant is authored in ``locale/zh_Hant/parts/<room>.po``, one file a room;
zh-Hans is derived from it (OpenCC, Taiwan to mainland with phrases), and an entry of
``locale/zh_Hans/corrections.po`` wins over the derived one.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import allauth
import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.conf import settings
from django.utils.translation.template import templatize

from remit.core.text import simplified

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/remit"
LOCALE = SOURCE / "locale"
PARTS = LOCALE / "zh_Hant/parts"
CORRECTIONS = LOCALE / "zh_Hans/corrections.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*(?:![rsa])?(?::[^{}]*)?\}")
STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = rf"(?:(?:n|p|np)?gettext|_)\({STRING}(?:, {STRING})*(?:, ?count)?\)"

type Key = tuple[str, str, str]  # context, singular, plural
type Messages = dict[Key, list[str]]  # where each is used


def main() -> int:
    """0 when all is translated."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--compile", action="store_true", help="only write the .mo files")
    words.add_argument("--missing", action="store_true", help="print what has to be translated")
    options = words.parse_args()
    authored, problems = read_parts()
    if options.compile:
        compile_both(authored)
        return 0
    used = extract_all()
    missing = {key: places for key, places in used.items() if key not in authored}
    if options.missing:
        print_missing(missing)
        return 0
    problems += [f"{places[0]}: {key[1]!r} has no zh-Hant translation" for key, places in missing.items()]
    problems += [problem for key, entry in authored.items() for problem in wrong(entry)]
    for key in sorted(set(authored) - set(used) - of_the_log_in()):
        print(f"Unused: {key[1]!r}")
    for problem in problems:
        print(problem, file=sys.stderr)
    compile_both(authored)
    print(f"{len(used)} strings, {len(used) - len(missing)} translated, {len(problems)} problems.")
    return 1 if problems else 0


# -- extracting --------------------------------------------------------------------------------


def extract_all() -> Messages:
    """Every translatable string of the Python files and the templates."""
    found: Messages = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            gather(found, path, path.read_text(encoding="utf-8"))
    if not settings.configured:
        settings.configure()
    for path in sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("templates/**/*.txt")]):
        gather(found, path, python_of(path.read_text(encoding="utf-8")))
    return found


def of_the_log_in() -> set[Key]:
    """The strings of the log-in library, whose words in the product's terms are ``parts/allauth.po``."""
    catalog = Path(allauth.__file__).parent / "locale/zh_Hant/LC_MESSAGES/django.po"
    return {key_of(entry) for entry in polib.pofile(str(catalog), encoding="utf-8")}


def python_of(template: str) -> str:
    """A template as calls of gettext that Python's tokenizer can read, on the same lines."""
    lines = templatize(template).splitlines()
    # What stands outside the calls is filler without meaning; its indentation would be an error.
    return "\n".join(" ".join(re.findall(CALL, line)) for line in lines)


def gather(found: Messages, path: Path, text: str) -> None:
    """Add the strings of one file."""
    place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    for line, message, _comments, context in extract(
        "python", io.BytesIO(text.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        parts = (message, "") if isinstance(message, str) else (message[0], message[-1])
        found.setdefault((context or "", *parts), []).append(f"{place}:{line}")


# -- reading and checking ----------------------------------------------------------------------


def read_parts(folder: Path | None = None) -> tuple[dict[Key, polib.POEntry], list[str]]:
    """All authored translations, and where two files disagree."""
    authored: dict[Key, polib.POEntry] = {}
    problems = []
    for path in sorted((folder or PARTS).glob("*.po")):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            if entry.obsolete or not translation(entry):
                continue
            key = key_of(entry)
            other = authored.setdefault(key, entry)
            if translation(other) != translation(entry):
                problems.append(
                    f"{path.name}: {key[1]!r} is {translation(entry)!r} here and {translation(other)!r} "
                    "elsewhere: agree on one, or give one a context"
                )
    return authored, problems


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def translation(entry: polib.POEntry) -> str:
    """Chinese has one form for all numbers."""
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


def wrong(entry: polib.POEntry) -> Iterator[str]:
    """A placeholder lost or invented would be an error on the page; a fuzzy entry is a guess."""
    if entry.fuzzy:
        yield f"{entry.msgid!r} is marked fuzzy"
    allowed = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
    given = set(PLACEHOLDER.findall(translation(entry)))
    needed = set() if entry.msgid_plural else allowed
    if given - allowed or needed - given:
        yield f"{entry.msgid!r} and {translation(entry)!r} differ in placeholders"


def print_missing(missing: Messages) -> None:
    for (context, singular, plural), places in missing.items():
        entry = polib.POEntry(msgid=singular, occurrences=[(places[0].rsplit(":", 1)[0], "")])
        if context:
            entry.msgctxt = context
        if plural:
            entry.msgid_plural, entry.msgstr_plural = plural, {0: ""}
        print(entry)


# -- writing -----------------------------------------------------------------------------------


def compile_both(authored: dict[Key, polib.POEntry]) -> None:
    """Write zh-Hant as authored, and zh-Hans as derived and corrected."""
    write("zh_Hant", authored)
    derived = {key: in_simplified(entry) for key, entry in authored.items()}
    if CORRECTIONS.exists():
        derived |= {key_of(entry): entry for entry in polib.pofile(str(CORRECTIONS)) if translation(entry)}
    write("zh_Hans", derived)


def in_simplified(entry: polib.POEntry) -> polib.POEntry:
    """The same entry in zh-Hans."""
    if entry.msgid_plural:
        forms = {0: simplified(translation(entry))}
        return polib.POEntry(
            msgctxt=entry.msgctxt, msgid=entry.msgid, msgid_plural=entry.msgid_plural, msgstr_plural=forms
        )
    return polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=simplified(translation(entry)))


def write(language: str, entries: dict[Key, polib.POEntry]) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    catalogue.extend(entries[key] for key in sorted(entries))
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    # Written aside and moved, so that a server that starts meanwhile reads a whole file.
    aside = folder / "django.mo.new"
    catalogue.save_as_mofile(str(aside))
    aside.replace(folder / "django.mo")


if __name__ == "__main__":
    sys.exit(main())
