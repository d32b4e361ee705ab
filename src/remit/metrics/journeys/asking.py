"""A page of specification from its text to its answer."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from remit.lake.event_index.opened import Index

from .funnel import answer_funnel
from .reading import Reader, WrongJourney, read_columns, read_funnel, read_retention
from .retention import answer_retention
from .specification import Columns, Funnel, Retention
from .writing import funnel_data, index_data, retention_data

KINDS = ("funnel", "retention")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and how a file calls its columns."""

    question: Funnel | Retention
    columns: Columns

    @property
    def others(self) -> tuple[str, ...]:
        """Columns beyond person, time and event that the question looks at."""
        if isinstance(self.question, Retention):
            return ()
        found = [column for step in self.question.steps for column in step.where]
        found += [column for one in self.question.exclude for column in one.where]
        found += [self.question.breakdown.column] if self.question.breakdown else []
        return tuple(sorted(set(found)))


def read_page(path: Path, kind: str) -> Asked:
    """The page at ``path``, which asks for ``kind``. Raise WrongJourney."""
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongJourney(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise WrongJourney(f"{path} is not YAML in UTF-8: {error}.") from error
    page = Reader(said, str(path), " ".join((*KINDS, "events")))
    if kind not in page.said:
        raise WrongJourney(f"{path} has no part {kind!r}; docs/howto/journeys.md shows one.")
    question = read_funnel(page.said[kind]) if kind == "funnel" else read_retention(page.said[kind])
    return Asked(question, read_columns(page.said.get("events", {})))


def answer_data(index: Index, question: Funnel | Retention) -> dict[str, Any]:
    """The answer as plain data. Raise CannotAnswer."""
    said = (
        funnel_data(answer_funnel(index, question))
        if isinstance(question, Funnel)
        else retention_data(answer_retention(index, question))
    )
    return {"events": index_data(index), **said}
