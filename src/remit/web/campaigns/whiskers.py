"""An effect with its interval as a small drawing, all of a page to one scale."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from remit.planning.enums import EffectVerdict
from remit.planning.models import EffectEstimate
from remit.planning.queries.effects import OfType

WIDTH, HEIGHT, EDGE = 200, 14, 6


def scale_of(effects: Iterable[EffectEstimate]) -> float:
    """What half of the width stands for: twice the middle one of the widest bounds, so that one very wide
    interval does not press all others together."""
    bounds = sorted(
        max(abs(float(row.weekly_low)), abs(float(row.weekly_high)))
        for row in effects
        if row.verdict != EffectVerdict.IMPOSSIBLE
    )
    return 2 * bounds[len(bounds) // 2] if bounds else 1.0


def tone_of(row: EffectEstimate) -> str:
    """Whether the interval lies on one side of zero."""
    return "good" if row.is_above_zero else "bad" if row.is_below_zero else "flat"


def whisker(row: EffectEstimate, scale: float) -> SafeString:
    """The interval as a line, the estimate as a dot, zero as a mark; nothing without an estimate."""
    if row.verdict == EffectVerdict.IMPOSSIBLE:
        return SafeString("")
    low, dot, high = (_place(value, scale) for value in (row.weekly_low, row.weekly, row.weekly_high))
    return format_html(
        '<svg class="whisker whisker-{}" viewBox="0 0 200 14" aria-hidden="true">'
        '<line class="whisker-zero" x1="100" x2="100" y1="0" y2="14"/>'
        '<line class="whisker-line" x1="{}" x2="{}" y1="7" y2="7"/><circle cx="{}" cy="7" r="4"/></svg>',
        tone_of(row), low, high, dot,
    )  # fmt: skip


def _place(value: Decimal | float, scale: float) -> str:
    half = WIDTH / 2
    x = half + float(value) / (scale or 1.0) * (half - EDGE)
    return f"{min(max(x, 0), WIDTH):.1f}"


def strip(kind: OfType, scale: float) -> SafeString:
    """The effects of one type as dots, their median as a mark; nothing without an estimate."""
    if kind.weekly is None:
        return SafeString("")
    dots = [format_html('<circle cx="{}" cy="7" r="3"/>', _place(value, scale)) for value in kind.effects]
    middle = _place(kind.weekly, scale)
    return format_html(
        '<svg class="whisker whisker-strip" viewBox="0 0 200 14" aria-hidden="true">'
        '<line class="whisker-zero" x1="100" x2="100" y1="0" y2="14"/>{}'
        '<line class="whisker-middle" x1="{}" x2="{}" y1="1" y2="13"/></svg>',
        SafeString("".join(dots)), middle, middle,
    )  # fmt: skip
