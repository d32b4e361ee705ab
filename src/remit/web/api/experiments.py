"""Experiments for programs: fetch the definitions once, assign by them, say who was seen, read the result."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from remit.learning.actions.enrolment import Exposure, see_people
from remit.learning.models import Experiment
from remit.learning.queries.definitions import fetched
from remit.learning.rules import can_enrol, companies_to_try_in, experiments_visible_to
from remit.metrics.engine.writing import as_json

from .shapes import DefinitionsOut, ExperimentOut, Problem, SeenIn, SeenOut
from .who import person_of

router = Router(tags=["experiments"])
CODE = "^[-a-zA-Z0-9_]{0,40}$"
Key = Annotated[str, Path(pattern=CODE)]
REFUSED = {401: Problem, 403: Problem, 429: Problem}


@router.get(
    "/experiments/definitions",
    response={200: DefinitionsOut, 304: None, 404: Problem, 422: Problem, **REFUSED},
    url_name="definitions",
)
def definitions(request: HttpRequest, unit: Annotated[str, Query(pattern=CODE)] = "") -> Any:
    """All that assignment needs, for a program to keep; ``If-None-Match`` with the ETag answers 304.

    A person's variant is then a pure function of these (docs/howto/experiments.md). ``unit``: the code of one
    company only.
    """
    seen = experiments_visible_to(person_of(request))
    if unit:
        if not companies_to_try_in(person_of(request)).filter(code=unit).exists():
            return 404, {
                "detail": _("There is no unit “%s” among those you see. Choose one of the list.") % unit
            }
        seen = seen.filter(unit__code=unit)
    data = fetched(seen)
    tag = f'"{data["version"]}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(as_json(data), content_type="application/json")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, max-age=60"
    return answer


@router.get(
    "/experiments/{key}",
    response={200: ExperimentOut, 404: Problem, 422: Problem, **REFUSED},
    url_name="experiment",
)
def experiment(request: HttpRequest, key: Key) -> Any:
    """The newest look of an experiment, and what its rule says; nothing before the first."""
    row = _found(request, key)
    if row is None:
        return _missing(key)
    look = row.readings.filter(is_look=True).order_by("-through_on").first()
    return {
        "key": row.key, "title": row.title, "stage": row.stage, "starts_on": row.starts_on.isoformat(),
        "last_on": row.last_on.isoformat(), "through_on": look.through_on.isoformat() if look else None,
        "counts": look.counts if look else {}, "sample_ratio_p": look.sample_ratio_p if look else None,
        "figures": look.figures if look else [], "advice": look.advice if look else None,
        "because": look.because if look else None,
    }  # fmt: skip


@router.post(
    "/experiments/{key}/people",
    response={200: SeenOut, 404: Problem, 422: Problem, **REFUSED},
    url_name="experiment_people",
)
def people(request: HttpRequest, key: Key, seen: SeenIn) -> Any:
    """Say who saw which variant; again and again is once. Those refused are named by their place."""
    row, person = _found(request, key), person_of(request)
    if row is None:
        return _missing(key)
    if not (may := can_enrol(person, row)):
        return 403, {"detail": may.reason}
    given = [Exposure(one.person, one.variant) for one in seen.people]
    wrong = see_people(experiment=row, seen=given, by=person, at=timezone.now())
    return {
        "taken": len(given) - len(wrong),
        "refused": [{"place": place, "reason": reason} for place, reason in wrong],
    }


def _found(request: HttpRequest, key: str) -> Experiment | None:
    return experiments_visible_to(person_of(request)).select_related("unit").filter(key=key[:40]).first()


def _missing(key: str) -> tuple[int, dict[str, str]]:
    return 404, {"detail": _("There is no experiment “%s”.") % key[:80]}
