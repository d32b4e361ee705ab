"""A question of attribution, read from a page of specification."""

from typing import Any

from .reader import Reader, WrongJourney
from .specification import Attributed

ORDER_MAX = 5


def read_attribution(said: Any) -> Attributed:
    """The part ``attribution`` of a page. Raise WrongJourney."""
    keys = "touches conversion channel window half_life order value currency period zone"
    page = Reader(said, "attribution", keys)
    asked = Attributed(
        touches=page.happening("touches"),
        conversion=page.happening("conversion"),
        channel=page.text("channel", "channel"),
        window_s=page.seconds("window", "30 days"),
        half_life_s=page.seconds("half_life", "7 days"),
        order=page.number("order", 1, 1, ORDER_MAX),
        value=page.text("value", "value") if "value" in page.said else None,
        currency=page.text("currency", "currency") if "currency" in page.said else None,
        period=page.period(),
        zone=page.zone(),
    )
    if not asked.half_life_s:
        raise page.wrong("half_life", "write a length above nothing")
    both = sorted(set(asked.touches.events) & set(asked.conversion.events))
    if both:
        raise WrongJourney(f"attribution: {', '.join(both)} cannot be a touch and a conversion.")
    names = {asked.channel, asked.currency, *asked.touches.where, *asked.conversion.where}
    if asked.value and asked.value in names:
        raise WrongJourney(
            f"attribution.value: {asked.value} is read as numbers and cannot be a name as well."
        )
    if asked.currency and not asked.value:
        raise WrongJourney("attribution.currency: goes with value only.")
    return asked
