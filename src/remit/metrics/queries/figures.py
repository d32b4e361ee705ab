"""Answers to questions, and the values to choose from."""

from dataclasses import replace
from datetime import date

from django.utils.translation import get_language

from remit.core.scope import Scope
from remit.lake.queries import the_lake
from remit.org.models import Person, Unit
from remit.org.queries.scopes import scope_of, within

from ..engine.answer import Answer
from ..engine.ask import answer
from ..engine.pinned import Pinned
from ..engine.question import Question
from ..engine.reader import reader_of
from ..engine.values import DimensionValue, values
from .definitions import catalogue


def ask(*questions: Question) -> list[Answer]:
    """Answer questions together, in as few scans as possible. Raise a CannotAnswer with a sentence.

    Companies and units are named in the language of the moment.
    """
    language = get_language() or "zh-hant"
    return answer([replace(one, language=language) for one in questions], the_lake(), catalogue())


def values_of(
    dimension: str, scope: Scope, narrowed: Scope | None = None, *, search: str = "", limit: int = 200
) -> list[DimensionValue]:
    """Values of a dimension that the scope may see, for filter lists. Raise UnknownName."""
    pinned = Pinned(reader_of(the_lake()))
    language = get_language() or "zh-hant"
    return values(pinned, dimension, scope, narrowed, search=search, limit=limit, language=language)


def scope_in(person: Person, unit: Unit | None, on: date) -> tuple[Scope, Scope | None]:
    """A person's scope on a day, and the scope of a unit filter besides."""
    return scope_of(person, on), None if unit is None else within([unit])
