"""Answers of attribution as plain data."""

from typing import Any

from .attribution import MODELS, AttributionAnswer

PLACES = 6


def attribution_data(answer: AttributionAnswer) -> dict[str, Any]:
    """What was shared out, then a row a channel with a touch, those with the most first."""
    asked, tally = answer.asked, answer.tally
    attributed, bare, value, bare_value, converted, lost, unnamed = tally.totals.tolist()
    conversions: dict[str, Any] = {"attributed": int(attributed), "without_touch": int(bare)}
    if asked.value is not None:
        told = {"attributed": round(value, PLACES), "without_touch": round(bare_value, PLACES)}
        conversions["value"] = told
    touched = [place for place, count in enumerate(tally.counts[1:].tolist()) if count]
    order = sorted(touched, key=lambda c: (-answer.conversions[-1, c], answer.channels[c]))
    notes = list(answer.notes)
    if unnamed:
        notes.append(f"{int(unnamed):,} touches have no {asked.channel}.")
    return {
        "attribution": {
            "channel": asked.channel,
            "window_s": asked.window_s,
            "half_life_s": asked.half_life_s,
            "order": asked.order,
            "period": {"first": str(answer.days.first), "last": str(answer.days.last)}
            if answer.days
            else None,
        },
        "paths": {"converted": int(converted), "lost": int(lost)},
        "conversions": conversions,
        "channels": [_channel(answer, place) for place in order],
        "notes": notes,
    }


def _channel(answer: AttributionAnswer, place: int) -> dict[str, Any]:
    kinds = ["conversions", "value"] if answer.asked.value is not None else ["conversions"]
    row: dict[str, Any] = {
        "channel": answer.channels[place],
        "touches": int(answer.tally.counts[place + 1]),
        "removal_effect": round(float(answer.effects[0, place]), PLACES),
    }
    for kind in kinds:
        shared = answer.conversions if kind == "conversions" else answer.value
        row[kind] = {
            model: round(float(shared[number, place]), PLACES) for number, model in enumerate(MODELS)
        }
    return row
