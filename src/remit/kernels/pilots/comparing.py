"""Which outlets a few chosen ones are compared with, and by how much they then went their own way.

``figures``: shape (outlets, weeks), not a number where there is none. Each outlet is set to 1 on average over
the weeks before the start, so that large and small ones count alike and what differs lastingly falls out:
the gap after the start is then the difference in differences. With equal weights it is the classic one; with
weights chosen so that the weeks before are followed as closely as possible it is the synthetic control of
A. Abadie, A. Diamond and J. Hainmueller, Journal of the American Statistical Association 105 (2010).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SPAN = 3.0  # how many times larger or smaller than those chosen an outlet may be to be held against them
STIFF = 1e3  # how much more than one week the sum of the weights counts in the fit


class NotComparable(ValueError):
    """An outlet has weeks without a figure, or none before the start; or nothing is left to compare with."""


@dataclass(frozen=True, slots=True)
class Gap:
    """``value``: the mean gap after the start, as a share of the outlets' own level before it.

    ``controls`` (row numbers, the nearest first) with their ``weights``; ``fit``: root mean square of the
    gaps before the start; ``ours`` and ``theirs``: the paths, week by week.
    """

    controls: Ints
    weights: Floats
    ours: Floats
    theirs: Floats
    fit: float
    value: float


def indexed(figures: Floats, before: int) -> Floats:
    """Each row by its mean over the first ``before`` weeks; not a number where that is not positive."""
    level = figures[:, :before].mean(axis=1, keepdims=True)
    return np.asarray(figures / np.where(level > 0, level, np.nan), dtype=np.float64)


def comparable(figures: Floats, before: int, chosen: Ints, barred: Ints, span: float = SPAN) -> Ints:
    """Rows that may be held against those chosen: without a gap, and neither far larger nor far smaller.

    Raise NotComparable where one of those chosen has a gap itself.
    """
    whole = np.isfinite(indexed(figures, before)).all(axis=1)
    if not chosen.size or not whole[chosen].all():
        raise NotComparable("One of those chosen has weeks without a figure.")
    level = np.where(whole, figures[:, :before].mean(axis=1), np.nan)
    least, most = level[chosen].min() / span, level[chosen].max() * span
    kept = whole & (level >= least) & (level <= most)
    kept[chosen] = False
    kept[barred] = False
    return np.flatnonzero(kept)


def nearest(paths: Floats, before: int, chosen: Ints, pool: Ints, count: int) -> Ints:
    """The ``count`` rows of the pool whose path before the start is nearest to the mean of those chosen.

    Euclidean; of equally near ones the earlier in the pool. Fewer where the pool is smaller.
    """
    aim = paths[chosen, :before].mean(axis=0)
    far = ((paths[pool, :before] - aim) ** 2).sum(axis=1)
    return pool[np.argsort(far, kind="stable")[:count]]


def followed(aim: Floats, paths: Floats) -> Floats:
    """Weights, none negative and together 1, with which ``paths`` (rows) follow ``aim`` most closely."""
    from scipy.optimize import nnls  # a quarter of a second to load, and only where it is asked for

    stiff = STIFF * max(1.0, float(np.abs(paths).max()))
    left = np.vstack([paths.T, np.full((1, len(paths)), stiff)])
    found, _rest = nnls(left, np.append(aim, stiff))
    total = found.sum()
    return np.asarray(found / total if total > 0 else np.full(len(paths), 1 / len(paths)))


def gap(paths: Floats, before: int, chosen: Ints, controls: Ints, *, synthetic: bool) -> Gap:
    """How the chosen rows go beside the controls; ``paths`` as of ``indexed``. Raise NotComparable."""
    if not controls.size:
        raise NotComparable("Nothing is left to compare with.")
    ours = paths[chosen].mean(axis=0)
    if synthetic:
        weights = followed(ours[:before], paths[controls, :before])
    else:
        weights = np.full(controls.size, 1 / controls.size)
    theirs = weights @ paths[controls]
    apart = ours - theirs
    fit = float(np.sqrt((apart[:before] ** 2).mean()))
    value = float(apart[before:].mean()) if len(apart) > before else 0.0
    return Gap(controls, weights, ours, theirs, fit, value)
