"""Figures for programs: metrics, dimensions, answers."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from remit.core.period import UnreadablePeriod, parse_period
from remit.core.scope import Scope
from remit.core.text import Text
from remit.lake.tables import TABLES
from remit.metrics.catalog.dimensions import DIMENSIONS, dimensions_of
from remit.metrics.catalog.spec import Metric
from remit.metrics.catalog.writing import as_data as spec_data
from remit.metrics.engine.errors import CannotAnswer
from remit.metrics.engine.question import Condition, Question
from remit.metrics.engine.writing import as_csv, as_data, as_json
from remit.metrics.queries import ask, catalogue, values_of
from remit.org.models import Person
from remit.org.queries.scopes import scope_of, within
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from ..figures.sight import UnknownUnit
from .saying import language, sentence_of
from .shapes import AnswerOut, DimensionOut, MetricOut, Problem, QuestionIn, ValueOut
from .who import person_of

router = Router(tags=["figures"])
REFUSED = {401: Problem, 403: Problem, 429: Problem}
FACTS = tuple(name for name, table in TABLES.items() if table.kind == "fact")


@router.get("/metrics", response={200: list[MetricOut], **REFUSED}, url_name="metrics")
def metrics(request: HttpRequest) -> Any:
    """Every metric: what it means, its unit, its table."""
    return [_metric(metric) for metric in catalogue().values()]


@router.get("/metrics/{name}", response={200: MetricOut, 404: Problem, **REFUSED}, url_name="metric")
def metric(request: HttpRequest, name: str) -> Any:
    """One metric."""
    found = catalogue().get(name)
    if found is None:
        return 404, {"detail": _("There is no metric “%s”.") % name}
    return _metric(found)


@router.get("/dimensions", response={200: list[DimensionOut], **REFUSED}, url_name="dimensions")
def dimensions(request: HttpRequest) -> Any:
    """Everything that figures can be split and filtered by."""
    return [
        {
            "name": name,
            "kind": str(one.kind),
            "title": _say(one.title),
            "tables": [fact for fact in FACTS if one.fits(fact)],
        }
        for name, one in DIMENSIONS.items()
    ]


@router.get(
    "/dimensions/{name}/values",
    response={200: list[ValueOut], 404: Problem, 422: Problem, **REFUSED},
    url_name="values",
)
def values(
    request: HttpRequest,
    name: str,
    search: Annotated[str, Query(max_length=80)] = "",
    unit: Annotated[str, Query(max_length=40)] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Any:
    """The values of a dimension that the person may see."""
    if name not in DIMENSIONS:
        return 404, {"detail": _("There is no dimension “%s”.") % name}
    try:
        scope, narrowed = scope_of_asked(person_of(request), unit, today())
        found = values_of(name, scope, narrowed, search=search, limit=limit)
    except (CannotAnswer, UnknownUnit) as error:
        return 422, {"detail": sentence_of(error)}
    return [{"value": one.value, "name": one.name} for one in found]


@router.post("/answers", response={200: AnswerOut, 422: Problem, **REFUSED}, url_name="answers")
def answers(
    request: HttpRequest,
    question: QuestionIn,
    form: Annotated[str, Query(alias="format", pattern="^(json|csv)$")] = "json",
) -> Any:
    """Ask a question; ``?format=csv`` gives rows for a spreadsheet."""
    try:
        (answer,) = ask(_question(question, person_of(request)))
    except (CannotAnswer, UnreadablePeriod, UnknownUnit) as error:
        return 422, {"detail": sentence_of(error)}
    if form == "csv":
        return HttpResponse(as_csv(answer), content_type="text/csv; charset=utf-8")
    return HttpResponse(as_json(as_data(answer, language())), content_type="application/json")


def _question(asked: QuestionIn, person: Person) -> Question:
    conditions = tuple(Condition.parse(text) for text in asked.where)
    scope, narrowed = scope_of_asked(person, asked.unit, today())
    return Question(
        metrics=tuple(asked.metrics),
        scope=scope,
        by=tuple(asked.by),
        where=conditions,
        period=parse_period(asked.period),
        within=narrowed,
        currency=asked.currency or None,
        compare=asked.compare or None,
        order=tuple(asked.order),
        limit=asked.limit,
    )


def scope_of_asked(person: Person, unit: str, day: date) -> tuple[Scope, Scope | None]:
    """The person's scope on a day, and that of the unit if one is named. Raise UnknownUnit."""
    scope = scope_of(person, day)
    if not unit:
        return scope, None
    found = units_visible_to(person, day).filter(code=unit).first()
    if found is None:
        raise UnknownUnit(unit)
    return scope, within([found])


def _metric(metric: Metric) -> dict[str, Any]:
    return {
        **{
            name: str(getattr(metric, name))
            for name in ("name", "family", "unit", "better", "table", "nothing")
        },
        **{name: _say(getattr(metric, name)) for name in ("title", "meaning", "grain")},
        "owner": metric.owner,
        "shipped": metric.shipped,
        "version": metric.version,
        "dimensions": list(dimensions_of(metric.table)),
        "spec": spec_data(metric.spec),
    }


def _say(text: Text) -> str:
    return text.say(language())
