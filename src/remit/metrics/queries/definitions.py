"""What can be asked: the shipped catalogue and the company's own metrics on one list."""

from collections.abc import Mapping

from remit.core.text import Text
from remit.lake.tables import TABLES

from ..catalog.families import GRAINS
from ..catalog.shipped import SHIPPED
from ..catalog.spec import Better, Family, Metric, Nothing, Spec, Unit
from ..catalog.writing import read_spec
from ..engine.plan import operands
from ..models import CustomMetric


def catalogue() -> Mapping[str, Metric]:
    """All metrics by name, shipped ones first. One query."""
    return {**SHIPPED, **defined()}


def defined() -> dict[str, Metric]:
    """The newest version of each of the company's own metrics that is not retired."""
    rows = CustomMetric.objects.filter(retired_at=None).order_by("code", "version")
    return {row.code: metric_of(row) for row in rows}


def versions_of(code: str) -> list[CustomMetric]:
    """All versions of a metric of the company's own, the newest first."""
    return list(CustomMetric.objects.filter(code=code).select_related("made_by").order_by("-version"))


def metric_of(row: CustomMetric) -> Metric:
    """The frozen definition that the engine uses."""
    return Metric(
        name=row.code,
        title=Text(row.title, row.title_en or row.title),
        meaning=Text(row.meaning, row.meaning_en or row.meaning),
        family=Family(row.family),
        unit=Unit(row.unit),
        better=Better(row.better),
        table=row.table,
        grain=GRAINS.get(row.table, TABLES[row.table].grain),
        nothing=Nothing(row.nothing),
        owner=row.owner,
        spec=read_spec(row.spec, row.table, _Anything()),
        digits=row.digits,
        shipped=False,
        version=row.version,
    )


def users_of(code: str) -> list[str]:
    """Names of the company's own metrics that are made of this one."""
    return [name for name, one in defined().items() if name != code and code in _named_in(one.spec)]


def _named_in(spec: Spec) -> set[str]:
    found: set[str] = set()
    for operand in operands(spec):
        found |= {operand} if isinstance(operand, str) else _named_in(operand)
    return found


class _Anything(dict[str, object]):
    """A stored definition was checked when it was made: the names in it are taken as they are."""

    def __contains__(self, key: object) -> bool:
        return True
