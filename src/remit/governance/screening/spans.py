"""Stretches of a text, and which findings over one another stay."""

from bisect import bisect_left
from collections.abc import Iterable

from .plain import Span
from .rule import Finding, Verdict

PHRASE_MOST = 40  # characters of the longest phrase of an excuse


def outside(spans: Iterable[Span], others: list[Span]) -> bool:
    """Whether one of the spans lies in none of the others (both in the order of the text)."""
    return any(not covered(one, others) for one in spans)


def covered(span: Span, others: list[Span]) -> bool:
    """Whether one of the others, in the order of the text, goes over the whole span."""
    return any(end >= span[1] for _start, end in starting(others, span[0] - PHRASE_MOST, span[0]))


def starting(spans: list[Span], first: int, last: int) -> list[Span]:
    """Those of sorted spans that start from ``first`` to ``last``."""
    return spans[bisect_left(spans, (first, 0)) : bisect_left(spans, (last + 1, 0))]


def without_overlaps(findings: list[Finding]) -> tuple[Finding, ...]:
    """Of findings over one another the gravest stays, then the longest; in the order of the text."""
    if len(findings) < 2:
        return tuple(findings)
    kept: list[Finding] = []
    starts: list[int] = []
    for one in sorted(findings, key=_weight):
        at = bisect_left(starts, one.end)  # the last kept one that starts before this one ends
        if not at or kept[at - 1].end <= one.start:
            starts.insert(at, one.start)
            kept.insert(at, one)
    return tuple(kept)


def _weight(finding: Finding) -> tuple[bool, int, int]:
    return finding.rule.severity is not Verdict.STOP, finding.start - finding.end, finding.start
