"""What a chain of channels loses when one of them is taken away: exact, by linear algebra.

Source: Anderl, Becker, Wangenheim, Schumann, Mapping the customer journey (2016); absorbing chains as in
Kemeny, Snell, Finite Markov Chains (1960), chapter III.
"""

import numpy as np

from .columns import Array


def removal_effects(moved: Array, ended: Array, valued: Array, owner: Array, channels: int) -> Array:
    """Float64 (2, channels): the share of conversions, and of their value, that go with each channel.

    ``moved`` int64 (states, states), row 0 the start; ``ended`` int64 (states, 2): converted, lost;
    ``valued`` float64 (states): value of what converted there. ``owner`` int64 (states): the channel (from 1)
    whose removal takes the state away, 0 for the start. Zero where nothing converts or is worth anything.
    """
    effects = np.zeros((2, channels))
    totals = moved.sum(axis=1) + ended.sum(axis=1)
    kept = np.flatnonzero(totals[1:]) + 1
    if not totals[0]:
        return effects
    starts = moved[0, kept] / totals[0]
    among = moved[np.ix_(kept, kept)] / totals[kept, None]
    visits = np.linalg.inv(np.eye(len(kept)) - among)
    passed = starts @ visits
    gains = np.stack([ended[kept, 0], valued[kept]]) / totals[kept]
    onward = gains @ visits.T
    whole = gains @ passed
    owners = owner[kept]
    for channel in np.unique(owners):
        states = np.flatnonzero(owners == channel)
        taken = onward[:, states] @ np.linalg.solve(visits[np.ix_(states, states)].T, passed[states])
        effects[:, channel - 1] = np.divide(taken, whole, out=np.zeros(2), where=whole != 0)
    return effects


def shares(effects: Array, total: float) -> Array:
    """``total`` in proportion to ``effects``; all zero where they come to nothing."""
    whole = effects.sum()
    return effects / whole * total if whole else np.zeros(len(effects))
