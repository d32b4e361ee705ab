"""Journeys for programs: the questions of ``remit journey``, as JSON."""

import json
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from remit.core.unanswered import CannotAnswer
from remit.metrics.queries.journeys import events_in, journey, read_journey
from remit.org.queries.today import today

from ..figures.sight import UnknownUnit
from .figures import scope_of_asked
from .saying import sentence_of
from .shapes import JourneyIn, JourneyOut, Problem
from .who import person_of

router = Router(tags=["journeys"])
REFUSED = {401: Problem, 403: Problem, 429: Problem}
type Kind = Literal[
    "funnel", "retention", "attribution", "paths", "sessions", "stickiness", "lifecycle", "sequence"
]


@router.post("/journeys/{kind}", response={200: JourneyOut, 422: Problem, **REFUSED}, url_name="journeys")
def ask(request: HttpRequest, kind: Kind, asked: JourneyIn) -> Any:
    """Count journeys of the events that the person sees; ``docs/howto/journeys.md`` tells of each kind."""
    try:
        scope, narrowed = scope_of_asked(person_of(request), asked.unit, today())
        question = read_journey(kind, asked.spec)
        data = journey(kind, question, events_in(scope, narrowed))
    except (CannotAnswer, UnknownUnit) as error:
        return 422, {"detail": sentence_of(error)}
    return HttpResponse(json.dumps(data), content_type="application/json")
