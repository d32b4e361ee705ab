"""Rules of release: written, tried on the past, live, and looked at when data are new (H4.2.2)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.governance.actions.request import NoPolicy, NotTaken
from remit.governance.models import Request
from remit.org.models import Person

from .. import events
from ..enums import ReleaseState, RuleState
from ..models import BudgetLine, Release, ReleaseRule, RuleFiring
from ..queries.release_figures import (
    OF_CAMPAIGN,
    counted_figures,
    judged_figures,
    newest,
    past,
    rules_to_look_at,
)
from ..release_terms import Proposed, Terms, proposed, tried
from ..spending import CENT
from .release import ask_release

DAYS_MOST, COOLDOWN_MOST, FINE = 92, 366, Decimal("0.0001")


class RuleUnclear(ValueError):
    """The rule says too little, or cannot do this now; the message says what is missing."""


@transaction.atomic
def write_rule(
    *, line: BudgetLine, metric: str, counted: str, terms: Terms, by: Person, at: datetime
) -> ReleaseRule:
    """Write a rule; it does nothing before it was tried and started. Raise RuleUnclear."""
    figure = judged_figures().get(metric)
    if figure is None or counted not in counted_figures():
        raise RuleUnclear(_("Choose a figure of the catalogue, and one that counts cases."))
    if not (1 <= terms.days <= DAYS_MOST and 1 <= terms.cooldown_days <= COOLDOWN_MOST):
        raise RuleUnclear(_("A rule looks at 1 to 92 days, and rests for 1 to 366."))
    if terms.planned <= 0 or terms.factor <= 0 or terms.count_min < 1:
        raise RuleUnclear(_("Planned value, factor and number of cases are above zero."))
    amount = terms.amount.quantize(CENT)
    if not 0 < amount <= line.reserve:
        raise RuleUnclear(
            _("The reserve of “%(line)s” holds %(reserve)s: propose a part of it.")
            % {"line": line.title, "reserve": f"{line.reserve:,.2f} {line.budget.currency}"}
        )
    rule = ReleaseRule.objects.create(
        line=line, metric=metric, counted=counted, planned=terms.planned, factor=terms.factor,
        falls=str(figure.better) == "down", days=terms.days, count_min=terms.count_min, amount=amount,
        cooldown_days=terms.cooldown_days, made_by=by, made_at=at,
    )  # fmt: skip
    record(events.RULE_WRITTEN, rule, by=by, at=at, fields=_said(rule))
    return rule


@transaction.atomic
def try_rule(*, rule: ReleaseRule, by: Person, at: datetime) -> ReleaseRule:
    """Try it on the days that are past: when it would have fired, and what it would have proposed.

    Raise RuleUnclear without data: then it stays untried.
    """
    rule = _held(rule.pk)
    _require(rule, RuleState.DRAFT)
    days = past(rule)
    if days is None or not days.seen:
        raise RuleUnclear(_("There are no data of this figure yet to try the rule on."))
    found = tried(rule.terms, days.seen, rule.line.reserve)
    rule.trial = {
        "rows": days.rows, "first": str(days.seen[0].on), "last": str(days.seen[-1].on),
        "days": len(days.seen), "known": sum(seen.value is not None for seen in days.seen),
        "reserve": str(rule.line.reserve), "fired": [_plain(one) for one in found],
    }  # fmt: skip
    rule.tried_at = at
    rule.save(update_fields=["trial", "tried_at"])
    fields = {**_said(rule), "days": str(len(days.seen)), "fired": str(len(found))}
    record(events.RULE_TRIED, rule, by=by, at=at, fields=fields)
    return rule


@transaction.atomic
def start_rule(*, rule: ReleaseRule, by: Person, at: datetime) -> ReleaseRule:
    """From now on it is looked at when data are new; the days it was tried on do not count again."""
    rule = _held(rule.pk)
    _require(rule, RuleState.DRAFT)
    if rule.tried_at is None or rule.trial is None:
        raise RuleUnclear(_("Try it on the past first: no rule goes live untried."))
    if rule.line.rules.filter(state=RuleState.LIVE).exists():
        raise RuleUnclear(_("Another rule of this line is live: end it first."))
    rule.state, rule.looked_until = RuleState.LIVE, date.fromisoformat(rule.trial["last"])
    rule.save(update_fields=["state", "looked_until"])
    record(events.RULE_STARTED, rule, by=by, at=at, fields=_said(rule))
    return rule


@transaction.atomic
def end_rule(*, rule: ReleaseRule, by: Person, at: datetime) -> ReleaseRule:
    """It proposes nothing any more; what it proposed goes its way."""
    rule = _held(rule.pk)
    _require(rule, RuleState.DRAFT, RuleState.LIVE)
    rule.state = RuleState.ENDED
    rule.save(update_fields=["state"])
    record(events.RULE_ENDED, rule, by=by, at=at, fields=_said(rule))
    return rule


def look_at_rules(*, at: datetime) -> int:
    """Judge every live rule on data that are new; return how many fired. Repeatable."""
    # What is stored for all to read is said in the language of the handbook.
    with translation.override("zh-hant"):
        return sum(_look(pk, at) for pk in rules_to_look_at())


@transaction.atomic
def _look(pk: int, at: datetime) -> bool:
    rule = _held(pk)
    if rule.state != RuleState.LIVE:  # somebody was faster
        return False
    days = newest(rule)
    if days is None or not days.seen:
        return False
    seen, last = days.seen[-1], rule.firings.order_by("-on").first()
    if rule.looked_until is not None and seen.on <= rule.looked_until:
        return False
    if rule.line.releases.filter(state=ReleaseState.ASKED).exists():
        return False  # looked at again once that one is decided
    rule.looked_until = seen.on
    rule.save(update_fields=["looked_until"])
    one = proposed(rule.terms, seen, rule.line.reserve, last.on if last else None)
    if one is None:
        return False
    _fire(rule, one, days.rows, at)
    return True


def _fire(rule: ReleaseRule, one: Proposed, rows: str, at: datetime) -> None:
    """Ask for the release in the name of who wrote the rule; a refusal of the policy is kept with why."""
    release, refusal = None, ""
    reason = reason_of(rule, one, rows)
    by = rule.made_by if rule.made_by.is_active else rule.line.owner
    try:
        with transaction.atomic():
            asked = ask_release(line=rule.line, amount=one.amount, reason=reason, by=by, at=at)
            release = Release.objects.get(pk=Request.objects.get(pk=asked.request_id).ref.id)
    except (NotTaken, NoPolicy) as error:
        refusal = str(error)[:1000]
    RuleFiring.objects.create(
        rule=rule, on=one.seen.on, value=_value(one).quantize(FINE), count=one.seen.count or 0,
        amount=one.amount, release=release, refusal=refusal, at=at,
    )  # fmt: skip
    fields = {**_said(rule), "amount": one.amount, "on": str(one.seen.on)}
    record(events.RULE_FIRED, rule, by=None, at=at, fields=fields)


def reason_of(rule: ReleaseRule, one: Proposed, rows: str) -> str:
    """Why it fired, with the figures and whose rows they are."""
    metric, counted = judged_figures()[rule.metric], counted_figures()[rule.counted]
    language = translation.get_language() or "zh-hant"
    of_campaign = _("rows of the campaign")
    of_unit = _("all rows of the unit in these days")
    return _(
        "%(metric)s over %(days)s days up to %(on)s: %(value)s, beyond %(planned)s × %(factor)s = %(limit)s; "
        "%(counted)s %(count)s, at least %(least)s (%(rows)s). Proposed by a rule that was tried on the past."
    ) % {
        "metric": metric.title.say(language), "days": rule.days, "on": one.seen.on,
        "planned": said(rule, rule.planned),
        "value": said(rule, _value(one)), "limit": said(rule, rule.terms.limit),
        "factor": f"{rule.factor.normalize():f}", "counted": counted.title.say(language),
        "least": f"{rule.count_min:,}",
        "count": f"{one.seen.count or 0:,.0f}", "rows": of_campaign if rows == OF_CAMPAIGN else of_unit,
    }  # fmt: skip


def said(rule: ReleaseRule, value: Decimal) -> str:
    """A value of the rule's figure, as it is written."""
    unit = str(judged_figures()[rule.metric].unit)
    if unit == "percent":
        return f"{value:.1%}"
    return f"{value:,.2f} {rule.line.budget.currency}" if unit == "money" else f"{value:,.2f}"


def _value(one: Proposed) -> Decimal:
    return one.seen.value if one.seen.value is not None else Decimal(0)


def _plain(one: Proposed) -> dict[str, Any]:
    return {
        "on": str(one.seen.on), "value": str(_value(one).quantize(FINE)), "count": str(one.seen.count or 0),
        "amount": str(one.amount), "left": str(one.left),
    }  # fmt: skip


def _require(rule: ReleaseRule, *states: str) -> None:
    if rule.state not in states:
        raise RuleUnclear(
            _("This is now “%(state)s”: look at it again.") % {"state": rule.get_state_display()}
        )


def _held(pk: int) -> ReleaseRule:
    rows = ReleaseRule.objects.select_for_update(of=("self",))
    return rows.select_related("line__budget__unit", "line__owner", "line__plan__campaign", "made_by").get(
        pk=pk
    )


def _said(rule: ReleaseRule) -> dict[str, object]:
    return {"code": rule.line.code, "metric": rule.metric}
