"""A company's own words: rules that it adds, changes or switches off, and exceptions with reasons. Pure.

The list is one mapping, as YAML gives it: ``rules``, ``changes``, ``disabled``, ``exceptions``; see
``docs/how/screening.md``. Patterns are not taken: a company's list cannot slow screening down.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from remit.core.text import Text

from .packs import FOLDER, UnreadablePack, expand_words, industries, laws, read_folder, shared_excuses
from .plain import plain_word
from .proofs import PROOFS
from .rule import Excuse, Law, Rule, Verdict

PARTS = ("rules", "changes", "disabled", "exceptions")
RULE_FIELDS = frozenset(
    {"words", "severity", "why", "suggestion", "law", "industries", "near", "within", "lacks", "heard"}
)
CHANGE_FIELDS = frozenset({"severity", "why", "suggestion", "reason"})
EXCEPTION_FIELDS = frozenset({"rules", "words", "context", "reason"})
SEVERITIES = (Verdict.CHANGE.value, Verdict.STOP.value)
CODE = re.compile(r"[A-Z]{2,8}-\d{1,4}")
ENTRIES_MOST, WORDS_MOST, TEXT_MOST, WITHIN_MOST = 400, 2_000, 300, 60
OWN_LAW = Law(
    "own",
    Text("本公司規定", "Rule of this company"),
    Text("本公司自訂的用語規定。", "A rule of wording that this company set itself."),
)


class UnreadableList(ValueError):
    """The list cannot be read; the text names the entry and says what is wrong and what to do."""

    def __init__(self, where: str, zh_hant: str, en: str) -> None:
        super().__init__(f"{where}: {en}")
        self.text = Text(f"{where}：{zh_hant}", f"{where}: {en}")


@dataclass(frozen=True, slots=True)
class OwnList:
    """What a list says, checked. ``off``: codes; ``excuses``: with the codes that they concern."""

    rules: tuple[Rule, ...] = ()
    changes: Mapping[str, Mapping[str, Any]] | None = None
    off: frozenset[str] = frozenset()
    excuses: tuple[tuple[Excuse, frozenset[str]], ...] = ()

    def over(self, shipped: Iterable[Rule]) -> Iterator[Rule]:
        """The rules in force: the shipped ones as changed, then the company's own."""
        for rule in (*shipped, *self.rules):
            if rule.code not in self.off:
                yield self._excused(self._changed(rule))

    def _changed(self, rule: Rule) -> Rule:
        change = (self.changes or {}).get(rule.code)
        return replace(rule, **change) if change else rule

    def _excused(self, rule: Rule) -> Rule:
        more = tuple(excuse for excuse, codes in self.excuses if not codes or rule.code in codes)
        return replace(rule, excuses=(*rule.excuses, *more)) if more else rule


def read_own(data: Mapping[str, Any]) -> OwnList:
    """Check a list. Raise UnreadableList."""
    if unknown := sorted(set(map(str, data)) - set(PARTS)):
        _refuse(
            unknown[0],
            f"沒有這個部分；可用：{'、'.join(PARTS)}",
            f"no such part; there are {', '.join(PARTS)}",
        )
    codes = {rule.code for rule in read_folder(FOLDER)}
    rules = tuple(_rule(code, row, codes) for code, row in _entries(data, "rules"))
    known = codes | {rule.code for rule in rules}
    return OwnList(
        rules=rules,
        changes={code: _change(code, row, codes) for code, row in _entries(data, "changes")},
        off=frozenset(_off(code, reason, codes) for code, reason in _entries(data, "disabled")),
        excuses=tuple(_exception(n, row, known) for n, row in enumerate(_rows(data), 1)),
    )


def list_digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of what a list says."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def packs_digest() -> str:
    """Eight signs that tell the shipped packs apart."""
    whole = b"".join(path.read_bytes() for path in sorted(FOLDER.glob("*.yaml")))
    return hashlib.sha256(whole).hexdigest()[:8]


def changed_entries(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What was added, removed or changed: codes, and ``exceptions`` where those differ."""
    found = set()
    for part in ("rules", "changes", "disabled"):
        old, new = before.get(part) or {}, after.get(part) or {}
        found |= {str(code) for code in {*old, *new} if old.get(code) != new.get(code)}
    if (before.get("exceptions") or []) != (after.get("exceptions") or []):
        found.add("exceptions")
    return sorted(found)


# -- entries ---------------------------------------------------------------------------------------


def _rule(code: str, row: Any, shipped: set[str]) -> Rule:
    where = f"rules.{code}"
    if not CODE.fullmatch(code):
        _refuse(
            where,
            "編號寫成大寫字母、連字號與數字，如 OWN-001",
            "a code is capitals, a hyphen and digits, such as OWN-001",
        )
    if code in shipped:
        _refuse(
            where,
            "內建規則已用此編號；要改它請寫在 changes",
            "a shipped rule has this code; to change it use “changes”",
        )
    row = _mapping(row, where, RULE_FIELDS)
    known = laws()
    law = row.get("law")
    if law is not None and law not in known:
        _refuse(
            where,
            f"沒有「{law}」這條法規；可用：{'、'.join(known)}",
            f"no law {law!r}; there are {', '.join(known)}",
        )
    within = row.get("within", 12)
    if not isinstance(within, int) or not 1 <= within <= WITHIN_MOST:
        _refuse(
            where, f"within 是 1 至 {WITHIN_MOST} 的整數", f"within is a whole number from 1 to {WITHIN_MOST}"
        )
    return Rule(
        code=code, words=_words(row.get("words"), where), law=known[law] if law else OWN_LAW,
        severity=_severity(row.get("severity"), where), why=_text(row.get("why"), f"{where}.why"),
        suggestion=_text(row.get("suggestion"), f"{where}.suggestion"),
        industries=_among(row.get("industries"), industries(), f"{where}.industries"),
        near=_words(row["near"], f"{where}.near") if row.get("near") else (), within=within,
        lacks=tuple(sorted(_among(row.get("lacks"), PROOFS, f"{where}.lacks"))),
        excuses=shared_excuses(), heard=row.get("heard") is True,
    )  # fmt: skip


def _change(code: str, row: Any, shipped: set[str]) -> dict[str, Any]:
    where = f"changes.{code}"
    _require_known(code, shipped, where)
    row = _mapping(row, where, CHANGE_FIELDS)
    _reason(row.get("reason"), where)
    change: dict[str, Any] = {}
    if "severity" in row:
        change["severity"] = _severity(row["severity"], where)
    for name in ("why", "suggestion"):
        if name in row:
            change[name] = _text(row[name], f"{where}.{name}")
    if not change:
        _refuse(
            where,
            "沒有改動；請寫 severity、why 或 suggestion",
            "nothing changes; write severity, why or suggestion",
        )
    return change


def _off(code: str, reason: Any, shipped: set[str]) -> str:
    _require_known(code, shipped, f"disabled.{code}")
    _reason(reason, f"disabled.{code}")
    return code


def _exception(number: int, row: Any, known: set[str]) -> tuple[Excuse, frozenset[str]]:
    where = f"exceptions[{number}]"
    row = _mapping(row, where, EXCEPTION_FIELDS)
    reason = _reason(row.get("reason"), where)
    codes = row.get("rules") or []
    if not isinstance(codes, list):
        _refuse(f"{where}.rules", "寫成編號的清單，如 [SUP-030]", "write a list of codes, such as [SUP-030]")
    for code in codes:
        _require_known(str(code), known, where)
    if not row.get("words") and not row.get("context"):
        _refuse(
            where,
            "寫 words（含該詞的整個詞語）或 context（同句中的詞）",
            "write words (the whole phrase) or context (words in the same sentence)",
        )
    excuse = Excuse(
        code=f"own-{number}", reason=reason,
        phrases=_words(row["words"], f"{where}.words") if row.get("words") else (),
        context=_words(row["context"], f"{where}.context") if row.get("context") else (),
    )  # fmt: skip
    return excuse, frozenset(map(str, codes))


# -- fields ----------------------------------------------------------------------------------------


def _refuse(where: str, zh_hant: str, en: str) -> None:
    raise UnreadableList(where, zh_hant, en)


def _entries(data: Mapping[str, Any], part: str) -> list[tuple[str, Any]]:
    rows = data.get(part) or {}
    if not isinstance(rows, Mapping):
        raise UnreadableList(part, "寫成「編號: 內容」的對照", "write it as “code: what it says”")
    _require_few(rows, part)
    return [(str(code), row) for code, row in rows.items()]


def _rows(data: Mapping[str, Any]) -> list[Any]:
    rows = data.get("exceptions") or []
    if not isinstance(rows, list):
        raise UnreadableList(
            "exceptions", "寫成清單，每項以 - 開頭", "write a list, each entry with a - in front"
        )
    _require_few(rows, "exceptions")
    return rows


def _require_few(rows: Any, part: str) -> None:
    if len(rows) > ENTRIES_MOST:
        _refuse(part, f"最多 {ENTRIES_MOST} 項", f"at most {ENTRIES_MOST} entries")


def _mapping(row: Any, where: str, fields: frozenset[str]) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise UnreadableList(
            where,
            f"寫成欄位的對照：{'、'.join(sorted(fields))}",
            f"write fields: {', '.join(sorted(fields))}",
        )
    if unknown := sorted(set(map(str, row)) - fields):
        _refuse(
            where,
            f"沒有「{unknown[0]}」這個欄位；可用：{'、'.join(sorted(fields))}",
            f"no field {unknown[0]!r}; there are {', '.join(sorted(fields))}",
        )
    return {str(name): value for name, value in row.items()}


def _require_known(code: str, known: set[str], where: str) -> None:
    if code not in known:
        _refuse(where, f"沒有編號為 {code} 的規則", f"there is no rule {code}")


def _severity(value: Any, where: str) -> Verdict:
    if value not in SEVERITIES:
        _refuse(where, "severity 寫 change（須修改）或 stop（禁止發布）", "severity is change or stop")
    return Verdict(value)


def _text(value: Any, where: str) -> Text:
    """One language stands for both, so that a company need not translate its list."""
    if isinstance(value, Mapping) and set(value) <= {"zh", "en"}:
        zh, en = value.get("zh"), value.get("en")
    else:
        zh = en = value
    zh, en = zh or en, en or zh
    if not isinstance(zh, str) or not isinstance(en, str) or not zh.strip() or not en.strip():
        _refuse(where, "請寫文字，或 zh: …、en: …", "write a text, or zh: … and en: …")
    if len(str(zh)) > TEXT_MOST or len(str(en)) > TEXT_MOST:
        _refuse(where, f"最多 {TEXT_MOST} 字", f"at most {TEXT_MOST} characters")
    return Text(str(zh).strip(), str(en).strip())


def _reason(value: Any, where: str) -> Text:
    if not value:
        _refuse(where, "請寫理由（reason）", "give a reason")
    return _text(value, where)


def _among(value: Any, known: Iterable[str], where: str) -> frozenset[str]:
    given = [value] if isinstance(value, str) else list(value or [])
    if unknown := sorted(set(map(str, given)) - set(known)):
        _refuse(
            where,
            f"沒有「{unknown[0]}」；可用：{'、'.join(known)}",
            f"no {unknown[0]!r}; there are {', '.join(known)}",
        )
    return frozenset(map(str, given))


def _words(value: Any, where: str) -> tuple[str, ...]:
    written = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    try:
        found = expand_words(written.replace("，", ",").replace("、", ","), where)
    except UnreadablePack as error:
        raise UnreadableList(where, "括號或清單寫法讀不懂，如 最(好|佳)", error.why) from error
    if not found:
        _refuse(where, "沒有詞：至少寫一個", "no words: write at least one")
    if len(found) > WORDS_MOST:
        _refuse(
            where,
            f"共 {len(found)} 個詞；最多 {WORDS_MOST} 個",
            f"stands for {len(found)} words; at most {WORDS_MOST}",
        )
    for word in found:
        if len(plain_word(word)) < 2:
            _refuse(
                where,
                f"「{word}」去掉標點後不足兩個字，會標出太多地方",
                f"{word!r} has fewer than two characters without its marks and would mark too much",
            )
    return found
