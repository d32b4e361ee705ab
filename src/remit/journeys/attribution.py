"""Attribution answered from an index. What is shared out, and how: ``docs/how/attribution.md``."""

from dataclasses import dataclass

import numpy as np

from remit.core.period import Period
from remit.core.unanswered import UnknownName
from remit.journeys.event_index.opened import Index
from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.removal import removal_effects, shares
from remit.kernels.journeys.touching import RULES, credit, cut, long_moves, moves, settle_ties, touch_nodes

from .meaning import Marks, Meanings
from .refusing import SeveralCurrencies, TooManyChannels
from .running import each_part
from .specification import Attributed
from .time import days_of, span_s

CHANNELS_MAX = 1000
STATES_MAX = 2000
MODELS = (*RULES, "markov")


@dataclass
class Chain:
    """What paths did: ``keys`` int64 (states), row 0 the start; the rest as ``removal_effects`` takes it."""

    keys: Array
    moved: Array
    ended: Array
    valued: Array


@dataclass
class Edges:
    """Moves between states that are not numbered yet, as ``long_moves`` writes them, each once."""

    edges: Array
    amounts: Array


@dataclass
class Tally:
    """What adds up. ``totals``: conversions with and without a path, value of both, paths converted and lost,
    touches without a channel; ``credits`` and ``valued`` (rules, channels + 1); ``counts`` (channels + 1)."""

    totals: Array
    credits: Array
    valued: Array
    counts: Array
    chains: list[Chain | Edges]

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.totals + other.totals,
            self.credits + other.credits,
            self.valued + other.valued,
            self.counts + other.counts,
            self.chains + other.chains,
        )


@dataclass(frozen=True)
class AttributionAnswer:
    """``conversions`` and ``value`` float64 (models, channels), as MODELS; ``effects`` (2, channels)."""

    asked: Attributed
    channels: tuple[str, ...]
    tally: Tally
    conversions: Array
    value: Array
    effects: Array
    days: Period | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The question in codes: ``node_of`` uint16 by value of the column; ``terms`` as ``cut`` takes them."""

    asked: Attributed
    marks: Marks
    node_of: Array
    channels: int
    terms: Array

    @property
    def states(self) -> int:
        """How many keys of states there may be."""
        return int((self.channels + 1) ** self.asked.order)


def answer_attribution(index: Index, asked: Attributed) -> AttributionAnswer:
    """Raise CannotAnswer for columns that are not there, too many channels, or several currencies."""
    meanings = Meanings(index.manifest)
    days = days_of(asked.period, asked.zone, index.manifest)
    values = meanings.column(asked.channel)
    channels = tuple(sorted(value for value in values if value))
    plan = _plan(asked, meanings, values, channels, span_s(days, asked.zone))
    _check_value(index, plan)
    tally = sum(each_part(lambda part: _tally(part, plan), index), _nothing(plan))
    effects = _effects(tally, plan)
    totals = tally.totals
    return AttributionAnswer(
        asked=asked,
        channels=channels,
        tally=tally,
        conversions=np.vstack([tally.credits[:, 1:], shares(effects[0], totals[0])]),
        value=np.vstack([tally.valued[:, 1:], shares(effects[1], totals[2])]),
        effects=effects,
        days=days,
        notes=tuple(meanings.notes),
    )


def _plan(
    asked: Attributed,
    meanings: Meanings,
    values: tuple[str, ...],
    channels: tuple[str, ...],
    span: tuple[int, int],
) -> Plan:
    if len(channels) > CHANNELS_MAX:
        raise TooManyChannels(
            f"{asked.channel} has {len(channels):,} values; channels are {CHANNELS_MAX:,} at most."
            " Ask by a column that groups them."
        )
    if (len(channels) + 1) ** asked.order >= 2**62:
        raise TooManyChannels(
            f"Chains of order {asked.order} of {len(channels)} channels: ask a lower order."
        )
    marks = Marks(meanings)
    marks.add(0, asked.touches.events, asked.touches.where)
    marks.add(1, asked.conversion.events, asked.conversion.where)
    rank = {name: place for place, name in enumerate(channels, 1)}
    node_of = np.array([rank.get(value, 0) for value in values], np.uint16)
    terms = np.array([len(channels) + 1, asked.window_s, *span], np.int64)
    return Plan(asked, marks, node_of, len(channels), terms)


def _check_value(index: Index, plan: Plan) -> None:
    """The column is there, and all conversions are of one currency."""
    asked, manifest = plan.asked, index.manifest
    if asked.value is None:
        return
    if asked.value not in manifest.numbers:
        raise UnknownName("column of numbers", asked.value, manifest.numbers)
    column = asked.currency or ("currency" if "currency" in manifest.values else None)
    if column is None:
        return
    names = plan.marks.meanings.column(column)

    def work(part: Part) -> Array:
        converts = plan.marks.of(part) & 2 != 0
        converts = converts if plan.marks.kept else converts[part.codes & 0x7FFF]
        alive = np.repeat(part.alive == 1, np.diff(part.first))
        return np.bincount(part.others[column][converts & alive & (part.others[asked.value or ""] != 0)],
                           minlength=len(names))  # fmt: skip

    found = np.flatnonzero(sum(each_part(work, index), np.zeros(len(names), np.int64)))
    if len(found) > 1:
        told = ", ".join(sorted(names[code] or "none" for code in found))
        raise SeveralCurrencies(
            f"Conversions are worth {told}, which cannot be added."
            f" Ask for one: conversion: {{event: …, where: {{{column}: …}}}}."
        )


def _nothing(plan: Plan) -> Tally:
    shape = (len(RULES), plan.channels + 1)
    counts = np.zeros(plan.channels + 1, np.int64)
    return Tally(np.zeros(7), np.zeros(shape), np.zeros(shape), counts, [])


def _tally(part: Part, plan: Plan) -> Tally:
    """One part: cut into paths, then each path's credits and moves."""
    tally = _nothing(plan)
    events = len(part.codes)
    nodes = np.zeros(events, np.uint16)
    channel, marks = part.others[plan.asked.channel], plan.marks.of(part)
    without = touch_nodes(part.first, part.alive, part.codes, marks, not plan.marks.kept, channel,
                          plan.node_of, plan.terms[0], nodes)  # fmt: skip
    amounts = np.empty(0)
    if plan.asked.value is not None:
        amounts = np.where(nodes == plan.terms[0], part.others[plan.asked.value], 0.0)
    settle_ties(part.codes, nodes)
    touches, paths, worth = np.empty(events, np.int64), np.empty((events, 4), np.int64), np.empty(events)
    bare = np.zeros(2)
    made = cut(part.first, part.alive, part.seconds, part.codes, nodes, amounts, plan.terms,
               touches, paths, worth, bare)  # fmt: skip
    paths, worth = paths[:made], worth[:made]
    credit(part.seconds, nodes, touches, paths, worth, float(plan.asked.half_life_s),
           tally.credits, tally.valued, tally.counts)  # fmt: skip
    converted = int(np.count_nonzero(paths[:, 2]))
    tally.totals += [paths[:, 2].sum(), bare[0], worth.sum(), bare[1], converted, made - converted, without]
    tally.chains.append(_walk(nodes, touches, paths, worth, plan))
    return tally


def _walk(nodes: Array, touches: Array, paths: Array, worth: Array, plan: Plan) -> Chain | Edges:
    size = plan.channels + 1
    if plan.asked.order == 1:
        chain = Chain(
            np.arange(size), np.zeros((size, size), np.int64), np.zeros((size, 2), np.int64), np.zeros(size)
        )
        moves(nodes, touches, paths, worth, chain.moved, chain.ended, chain.valued)
        return chain
    most = int((paths[:, 1] - paths[:, 0]).sum()) + len(paths)
    edges, amounts = np.empty((most, 3), np.int64), np.empty(most)
    made = long_moves(nodes, touches, paths, worth, size, plan.states, edges, amounts)
    return _each_once([Edges(edges[:made], amounts[:made])])


def _each_once(found: list[Edges]) -> Edges:
    edges = np.concatenate([one.edges for one in found])
    amounts = np.concatenate([one.amounts for one in found])
    order = np.lexsort((edges[:, 1], edges[:, 0]))
    edges, amounts = edges[order], amounts[order]
    new = np.ones(len(edges), bool)
    new[1:] = (edges[1:, :2] != edges[:-1, :2]).any(axis=1)
    begins = np.flatnonzero(new)
    if not len(begins):
        return Edges(edges, amounts)
    weights = np.add.reduceat(edges[:, 2], begins)
    return Edges(np.column_stack([edges[begins, :2], weights]), np.add.reduceat(amounts, begins))


def _effects(tally: Tally, plan: Plan) -> Array:
    """Removal effects, float64 (2, channels)."""
    dense = [one for one in tally.chains if isinstance(one, Chain)]
    edges = [one for one in tally.chains if isinstance(one, Edges)]
    if edges:
        dense = [_numbered(_each_once(edges))]
    if not dense:
        return np.zeros((2, plan.channels))
    moved = sum((one.moved for one in dense[1:]), dense[0].moved)
    ended = sum((one.ended for one in dense[1:]), dense[0].ended)
    valued = sum((one.valued for one in dense[1:]), dense[0].valued)
    owner = dense[0].keys % (plan.channels + 1)
    return removal_effects(moved, ended, valued, owner, plan.channels)


def _numbered(found: Edges) -> Chain:
    """States that occur get numbers, the start the first. Raise TooManyChannels."""
    tails, heads, weights = found.edges.T
    keys = np.union1d(tails, heads[heads >= 0])
    keys = np.concatenate([[0], keys[keys != 0]]).astype(np.int64)
    if len(keys) > STATES_MAX:
        raise TooManyChannels(
            f"The chain has {len(keys):,} states, and {STATES_MAX:,} are the most: ask a lower order."
        )
    size = len(keys)
    chain = Chain(keys, np.zeros((size, size), np.int64), np.zeros((size, 2), np.int64), np.zeros(size))
    ends = heads < 0
    at = np.searchsorted(keys, tails)
    chain.moved[at[~ends], np.searchsorted(keys, heads[~ends])] = weights[~ends]
    chain.ended[at[ends], -1 - heads[ends]] = weights[ends]
    np.add.at(chain.valued, at[ends], found.amounts[ends])
    return chain
