"""Answers as plain data, in the order in which people read them."""

from typing import Any

import numpy as np

from remit.core.text import LANGUAGES
from remit.journeys.event_index.opened import Index
from remit.kernels.journeys.columns import Array
from remit.kernels.journeys.spread import floor_of, percentile

from .funnel import FunnelAnswer
from .losing import Loss, losses_of, sentence_of
from .retention import RetentionAnswer
from .specification import Attribution

SHARES = {"p10_s": 0.1, "median_s": 0.5, "p90_s": 0.9}


def index_data(index: Index) -> dict[str, Any]:
    """What was looked at."""
    manifest = index.manifest
    return {"events": manifest.events, "people": index.people, "left_out": manifest.left_out}


def funnel_data(answer: FunnelAnswer) -> dict[str, Any]:
    """Steps, time to convert, breakdown, notes."""
    funnel, tally = answer.funnel, answer.tally
    data: dict[str, Any] = {
        "funnel": {"order": str(funnel.order), "window_s": funnel.window_s, "period": _period(answer)},
        "steps": _steps(answer),
        "time_to_convert": _times(tally.spreads[-1]),
    }
    if funnel.breakdown is not None:
        data["breakdown"] = _breakdown(answer)
    if len(funnel.steps) > 1:
        data["loss"] = _losses(answer)
    return data | {"notes": list(answer.notes)}


def retention_data(answer: RetentionAnswer) -> dict[str, Any]:
    """A row a cohort; null where a period begins after the last event."""
    retention, sizes = answer.retention, answer.sizes
    cohorts = [
        {
            "from": str(answer.begins[cohort]),
            "people": int(sizes[cohort]),
            "returned": [
                int(count) if cohort + after < answer.known else None
                for after, count in enumerate(answer.returned[cohort][: len(sizes) - cohort])
            ],
        }
        for cohort in range(len(sizes))
    ]
    return {
        "retention": {
            "unit": str(retention.unit),
            "by": "each" if retention.each else "first",
            "counting": "rolling" if retention.rolling else "bounded",
            "zone": retention.zone,
        },
        "cohorts": cohorts,
        "all": _all_cohorts(answer),
        "notes": list(answer.notes),
    }


def _all_cohorts(answer: RetentionAnswer) -> list[dict[str, Any]]:
    """Each distance over the cohorts for which it is known."""
    found = []
    for after in range(answer.known):
        people = int(answer.sizes[: answer.known - after].sum())
        back = int(answer.returned[: answer.known - after, after].sum())
        found.append({"after": after, "people": people, "returned": back, "share": _share(back, people)})
    return found


def _period(answer: FunnelAnswer) -> dict[str, str] | None:
    days = answer.days
    return None if days is None else {"first": str(days.first), "last": str(days.last)}


def _steps(answer: FunnelAnswer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    counts = answer.tally.people.tolist()
    before = counts[0]
    for number, (step, people) in enumerate(zip(answer.funnel.steps, counts, strict=True)):
        row = {
            "step": number + 1,
            "name": step.name,
            "people": people,
            "of_first": _share(people, counts[0]),
            "of_previous": _share(people, before),
            "converted": _percentiles(answer.tally.spreads[number]),
        }
        found.append(row | ({"optional": True} if step.optional else {}))
        before = before if step.optional else people
    return found


def _losses(answer: FunnelAnswer) -> dict[str, Any]:
    losses = losses_of(answer)
    sentence = sentence_of(answer, losses)
    return {
        "step": _loss(answer, losses.step),
        "value": _loss(answer, losses.value),
        "compared": losses.compared,
        "sentence": {language: sentence.say(language) for language in LANGUAGES},
    }


def _loss(answer: FunnelAnswer, loss: Loss | None) -> dict[str, Any] | None:
    if loss is None:
        return None
    steps = answer.funnel.steps
    told = {"value": loss.value or None} if loss.value is not None else {}
    return told | {
        "from": steps[loss.step].name,
        "to": steps[loss.then].name,
        "people": loss.people,
        "went_on": loss.stayed,
        "share": round(loss.share, 6),
        "elsewhere": round(loss.elsewhere, 6),
        "p": float(f"{loss.chance:.3g}"),
        "significant": loss.significant,
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def _percentiles(counts: Array) -> dict[str, int | None]:
    """Seconds from the first step, of the people who reached the last one."""
    return {name: percentile(counts, share) for name, share in SHARES.items()}


def _times(counts: Array) -> dict[str, Any]:
    held = np.flatnonzero(counts)
    classes = zip(floor_of(held).tolist(), counts[held].tolist(), strict=True)
    return {
        "people": int(counts.sum()),
        **_percentiles(counts),
        "classes": [{"from_s": low, "people": people} for low, people in classes],
    }


def _breakdown(answer: FunnelAnswer) -> dict[str, Any]:
    breakdown = answer.funnel.breakdown
    if breakdown is None:
        return {}
    table = answer.tally.by_value
    order = sorted(np.flatnonzero(table.any(axis=1)).tolist(), key=lambda v: (-table[v, 0], answer.values[v]))
    shown, rest = order[: breakdown.top], order[breakdown.top :]
    rows: list[dict[str, Any]] = [
        {"value": answer.values[value] or None, "people": table[value].tolist()} for value in shown
    ]
    # People of several values stand under each, so that a sum over values would count them again.
    told = {} if breakdown.by is Attribution.ALL else {"people": table[rest].sum(axis=0).tolist()}
    others = {"others": {"values": len(rest), **told}} if rest else {}
    return {"column": breakdown.column, "by": str(breakdown.by), "values": rows, **others}
