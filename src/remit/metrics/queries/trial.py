"""A metric tried out before it is defined."""

from remit.lake.queries import the_lake

from ..catalog.spec import Metric
from ..engine.answer import Answer
from ..engine.ask import answer
from ..engine.question import Question
from .definitions import catalogue


def tried(metric: Metric, *questions: Question) -> list[Answer]:
    """Answer questions as if ``metric`` were in the catalogue. Raise a CannotAnswer with a sentence."""
    return answer(questions, the_lake(), {**catalogue(), metric.name: metric}, remember=False)
