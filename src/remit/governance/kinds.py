"""The kinds of request there are. ``config/requests.py`` says it once; the room above reads its subjects.

A kind names functions by dotted path, since this room knows subjects only as references:
``read(ref) -> Subject``; ``approve(request=…, by=…, at=…)``, called in the transaction of the last
signature; and, where the room above wants to know, the same for a submission and for a refusal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from remit.core.ref import Ref

from .clauses import FLAG, TEXT
from .enums import Decision

if TYPE_CHECKING:
    from datetime import datetime

    from remit.org.models import Person

    from .models import Request

# What this room adds to the facts of every kind: of the subject's unit, and whether the channel is green.
STANDING_FACTS: Mapping[str, str] = {"structure": TEXT, "unit": TEXT, "green": FLAG}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a request is about, at this moment.

    ``unit``: id. ``facts``: by name, as the kind declares them; none for what is not known. ``content``: what
    is signed, as plain values that JSON can hold. ``roles``: ids of people by role, for steps that name one.
    ``own``: ids of those whose own it is, besides who submits it: they sign nothing of it.
    """

    title: str
    unit: int
    facts: Mapping[str, object]
    content: Mapping[str, object]
    roles: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    own: tuple[int, ...] = ()


class Hook(Protocol):
    """What the room above does at once, in the same transaction."""

    def __call__(self, *, request: "Request", by: "Person", at: "datetime") -> object: ...


@dataclass(frozen=True, slots=True)
class Fact:
    """``type``: text, number, flag, date (ISO 8601) or list, see ``clauses``."""

    type: str
    title: str | Promise


@dataclass(frozen=True, slots=True)
class Part:
    """How a part of the content is shown.

    ``form``: text, money, day, choice, person, position, unit, measures, objectives, list or changes.
    ``options``: titles of the values of a choice. ``of``: the kind whose parts changes name.
    """

    title: str | Promise
    form: str = "text"
    options: Mapping[str, str | Promise] = field(default_factory=dict)
    of: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asked side says, as plain values; ``decision``: what it amounts to when it is signed."""

    content: Mapping[str, object]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Answering:
    """A kind whose steps of a role are signed on an answer rather than by a plain yes or no.

    ``read(ref) -> Answer``, none before there is one. Signatures are given on the content with the answer.
    """

    role: str
    read_at: str
    parts: Mapping[str, Part] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request. ``roles``: names of roles that steps may name, with their titles.

    ``parts``: of the content, in the order in which they are shown. ``papers``: of the papers that are a
    thing of the system rather than a file, the kind of thing by code.
    """

    code: str
    title: str | Promise
    read_at: str
    approve_at: str
    facts: Mapping[str, Fact]
    roles: Mapping[str, str | Promise] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    submit_at: str = ""
    refuse_at: str = ""
    answering: Answering | None = None

    @property
    def fact_types(self) -> dict[str, str]:
        """Of every fact that a condition may read, by name."""
        return {**STANDING_FACTS, **{name: fact.type for name, fact in self.facts.items()}}

    def read(self, ref: Ref) -> Subject:
        """The subject; raise what the room above raises when it is gone."""
        found: Callable[[Ref], Subject] = import_string(self.read_at)
        return found(ref)

    def answer(self, ref: Ref) -> Answer | None:
        """What the asked side says now; none where the kind is not answered, or not yet."""
        if self.answering is None:
            return None
        found: Callable[[Ref], Answer | None] = import_string(self.answering.read_at)
        return found(ref)

    def approve(self, *, request: "Request", by: "Person", at: "datetime") -> None:
        """The last signature fell."""
        self._call(self.approve_at, request, by, at)

    def submitted(self, *, request: "Request", by: "Person", at: "datetime") -> None:
        """A round was submitted."""
        self._call(self.submit_at, request, by, at)

    def refused(self, *, request: "Request", by: "Person", at: "datetime") -> None:
        """It was refused for good."""
        self._call(self.refuse_at, request, by, at)

    def _call(self, path: str, request: "Request", by: "Person", at: "datetime") -> None:
        if path:
            hook: Hook = import_string(path)
            hook(request=request, by=by, at=at)


class UnknownKind(LookupError):
    """No room declares this kind of request."""


_kinds: dict[str, Kind] = {}


def register(kinds: Mapping[str, Kind]) -> None:
    """Replace the kinds by code."""
    _kinds.clear()
    _kinds.update(kinds)


def kinds() -> dict[str, Kind]:
    """Every kind by code."""
    return dict(_kinds)


def kind_of(code: str) -> Kind:
    """Raise UnknownKind for a code that no room declares."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(code) from None
