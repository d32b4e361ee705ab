"""Answers about paths, sessions, habits and sequences as plain data."""

from typing import Any

import numpy as np

from remit.core.period import Period
from remit.kernels.journeys.spread import percentile

from .habits import LifecycleAnswer, StickinessAnswer
from .paths import PathsAnswer
from .sequences import SequenceAnswer
from .sessions import SessionsAnswer

SHARES = {"p10": 0.1, "median": 0.5, "p90": 0.9}
PLACES = 6
STAGES = ("active", "new", "returning", "resurrected", "dormant")


def paths_data(answer: PathsAnswer) -> dict[str, Any]:
    """Nodes and links by step, and the most frequent whole paths; null is where nothing more came."""
    asked, shown = answer.asked, answer.shown
    nodes = [
        (step, -int(answer.nodes[step, node]), node)
        for step, node in np.argwhere(answer.nodes).tolist() if node
    ]  # fmt: skip
    links = [
        (step, -int(answer.links[step, node, after]), node, after)
        for step, node, after in np.argwhere(answer.links).tolist() if node
    ]  # fmt: skip
    return {
        "paths": {
            "from" if not asked.backward else "to": list(asked.begins) or None,
            "steps": asked.steps,
            "window_s": asked.window_s,
            "loops": "collapse" if asked.collapse else "keep",
            "period": _period(answer.days),
        },
        "people": int(answer.counts.sum()),
        "nodes": [
            {"step": step, "name": shown[node], "people": -people} for step, people, node in sorted(nodes)
        ],
        "links": [
            {"step": step, "from": shown[node], "to": shown[after], "people": -people}
            for step, people, node, after in sorted(links)
        ],
        "frequent": [{"path": path, "people": people} for path, people in answer.most_frequent(asked.top)],
        "notes": list(answer.notes),
    }


def sessions_data(answer: SessionsAnswer) -> dict[str, Any]:
    """How many, how long, where they land and leave; the rest of the names as one."""
    asked, tally = answer.asked, answer.tally
    sessions, people, events, alone, arrived = tally.totals.tolist()
    goal = asked.goal is not None
    data: dict[str, Any] = {
        "sessions": {"gap_s": asked.gap_s, "period": _period(answer.days)},
        "count": sessions,
        "people": people,
        "events_of_them": events,
        "bounced": {"sessions": alone, "share": _share(alone, sessions)},
    }
    if goal:
        data["goal"] = {"sessions": arrived, "share": _share(arrived, sessions)}
    for name, counts in zip(("seconds", "events_each", "sessions_each"), tally.spreads, strict=True):
        data[name] = {title: percentile(counts, share) for title, share in SHARES.items()}
    order = sorted(np.flatnonzero(tally.landed[:, 0]).tolist(), key=lambda n: (-tally.landed[n, 0], n))
    data["landed"] = [_landed(answer.names[n], tally.landed[n].tolist(), goal) for n in order[: asked.top]]
    if order[asked.top :]:
        data["landed"].append(_landed(None, tally.landed[order[asked.top :]].sum(axis=0).tolist(), goal))
    order = sorted(np.flatnonzero(tally.left).tolist(), key=lambda n: (-tally.left[n], n))
    data["left"] = [{"name": answer.names[n], "sessions": int(tally.left[n])} for n in order[: asked.top]]
    if order[asked.top :]:
        data["left"].append({"name": None, "sessions": int(tally.left[order[asked.top :]].sum())})
    return data | {"notes": list(answer.notes)}


def _landed(name: str | None, counts: list[int], goal: bool) -> dict[str, Any]:
    row = {"name": name, "sessions": counts[0], "bounced": counts[1]}
    return row | ({"goal": counts[2]} if goal else {})


def stickiness_data(answer: StickinessAnswer) -> dict[str, Any]:
    """A row a period; null where it has not begun."""
    rows = []
    for first, counts, days in zip(answer.begins, answer.people.tolist(), answer.days, strict=False):
        people = sum(counts)
        active = sum(days_active * held for days_active, held in enumerate(counts))
        last = max((number for number, held in enumerate(counts) if held), default=0)
        rows.append(
            {
                "from": str(first),
                "days": days,
                "people": people if days else None,
                "each_day": round(active / days, PLACES) if days else None,
                "stickiness": _share(active, people * days),
                "by_days": counts[1 : last + 1],
            }
        )
    asked = {"unit": str(answer.asked.unit), "zone": answer.asked.zone}
    return {"stickiness": asked, "periods": rows, "notes": list(answer.notes)}


def lifecycle_data(answer: LifecycleAnswer) -> dict[str, Any]:
    """A row a period; null where it begins after the last event."""
    rows: list[dict[str, Any]] = []
    for number, (first, counts) in enumerate(zip(answer.begins, answer.people.tolist(), strict=False)):
        told = [sum(counts[:3]), *counts] if number < answer.known else [None] * len(STAGES)
        rows.append({"from": str(first), **dict(zip(STAGES, told, strict=True))})
    asked = {"unit": str(answer.asked.unit), "zone": answer.asked.zone}
    return {"lifecycle": asked, "periods": rows, "notes": list(answer.notes)}


def sequence_data(answer: SequenceAnswer) -> dict[str, Any]:
    """How many, of how many, and the first of them."""
    asked = answer.asked
    return {
        "sequence": {"conditions": len(asked.conditions), "of": "all" if asked.every else "any",
                     "period": _period(answer.days)},
        "people": answer.people,
        "of": answer.of,
        "share": _share(answer.people, answer.of),
        "named": list(answer.named),
        "notes": list(answer.notes),
    }  # fmt: skip


def _period(days: Period | None) -> dict[str, str] | None:
    return None if days is None else {"first": str(days.first), "last": str(days.last)}


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, PLACES) if whole else None
