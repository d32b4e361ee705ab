"""Paths, sessions, habits and sequences counted plainly, straight from ``docs/how/paths.md``."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise

from remit.journeys.specification import Funnel
from tests.journeys.plain import fits, histories, local_day, period_of, reaches


@dataclass(frozen=True)
class Node:
    second: int
    name: str
    goal: bool = False


def nodes_of(history, asked, goal=None):
    """Events looked at, in order; tied ones by name."""
    nodes = []
    for event in history:
        name = event.name if asked.of is None else event.others.get(asked.of, "")
        if name and (not asked.events or event.name in asked.events):
            nodes.append((event.ms, name, Node(event.second, name, goal is not None and fits(event, goal))))
    return [node for _ms, _name, node in sorted(nodes, key=lambda one: one[:2])]


def path_of(history, asked, span):
    """Names from where a path begins, or none."""
    nodes = nodes_of(history, asked)
    for place, node in enumerate(nodes):
        if span[0] <= node.second < span[1] and (not asked.begins or node.name in asked.begins):
            rest = nodes[place::-1] if asked.backward else nodes[place:]
            near = [one.name for one in rest if abs(one.second - node.second) <= asked.window_s]
            names = [name for name, _same in groupby(near)] if asked.collapse else near
            return names[: asked.steps + 1]
    return []


def paths(events, asked, span):
    """People by path, rare names told as None."""
    found = [path for path in (path_of(h, asked, span) for h in histories(events).values()) if path]
    beyond = Counter(name for path in found for name in (path[1:] if asked.begins else path))
    order = sorted(beyond, key=lambda name: (-beyond[name], name))
    told = {*order[: asked.top], *asked.begins}
    return Counter(tuple(name if name in told else "others" for name in path) for path in found)


def sessions(events, asked, span):
    """A list of (person, nodes) a session inside the period."""
    found = []
    for person, history in histories(events).items():
        runs = []
        for node in nodes_of(history, asked, asked.goal):
            if runs and node.second - runs[-1][-1].second <= asked.gap_s:
                runs[-1].append(node)
            else:
                runs.append([node])
        found += [(person, run) for run in runs if span[0] <= run[0].second < span[1]]
    return found


def days_active(events, asked, begins):
    """Of each period: people by how many days they were active on."""
    counts = [Counter() for _ in pairwise(begins)]
    for history in histories(events).values():
        days = {local_day(e, asked.zone) for e in history if not asked.events or e.name in asked.events}
        for number, count in Counter(period_of(day, begins) for day in days).items():
            if number is not None:
                counts[number][count] += 1
    return counts


def stages(events, asked, begins):
    """Of each period but the first, which is only looked back upon: new, returning, resurrected, dormant."""
    found = [[0, 0, 0, 0] for _ in pairwise(begins)]
    for history in histories(events).values():
        days = [local_day(e, asked.zone) for e in history if not asked.events or e.name in asked.events]
        for number, (low, high) in enumerate(pairwise(begins)):
            if not number:
                continue
            before = begins[number - 1]
            here, last = any(low <= day < high for day in days), any(before <= day < low for day in days)
            ever = any(day < low for day in days)
            found[number][0] += here and not ever
            found[number][1] += here and last
            found[number][2] += here and ever and not last
            found[number][3] += last and not here
    return found[1:]


def fulfils(history, condition, span):
    if condition.times > 1:
        fitting = [e for e in history if fits(e, condition.did[0]) and span[0] <= e.second < span[1]]
        held = len(fitting) >= condition.times
    else:
        exclude = [_Exclusion(one.events, one.where) for one in condition.without]
        _placed, best = reaches(
            history, Funnel(condition.did, condition.within_s, exclude=tuple(exclude)), span
        )
        held = len(condition.did) - 1 in best
    return held != condition.negated


@dataclass(frozen=True)
class _Exclusion:
    """Between any two steps."""

    events: tuple
    where: dict
    after: int = 1
    before: int = 99


def sequence(events, asked, span):
    """Who fulfils it."""
    join = all if asked.every else any
    return {
        person
        for person, history in histories(events).items()
        if join(fulfils(history, condition, span) for condition in asked.conditions)
    }
