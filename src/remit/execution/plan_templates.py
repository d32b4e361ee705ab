"""Templates of plans: what is usually to be done for a kind of campaign, by whom, and when. Pure.

Days are working days from the first or the last day of the campaign, so that a template fits campaigns of any
length. ``docs/how/tasks.md`` has the worked examples.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from remit.core.text import Text
from remit.goals.splitting import split_amount
from remit.org.working_days import WorkingCalendar

from .scheduling import Span, circle, in_order

START, END = ANCHORS = ("start", "end")
ONE_DAY = timedelta(days=1)
FARTHEST = 400  # working days from the campaign
MEASURES = ("result", "process")
ALL = Decimal(100)


class TemplateUnclear(ValueError):
    """What a template says does not fit together."""


@dataclass(frozen=True, slots=True)
class TemplateTask:
    """``day``: working days after the anchor, before it when negative; ``days``: how many it takes.

    ``share``: percent of the campaign's money.
    """

    code: str
    title: Text
    anchor: str
    day: int
    days: int
    position: str = ""
    hours: Decimal = Decimal(0)
    detail: Text | None = None
    waits_for: tuple[str, ...] = ()
    checklist: tuple[Text, ...] = ()
    share: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class TemplateRisk:
    """Rated 1 to 5; ``response``: what is done about it, ``fallback``: plan B."""

    title: Text
    probability: int
    impact: int
    response: Text
    fallback: Text | None = None
    cause: Text | None = None
    position: str = ""


@dataclass(frozen=True, slots=True)
class TemplateMeasure:
    """What such a campaign is judged by; the target is the plan's own."""

    kind: str
    title: Text
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """Of one kind of campaign."""

    kind: str
    title: Text
    tasks: tuple[TemplateTask, ...]
    risks: tuple[TemplateRisk, ...] = ()
    measures: tuple[TemplateMeasure, ...] = ()


def read_template(row: Mapping[str, Any]) -> Template:
    """From plain values, as YAML and JSON hold them. Raise TemplateUnclear."""
    try:
        template = Template(
            str(row["kind"]), _text(row["title"]), tuple(_task(each) for each in row.get("tasks") or ()),
            tuple(_risk(each) for each in row.get("risks") or ()),
            tuple(
                TemplateMeasure(each["kind"], _text(each["title"]), each.get("metric", ""))
                for each in row.get("measures") or ()
            ),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError) as error:
        raise TemplateUnclear(f"A template lacks {error}.") from error
    _require_sound(template)
    return template


def plain(template: Template) -> dict[str, Any]:
    """As ``read_template`` takes it."""
    return {
        "kind": template.kind, "title": _plain(template.title),
        "tasks": [
            {
                "code": one.code, "title": _plain(one.title), one.anchor: one.day, "days": one.days,
                "position": one.position, "hours": str(one.hours), "detail": _plain(one.detail),
                "waits_for": list(one.waits_for), "checklist": [_plain(line) for line in one.checklist],
                "share": f"{one.share.normalize():f}",
            }
            for one in template.tasks
        ],
        "risks": [
            {
                "title": _plain(one.title), "rated": [one.probability, one.impact], "position": one.position,
                "response": _plain(one.response), "fallback": _plain(one.fallback),
                "cause": _plain(one.cause),
            }
            for one in template.risks
        ],
        "measures": [
            {"kind": one.kind, "title": _plain(one.title), "metric": one.metric} for one in template.measures
        ],
    }  # fmt: skip


# -- days ----------------------------------------------------------------------------------------


def anchor_day(anchor: str, first: date, last: date, calendar: WorkingCalendar) -> date:
    """The first working day of the campaign, or the last one up to its end."""
    return calendar.at_or_after(first) if anchor == START else calendar.shifted(last + ONE_DAY, -1)


def placed(task: TemplateTask, first: date, last: date, calendar: WorkingCalendar) -> Span:
    """The days of a task in a campaign of these days."""
    begins = calendar.shifted(anchor_day(task.anchor, first, last, calendar), task.day)
    return Span(begins, calendar.shifted(begins, task.days - 1))


def read_off(span: Span, first: date, last: date, calendar: WorkingCalendar) -> tuple[str, int, int]:
    """Anchor, day and days of a task in a campaign; from the end that its first day is nearer to."""
    anchor = START if abs(span.first - first) <= abs(span.first - last) else END
    origin, begins = anchor_day(anchor, first, last, calendar), calendar.at_or_after(span.first)
    if begins >= origin:
        day = _count(calendar, origin + ONE_DAY, begins)
    else:
        day = -_count(calendar, begins, origin - ONE_DAY)
    return anchor, day, max(_count(calendar, span.first, span.last), 1)


def laid_out(
    tasks: Sequence[TemplateTask], first: date, last: date, *, calendar: WorkingCalendar, today: date
) -> dict[str, Span]:
    """The days of each task: none begins before today, nor before what it waits for has ended."""
    number = {task.code: place for place, task in enumerate(tasks)}
    edges = [(number[before], number[task.code]) for task in tasks for before in task.waits_for]
    now: dict[str, Span] = {}
    for place in in_order(range(len(tasks)), edges):
        task = tasks[place]
        span = placed(task, first, last, calendar)
        earliest = max([today, *(now[before].last + ONE_DAY for before in task.waits_for)])
        if span.first < earliest:
            begins = calendar.at_or_after(earliest)
            span = Span(begins, calendar.shifted(begins, task.days - 1))
        now[task.code] = span
    return now


def _count(calendar: WorkingCalendar, first: date, last: date) -> int:
    return sum(1 for _day in calendar.between(first, last))


# -- money ---------------------------------------------------------------------------------------


def share_of(money: Decimal, whole: Decimal) -> Decimal:
    """Percent that an amount is of a campaign's money, fine enough for its cents; 0 where there is none."""
    return (ALL * money / whole).quantize(Decimal("0.00000001"), ROUND_DOWN) if whole else Decimal(0)


def costs(tasks: Sequence[TemplateTask], whole: Decimal) -> list[Decimal]:
    """What each task may cost of a campaign's money; together with what is left over, exactly all of it."""
    shares = [task.share for task in tasks]
    return split_amount(whole, [*shares, ALL - sum(shares, Decimal(0))], 2)[:-1]


# -- reading -------------------------------------------------------------------------------------


def _task(row: Mapping[str, Any]) -> TemplateTask:
    named = [name for name in ANCHORS if name in row]
    anchor = named[0] if len(named) == 1 else ""
    detail = row.get("detail")
    return TemplateTask(
        str(row["code"]), _text(row["title"]), anchor, int(row[anchor]) if anchor else 0, int(row["days"]),
        row.get("position", ""), Decimal(str(row.get("hours", 0))), _text(detail) if detail else None,
        tuple(row.get("waits_for") or ()), tuple(_text(line) for line in row.get("checklist") or ()),
        Decimal(str(row.get("share", 0))),
    )  # fmt: skip


def _risk(row: Mapping[str, Any]) -> TemplateRisk:
    probability, impact = row["rated"]
    fallback, cause = row.get("fallback"), row.get("cause")
    return TemplateRisk(
        _text(row["title"]), int(probability), int(impact), _text(row["response"]),
        _text(fallback) if fallback else None, _text(cause) if cause else None, row.get("position", ""),
    )  # fmt: skip


def _text(value: Any) -> Text:
    """Both languages, or what people wrote in one."""
    return Text(value, value, value) if isinstance(value, str) else Text(value["zh"], value["en"])


def _plain(text: Text | None) -> Any:
    if text is None:
        return ""
    return text.zh_hant if text.zh_hant == text.en else {"zh": text.zh_hant, "en": text.en}


def _require_sound(template: Template) -> None:
    codes = [task.code for task in template.tasks]
    if len(set(codes)) != len(codes):
        raise TemplateUnclear("Two tasks of a template have one code.")
    for task in template.tasks:
        if task.anchor not in ANCHORS:
            raise TemplateUnclear(f"{task.code} counts its days neither from start nor from end.")
        if abs(task.day) > FARTHEST or not 1 <= task.days <= FARTHEST or task.hours < 0:
            raise TemplateUnclear(f"{task.code} lies too far from the campaign, or takes no time.")
        if unknown := sorted(set(task.waits_for) - set(codes)):
            raise TemplateUnclear(f"{task.code} waits for what is not there: {', '.join(unknown)}.")
    shares = [task.share for task in template.tasks]
    if any(share < 0 for share in shares) or sum(shares, Decimal(0)) > ALL:
        raise TemplateUnclear(
            "The tasks of a template cost more than the campaign has, or less than nothing."
        )
    number = {code: place for place, code in enumerate(codes)}
    _require_no_circle(
        (number[before], number[task.code]) for task in template.tasks for before in task.waits_for
    )
    if any(not (1 <= one.probability <= 5 and 1 <= one.impact <= 5) for one in template.risks):
        raise TemplateUnclear("Risks are rated from 1 to 5.")
    if any(one.kind not in MEASURES for one in template.measures):
        raise TemplateUnclear("A measure is a result or a process figure.")


def _require_no_circle(edges: Iterable[tuple[int, int]]) -> None:
    if circle(edges):
        raise TemplateUnclear("Tasks of a template wait for each other.")
