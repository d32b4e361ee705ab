"""What is asked: metrics, split, filters, period — and always whose rows may be read."""

import re
from dataclasses import dataclass, replace
from typing import Self

from remit.core.period import Period, Relative
from remit.core.scope import Scope

from .errors import UnreadableCondition

_FORM = re.compile(r"\s*([a-z_][a-z0-9_]*)\s*(!=|=)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """``dimension`` is (``in``) or is not (``not in``) one of ``values``; None stands for unknown.

    Entities (company, unit, outlet, product, customer, campaign) are named by their codes.
    """

    dimension: str
    values: tuple[str | int | None, ...]
    op: str = "in"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``department=PRODUCE,DAIRY`` or ``age_group!=unknown``; raise UnreadableCondition.

        A comma inside a value is written twice. The word ``unknown`` stands for no value.
        """
        match = _FORM.fullmatch(text)
        if not match or not match[3].strip():
            raise UnreadableCondition(
                f"{text!r} is not a condition. Write dimension=value, such as department=PRODUCE."
            )
        parts = [part.replace("\0", ",").strip() for part in match[3].replace(",,", "\0").split(",")]
        values = tuple(None if part == "unknown" else part for part in parts if part)
        return cls(match[1], values, "not in" if match[2] == "!=" else "in")

    def __str__(self) -> str:
        values = ",".join("unknown" if v is None else str(v).replace(",", ",,") for v in self.values)
        return f"{self.dimension}{'!=' if self.op == 'not in' else '='}{values}"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Without a scope it cannot be constructed.

    ``by``: dimensions, and at most one of day, week, month, quarter, year.
    ``within``: a narrower set of companies and outlets (a unit filter), applied besides the scope.
    ``currency``: convert amounts into it; otherwise several currencies give rows per currency.
    ``compare``: ``previous`` or ``last_year`` adds ``<metric>_before`` and ``<metric>_change``.
    ``order``: column names, ``-name`` for descending. ``limit``: at most so many rows.
    ``language``: that of the names of companies and units, which have two.
    """

    metrics: tuple[str, ...]
    scope: Scope
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    period: Period | Relative | None = None
    within: Scope | None = None
    currency: str | None = None
    compare: str | None = None
    order: tuple[str, ...] = ()
    limit: int | None = None
    language: str = "zh-hant"

    def __post_init__(self) -> None:
        if not isinstance(self.scope, Scope):
            raise TypeError("A question needs a Scope: whose rows may be read?")
        for name in ("metrics", "by", "where", "order"):
            value = getattr(self, name)
            if isinstance(value, str) or not isinstance(value, tuple):
                raise TypeError(f"Question.{name} is a tuple, not {type(value).__name__}.")

    def seen_by(self, scope: Scope) -> Self:
        """The same question in another scope."""
        return replace(self, scope=scope)
