"""The shape of what is sent, and of what is kept of it."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import to_json

from remit.lake.tables import TABLES

PROPERTIES_BYTES_MAX = 4_096
AGE_MAX = timedelta(days=7)
AGE_MAX_MS = int(AGE_MAX / timedelta(milliseconds=1))
AHEAD_MAX_MS = 5 * 60_000
PAGE_MAX = TABLES["events"].by_name["page"].length_max or 500
MS_FROM, MS_TO = 946_684_800_000, 4_102_444_800_000  # of 2000 and of 2100

type Properties = dict[str, str | int | float | bool | None]

# no control characters: no source means them, and PostgreSQL and file names choke on some of them
PLAIN = r"^[^\x00-\x1f\x7f]+$"


def _instant(value: Any) -> int:
    """Milliseconds since 1970. Seconds would be taken for milliseconds: the range tells them apart."""
    if type(value) is int:
        ms = value
    elif isinstance(value, str):
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None:
            raise ValueError("the time lacks its zone, such as +08:00")
        ms = int(instant.timestamp() * 1000)
    else:
        raise ValueError(  # what pydantic reads as a refusal
            "write an ISO 8601 time with its zone, or whole milliseconds since 1970"
        )
    if not MS_FROM <= ms < MS_TO:
        raise ValueError("milliseconds since 1970 are meant, between the years 2000 and 2100")
    return ms


Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=PLAIN)]
Person = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=PLAIN)]
Click = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=PLAIN)]
KnownKind = Literal["device", "phone", "email", "openid", "member"]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Instant = Annotated[
    int,
    PlainValidator(_instant),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date-time"},
                {"type": "integer", "minimum": MS_FROM, "exclusiveMaximum": MS_TO},
            ],
            "description": "by the sender's clock: ISO 8601 with a zone, or milliseconds since 1970",
        }
    ),
]
Money = Annotated[
    Decimal,
    Field(ge=0, max_digits=18, decimal_places=4, description="what it was worth, such as what was paid"),
]


class Event(BaseModel):
    """One thing that one person did."""

    model_config = ConfigDict(extra="forbid")

    id: Code = Field(description="tells the event within the company; the same id again counts once")
    event: Code = Field(description="what was done, such as view, cart, pay")
    at: Instant
    person: Person = Field(description="who did it: a device, an anonymous id or a member number")
    customer: Code | None = Field(None, description="code of the customer, once known")
    channel: Code | None = Field(None, description="the channel it went by, such as mail, store, search")
    source: Code | None = Field(None, description="what brought the person, such as utm_source")
    campaign: Code | None = Field(None, description="code of the campaign")
    outlet: Code | None = Field(None, description="code of the outlet")
    product: Code | None = Field(None, description="code of the product")
    click: Click | None = Field(None, description="the ad platform's click, such as gclid:Cj0K…")
    page: str | None = Field(None, description=f"address or screen; cut after {PAGE_MAX} characters")
    value: Money | None = None
    currency: Currency | None = Field(None, description="ISO 4217; missing: the company's")
    properties: Properties | None = None
    known_as: dict[KnownKind, Code] | None = Field(
        None, description="other names of the same person; kept as digests only"
    )
    consent: bool | None = Field(None, description="whether the person agreed; missing: as the batch says")


class Sent(BaseModel):
    """A batch. Each event is looked at by itself, so that a bad one does not hold up the others."""

    model_config = ConfigDict(extra="forbid")

    events: Annotated[list[Any], Field(min_length=1, max_length=500)]
    sent_at: Instant | None = Field(
        None, description="the sender's clock when it was sent; corrects the others"
    )
    consent: bool | None = Field(None, description="whether the person agreed to be measured")


ONE = TypeAdapter(Event)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class NotTaken(ValueError):
    """This event cannot be taken; the sentence says why."""


def read_one(raw: Any, *, received_ms: int, sent_ms: int | None) -> dict[str, Any]:
    """An event as it is kept: plain JSON, its time corrected. Milliseconds since 1970. Raise NotTaken.

    The sender's clock may be wrong, how long ago it was by that clock is right: what happened two seconds
    before it was sent, happened two seconds before it was received.
    """
    try:
        event = ONE.validate_python(raw)
    except ValidationError as error:
        raise NotTaken(_said(error)) from error
    kept = {name: said for name, said in event.__dict__.items() if said is not None}
    kept.pop("consent", None)
    kept["at"] = _corrected(event.at, received_ms, sent_ms)
    if event.page is not None:
        kept["page"] = CONTROL.sub("", event.page).strip()[:PAGE_MAX]
    if event.properties and len(to_json(event.properties)) > PROPERTIES_BYTES_MAX:
        raise NotTaken(f"properties: at most {PROPERTIES_BYTES_MAX} bytes as JSON")
    return kept


def _corrected(at: int, received_ms: int, sent_ms: int | None) -> int:
    """By the receiver's clock."""
    if sent_ms is not None:
        at = received_ms - max(sent_ms - at, 0)
    elif at > received_ms:
        if at > received_ms + AHEAD_MAX_MS:
            raise NotTaken("at: it is still to come. Send sent_at, so that your clock can be corrected.")
        at = received_ms
    if at < received_ms - AGE_MAX_MS:
        raise NotTaken(f"at: more than {AGE_MAX.days} days ago. Import old events as a file.")
    return at


def agreed(raw: Any, batch: bool | None) -> bool | None:
    """What the person said to being measured: the event's own word, else the batch's, else nothing."""
    own = raw.get("consent") if isinstance(raw, dict) else None
    return own if isinstance(own, bool) else batch


def _said(error: ValidationError) -> str:
    """The first three things that are wrong, each with the field that it is about."""
    found = error.errors(include_url=False, include_context=False, include_input=False)[:3]
    places = [".".join(str(place)[:80] for place in one["loc"]) or "event" for one in found]
    reasons = [one["msg"].removeprefix("Value error, ") for one in found]
    return "; ".join(f"{place}: {reason}" for place, reason in zip(places, reasons, strict=True))
