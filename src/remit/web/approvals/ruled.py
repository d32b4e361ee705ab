"""Clauses in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remit.governance.clauses import ABOVE, ALL, COMPANY, TOP, UNIT, Clause, Green, Lead, StepRule
from remit.governance.kinds import Kind
from remit.org.queries.positions import position_titles

from .words import language


def drawn_clauses(clauses: Iterable[Clause], kind: Kind) -> list[dict[str, Any]]:
    """Each clause with its text and what follows from it, in sentences."""
    clauses = list(clauses)
    named = {step.position for clause in clauses for step in clause.steps if step.position}
    titles = position_titles(named, language())
    return [
        {
            "code": clause.code,
            "basis": clause.basis,
            "text": clause.text.say(language()),
            "when": "" if clause.when == "true" else clause.when,
            "follows": _follows(clause, kind, titles),
        }
        for clause in clauses
    ]


def _follows(clause: Clause, kind: Kind, titles: dict[str, str]) -> list[str]:
    said = [_("Not accepted.")] if clause.refuse else []
    said += [_step(step, kind, titles) for step in clause.steps]
    said += [_("Document: %s") % paper.title.say(language()) for paper in clause.papers]
    if clause.lead:
        said.append(_lead(clause.lead, kind))
    if clause.green:
        said.append(_green(clause.green))
    return said


def _step(step: StepRule, kind: Kind, titles: dict[str, str]) -> str:
    places = {
        UNIT: _("of the unit"), ABOVE: _("of the unit above"), COMPANY: _("of the company"),
        TOP: _("of the whole organisation"),
    }  # fmt: skip
    if step.position:
        named = {"position": titles.get(step.position, step.position), "place": places[step.where]}
        signer = _("%(position)s %(place)s") % named
    else:
        signer = str(kind.roles.get(step.role, step.role))
    words = {"stage": step.stage, "signer": signer, "days": step.days}
    if step.is_arbiter:
        return (
            _("Stage %(stage)s: %(signer)s decides where the others disagree, within %(days)s days") % words
        )
    if step.need == ALL:
        return _("Stage %(stage)s: every %(signer)s signs, within %(days)s working days") % words
    if step.need > 1:
        return _("Stage %(stage)s: %(need)s × %(signer)s sign, within %(days)s working days") % {
            **words, "need": step.need,
        }  # fmt: skip
    return _("Stage %(stage)s: %(signer)s signs, within %(days)s working days") % words


def _lead(lead: Lead, kind: Kind) -> str:
    fact = kind.facts[lead.before].title if lead.before in kind.facts else lead.before
    words = {"days": lead.days, "fact": fact}
    if lead.working:
        return _("At least %(days)s working days before: %(fact)s") % words
    return _("At least %(days)s days before: %(fact)s") % words


def _green(green: Green) -> str:
    periods = {"month": _("a month"), "quarter": _("a quarter"), "year": _("a year")}
    words = {"days": green.days, "quota": green.quota, "period": periods[green.period]}
    return (
        ngettext(
            "Green channel: papers within %(days)s working days; once %(period)s",
            "Green channel: papers within %(days)s working days; %(quota)s times %(period)s",
            green.quota,
        )
        % words
    )
