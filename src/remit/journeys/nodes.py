"""Events as nodes: their names, or values of a column, numbered in the order of their texts."""

from dataclasses import dataclass

import numpy as np

from remit.kernels.journeys.columns import TIED, Array, Part
from remit.kernels.journeys.touching import settle_ties

from .meaning import Meanings


@dataclass(frozen=True)
class Nodes:
    """``names``: by node, 0 is what is not looked at. ``of``: a column, or None for names of events.

    ``looked`` uint8 by code of event; ``node_of`` uint16 by code of event or of value.
    """

    names: tuple[str, ...]
    of: str | None
    looked: Array
    node_of: Array

    def on(self, part: Part) -> Array:
        """uint16 by event; tied ones in order."""
        nodes = self._by_event(part)
        settle_ties(part.codes, nodes)
        return nodes

    def with_goals(self, part: Part, goals: Array) -> Array:
        """uint16 by event: twice the node, plus one where it is a goal; tied ones in order."""
        nodes = self._by_event(part)
        doubled = np.where(nodes, nodes * np.uint16(2) + goals.astype(np.uint16), np.uint16(0))
        settle_ties(part.codes, doubled)
        return doubled

    def _by_event(self, part: Part) -> Array:
        codes = part.codes & np.uint16(TIED - 1)
        nodes = self.node_of[codes if self.of is None else part.others[self.of]]
        return np.where(self.looked[codes].astype(bool), nodes, np.uint16(0))

    def among(self, wanted: tuple[str, ...], notes: list[str]) -> Array:
        """uint8 by node: those that are wanted; a note says which of them there are not."""
        notes += [f"Nothing is called {name!r}." for name in wanted if name not in self.names[1:]]
        return np.array([name in wanted and place > 0 for place, name in enumerate(self.names)], np.uint8)


def looked_at(meanings: Meanings, events: tuple[str, ...]) -> Array:
    """uint8 by code of event: all of them without names."""
    size = max(len(meanings.manifest.names), 1)
    looked = np.full(size, not events, np.uint8)
    looked[meanings.events(events)] = 1
    return looked


def nodes_of(meanings: Meanings, events: tuple[str, ...], of: str | None) -> Nodes:
    """Raise UnknownName for a column that is not there."""
    texts = meanings.manifest.names if of is None else meanings.column(of)[1:]
    names = ("", *sorted(text for text in texts if text))  # what nobody in the scope has is blank
    place = {name: number for number, name in enumerate(names)}
    numbers = [place[text] for text in texts]
    node_of = np.array(numbers if of is None else [0, *numbers], np.uint16)
    return Nodes(names, of, looked_at(meanings, events), node_of if len(node_of) else np.zeros(1, np.uint16))
