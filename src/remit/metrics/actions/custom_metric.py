"""Metrics of the company's own: defined by specification, changed by new versions, retired."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.lake.tables import TABLES
from remit.org.models import Person

from .. import events
from ..catalog.shipped import SHIPPED
from ..catalog.spec import Better, Family, Nothing, Unit
from ..catalog.writing import UnreadableSpec, as_data, read_spec
from ..engine.errors import CannotAnswer
from ..engine.plan import leaves, term
from ..models import CustomMetric
from ..queries.definitions import catalogue, metric_of, users_of

NAME = re.compile(r"[a-z][a-z0-9_]{1,59}")


class MetricNameTaken(ValueError):
    """A shipped metric has the name."""


class MetricUnclear(ValueError):
    """Something of the definition is missing or wrong; the sentence says what."""


class MetricStillUsed(ValueError):
    """Another metric rests on this one."""


@transaction.atomic
def define_metric(*, code: str, values: Mapping[str, Any], by: Person, at: datetime) -> CustomMetric:
    """Define a metric, or its next version; return the row.

    ``values``: title, title_en, meaning, meaning_en, family, unit, better, table, nothing, digits, owner and
    spec (see ``catalog.writing``). Raise MetricNameTaken, MetricUnclear, UnreadableSpec.
    """
    if not NAME.fullmatch(code):
        raise MetricUnclear(_("A name is made of small letters, digits and _, such as fresh_sales."))
    if code in SHIPPED:
        raise MetricNameTaken(_("“%s” is the name of a shipped metric. Choose another.") % code)
    given = _checked(values)
    newest = CustomMetric.objects.filter(code=code).order_by("-version").first()
    metric = CustomMetric.objects.create(
        code=code, version=newest.version + 1 if newest else 1, made_by=by, made_at=at, **given
    )
    _checked_use(metric)
    fields = {"code": code, "version": metric.version, "spec": str(given["spec"])}
    record(events.METRIC_DEFINED, metric, by=by, at=at, fields=fields)
    return metric


@transaction.atomic
def retire_metric(*, code: str, by: Person, at: datetime) -> int:
    """No longer offer a metric; return how many versions were retired. Raise MetricStillUsed."""
    if users := users_of(code):
        raise MetricStillUsed(
            _("“%(code)s” is part of %(users)s.") % {"code": code, "users": ", ".join(users)}
        )
    open_ = CustomMetric.objects.filter(code=code, retired_at=None)
    newest = open_.order_by("-version").first()
    if newest is None:
        return 0
    count = open_.update(retired_at=at)
    record(events.METRIC_RETIRED, newest, by=by, at=at, fields={"code": code, "version": newest.version})
    return count


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    title, meaning = str(values.get("title", "")).strip(), str(values.get("meaning", "")).strip()
    if not title or not meaning:
        raise MetricUnclear(_("A metric needs a title and a sentence that says what it means."))
    table = str(values.get("table", "order_lines"))
    if table not in TABLES or TABLES[table].kind != "fact":
        raise MetricUnclear(_("There is no table “%s”.") % table)
    spec = read_spec(values.get("spec"), table, catalogue())
    digits = values.get("digits", 2)
    if not isinstance(digits, int) or not 0 <= digits <= 6:
        raise MetricUnclear(_("Decimals are a number from 0 to 6."))
    return {
        "title": title[:120],
        "title_en": str(values.get("title_en", "")).strip()[:120],
        "meaning": meaning,
        "meaning_en": str(values.get("meaning_en", "")).strip(),
        "family": _one_of(Family, values.get("family", Family.SALES)),
        "unit": _one_of(Unit, values.get("unit", Unit.COUNT)),
        "better": _one_of(Better, values.get("better", Better.UP)),
        "nothing": _one_of(Nothing, values.get("nothing", Nothing.NONE)),
        "table": table,
        "digits": digits,
        "owner": str(values.get("owner", "market_analyst"))[:40],
        "spec": as_data(spec),
    }


def _one_of(kind: type[Family | Unit | Better | Nothing], value: object) -> str:
    if value not in list(kind):
        choices = ", ".join(kind)
        raise MetricUnclear(_("“%(value)s” is none of: %(choices)s.") % {"value": value, "choices": choices})
    return str(value)


def _checked_use(metric: CustomMetric) -> None:
    """Walk down to the aggregates, so that what refers to itself is refused now."""
    catalog = {**catalogue(), metric.code: metric_of(metric)}
    try:
        for name in [metric.code, *users_of(metric.code)]:
            list(leaves(term(name, catalog, ""), catalog))
    except CannotAnswer as error:
        raise UnreadableSpec("這個指標引用了自己，或巢狀太深。", str(error)) from error
