"""What goes over the wire."""

from typing import Any

from ninja import Field, Schema


class Problem(Schema):
    """Why it was refused, in a sentence for the person who asked."""

    detail: str


class MetricOut(Schema):
    """A number, defined once."""

    name: str
    family: str
    unit: str = Field(description="money, count, percent (a fraction: 0.25 is 25 %), ratio or days")
    better: str = Field(description="up, down or neither")
    table: str
    nothing: str = Field(description="what no matching row means: zero or none")
    owner: str = Field(description="code of the position that answers for it")
    shipped: bool
    version: int
    title: str
    meaning: str
    grain: str
    dimensions: list[str]
    spec: dict[str, Any]


class DimensionOut(Schema):
    """By what figures are split and filtered."""

    name: str
    kind: str = Field(description="entity, attribute, own, time or hour")
    title: str
    tables: list[str]


class ValueOut(Schema):
    """One value to filter by, and its name."""

    value: str | int | None
    name: str


class QuestionIn(Schema):
    """A question. Whose rows are read is never part of it: it is the scope of the person who asks."""

    metrics: list[str] = Field(min_length=1, max_length=20, examples=[["net_sales", "baskets"]])
    by: list[str] = Field([], max_length=6, examples=[["week"]])
    where: list[str] = Field([], max_length=20, examples=[["department=PRODUCE,DAIRY", "age_group!=unknown"]])
    period: str = Field("", max_length=60, examples=["2017-03", "last 4 weeks"])
    unit: str = Field("", max_length=40, description="code of a unit: only its rows and those below it")
    currency: str | None = Field(None, max_length=3, description="convert amounts into it")
    compare: str | None = Field(None, description="previous or last_year")
    order: list[str] = Field([], max_length=6, description="columns; -name for descending")
    limit: int | None = Field(None, ge=1, le=100_000)


class ColumnOut(Schema):
    """One column of an answer."""

    name: str
    kind: str
    type: str
    title: str
    unit: str
    currency: str
    of: str


class DaysOut(Schema):
    """Both days are included."""

    first: str
    last: str


class FreshnessOut(Schema):
    """How far a table's data reach, in the scope asked."""

    table: str
    first: str | None
    last: str | None
    version: int


class AnswerOut(Schema):
    """Rows by column name. Figures are exact decimal numbers; days are ISO texts; unknown is null."""

    columns: list[ColumnOut]
    rows: list[dict[str, Any]]
    period: DaysOut | None
    before: DaysOut | None
    freshness: list[FreshnessOut]
    notes: list[str]
    sql: list[str]


class ScreenIn(Schema):
    """Texts to be screened before they are published."""

    texts: list[str] = Field(min_length=1, max_length=1000, examples=[["全網最低價，限量發售"]])
    industry: str = Field("", max_length=20, description="what is advertised; empty: each text tells")


class FindingOut(Schema):
    """A place that breaks a rule; ``start`` and ``end`` count characters of the text."""

    start: int
    end: int
    words: str
    rule: str
    severity: str = Field(description="change or stop")
    law: str
    law_text: str
    why: str
    lacks: list[str] = Field(description="what the text has to state beside it")
    suggestion: str
    by_sound: bool = Field(description="written in other characters that sound the same")


class ExcusedOut(Schema):
    """A word of a rule that is no finding here, and why."""

    start: int
    end: int
    words: str
    rule: str
    reason: str


class ScreenedOut(Schema):
    """The answer for one text."""

    verdict: str = Field(description="pass, change or stop")
    industries: list[str]
    findings: list[FindingOut]
    excused: list[ExcusedOut]


class LayerOut(Schema):
    """A slice of a layer, in ten-thousandths."""

    salt: str
    start: int = Field(alias="from")
    end: int = Field(alias="to")


class ConditionOut(Schema):
    """The person's attribute is one of the values, or none of them; an unknown one is the empty text."""

    attribute: str
    values: list[str]
    excludes: bool


class VariantOut(Schema):
    """A variant; the first is the control."""

    code: str
    weight: int


class DefinitionOut(Schema):
    """One running experiment, as assignment needs it."""

    key: str
    salt: str
    layer: LayerOut
    holdout: int = Field(description="ten-thousandths of the layer that no experiment touches")
    targeting: list[ConditionOut]
    variants: list[VariantOut]
    starts_on: str
    ends_on: str


class DefinitionsOut(Schema):
    """What programs fetch once. ``shipped``: what everybody gets of experiments that were rolled out."""

    version: str
    running: list[DefinitionOut]
    shipped: dict[str, str]


class PersonSeen(Schema):
    """Somebody, as the customer list names them, and the variant that they saw."""

    person: str = Field(min_length=1, max_length=80, pattern="^[^\\x00]+$")
    variant: str = Field(min_length=1, max_length=30)


class SeenIn(Schema):
    """At most a thousand at once."""

    people: list[PersonSeen] = Field(min_length=1, max_length=1000)


class RefusedOut(Schema):
    """Which of those sent, from 0, and why."""

    place: int
    reason: str


class SeenOut(Schema):
    """How many were taken, whether they were known already or not."""

    taken: int
    refused: list[RefusedOut]


class ExperimentOut(Schema):
    """The newest look; null where nothing may be said yet."""

    key: str
    title: str
    stage: str
    starts_on: str
    last_on: str
    through_on: str | None
    counts: dict[str, int]
    sample_ratio_p: float | None
    figures: list[dict[str, Any]]
    advice: str | None
    because: str | None


class JourneyIn(Schema):
    """A question about journeys. Whose events are read is the scope of the person who asks."""

    spec: dict[str, Any] = Field(
        description="what stands under the kind's name in a page of specification",
        examples=[{"steps": ["view", "cart", "pay"], "window": "7 days"}],
    )
    unit: str = Field("", max_length=40, description="code of a unit: only its events and those below it")


class CountedEvents(Schema):
    """What was looked at. ``left_out``: events without person, name or time."""

    events: int
    people: int
    left_out: int


class JourneyOut(Schema, extra="allow"):
    """The answer of ``remit journey --format json``; its parts depend on the kind."""

    events: CountedEvents
    notes: list[str]
