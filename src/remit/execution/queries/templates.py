"""Templates of plans: those that ship, and what a plan would be as one."""

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from remit.core.text import Text
from remit.org.models import Position
from remit.org.queries.organisation import organisation_on
from remit.org.queries.working_days import calendar_of
from remit.planning.enums import CampaignKind
from remit.planning.models import Plan

from ..enums import RiskState, TaskState
from ..models import PlanTemplate, Risk
from ..plan_templates import (
    Template,
    TemplateMeasure,
    TemplateRisk,
    TemplateTask,
    read_off,
    read_template,
    share_of,
)
from ..scheduling import Span
from .schedule import edges_of
from .tasks import tasks_of

SHIPPED = Path(__file__).parent.parent / "plan_kinds"


@cache
def shipped_templates() -> dict[str, Template]:
    """By kind of campaign, in the order of the kinds."""
    found = {}
    for kind in CampaignKind:
        text = (SHIPPED / f"{kind.value}.yaml").read_text(encoding="utf-8")
        found[kind.value] = read_template(yaml.safe_load(text))
    return found


def titles_of_positions(language: str) -> dict[str, str]:
    """What positions are called, by code."""
    return {row.code: str(row.title(language)) for row in Position.objects.all()}


def content_of(row: PlanTemplate) -> Template:
    """What a kept template says."""
    return read_template(row.content)


def template_of(plan: Plan, name: str, on: date) -> Template:
    """A plan as a template: days become working days, owners the positions that they hold."""
    calendar, positions = calendar_of(plan.unit, plan.starts_on), _positions(plan, on)
    tasks = list(tasks_of(plan).exclude(state=TaskState.DROPPED).order_by("starts_on", "pk"))
    codes = {task.pk: f"t{number}" for number, task in enumerate(tasks, 1)}
    waits: dict[int, list[str]] = {task.pk: [] for task in tasks}
    for before, after in edges_of(plan):
        if before in codes and after in codes:
            waits[after].append(codes[before])
    rows = []
    for task in tasks:
        anchor, day, days = read_off(
            Span(task.starts_on, task.ends_on), plan.starts_on, plan.ends_on, calendar
        )  # fmt: skip
        lines = task.checklist.order_by("position").values_list("title", flat=True)
        rows.append(
            TemplateTask(
                codes[task.pk], said(task.title), anchor, day, days, positions.get(task.owner_id, ""),
                task.hours, said(task.detail) if task.detail else None, tuple(sorted(waits[task.pk])),
                tuple(said(line) for line in lines), share_of(task.money, plan.money),
            )
        )  # fmt: skip
    measures = plan.measures.order_by("-kind", "pk").values_list("kind", "title", "metric")
    return Template(
        plan.kind, said(name), tuple(rows), _risks(plan, positions),
        tuple(TemplateMeasure(kind, said(title), metric) for kind, title, metric in measures),
    )  # fmt: skip


def said(text: str) -> Text:
    """What people wrote, the same in every language."""
    return Text(text, text, text)


def _risks(plan: Plan, positions: dict[int, str]) -> tuple[TemplateRisk, ...]:
    rows = Risk.objects.filter(plan=plan).exclude(state=RiskState.CLOSED).order_by("pk")
    return tuple(
        TemplateRisk(
            said(row.title), row.probability, row.impact, said(row.response),
            said(row.fallback) if row.fallback else None, said(row.cause) if row.cause else None,
            positions.get(row.owner_id, ""),
        )
        for row in rows
    )  # fmt: skip


def _positions(plan: Plan, on: date) -> dict[int, str]:
    """The code of a position of each person, of one that reaches the plan's unit first."""
    organisation, codes = organisation_on(on), dict(Position.objects.values_list("id", "code"))
    path, found = plan.unit.path, {}
    posts = sorted(
        organisation.posts, key=lambda post: (path.startswith(organisation.units[post.unit]), post.id)
    )  # fmt: skip
    for post in posts:  # the later, better one wins
        if organisation.counts(post, on):
            found[post.person] = codes[post.position]
    return found
