"""The map of the whole chain: every duty two clicks away."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from remit.duties.queries.flow import Chain, Node, chain_of
from remit.duties.rules import charges_visible_to
from remit.org.queries.today import today

from ..drawing import fitted
from ..who import who
from .titles import language

COLUMN, ROW, BOX, HEIGHT, TOP = 240, 34, 202, 26, 44  # pixels of the drawing


@dataclass(frozen=True, slots=True)
class Box:
    """A duty as drawn: ``x``, ``y`` of its upper left corner."""

    node: Node
    x: int
    y: int
    url: str

    @property
    def label(self) -> str:
        """As much of code and title as the box has room for."""
        return fitted(f"{self.node.code} {self.node.title}", 28)


@dataclass(frozen=True, slots=True)
class Curve:
    """What one duty gives another, as a path from box to box."""

    giver: str
    taker: str
    what: str
    path: str


@require_GET
def flow(request: HttpRequest) -> HttpResponse:
    """Insight, strategy, execution, evaluation: each duty, and what it gives to which."""
    person = who(request)
    charges = list(charges_visible_to(person, today()).values_list("pk", flat=True))
    chain = chain_of(charges, timezone.now(), language())
    boxes = _boxes(chain)
    longest = max((len(nodes) for _title, nodes in chain.stages), default=0)
    context = {
        "chain": chain,
        "heads": [(title, number * COLUMN) for number, (title, _nodes) in enumerate(chain.stages)],
        "boxes": list(boxes.values()),
        "curves": _curves(chain, boxes),
        "width": max(len(chain.stages) * COLUMN - (COLUMN - BOX), 1),
        "height": TOP + longest * ROW + 8,
        "box": BOX,
        "row": HEIGHT,
    }
    return render(request, "duties/flow.html", context)


def _boxes(chain: Chain) -> dict[str, Box]:
    return {
        node.code: Box(node, column * COLUMN, TOP + row * ROW, reverse("duties_duty", args=[node.code]))
        for column, (_title, nodes) in enumerate(chain.stages)
        for row, node in enumerate(nodes)
    }


def _curves(chain: Chain, boxes: dict[str, Box]) -> list[Curve]:
    return [
        Curve(link.giver, link.taker, link.what, _path(boxes[link.giver], boxes[link.taker]))
        for link in chain.links
    ]


def _path(giver: Box, taker: Box) -> str:
    """From the nearer side of one box to that of the other; within a column it bows out to the right."""
    y1, y2 = giver.y + HEIGHT // 2, taker.y + HEIGHT // 2
    if giver.x == taker.x:
        x = giver.x + BOX
        return f"M{x} {y1}C{x + 40} {y1} {x + 40} {y2} {x} {y2}"
    forward = taker.x > giver.x
    x1, x2 = (giver.x + BOX, taker.x) if forward else (giver.x, taker.x + BOX)
    bow = 28 if forward else -28
    return f"M{x1} {y1}C{x1 + bow} {y1} {x2 - bow} {y2} {x2} {y2}"
