"""An index in memory, from plain events: what kernels see, without files."""

import numpy as np

from remit.journeys.event_index.manifest import Bucket, Manifest, Segment
from remit.journeys.event_index.opened import Index
from remit.kernels.journeys.columns import Part
from remit.kernels.journeys.merging import mark_tied
from tests.journeys.plain import histories

COLUMNS = ("channel", "currency", "unit_id", "outlet_id")
NUMBERS = ("amount",)


def index_of(events, *, parts=2):
    """People are dealt out to parts in turn; each column has the values that occur."""
    people = list(histories(events).values())
    names = tuple(sorted({event.name for event in events}))
    values = {c: ("", *sorted({event.others.get(c, "") for event in events} - {""})) for c in COLUMNS}
    bounds = [event.second for event in events] or [0]
    segment = Segment("1", 0, len(events), len(people), min(bounds), max(bounds))
    manifest = Manifest(names, values, (Bucket((segment,) if events else ()),), numbers=NUMBERS)
    made = [_part(people[n::parts], names, values) for n in range(parts)]
    return Index(manifest, tuple((None, part) for part in made))


def _part(people, names, values):
    events = [event for history in people for event in history]
    first = np.cumsum([0, *(len(history) for history in people)]).astype(np.int64)
    seconds = np.array([event.second for event in events], np.uint32)
    codes = np.array([names.index(event.name) for event in events], np.uint16)
    mark_tied(first, seconds, np.array([event.ms % 1000 for event in events], np.uint32), codes)
    others = {
        column: np.array([known.index(event.others.get(column, "")) for event in events], np.uint16)
        for column, known in values.items()
    }
    others |= {
        column: np.array([event.numbers.get(column, 0) for event in events], np.float64) for column in NUMBERS
    }
    return Part(first, np.ones(len(people), np.uint8), seconds, codes, others)
