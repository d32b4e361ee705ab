"""A metric tried out before it is defined."""

from collections.abc import Iterator

from remit.core.scope import Scope
from remit.lake.queries import the_lake

from ..catalog.dimensions import DIMENSIONS, Kind
from ..catalog.spec import Count, Distinct, Filter, Metric, Operand, Sum
from ..engine.answer import Answer
from ..engine.ask import answer
from ..engine.pinned import Pinned, visible
from ..engine.plan import operands
from ..engine.question import Condition, Question
from ..engine.reader import reader_of
from ..engine.values import resolved
from .definitions import catalogue


def tried(metric: Metric, *questions: Question) -> list[Answer]:
    """Answer questions as if ``metric`` were in the catalogue. Raise a CannotAnswer with a sentence."""
    return answer(questions, the_lake(), {**catalogue(), metric.name: metric}, remember=False)


def require_values(metric: Metric, scope: Scope) -> None:
    """Raise UnknownName, with near matches, where a filter names a value that the scope does not hold.

    As with questions: nothing is asked of a table that has no row in the scope yet.
    """
    pinned = Pinned(reader_of(the_lake()))
    for table, one in _filters(metric.spec, metric.table):
        dimension = DIMENSIONS.get(one.field)
        if one.op not in ("in", "not in") or dimension is None or not one.values:
            continue
        if dimension.kind in (Kind.ATTRIBUTE, Kind.OWN) and visible(pinned.extents(table), scope, None):
            resolved(pinned, Condition(one.field, one.values), scope, None)


def _filters(operand: Operand, table: str) -> Iterator[tuple[str, Filter]]:
    """The filters of a specification's own parts, each with its table; a named metric answers for its own."""
    if isinstance(operand, str):
        return
    if isinstance(operand, Sum | Count | Distinct):
        for one in operand.where:
            yield operand.table or table, one
    for part in operands(operand):
        yield from _filters(part, table)
