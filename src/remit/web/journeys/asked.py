"""What a person asks about journeys: read from the address, written back into it, never whose rows. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from ..figures.asked import Query, period_text

if TYPE_CHECKING:
    from remit.journeys.offering import Offer

# the kinds that have a page, in the order of their tabs
PAGES = ("funnel", "retention", "paths", "attribution", "sessions", "lifecycle", "stickiness")
MANY: Mapping[str, tuple[str, ...]] = {
    "retention": ("start", "return"),
    "attribution": ("touches", "conversion"),
    "paths": ("events",),
    "sessions": ("goal",),
    "stickiness": ("events",),
    "lifecycle": ("events",),
}
ONE: Mapping[str, tuple[str, ...]] = {
    "funnel": ("window", "order"),
    "retention": ("span", "by", "counting"),
    "attribution": ("channel", "window"),
    "paths": ("of", "steps", "window"),
    "sessions": ("gap", "of"),
    "stickiness": ("span",),
    "lifecycle": ("span",),
}
UNITS = {"lifecycle": "week", "stickiness": "month"}
SPAN = "span"  # ``unit`` of a specification; in an address that is a unit of the organisation
STEPS_MOST, EXCLUDED_MOST, ANCHORS_MOST = 20, 8, 20
# What a shop's events are often called, in the order in which they happen
# Ways that people usually go, by the names that the product's own collection and imports give to events.
COURSES = (
    ("exposed", "redeemed", "bought"),
    ("page_view", "view", "visit", "main", "catalog", "product", "product_view", "add_to_cart", "cart",
     "checkout", "payment_details", "pay", "payment_done", "purchase", "order", "bought"),
)  # fmt: skip
ENDS = ("bought", "order", "purchase", "payment_done", "pay")


@dataclass(frozen=True, slots=True)
class AskedJourney:
    """``spec``: the part of a page of specification, without zone. ``unit``: a code, or all that is seen."""

    kind: str
    spec: Mapping[str, Any] = field(default_factory=dict)
    unit: str = ""

    @classmethod
    def from_query(cls, kind: str, query: Query) -> Self:
        """Read an address; what it does not know is left out."""
        spec: dict[str, Any] = dict(_funnel(query)) if kind == "funnel" else {}
        if kind == "paths":
            spec |= _anchored(query)
        for name in MANY.get(kind, ()):
            if found := _list(query, name):
                spec[name] = found
        for name in (*ONE[kind], "period"):
            if found_one := period_text(query) if name == "period" else _one(query, name):
                spec["unit" if name == SPAN else name] = (
                    int(found_one) if found_one.isdecimal() else found_one
                )
        if kind == "attribution" and _one(query, "value"):
            spec["value"] = "value"
        if kind == "attribution" and "touches" in spec:
            spec["touches"] = [name for name in spec["touches"] if name not in spec.get("conversion", ())]
        return cls(kind, spec, _one(query, "unit"))

    @classmethod
    def from_saved(cls, saved: Mapping[str, Any]) -> Self:
        """Read what ``saved`` wrote."""
        return cls(saved["journey"], saved.get("spec", {}), saved.get("unit", ""))

    def saved(self) -> dict[str, Any]:
        """The same as plain data, to be kept in a row."""
        return {"journey": self.kind, "spec": dict(self.spec), "unit": self.unit}

    def query(self, **besides: Any) -> str:
        """The query string of this state; the same state is the same address."""
        pairs = list(_funnel_pairs(self.spec)) if self.kind == "funnel" else []
        if self.kind == "paths":
            pairs += [(end, name) for end in ("from", "to") for name in _texts(self.spec.get(end))]
        for name in MANY.get(self.kind, ()):
            pairs += [(name, text) for text in _texts(self.spec.get(name))]
        for name in (*ONE[self.kind], "period"):
            value = self.spec.get("unit" if name == SPAN else name)
            pairs += [(name, str(value))] if value else []
        if self.spec.get("value"):
            pairs.append(("value", "1"))
        if self.unit:
            pairs.append(("unit", self.unit))
        return urlencode(pairs + [(name, str(value)) for name, value in besides.items()])

    @property
    def steps(self) -> list[str]:
        """The events of a funnel's steps."""
        return [str(_event_of(step)) for step in self.spec.get("steps", ())]

    @property
    def events(self) -> list[str]:
        """The events that any other question names first."""
        keys = {"paths": ("from", "to"), "attribution": ("conversion",)}.get(
            self.kind, MANY.get(self.kind, ())
        )
        return list(dict.fromkeys(str(name) for key in keys for name in _texts(self.spec.get(key))))

    @property
    def is_enough(self) -> bool:
        """Whether something can be counted: a funnel needs two steps, some others an event."""
        needed = {"funnel": ("steps",), "retention": ("start", "return"),
                  "attribution": ("touches", "conversion")}  # fmt: skip
        return all(self.spec.get(key) for key in needed.get(self.kind, ())) and (
            self.kind != "funnel" or len(self.spec["steps"]) > 1
        )


def first_look(kind: str, offer: "Offer", unit: str) -> AskedJourney:
    """A question that makes sense with these events, for who has not asked yet; perhaps not a whole one."""
    names = [name for name, _count in offer.events]
    course = next((found for course in COURSES if len(found := _held(course, names)) > 1), [])
    end = next((name for name in ENDS if name in names), "")
    spec: dict[str, Any] = {}
    if kind == "funnel" and len(course) > 1:
        spec = {"steps": course}
    elif kind == "retention" and names:
        spec = {"start": [names[0]], "return": [end or names[0]]}
    elif kind == "attribution" and end and "channel" in offer.columns:
        touches = [name for name in names if name != end][:5]
        spec = {"touches": touches, "conversion": [end]} if touches else {}
    elif kind == "sessions" and end:
        spec = {"goal": [end]}
    elif kind in UNITS:
        spec = {"unit": UNITS[kind]}
    return AskedJourney(kind, spec, unit)


def _held(course: Sequence[str], names: Sequence[str]) -> list[str]:
    """The steps of a course that there are events of."""
    return [name for name in course if name in names]


def _funnel(query: Query) -> Iterator[tuple[str, Any]]:
    """What does not go together is left out: the ends are never optional, and no step excludes.

    In any order there are neither optional steps nor one event twice.
    """
    is_any = _one(query, "order") == "any"
    names = _list(query, "step", once=is_any)[:STEPS_MOST]
    optional = set() if is_any else set(_list(query, "optional"))
    between = range(1, len(names) - 1)
    if names:
        yield (
            "steps",
            [
                {"event": name, "optional": True} if place in between and name in optional else name
                for place, name in enumerate(names)
            ],
        )
    if excluded := [name for name in _list(query, "exclude") if name not in names][:EXCLUDED_MOST]:
        yield "exclude", excluded
    if column := _one(query, "breakdown"):
        by = _one(query, "by")
        yield "breakdown", {"column": column, "by": by} if by else {"column": column}


def _funnel_pairs(spec: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for step in spec.get("steps", ()):
        yield "step", _event_of(step)
        if isinstance(step, Mapping) and step.get("optional"):
            yield "optional", _event_of(step)
    yield from (("exclude", name) for name in _texts(spec.get("exclude")))
    for name, key in (("breakdown", "column"), ("by", "by")):
        if value := spec.get("breakdown", {}).get(key):
            yield name, value


def _anchored(query: Query) -> dict[str, Any]:
    """Where paths begin, or where they lead; with both, where they begin."""
    for end in ("from", "to"):
        if found := _list(query, end):
            return {end: found[:ANCHORS_MOST]}
    return {}


def _event_of(step: Any) -> Any:
    return step["event"] if isinstance(step, Mapping) else step


def _texts(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _one(query: Query, key: str) -> str:
    """The last value of a key, as a form sends it; empty when it is absent."""
    return next(reversed(query.getlist(key)), "").replace("\0", "").strip()[:200]


def _list(query: Query, key: str, *, once: bool = True) -> list[str]:
    texts = [text.replace("\0", "").strip()[:200] for text in query.getlist(key)]
    found = [text for text in texts if text][:100]
    return list(dict.fromkeys(found)) if once else found
