"""What one currency was worth in another on a day."""

from datetime import date
from decimal import Decimal

from ..models import Rate


def rate_on(base: str, quote: str, day: date) -> Decimal | None:
    """How much of ``quote`` one of ``base`` is worth: the newest rate that holds that day, either way round.

    None where no rate of the pair is known by then.
    """
    if base == quote:
        return Decimal(1)
    known = Rate.objects.filter(day__lte=day).order_by("-day", "-pk")
    straight = known.filter(base=base, quote=quote).values_list("day", "rate").first()
    inverse = known.filter(base=quote, quote=base).values_list("day", "rate").first()
    if straight and (inverse is None or straight[0] >= inverse[0]):
        return straight[1]
    return 1 / inverse[1] if inverse else None
