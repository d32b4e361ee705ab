"""Alerts: set, retired, looked at."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.core.period import Period
from remit.notices.actions import notify
from remit.org.models import Person, Unit
from remit.org.queries.scopes import scope_of, within
from remit.org.queries.today import company_day
from remit.org.queries.zones import zone_on

from .. import events
from ..catalog import spec
from ..deciding import FALLS, RISES, Clear, Fire, decide_firings, part_text, watched
from ..engine.errors import CannotAnswer
from ..enums import Breach, Severity
from ..models import Alert, AlertFiring
from ..queries.definitions import catalogue
from ..queries.figures import ask
from ..queries.journeys import has_number, watched_number
from ..saved import UnreadableQuestion, compared, is_journey, question_of, read_saved

FIRED = gettext_noop("Alert “%(title)s” (%(unit)s): %(value)s, limit %(limit)s %(part)s")


class AlertUnclear(ValueError):
    """The question or the limit of an alert does not make sense; the sentence says why."""


@transaction.atomic
def set_alert(
    *,
    title: str,
    question: Mapping[str, Any],
    breach: str,
    limit: Decimal,
    unit: Unit,
    owner: Person,
    by: Person,
    at: datetime,
    severity: str = Severity.WARNING,
) -> Alert:
    """Watch one metric of a question, or a journey's number, in a unit. Raise AlertUnclear.

    ``question`` has no scope: the owner's, at the time of looking, is used. ``limit`` of rises and falls is
    a fraction: 0.1 is 10 %.
    """
    if not (title := title.strip()):
        raise AlertUnclear(_("Give the alert a title."))
    if breach not in Breach.values or severity not in Severity.values:
        raise AlertUnclear(_("Choose a condition and a severity of the lists."))
    if breach in (RISES, FALLS) and limit < 0:
        raise AlertUnclear(_("A rise or fall is a positive share, such as 0.1 for 10 %."))
    kept = _watchable(question, unit, breach)
    alert = Alert.objects.create(
        title=title[:120],
        question=kept,
        breach=breach,
        limit=limit,
        unit=unit,
        owner=owner,
        severity=severity,
        made_by=by,
        made_at=at,
    )
    fields = {
        "title": alert.title, "metric": alert.metric, "unit": unit.code, "breach": breach, "limit": limit,
        "severity": severity, "owner": owner.pk,
    }  # fmt: skip
    record(events.ALERT_SET, alert, by=by, at=at, fields=fields)
    return alert


def _watchable(question: Mapping[str, Any], unit: Unit, breach: str) -> dict[str, Any]:
    try:
        kept = read_saved({**question, "unit": unit.code}, catalogue())
    except UnreadableQuestion as error:
        raise AlertUnclear(str(error)) from error
    if is_journey(kept):
        if not has_number(kept["journey"], kept["spec"]):
            raise AlertUnclear(_("This kind of journey has no one number to watch."))
        if breach in (RISES, FALLS):
            raise AlertUnclear(_("A journey's number is watched above or below a limit."))
        return kept
    if len(kept["metrics"]) != 1:
        raise AlertUnclear(_("An alert watches exactly one metric."))
    return kept


@transaction.atomic
def retire_alert(*, alert: Alert, by: Person, at: datetime) -> None:
    """Watch no longer; open firings are closed, all stay readable."""
    if Alert.objects.filter(pk=alert.pk, retired_at=None).update(retired_at=at):
        AlertFiring.objects.filter(alert=alert, cleared_at=None).update(cleared_at=at)
        record(events.ALERT_RETIRED, alert, by=by, at=at, fields={"title": alert.title})


def look_at_alerts(*, at: datetime) -> dict[str, int]:
    """Look at every alert that is watching; return how many were looked at, fired, cleared and failed.

    Each alert is a transaction of its own: one that cannot be answered keeps its reason and stops no other.
    """
    done = {"looked_at": 0, "fired": 0, "cleared": 0, "failed": 0}
    for pk in Alert.objects.filter(retired_at=None).order_by("pk").values_list("pk", flat=True):
        found = look_at(alert=pk, at=at)
        done["looked_at"] += 1
        done["failed"] += found is None
        for intent in found or ():
            done["fired" if isinstance(intent, Fire) else "cleared"] += 1
    return done


@transaction.atomic
def look_at(*, alert: int, at: datetime) -> tuple[Fire | Clear, ...] | None:
    """Ask the alert's question in its owner's scope and apply what follows; None when it cannot be asked."""
    held = Alert.objects.select_for_update().select_related("owner", "unit").get(pk=alert)
    if held.retired_at is not None:
        return ()
    try:
        figures, period = _figures(held, at)
    except (CannotAnswer, ValueError) as error:
        Alert.objects.filter(pk=held.pk).update(looked_at=at, problem=str(error))
        return None
    open_ = {firing.part: firing for firing in held.firings.filter(cleared_at=None)}
    intents = decide_firings(figures, open_, held.breach, held.limit)
    for intent in intents:
        if isinstance(intent, Fire):
            _fire(held, intent, period, at)
        else:
            _clear(held, open_[intent.part], intent, at)
    Alert.objects.filter(pk=held.pk).update(looked_at=at, problem="")
    return intents


def _figures(alert: Alert, at: datetime) -> tuple[dict[str, Decimal | None], Period | None]:
    """What is watched, by the part that it is about, and over which days. Raise CannotAnswer."""
    day = company_day(at)
    scope, narrowed = scope_of(alert.owner, day), within([alert.unit])
    if alert.is_journey:
        share = watched_number(alert.question, scope, narrowed, zone_on(alert.unit, day).key)
        return {"": None if share is None else Decimal(str(share))}, None
    question = question_of(alert.question, scope, narrowed)
    (answer,) = ask(compared(question) if alert.breach in (RISES, FALLS) else question)
    return watched(answer, alert.metric, alert.breach), answer.period


def _fire(alert: Alert, intent: Fire, period: Period | None, at: datetime) -> None:
    firing = AlertFiring.objects.create(
        alert=alert,
        part=intent.part,
        value=intent.value,
        limit=alert.limit,
        first=period.first if period else None,
        last=period.last if period else None,
        fired_at=at,
    )
    figures = {"value": _said(intent.value), "limit": _said(alert.limit)}
    said = {"title": alert.title, "part": intent.part, **figures}
    days = {"first": firing.first, "last": firing.last, "severity": alert.severity}
    record(events.ALERT_FIRED, alert, by=None, at=at, fields={**said, **days})
    notify(
        people=[alert.owner],
        text=FIRED,
        fields={
            **said,
            **_worded(alert, intent.value),
            "unit": alert.unit,
            "part": part_text(intent.part),
        },
        subject=alert,
        key=f"alert-firing-{firing.pk}",
        at=at,
    )


def _clear(alert: Alert, firing: AlertFiring, intent: Clear, at: datetime) -> None:
    firing.cleared_at = at
    firing.save(update_fields=["cleared_at"])
    value = None if intent.value is None else _said(intent.value)
    fields = {"title": alert.title, "part": intent.part, "value": value}
    record(events.ALERT_CLEARED, alert, by=None, at=at, fields=fields)


def _worded(alert: Alert, value: Decimal) -> dict[str, str]:
    """Value and limit as people write them: a share in per cent, an amount with two decimals at most."""
    definition = catalogue().get(alert.metric)
    share = (
        alert.breach in (RISES, FALLS)
        or alert.is_journey
        or (definition is not None and definition.unit is spec.Unit.PERCENT)
    )
    return {
        name: f"{number * 100:,.1f} %" if share else f"{number:,.2f}".removesuffix(".00")
        for name, number in (("value", value), ("limit", alert.limit))
    }


def _said(value: Decimal) -> str:
    return f"{value.normalize():f}"
