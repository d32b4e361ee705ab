"""Questions as they are kept: plain data without a scope, checked when kept and again when asked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from remit.core.period import UnreadablePeriod, parse_period
from remit.core.scope import Scope

from .catalog.dimensions import DIMENSIONS
from .catalog.spec import Metric
from .engine.errors import CannotAnswer, UnknownName
from .engine.question import Condition, Question
from .queries.journeys import KINDS, read_journey

KEYS = ("metrics", "by", "where", "period", "unit", "compare", "currency", "chart", "order", "limit")
COMPARISONS = ("previous", "last_year", "target")
MOST = 20


class UnreadableQuestion(ValueError):
    """What was handed over is not a question; the sentence says why."""


def read_saved(data: Any, catalog: Mapping[str, Metric]) -> dict[str, Any]:
    """Check a question and return it in its plain form: lists of names, texts of conditions.

    ``unit`` is the code of a unit. A scope is not part of it, and anything else unknown is refused.
    One about journeys has ``journey``, its kind, and ``spec``, as a page of specification has it.
    Raise UnreadableQuestion.
    """
    if not isinstance(data, Mapping):
        raise UnreadableQuestion("A question is an object with metrics.")
    if is_journey(data):
        return _journey(data)
    strange = sorted(set(data) - set(KEYS))
    if strange:
        raise UnreadableQuestion(
            f"A question does not know {', '.join(strange)}. It knows {', '.join(KEYS)}."
        )
    kept: dict[str, Any] = {key: _texts(key, data.get(key)) for key in ("metrics", "by", "where", "order")}
    kept |= {key: _text(key, data.get(key)) for key in ("period", "unit", "compare", "currency", "chart")}
    limit = data.get("limit")
    if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or limit < 1):
        raise UnreadableQuestion("limit is a whole number of at least 1.")
    kept["limit"] = limit
    _check_names(kept, catalog)
    return {key: value for key, value in kept.items() if value}


def is_journey(saved: Mapping[str, Any]) -> bool:
    """Whether a question is about journeys and not about metrics."""
    return "journey" in saved


def _journey(data: Mapping[str, Any]) -> dict[str, Any]:
    if strange := sorted(set(data) - {"journey", "spec", "unit"}):
        raise UnreadableQuestion(f"A question about journeys does not know {', '.join(strange)}.")
    kind, spec = data["journey"], data.get("spec")
    if kind not in KINDS:
        raise UnreadableQuestion(f"journey is one of {', '.join(KINDS)}.")
    try:
        read_journey(kind, spec)
    except CannotAnswer as error:
        raise UnreadableQuestion(str(error)) from error
    return {"journey": kind, "spec": spec, "unit": _text("unit", data.get("unit"))}


def _check_names(kept: dict[str, Any], catalog: Mapping[str, Metric]) -> None:
    try:
        if not kept["metrics"]:
            raise UnreadableQuestion("A question names at least one metric.")
        for name in kept["metrics"]:
            if name not in catalog:
                raise UnknownName("metric", name, catalog)
        conditions = [Condition.parse(text) for text in kept["where"]]
        for name in (*kept["by"], *(one.dimension for one in conditions)):
            if name not in DIMENSIONS:
                raise UnknownName("dimension", name, DIMENSIONS)
        kept["where"] = [str(one) for one in conditions]
        parse_period(kept["period"])
    except (CannotAnswer, UnreadablePeriod) as error:
        raise UnreadableQuestion(str(error)) from error
    if kept["compare"] and kept["compare"] not in COMPARISONS:
        raise UnreadableQuestion(f"compare is one of {', '.join(COMPARISONS)}.")


def question_of(saved: Mapping[str, Any], scope: Scope, within: Scope | None = None) -> Question:
    """The question in a scope; ``within`` is the scope of the saved unit, which the caller looks up."""
    compare = saved.get("compare")
    return Question(
        metrics=tuple(saved["metrics"]),
        scope=scope,
        by=tuple(saved.get("by", ())),
        where=tuple(Condition.parse(text) for text in saved.get("where", ())),
        period=parse_period(saved.get("period", "")),
        within=within,
        currency=saved.get("currency") or None,
        compare=compare if compare in ("previous", "last_year") else None,
        order=tuple(saved.get("order", ())),
        limit=saved.get("limit"),
    )


def compared(question: Question) -> Question:
    """The question with the period before beside it."""
    return question if question.compare else replace(question, compare="previous")


def _texts(key: str, value: Any) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise UnreadableQuestion(f"{key} is a list of texts.")
    if len(value) > MOST:
        raise UnreadableQuestion(f"{key} has {len(value)} entries; {MOST} at most.")
    return list(value)


def _text(key: str, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableQuestion(f"{key} is a text.")
    return value.strip()
