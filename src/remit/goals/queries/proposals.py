"""How a goal could be cut: parts with their size, what stood there a year before, and their chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from remit.core.period import Period, UnreadablePeriod
from remit.metrics.catalog.spec import Metric, Nothing
from remit.org.models import Unit

from ..enums import Cut, SplitMethod
from ..models import Goal
from ..pacing import REALISTIC
from ..splitting import HUNDRED, NothingToSplitBy, months, quarters, read_shares, split_amount, split_level
from .goal_figures import Lens, Sight, answered, days_of
from .goals import Measured, measured
from .outlook import Outlook, Prospect, outlook_of, prospects_of


class CannotPropose(ValueError):
    """The goal cannot be cut this way; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part before it has a size: ``unit`` where units are cut, else the goal's."""

    name: str
    period: Period
    unit: Unit


@dataclass(frozen=True, slots=True)
class Proposed:
    """A part with its size. ``before``: the same days a year earlier; ``prospect``: under the forecast."""

    piece: Piece
    amount: Decimal
    before: Decimal | None
    prospect: Prospect | None

    @property
    def is_unrealistic(self) -> bool:
        return self.prospect is not None and self.prospect.chance < REALISTIC


@dataclass(frozen=True, slots=True)
class Proposal:
    """``adds``: the parts sum to the goal; otherwise each carries its own level."""

    method: str
    parts: tuple[Proposed, ...]
    figure: Measured
    adds: bool
    outlook: Outlook | None


def pieces_of(goal: Goal, cut: str) -> list[Piece]:
    """Into what a goal is cut; raise CannotPropose where that is not two parts at least."""
    period = days_of(goal)
    if cut == Cut.UNIT:
        units = list(
            Unit.objects.filter(path__startswith=goal.unit.path, depth=goal.unit.depth + 1).order_by("path")
        )
        found = [Piece(str(unit.name), period, unit) for unit in units]
    else:
        spans = quarters(period) if cut == Cut.QUARTER else months(period)
        found = [Piece(span.name, span.period, goal.unit) for span in spans]
    if len(found) < 2:
        raise CannotPropose(_("The goal is no longer than one such part: choose a finer cut."))
    return found


def outlook_for(goal: Goal, sight: Sight, unit: Unit | None = None) -> Outlook | None:
    """The forecast of a goal's figure to its last day, of another unit where one is named."""
    if not sight.can_read(goal) or goal.ends_on is None:
        return None
    return outlook_of(sight.lens(goal, unit), goal.ends_on, _empty(goal, sight.metrics))


def propose(goal: Goal, cut: str, method: str, text: str, sight: Sight) -> Proposal:
    """Parts of a goal by a method; ``text``: the shares, or amounts by hand, as ``15/20/25/40``."""
    pieces = pieces_of(goal, cut)
    figure = measured(goal, sight.metrics)
    adds = figure.adds_up if cut == Cut.UNIT else figure.adds
    lenses = [sight.lens(goal, piece.unit) for piece in pieces]
    before = _before(goal, pieces, lenses, sight)
    looks = _looks(goal, pieces, cut, sight)
    amounts = _amounts(
        goal, pieces, method, text, figure, adds, before, _expected(pieces, lenses, looks, figure)
    )
    prospects = _prospects(pieces, lenses, looks, amounts, figure)
    parts = [
        Proposed(piece, amount, was, prospect)
        for piece, amount, was, prospect in zip(pieces, amounts, before, prospects, strict=True)
    ]
    return Proposal(method, tuple(parts), figure, adds, looks[0] if cut != Cut.UNIT else None)


def _empty(goal: Goal, metrics: Mapping[str, Metric]) -> float | None:
    metric = metrics.get(goal.metric)
    return 0.0 if metric is not None and metric.nothing == Nothing.ZERO else None


def _looks(goal: Goal, pieces: Sequence[Piece], cut: str, sight: Sight) -> list[Outlook | None]:
    """The forecast behind each part: one for all, or one a unit."""
    if cut == Cut.UNIT:
        return [outlook_for(goal, sight, piece.unit) for piece in pieces]
    return [outlook_for(goal, sight)] * len(pieces)


def _before(
    goal: Goal, pieces: Sequence[Piece], lenses: Sequence[Lens], sight: Sight
) -> list[Decimal | None]:
    """The figure of each part a year earlier; none that is read where the data do not reach."""
    if not sight.can_read(goal):
        return [None] * len(pieces)
    try:
        earlier = [piece.period.last_year() for piece in pieces]
    except UnreadablePeriod:
        return [None] * len(pieces)
    whole, *found = answered([(sight.lens(goal), earlier[0]), *zip(lenses, earlier, strict=True)])
    empty = _empty(goal, sight.metrics)  # of a unit that sold nothing; how far data go, the whole says
    nothing = None if empty is None else Decimal(str(empty))
    return [
        (nothing if figure.value is None else figure.value) if whole.covers(period) else None
        for figure, period in zip(found, earlier, strict=True)
    ]


def _expected(
    pieces: Sequence[Piece], lenses: Sequence[Lens], looks: Sequence[Outlook | None], figure: Measured
) -> list[Decimal | None]:
    found = _prospects(pieces, lenses, looks, [None] * len(pieces), figure)
    return [None if each is None else Decimal(str(max(0.0, each.mean))) for each in found]


def _prospects(
    pieces: Sequence[Piece],
    lenses: Sequence[Lens],
    looks: Sequence[Outlook | None],
    amounts: Sequence[Decimal | None],
    figure: Measured,
) -> list[Prospect | None]:
    found: list[Prospect | None] = []
    if looks and looks[0] is not None and all(look is looks[0] for look in looks):
        asked = [(piece.period, amount) for piece, amount in zip(pieces, amounts, strict=True)]
        return prospects_of(looks[0], lenses[0], asked, adds=figure.adds, falls=figure.falls)
    for piece, lens, look, amount in zip(pieces, lenses, looks, amounts, strict=True):
        asked = [(piece.period, amount)]
        found += (
            [None] if look is None
            else prospects_of(look, lens, asked, adds=figure.adds, falls=figure.falls)
        )  # fmt: skip
    return found


def _amounts(  # house: actions: one decision from what every method needs
    goal: Goal,
    pieces: Sequence[Piece],
    method: str,
    text: str,
    figure: Measured,
    adds: bool,
    before: Sequence[Decimal | None],
    expected: Sequence[Decimal | None],
) -> list[Decimal]:
    target = Decimal(goal.target or 0)
    if method == SplitMethod.HAND:
        return _by_hand(target, pieces, text, figure, adds)
    if method == SplitMethod.SHARES:
        return _by_shares(target, pieces, text, figure, adds)
    weights = before if method == SplitMethod.HISTORY else expected
    if method == SplitMethod.HISTORY and any(weight is None for weight in weights):
        raise CannotPropose(
            _("The data do not hold the same days of the year before: split by shares or by hand.")
        )
    if any(weight is None for weight in weights):
        raise CannotPropose(_("There is no forecast that reaches so far: split by shares or by hand."))
    known = [weight for weight in weights if weight is not None]
    if not adds:
        days = [piece.period.days for piece in pieces]
        whole = sum((one * n for one, n in zip(known, days, strict=True)), Decimal(0)) / sum(days)
        return split_level(target, known, whole, figure.places)
    try:
        return split_amount(target, known, figure.places)
    except NothingToSplitBy:
        raise CannotPropose(
            _("There was nothing in these days to split by: split by shares or by hand.")
        ) from None


def _by_shares(
    target: Decimal, pieces: Sequence[Piece], text: str, figure: Measured, adds: bool
) -> list[Decimal]:
    if not adds:
        raise CannotPropose(
            _("Parts of this figure do not add up to it and have no shares: each carries its own level.")
        )
    shares = _numbers(text, pieces)
    if sum(shares, Decimal(0)) != HUNDRED:
        raise CannotPropose(_("The shares add up to %s %%, not to 100 %%.") % f"{sum(shares, Decimal(0)):f}")
    if any(share <= 0 for share in shares):
        raise CannotPropose(_("Each part needs a share above nothing."))
    return split_amount(target, shares, figure.places)


def _by_hand(
    target: Decimal, pieces: Sequence[Piece], text: str, figure: Measured, adds: bool
) -> list[Decimal]:
    if not text.strip() and adds:  # a first suggestion to write over
        return split_amount(target, [Decimal(piece.period.days) for piece in pieces], figure.places)
    if not text.strip():
        return [target] * len(pieces)
    unit = Decimal(1).scaleb(-figure.places)
    return [number.quantize(unit, ROUND_HALF_UP) for number in _numbers(text, pieces)]


def _numbers(text: str, pieces: Sequence[Piece]) -> list[Decimal]:
    try:
        numbers = read_shares(text)
    except ValueError:
        raise CannotPropose(
            _("Write one number a part with strokes between them, such as 15/20/25/40.")
        ) from None
    if len(numbers) != len(pieces):
        said = _("There are %(parts)s parts, and %(numbers)s numbers were given.")
        raise CannotPropose(said % {"parts": len(pieces), "numbers": len(numbers)})
    return numbers
