"""What a policy says, clause by clause. Pure: YAML rows in, clauses out.

``docs/how/approval.md`` states the order in which clauses are judged, with worked examples.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from remit.core.text import Text

UNIT, ABOVE, COMPANY, TOP = "unit", "above", "company", "top"
WHERES = (UNIT, ABOVE, COMPANY, TOP)
PERIODS = ("month", "quarter", "year")
ALL = 0  # how many signatures: of everybody who answers for the position
TEXT, NUMBER, FLAG, DATE, LIST = "text", "number", "flag", "date", "list"
# What a condition is tried on when it is saved: one value of each type.
SAMPLES: Mapping[str, object] = {TEXT: "", NUMBER: 1.0, FLAG: True, DATE: "2026-01-01", LIST: []}
CLAUSES_MAX, TEXT_MAX = 100, 600
BOUND = re.compile(r"\.(?:all|exists|exists_one|filter|map)\(\s*(\w+)\s*,")  # names that CEL's macros bring


class UnreadableClause(ValueError):
    """A policy cannot be read; the text names the clause and the field, and what is wrong."""

    def __init__(self, where: str, zh_hant: str, en: str) -> None:
        super().__init__(f"{where}: {en}")
        self.text = Text(f"{where}：{zh_hant}", f"{where}: {en}")


@dataclass(frozen=True, slots=True)
class StepRule:
    """Who signs: the holders of a position in a place, or the people in a role of the subject.

    ``need``: how many of them; ALL for everybody. ``days``: working days until it is escalated.
    ``is_arbiter``: opens only when the other steps of its stage disagree, and then decides.
    """

    stage: int
    position: str = ""
    role: str = ""
    where: str = UNIT
    need: int = 1
    days: int = 3
    is_arbiter: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that has to be there; ``code`` is unique within a kind of request."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Lead:
    """``days`` before the day that the fact ``before`` holds; ``working``: working days."""

    days: int
    before: str
    working: bool = False


@dataclass(frozen=True, slots=True)
class Green:
    """The green channel: papers and lead times are owed afterwards, within ``days`` working days of approval.

    ``quota``: how often a unit may use it in a ``period``.
    """

    days: int
    quota: int
    period: str = "quarter"


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule: when ``when`` (CEL over the facts) holds, all that it names is asked for.

    ``basis``: the code of the handbook. ``refuse``: nothing of the kind is accepted.
    """

    code: str
    text: Text
    when: str = "true"
    basis: str = ""
    refuse: bool = False
    steps: tuple[StepRule, ...] = ()
    papers: tuple[Paper, ...] = ()
    lead: Lead | None = None
    green: Green | None = None

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Raise FactMissing when the condition reads a fact that is not known."""
        try:
            return bool(_program(self.when).execute(dict(facts)))
        except (RuntimeError, TypeError) as error:
            raise FactMissing(self.code, str(error)) from error


class FactMissing(LookupError):
    """A condition cannot be judged: a fact that it reads is not known."""

    def __init__(self, clause: str, why: str) -> None:
        super().__init__(f"{clause}: {why}")
        self.clause = clause


@lru_cache(maxsize=2000)
def _program(condition: str) -> Any:
    import cel  # brings its own command line along: half a second for whoever judges nothing

    return cel.compile(condition)


def clauses_of(rows: Iterable[Mapping[str, Any]], facts: Mapping[str, str]) -> tuple[Clause, ...]:
    """Read and check clauses; ``facts``: type by name, of the kind of request that they rule.

    Raise UnreadableClause, which says where and why.
    """
    if not isinstance(rows, list) or not rows:
        raise UnreadableClause("clauses", "請寫成清單，至少一條", "write a list of at least one clause")
    if len(rows) > CLAUSES_MAX:
        raise UnreadableClause("clauses", f"最多 {CLAUSES_MAX} 條", f"at most {CLAUSES_MAX}")
    read = [_clause(row, number, facts) for number, row in enumerate(rows, 1)]
    codes = [clause.code for clause in read]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise UnreadableClause(twice, "這個編號用了兩次", "this code is used twice")
    return tuple(read)


def _clause(row: Any, number: int, facts: Mapping[str, str]) -> Clause:
    if not isinstance(row, Mapping):
        raise UnreadableClause(
            f"clause {number}", "請寫 code、text 與後果", "write code, text and what follows"
        )
    where = str(row.get("code") or f"clause {number}")
    known = {"code", "text", "when", "basis", "refuse", "steps", "papers", "lead", "green"}
    if unknown := sorted(set(row) - known):
        raise UnreadableClause(
            where,
            f"沒有「{unknown[0]}」這個欄位；可用的有 {'、'.join(sorted(known))}",
            f"unknown field {unknown[0]!r}; known are {', '.join(sorted(known))}",
        )
    if not row.get("code"):
        raise UnreadableClause(
            where, "每條都要有 code，供引用", "a clause needs a code by which it is quoted"
        )
    condition = _condition(str(row.get("when", "true")), where, facts)
    clause = Clause(
        code=str(row["code"])[:20],
        text=_text(row.get("text"), where),
        when=condition,
        basis=str(row.get("basis", ""))[:20],
        refuse=_flag(row.get("refuse", False), f"{where}.refuse"),
        steps=tuple(_step(step, f"{where}.steps") for step in _rows(row, "steps", where)),
        papers=tuple(_paper(paper, f"{where}.papers") for paper in _rows(row, "papers", where)),
        lead=_lead(row["lead"], f"{where}.lead", facts) if row.get("lead") else None,
        green=_green(row["green"], f"{where}.green") if row.get("green") else None,
    )
    if not (clause.refuse or clause.steps or clause.papers or clause.lead or clause.green):
        raise UnreadableClause(
            where,
            "沒有寫後果：請加上 steps、papers、lead、green 或 refuse",
            "nothing follows: add steps, papers, lead, green or refuse",
        )
    return clause


def _condition(condition: str, where: str, facts: Mapping[str, str]) -> str:
    """The condition, tried on one value of each type: it must parse, know its facts and say yes or no."""
    try:
        program = _program(condition)
        if unknown := sorted(set(program.variables()) - set(facts) - set(BOUND.findall(condition))):
            raise ValueError(f"unknown fact {unknown[0]!r}")  # a shortcut (a && b) would not read it
        said = program.execute({name: SAMPLES[kind] for name, kind in facts.items()})
    except (ValueError, TypeError, RuntimeError) as error:
        first_line, known = str(error).splitlines()[0], ", ".join(facts)
        raise UnreadableClause(
            f"{where}.when",
            f"條件讀不懂：{first_line}（可用的事實：{known}）",
            f"{first_line} (facts: {known})",
        ) from error
    if not isinstance(said, bool):
        raise UnreadableClause(
            f"{where}.when", "條件的結果必須是真或假", "the condition has to be true or false"
        )
    return condition


def _step(row: Any, where: str) -> StepRule:
    row = _mapping(row, where, {"stage", "position", "role", "where", "need", "days", "arbiter"})
    position, role = str(row.get("position", "")), str(row.get("role", ""))
    if bool(position) == bool(role):
        raise UnreadableClause(
            where, "position（崗位）與 role（角色）請擇一填寫", "name either a position or a role"
        )
    place = str(row.get("where", UNIT))
    if place not in WHERES:
        raise UnreadableClause(
            where, f"where 為下列之一：{'、'.join(WHERES)}", f"where is one of {', '.join(WHERES)}"
        )
    need = row.get("need", 1)
    return StepRule(
        stage=_count(row.get("stage", 1), f"{where}.stage", 1, 20),
        position=position,
        role=role,
        where=place,
        need=ALL if need == "all" else _count(need, f"{where}.need", 1, 50),
        days=_count(row.get("days", 3), f"{where}.days", 1, 90),
        is_arbiter=_flag(row.get("arbiter", False), f"{where}.arbiter"),
    )


def _paper(row: Any, where: str) -> Paper:
    row = _mapping(row, where, {"code", "title"})
    if not str(row.get("code", "")).isidentifier():
        raise UnreadableClause(
            where,
            "文件的 code 只能用英文字母、數字與底線",
            "a paper needs a code of letters, digits and underscores",
        )
    return Paper(str(row["code"])[:40], _text(row.get("title"), f"{where}.title"))


def _lead(row: Any, where: str, facts: Mapping[str, str]) -> Lead:
    row = _mapping(row, where, {"days", "before", "working"})
    before = str(row.get("before", ""))
    if facts.get(before) != DATE:
        dates = ", ".join(name for name, kind in facts.items() if kind == DATE)
        raise UnreadableClause(
            f"{where}.before",
            f"請填一個日期型的事實：{dates or '目前沒有'}",
            f"name a fact that is a date: {dates or 'there is none'}",
        )
    return Lead(
        days=_count(row.get("days"), f"{where}.days", 1, 366),
        before=before,
        working=_flag(row.get("working", False), f"{where}.working"),
    )


def _green(row: Any, where: str) -> Green:
    row = _mapping(row, where, {"days", "quota", "period"})
    period = str(row.get("period", "quarter"))
    if period not in PERIODS:
        raise UnreadableClause(
            f"{where}.period", f"為下列之一：{'、'.join(PERIODS)}", f"one of {', '.join(PERIODS)}"
        )
    days = _count(row.get("days"), f"{where}.days", 1, 90)
    return Green(days, _count(row.get("quota"), f"{where}.quota", 1, 1000), period)


def _rows(row: Mapping[str, Any], name: str, where: str) -> list[Any]:
    rows = row.get(name) or []
    if not isinstance(rows, list):
        raise UnreadableClause(f"{where}.{name}", "請寫成清單", "write a list")
    return rows


def _mapping(row: Any, where: str, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(row, Mapping):
        raise UnreadableClause(
            where, f"請寫成欄位：{'、'.join(sorted(known))}", f"write fields: {', '.join(sorted(known))}"
        )
    if unknown := sorted(map(str, set(row) - known)):
        raise UnreadableClause(
            where,
            f"沒有「{unknown[0]}」這個欄位；可用的有 {'、'.join(sorted(known))}",
            f"unknown field {unknown[0]!r}; known are {', '.join(sorted(known))}",
        )
    return row


def _text(row: Any, where: str) -> Text:
    if not isinstance(row, Mapping) or not row.get("zh") or not row.get("en"):
        raise UnreadableClause(where, "請寫成 zh: … 與 en: …", "write the text as zh: … and en: …")
    return Text(str(row["zh"])[:TEXT_MAX], str(row["en"])[:TEXT_MAX], str(row.get("zh_hans", ""))[:TEXT_MAX])


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise UnreadableClause(where, "請寫 true 或 false", "write true or false")
    return value


def _count(value: Any, where: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise UnreadableClause(
            where, f"請寫 {least} 至 {most} 的整數", f"write a whole number from {least} to {most}"
        )
    return value
