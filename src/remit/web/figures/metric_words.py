"""What the properties of a metric are called."""

from collections.abc import Mapping

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from remit.lake.tables import TABLES
from remit.metrics.catalog.spec import (
    Better,
    Count,
    Distinct,
    Filter,
    FirstTime,
    Growth,
    Linear,
    Metric,
    Nothing,
    Operand,
    Ratio,
    Repurchase,
    Retention,
    Share,
    Spec,
    Sum,
    Trailing,
    Unit,
)

from .choices import dimension_title
from .reading import say


def unit_words(unit: str) -> str:
    return {
        Unit.MONEY: _("amount of money"),
        Unit.COUNT: pgettext("unit of a metric", "number"),
        Unit.PERCENT: _("per cent"),
        Unit.RATIO: _("ratio"),
        Unit.DAYS: _("days"),
        Unit.HOURS: _("hours"),
    }[Unit(unit)]


def better_words(better: str) -> str:
    return {
        Better.UP: _("higher is better"),
        Better.DOWN: _("lower is better"),
        Better.NEITHER: _("neither direction is better"),
    }[Better(better)]


def nothing_words(nothing: str) -> str:
    return {
        Nothing.ZERO: _("no matching row is a true zero"),
        Nothing.NONE: _("no matching row is no figure at all"),
    }[Nothing(nothing)]


def table_title(table: str) -> str:
    """The title of a fact table in the language of the page."""
    return TABLES[table].title.say(get_language() or "zh-hant") if table in TABLES else table


def column_title(table: str, column: str) -> str:
    """The title of a column of a fact table, or of a dimension."""
    found = TABLES[table].by_name.get(column) if table in TABLES else None
    return found.title.say(get_language() or "zh-hant") if found else dimension_title(column)


def formula(metric: Metric, catalogue: Mapping[str, Metric]) -> str:
    """How the metric is computed, in words: ``Net sales ÷ Baskets``."""
    return _spec(metric.spec, metric.table, catalogue)


def _operand(operand: Operand, table: str, catalogue: Mapping[str, Metric]) -> str:
    if isinstance(operand, str):
        return say(catalogue[operand].title) if operand in catalogue else operand
    words = _spec(operand, table, catalogue)
    return f"({words})" if isinstance(operand, Ratio | Linear) else words


def _spec(spec: Spec, table: str, catalogue: Mapping[str, Metric]) -> str:
    if isinstance(spec, Sum | Count | Distinct):
        return _simple(spec, getattr(spec, "table", "") or table)
    if isinstance(spec, Ratio):
        return f"{_operand(spec.top, table, catalogue)} ÷ {_operand(spec.bottom, table, catalogue)}"
    if isinstance(spec, Linear):
        plus = " + ".join(_operand(one, table, catalogue) for one in spec.plus)
        return "".join([plus, *(f" \u2212 {_operand(one, table, catalogue)}" for one in spec.minus)])
    return _composed(spec, table, catalogue)


def _simple(spec: Sum | Count | Distinct, table: str) -> str:
    if isinstance(spec, Sum):
        words = _("sum of %s") % column_title(table, spec.column)
    elif isinstance(spec, Count):
        words = _("number of rows of %s") % table_title(table)
    else:
        words = _("number of different %s") % " × ".join(column_title(table, name) for name in spec.columns)
    kept = ", ".join(_filter(one, table) for one in spec.where)
    return _("%(what)s where %(filters)s") % {"what": words, "filters": kept} if kept else words


def _filter(one: Filter, table: str) -> str:
    name = column_title(table, one.field)
    if one.op == "known":
        return _("%s is known") % name
    if one.op == "unknown":
        return _("%s is unknown") % name
    values = ", ".join(_("unknown") if value is None else str(value) for value in one.values)
    sign = {"in": "=", "not in": "≠"}.get(one.op, one.op)
    return f"{name} {sign} {values}"


def _composed(
    spec: Share | Growth | FirstTime | Repurchase | Retention | Trailing,
    table: str,
    catalogue: Mapping[str, Metric],
) -> str:
    if isinstance(spec, Share):
        over = ", ".join(dimension_title(name) for name in spec.over)
        return _("%(of)s of a group ÷ the same over all of %(over)s") % {
            "of": _operand(spec.of, table, catalogue),
            "over": over,
        }
    if isinstance(spec, Growth):
        of = _operand(spec.of, table, catalogue)
        if spec.against == "last_year":
            return _("%s ÷ the same a year before − 1") % of
        return _("%s ÷ the same in the period before − 1") % of
    if isinstance(spec, FirstTime):
        return _("number of %s seen for the first time ever") % column_title(table, spec.column)
    if isinstance(spec, Repurchase):
        return _("buyers who bought again within %d days ÷ buyers") % spec.days
    if isinstance(spec, Retention):
        return _("new buyers who bought in month %d after ÷ new buyers") % spec.months
    return _("different %(what)s in the last %(days)d days") % {
        "what": column_title(table, spec.column),
        "days": spec.days,
    }
