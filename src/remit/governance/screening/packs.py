"""Rules are data: packs of YAML, read and checked here.

A family states the law, gravity, why and suggestion that its rules share; a rule is a code and its words,
or a mapping that says more. Words are parted by commas; ``(a|b)`` stands for either, ``$name`` for any of
a list.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from remit.core.text import Text

from .denial import Denial, denial_of
from .engine import Screen
from .proofs import PROOFS
from .rule import Excuse, Law, Part, Reach, Rule, Saying, Verdict

FOLDER = Path(__file__).parent / "packs"
ALWAYS = ("explaining", "mentioned", "negated", "title")  # excuses of every family that names none
EXPANDED_MOST = 20_000
PLAIN_PAUSES = str.maketrans("，；", ",;")  # as in plain texts
PARTED = re.compile(r" (\.\.\d*|&|\+) ")  # the parts of a saying
LISTED = re.compile(r"^\((.*,.*)\)$")  # (a, b): either of them
PIECE = re.compile(r"<([a-z_]+)>")
CHOICE = re.compile(r"\(([^()]*)\)|\$([a-z_]+)")
FIELDS = frozenset(
    {"words", "law", "severity", "why", "suggestion", "industries", "unless"}
    | {"says", "without", "near", "within", "pattern", "lacks", "excuses", "despite", "strict", "heard"}
)


class UnreadablePack(ValueError):
    """A pack cannot be read; ``where`` names the file and the rule, ``why`` what is wrong."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where, self.why = where, why


@cache
def shipped() -> Screen:
    """The screen of the packs that come with the product."""
    return screen_of(read_folder(FOLDER))


@cache
def industries() -> dict[str, Text]:
    """The industries that rules know, with their names."""
    known = _load(FOLDER / "common.yaml")["industries"]
    return {code: Text(row["zh"], row["en"]) for code, row in known.items()}


@cache
def laws() -> dict[str, Law]:
    """The articles that rules can cite, by code."""
    return {code: _law(code, row) for code, row in _load(FOLDER / "laws.yaml").items()}


@cache
def shared_excuses() -> tuple[Excuse, ...]:
    """The excuses that always hold: the sentence explains, negates, or names a work."""
    shared = _load(FOLDER / "common.yaml")
    return tuple(_excuse(code, shared["excuses"][code], shared.get("lists", {})) for code in ALWAYS)


def expand_words(written: str, where: str) -> tuple[str, ...]:
    """``最(好|佳), 顶级`` → 最好, 最佳, 顶级. Raise UnreadablePack."""
    return _words(written, {}, where)


def screen_of(rules: Iterable[Rule]) -> Screen:
    """A screen of these rules; industries are told by the words of ``common.yaml``."""
    known = _load(FOLDER / "common.yaml")["industries"]
    return Screen(rules, {code: _words(row.get("cues", ""), {}, code) for code, row in known.items()})


@cache
def read_folder(folder: Path) -> tuple[Rule, ...]:
    """Every rule of every pack in a folder. Raise UnreadablePack, which says where and why."""
    laws = {code: _law(code, row) for code, row in _load(folder / "laws.yaml").items()}
    shared = _load(folder / "common.yaml")
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in ("laws.yaml", "common.yaml"):
            rules += read_pack(_load(path), path.name, laws, shared)
    codes = [rule.code for rule in rules]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise UnreadablePack(twice, "this code is used twice")
    return tuple(rules)


def read_pack(
    pack: Mapping[str, Any], name: str, laws: Mapping[str, Law], shared: Mapping[str, Any]
) -> Iterator[Rule]:
    """The rules of one pack."""
    lists = {**shared.get("lists", {}), **pack.get("lists", {})}
    excuses = {
        code: _excuse(code, row, lists)
        for code, row in {**shared.get("excuses", {}), **pack.get("excuses", {})}.items()
    }
    for family in pack.get("families", ()):
        for code, given in family["rules"].items():
            row = {"words": given} if isinstance(given, str) else given
            whole = {**{key: value for key, value in family.items() if key != "rules"}, **row}
            yield _rule(code, whole, f"{name} {code}", laws, lists, excuses, shared.get("pieces", {}))


def _rule(
    code: str,
    row: Mapping[str, Any],
    where: str,
    laws: Mapping[str, Law],
    lists: Mapping[str, str],
    excuses: Mapping[str, Excuse],
    pieces: Mapping[str, str],
) -> Rule:
    named = [one for one in (*ALWAYS, *row.get("excuses", ())) if one not in row.get("despite", ())]
    _require_right(row, where, laws, set(named) - set(excuses))
    within = int(row.get("within", 12))
    return Rule(
        code=code,
        words=_words(row.get("words", ""), lists, where),
        says=tuple(_saying(one, within, lists, pieces, where) for one in row.get("says", ())),
        without=_words(row.get("without", ""), lists, where),
        law=laws[row["law"]],
        severity=Verdict(row["severity"]),
        why=_text(row.get("why"), f"{where}.why"),
        suggestion=_text(row.get("suggestion"), f"{where}.suggestion"),
        industries=frozenset(row.get("industries", ())),
        unless=frozenset(row.get("unless", ())),
        near=_words(row.get("near", ""), lists, where),
        within=within,
        pattern=_pattern(row.get("pattern"), f"{where}.pattern"),
        lacks=tuple(row.get("lacks", ())),
        excuses=tuple(excuses[one] for one in dict.fromkeys(named)),
        strict=bool(row.get("strict", False)),
        heard=bool(row.get("heard", False)),
    )


def _require_right(row: Mapping[str, Any], where: str, laws: Mapping[str, Law], no_excuses: set[str]) -> None:
    if unknown := sorted(set(row) - FIELDS):
        raise UnreadablePack(where, f"unknown field {unknown[0]!r}; known are {', '.join(sorted(FIELDS))}")
    if row.get("law") not in laws:
        raise UnreadablePack(where, f"law {row.get('law')!r} is not among those of laws.yaml")
    if row.get("severity") not in ("change", "stop"):
        raise UnreadablePack(where, f"severity is change or stop, not {row.get('severity')!r}")
    if not row.get("words") and not row.get("says"):
        raise UnreadablePack(where, "no words: a rule needs at least one, or says")
    if unknown := sorted(set(row.get("lacks", ())) - set(PROOFS)):
        raise UnreadablePack(where, f"unknown proof {unknown[0]!r}; known are {', '.join(PROOFS)}")
    if no_excuses:
        raise UnreadablePack(where, f"there is no excuse {min(no_excuses)!r}")


def _saying(
    written: str, within: int, lists: Mapping[str, str], pieces: Mapping[str, str], where: str
) -> Saying:
    """``$drink ..6 $relief & $word``: the second at most so far after the first, the third beside."""
    first, *rest = PARTED.split(written)
    parts = []
    for sign, what in [("..", first), *zip(rest[::2], rest[1::2], strict=True)]:
        reach = Reach(sign[:2])
        far = int(sign[2:]) if reach is Reach.AFTER and sign[2:] else within
        piece = PIECE.fullmatch(what.strip())
        if piece and piece[1] not in pieces:
            raise UnreadablePack(where, f"there is no piece <{piece[1]}>")
        words = () if piece else _words(LISTED.sub(r"\1", what.strip()), lists, where)
        parts.append(Part(words, _pattern(pieces[piece[1]], where) if piece else None, reach, far))
    if not any(part.words for part in parts):
        raise UnreadablePack(where, f"a saying needs words: {written!r}")
    return tuple(parts)


def _words(written: str, lists: Mapping[str, str], where: str) -> tuple[str, ...]:
    """``最(好|佳), 顶级`` → 最好, 最佳, 顶级."""
    found: list[str] = []
    for word in filter(None, (part.strip() for part in str(written).split(","))):
        found += _expanded(word, lists, where)
    if len(found) > EXPANDED_MOST:
        raise UnreadablePack(where, f"stands for {len(found)} words; at most {EXPANDED_MOST}")
    return tuple(dict.fromkeys(found))


def _expanded(word: str, lists: Mapping[str, str], where: str) -> list[str]:
    choice = CHOICE.search(word)
    if choice is None:
        if "(" in word or ")" in word or "$" in word:
            raise UnreadablePack(where, f"a bracket or $ that is not closed: {word!r}")
        return [word]
    if choice[2] and choice[2] not in lists:
        raise UnreadablePack(where, f"there is no list ${choice[2]}")
    either = lists[choice[2]].split(",") if choice[2] else choice[1].split("|")
    before, after = word[: choice.start()], word[choice.end() :]
    return [whole for one in either for whole in _expanded(before + one.strip() + after, lists, where)]


def _excuse(code: str, row: Mapping[str, Any], lists: Mapping[str, str]) -> Excuse:
    return Excuse(
        code=code,
        reason=_text(row.get("reason"), f"excuse {code}"),
        phrases=_words(row.get("phrases", ""), lists, code),
        context=_words(row.get("context", ""), lists, code),
        denial=_denial(row.get("denial"), code),
        titled=bool(row.get("titled", False)),
        quoted=bool(row.get("quoted", False)),
    )


def _denial(row: Mapping[str, str] | None, code: str) -> Denial | None:
    if row is None:
        return None
    try:
        return denial_of(**{name: re.sub(r"\|\s+", "|", pattern.strip()) for name, pattern in row.items()})
    except (re.error, TypeError) as error:
        raise UnreadablePack(f"excuse {code}", str(error)) from error


def _law(code: str, row: Mapping[str, Any]) -> Law:
    return Law(code, _text(row.get("title"), code), _text(row.get("text"), code))


def _pattern(written: str | None, where: str) -> re.Pattern[str] | None:
    if not written:
        return None
    try:
        return re.compile(written.translate(PLAIN_PAUSES))
    except re.error as error:
        raise UnreadablePack(where, str(error)) from error


def _text(row: Any, where: str) -> Text:
    if not isinstance(row, Mapping) or not row.get("zh") or not row.get("en"):
        raise UnreadablePack(where, "write the text as zh: … and en: …")
    return Text(str(row["zh"]), str(row["en"]), str(row.get("zh_hans", "")))


@cache
def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded
