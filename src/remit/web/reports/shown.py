"""A report's content in the reader's language: sections of facts, each row with what it says and its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from remit.core.ref import Ref
from remit.core.text import Text
from remit.execution.models import Report
from remit.execution.watching import SECTIONS
from remit.governance.kinds import kinds
from remit.metrics.deciding import part_text
from remit.notices.subjects import Subject
from remit.org.models import Person
from remit.planning.enums import DeviationState

from .. import numbers
from ..refs import resolve_all
from ..templatetags.figures import day, language, listed, say


@dataclass(frozen=True, slots=True)
class Row:
    """``facts`` stand in the columns after the title. ``tone``: good, warn, bad or nothing."""

    title: str
    note: str
    facts: tuple[str, ...]
    tone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """``heads`` name the columns after the first."""

    title: str
    empty: str
    first: str
    heads: tuple[str, ...]
    rows: list[Row]
    more: int


def title_of(report: Report) -> str:
    """``週檢視 2026-W48 · 旅程超市``."""
    return f"{report.get_kind_display()} {report.key} · {say(report.unit)}"


def sections_of(report: Report, person: Person | None) -> list[Section]:
    """Each section as its kind has it; ``person`` (none: nobody) decides which rows lead to a page."""
    content = {name: report.content.get(name, {"rows": [], "more": 0}) for name in SECTIONS[report.kind]}
    rows = [row for part in content.values() for row in part["rows"] if row.get("ref")]
    pages = resolve_all(person, {Ref.parse(row["ref"]) for row in rows}) if person else {}
    return [DRAWN[name](part["rows"], part["more"], pages) for name, part in content.items()]


type Pages = dict[Ref, Subject]
type Facts = list[dict[str, Any]]


def _figures(rows: Facts, more: int, pages: Pages) -> Section:
    found = []
    for row in rows:
        value, before = Decimal(row["value"]), Decimal(row["before"]) if row["before"] else None
        gap = None if before is None else value - before
        tone = ""
        if gap and row["better"] in ("up", "down"):
            tone = "good" if (gap > 0) == (row["better"] == "up") else "bad"
        facts = (_figure(row, "value"), _figure(row, "before"), _change(row, gap, before))
        # a rate of one currency's sales says whose it is; an amount does so itself
        whose = f"{row['currency']} · " if row.get("split") and row["unit"] != "money" else ""
        found.append(Row(_said(row["title"]), whose + _span(row["period"]), facts, tone))
    return Section(
        _("Figures"), _("No figure has data yet: import sales first."), pgettext("report", "Figure"),
        (pgettext("report", "Value"), pgettext("report", "Before"), pgettext("report", "Change")),
        found, more,
    )  # fmt: skip


def _change(row: dict[str, Any], gap: Decimal | None, before: Decimal | None) -> str:
    """Against what was before: a share in points, everything else in percent of it."""
    if row["unit"] == "percent" and gap is not None:
        points = numbers.grouped(gap * 100, 1)
        return _("%s points") % (points if gap <= 0 or points.startswith("−") else f"+{points}")
    return numbers.change(gap / abs(before) if gap is not None and before else None)


def _targets(rows: Facts, more: int, pages: Pages) -> Section:
    found = []
    for row in rows:
        value, target = Decimal(row["value"]), Decimal(row["target"])
        reached = value / target if target else None
        facts = (_figure(row, "value"), _figure(row, "target"), numbers.percent(reached, 0))
        note = f"{_said(row['where'])} · {_span(row['period'])} · {_said(row['who'])}"
        missed = reached is not None and (reached < 1) == (row["better"] != "down")
        found.append(Row(_said(row["title"]), note, facts, "warn" if missed else "good"))
    return Section(
        _("Targets"), _("No target is set here."), pgettext("report", "Target"),
        (pgettext("report", "Value"), pgettext("report", "Target"), pgettext("report", "Reached")),
        found, more,
    )  # fmt: skip


def _plans(rows: Facts, more: int, pages: Pages) -> Section:
    steps = {
        "deviation": _("a deviation is being signed"), "launch": _("launch it"),
        "close": _("close it: results and retrospective"), "run": _("carry it on"),
    }  # fmt: skip
    found = []
    for row in rows:
        elapsed = Decimal(row["elapsed"])
        paces = [_pace(each, elapsed) for each in row["measures"]]
        note = "；".join(paces) if language().startswith("zh") else "; ".join(paces)
        owes = f"{_said(row['who'])}{pgettext('who, what', ': ')}{steps[row['next']]}"
        tone = "warn" if row["next"] in ("close", "deviation") else ""
        facts = (numbers.percent(elapsed, 0), _day(row["ends_on"]), owes)
        found.append(Row(row["title"], note, facts, tone, _url(row, pages)))
    return Section(
        _("Campaigns that run"), _("No campaign runs or waits for its launch."),
        pgettext("report", "Campaign"),
        (pgettext("report", "Time gone"), pgettext("report", "Ends"), pgettext("report", "Next step")),
        found, more,
    )  # fmt: skip


def _pace(row: dict[str, Any], elapsed: Decimal) -> str:
    """What adds up is held against the days gone; a rate against its target."""
    value, target = Decimal(row["value"]), Decimal(row["target"])
    expected = target * elapsed if row["unit"] in ("money", "count") else target
    pace = numbers.percent(value / expected, 0) if expected else numbers.NOTHING
    said = {"title": row["title"], "pace": pace}
    said |= {name: _figure(row, name) for name in ("value", "target")}
    return _("%(title)s %(value)s of %(target)s, %(pace)s of its pace") % said


def _pending(rows: Facts, more: int, pages: Pages) -> Section:
    known = kinds()
    found = [
        Row(
            row["title"], say(known[row["kind"]].title) if row["kind"] in known else row["kind"],
            (_said(row["who"]), _day(row["since"]), _day(row["due"])), "bad" if row["late"] else "",
            _url(row, pages),
        )
        for row in rows
    ]  # fmt: skip
    return Section(
        _("Waits for a signature"), _("Nothing waits for a signature."), pgettext("report", "Request"),
        (pgettext("report", "Whose turn"), pgettext("report", "Since"), pgettext("report", "Due")),
        found, more,
    )  # fmt: skip


def _deviations(rows: Facts, more: int, pages: Pages) -> Section:
    found = []
    for row in rows:
        money = row["money"]
        change = ""
        if money:
            was, now = (numbers.money(Decimal(str(each)), row["currency"]) for each in money)
            change = f"{was} → {now}"
        state = str(DeviationState(row["state"]).label)
        facts = (change, _said(row["who"]), state)
        found.append(Row(row["title"], row["reason"], facts, "", _url(row, pages)))
    return Section(
        _("Deviations"), _("Everything runs as it was approved."), pgettext("report", "Campaign"),
        (pgettext("report", "Money"), pgettext("report", "Asked by"), pgettext("report", "State")),
        found, more,
    )  # fmt: skip


def _budgets(rows: Facts, more: int, pages: Pages) -> Section:
    found = []
    for row in rows:
        spent, committed, released = (Decimal(row[name]) for name in ("spent", "committed", "released"))
        used = (spent + committed) / released if released else None
        facts = (
            numbers.money(released, row["currency"]), numbers.money(committed, row["currency"]),
            numbers.money(spent, row["currency"]), numbers.percent(used, 0),
        )  # fmt: skip
        found.append(Row(row["title"], "", facts, "bad" if Decimal(row["overrun"]) else "", _url(row, pages)))
    heads = (
        pgettext("report", "Released"), pgettext("report", "Committed"), pgettext("report", "Spent"),
        pgettext("report", "Used"),
    )  # fmt: skip
    return Section(
        _("Budgets"), _("No budget holds today."), pgettext("report", "Budget"), heads, found, more
    )


def _duties(rows: Facts, more: int, pages: Pages) -> Section:
    found = [
        Row(
            f"{row['code']} {_said(row['title'])}", "", (_said(row["where"]), _day(row["due"])), "bad",
            _url(row, pages),
        )
        for row in rows
    ]  # fmt: skip
    return Section(
        _("Overdue duties"), _("No duty is overdue."), pgettext("report", "Duty"),
        (pgettext("report", "Unit"), pgettext("report", "Due")),
        found, more,
    )  # fmt: skip


def _alerts(rows: Facts, more: int, pages: Pages) -> Section:
    found = [
        Row(
            row["title"],
            say(part_text(row["part"])),
            (_said(row["who"]), _day(row["since"])),
            "warn",
            _url(row, pages),
        )
        for row in rows
    ]
    return Section(
        _("Alerts"), _("No alert is open."), pgettext("report", "Alert"),
        (pgettext("report", "Who follows it up"), pgettext("report", "Since")),
        found, more,
    )  # fmt: skip


def _actions(rows: Facts, more: int, pages: Pages) -> Section:
    found = [
        Row(row["title"], row["meeting"], (_said(row["who"]), _day(row["due"])), "bad", _url(row, pages))
        for row in rows
    ]
    return Section(
        _("Late actions of meetings"), _("No action of a meeting is late."), pgettext("report", "Action"),
        (pgettext("report", "Owner"), pgettext("report", "Due")),
        found, more,
    )  # fmt: skip


def _content(rows: Facts, more: int, pages: Pages) -> Section:
    found = [
        Row(
            row["title"], listed(row["words"]),
            (numbers.grouped(row["count"]), _said(row["who"]), _day(row["since"])),
            "bad" if row["severity"] == "stop" else "warn", _url(row, pages),
        )
        for row in rows
    ]  # fmt: skip
    return Section(
        _("Findings in live content"), _("Nothing is to be corrected in live content."),
        pgettext("report", "Content"),
        (pgettext("report", "Findings"), pgettext("report", "Owner"), pgettext("report", "Since")),
        found, more,
    )  # fmt: skip


DRAWN: dict[str, Callable[[Facts, int, Pages], Section]] = {
    "figures": _figures, "targets": _targets, "plans": _plans, "pending": _pending,
    "deviations": _deviations, "budgets": _budgets, "duties": _duties, "alerts": _alerts, "actions": _actions,
    "content": _content,
}  # fmt: skip


def _said(text: dict[str, str]) -> str:
    return Text(text["zh"], text["en"]).say(language())


def _figure(row: dict[str, Any], name: str) -> str:
    value = Decimal(row[name]) if row[name] else None
    return numbers.figure(value, row["unit"], currency=row["currency"], language=language(), brief=False)


def _day(text: str) -> str:
    return str(day(date.fromisoformat(text))) if text else ""


def _span(days: list[str]) -> str:
    if not days:
        return ""
    return _day(days[0]) if days[0] == days[1] else f"{_day(days[0])} – {_day(days[1])}"


def _url(row: dict[str, Any], pages: Pages) -> str:
    found = pages.get(Ref.parse(row["ref"]))
    return found.url if found else ""
