"""What a duty names that is defined elsewhere: positions, duties, events, metrics, kinds of things. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .drafts import Draft

# Kinds of things that are evidence: each has a page whose address is given (``web.duties.things``).
THINGS = (
    "alert", "board", "budget", "campaign", "conflict", "contentitem", "cooperation", "creator", "customer",
    "custommetric", "deviation", "diagnosis", "experiment", "goal", "import", "material", "meeting",
    "outlet", "person", "pilot", "plan", "position", "product", "release", "report", "request", "risk",
    "savedquestion", "storedfile", "strategy", "target", "task", "unit",
)  # fmt: skip
# Events that the handbook names already; the part of the product that will record them is to come.
TO_COME = (
    "brand.mention.spiked", "customers.complaint.received", "learning.finding.recorded",
    "market.watch.changed", "offers.promotion.ended",
)  # fmt: skip

# Looking at a saved board is no event of the record, but it is seen (``web.boards``).
LOOKED_AT = "metrics.board.looked_at"
IN_YAML = {
    "evidence_of": "evidence: of",
    "evidence_seen_by": "evidence: seen_by",
    "measure_metric": "measure: metric",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """All that may be named. ``starting``, ``seeing``: events that begin a duty, or show its evidence."""

    codes: Collection[str]
    positions: Collection[str]
    metrics: Collection[str]
    events: Collection[str]
    starting: Collection[str] = ()
    seeing: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a duty names in one of its fields. ``what``: of which of the kinds below."""

    field: str
    what: str
    text: str


def names_in(draft: Draft) -> Iterator[Name]:
    """All that the draft names."""
    yield Name("accountable", "position", draft.accountable)
    for field in ("responsible", "consulted", "informed"):
        yield from (Name(field, "position", code) for code in getattr(draft, field))
    yield from (Name("hands_over", "duty", rule["to"]) for rule in draft.hands_over)
    yield from (Name("starts_upon", "event", event) for event in draft.starts_upon)
    if draft.evidence_seen_by:
        yield Name("evidence_seen_by", "sight", draft.evidence_seen_by)
    if draft.evidence_of:
        yield Name("evidence_of", "thing", draft.evidence_of)
    if draft.measure_metric:
        yield Name("measure_metric", "metric", draft.measure_metric)


def unknown_in(draft: Draft, before: Draft | None, known: Known) -> Name | None:
    """The first name behind which there is nothing. What the version before says already may stay."""
    there = {
        "position": known.positions, "duty": {*known.codes, draft.code}, "metric": known.metrics,
        "event": {*known.events, *TO_COME}, "thing": THINGS, "sight": {*known.events, *TO_COME, LOOKED_AT},
    }  # fmt: skip
    kept = set(names_in(before)) if before else set()
    return next(
        (each for each in names_in(draft) if each not in kept and each.text not in there[each.what]), None
    )


def sentence_of(name: Name, code: str, known: Known) -> str:
    """What is wrong with it, naming the field and what may be there."""
    said = {"code": code, "field": IN_YAML.get(name.field, name.field), "name": name.text}
    if name.what in ("event", "sight"):
        useful = sorted(known.starting if name.what == "event" else known.seeing)
        near = [each for each in useful if _room(each) == _room(name.text)]
        said["known"] = ", ".join(near or useful)
    elif name.what == "position":
        said["known"] = ", ".join(sorted(known.positions))
    elif name.what == "thing":
        said["known"] = ", ".join(THINGS)
    return _pattern(name.what) % said


def _pattern(what: str) -> str:
    match what:
        case "position":
            return _(
                "%(code)s: %(field)s names the position %(name)s, which does not exist. "
                "Add it first, or name one of: %(known)s."
            )
        case "duty":
            return _(
                "%(code)s: %(field)s names %(name)s, which the handbook does not have. "
                "Add that duty first, or name another."
            )
        case "metric":
            return _(
                "%(code)s: %(field)s names %(name)s, which the catalogue of metrics does not have. "
                "Look it up under Metrics, or measure by hand."
            )
        case "thing":
            return _(
                "%(code)s: %(field)s names %(name)s, which is no kind of thing here. Name one of: %(known)s."
            )
    return _(
        "%(code)s: %(field)s names the event %(name)s, which nothing records. Name one such as: %(known)s."
    )


def _room(event: str) -> str:
    return event.split(".", 1)[0]
