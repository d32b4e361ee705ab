"""A page of specification from its text to its answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.core.plain_yaml import NotPlain, read_plain
from remit.journeys.event_index.opened import Index

from .attribution import answer_attribution
from .funnel import answer_funnel
from .habits import answer_lifecycle, answer_stickiness
from .paths import answer_paths
from .reader import Reader
from .reading import read_columns, read_funnel, read_retention
from .reading_attribution import read_attribution
from .reading_habits import read_lifecycle, read_paths, read_sequence, read_sessions, read_stickiness
from .refusing import WrongJourney
from .retention import answer_retention
from .sequences import answer_sequence
from .sessions import answer_sessions
from .specification import (
    Attributed,
    Columns,
    Funnel,
    Lifecycle,
    Paths,
    Retention,
    Sequence,
    Sessions,
    Stickiness,
)
from .writing import funnel_data, index_data, retention_data
from .writing_attribution import attribution_data
from .writing_habits import lifecycle_data, paths_data, sequence_data, sessions_data, stickiness_data

type Question = Funnel | Retention | Attributed | Paths | Sessions | Stickiness | Lifecycle | Sequence


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of question is read from a page, and answered as plain data."""

    read: Callable[[Any], Any]
    answer: Callable[[Index, Any], dict[str, Any]]


KINDS: Mapping[str, Kind] = {
    "funnel": Kind(read_funnel, lambda index, asked: funnel_data(answer_funnel(index, asked))),
    "retention": Kind(read_retention, lambda index, asked: retention_data(answer_retention(index, asked))),
    "attribution": Kind(
        read_attribution, lambda index, asked: attribution_data(answer_attribution(index, asked))
    ),
    "paths": Kind(read_paths, lambda index, asked: paths_data(answer_paths(index, asked))),
    "sessions": Kind(read_sessions, lambda index, asked: sessions_data(answer_sessions(index, asked))),
    "stickiness": Kind(
        read_stickiness, lambda index, asked: stickiness_data(answer_stickiness(index, asked))
    ),
    "lifecycle": Kind(read_lifecycle, lambda index, asked: lifecycle_data(answer_lifecycle(index, asked))),
    "sequence": Kind(read_sequence, lambda index, asked: sequence_data(answer_sequence(index, asked))),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a kind, and how a file calls its columns."""

    kind: str
    question: Question
    columns: Columns

    @property
    def others(self) -> tuple[str, ...]:
        """Columns of names, beyond person, time and event, that the question looks at."""
        return tuple(sorted(set(_columns_of(self.question))))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns of numbers that it looks at."""
        value = self.question.value if isinstance(self.question, Attributed) else None
        return (value,) if value else ()


def _columns_of(question: Question) -> Iterator[str]:
    if isinstance(question, Funnel):
        for step in question.steps:
            yield from step.where
        for exclusion in question.exclude:
            yield from exclusion.where
        if question.breakdown:
            yield question.breakdown.column
    if isinstance(question, Attributed):
        yield from (question.channel, *question.touches.where, *question.conversion.where)
        if question.currency:
            yield question.currency
    if isinstance(question, Paths | Sessions) and question.of:
        yield question.of
    if isinstance(question, Sessions) and question.goal:
        yield from question.goal.where
    if isinstance(question, Sequence):
        for condition in question.conditions:
            for step in condition.did:
                yield from step.where
            for without in condition.without:
                yield from without.where


def read_page(path: Path, kind: str) -> Asked:
    """The page at ``path``, which asks for ``kind``. Raise WrongJourney."""
    try:
        said = read_plain(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongJourney(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise WrongJourney(f"{path} is not UTF-8.") from error
    except NotPlain as error:
        raise WrongJourney(f"{path} cannot be read. {error}") from error
    page = Reader(said, str(path), " ".join((*KINDS, "events")))
    if kind not in page.said:
        raise WrongJourney(f"{path} has no part {kind!r}; docs/howto/journeys.md shows one.")
    return Asked(kind, KINDS[kind].read(page.said[kind]), read_columns(page.said.get("events", {})))


def answer_data(index: Index, asked: Asked) -> dict[str, Any]:
    """The answer as plain data. Raise CannotAnswer."""
    return {"events": index_data(index), **KINDS[asked.kind].answer(index, asked.question)}
