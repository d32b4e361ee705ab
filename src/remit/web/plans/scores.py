"""Estimates held against their results, and how well who estimates."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from remit.planning.effect_rules import scores_visible_to
from remit.planning.enums import CampaignKind, ScoredPart
from remit.planning.models import Score
from remit.planning.queries.scores import Group, grouped, read_scores

from .. import numbers
from ..lists import Column, Filter, Listing
from ..templatetags.figures import say
from ..who import who

UNITS = {
    ScoredPart.REACH: "count",
    ScoredPart.CONVERSION: "share",
    ScoredPart.PROFIT: "money",
    ScoredPart.ROI: "share",
}
BY = (
    ("author", _("Author")),
    ("unit", _("Unit")),
    ("kind", _("Kind")),
    ("approver", _("Approver")),
)


@require_GET
def scores(request: HttpRequest) -> HttpResponse:
    """Scores of the plans that the person sees."""
    rows = read_scores(scores_visible_to(who(request)))
    listing = Listing(
        request, rows, COLUMNS, name="scores", search=_search,
        filters=(
            Filter("part", pgettext_lazy("estimate", "Term"), ScoredPart.choices, field="part"),
            Filter("kind", _("Kind"), CampaignKind.choices, apply=_of_kind),
        ),
        sort="-scored_at",
    )  # fmt: skip
    if (file := listing.export()) is not None:
        return file
    by = request.GET.get("by", "")
    by = by if by in dict(BY) else "author"
    context = {
        "listing": listing, "groups": [_drawn(each) for each in grouped(listing.narrowed, by)], "by": by,
        "choices": [(title, listing.url(by=code), code == by) for code, title in BY],
        "by_title": dict(BY)[by],
    }  # fmt: skip
    return render(request, "plans/scores.html", context)


def _search(rows: list[Score], text: str) -> list[Score]:
    words = text.lower().split()
    return [
        row
        for row in rows
        if all(word in f"{row.estimate.plan.title} {row.estimate.by.name}".lower() for word in words)
    ]


def _of_kind(rows: list[Score], kind: str) -> list[Score]:
    return [row for row in rows if row.estimate.plan.kind == kind]


def _drawn(group: Group) -> dict[str, Any]:
    return {
        "row": group, "part": ScoredPart(group.part).label,
        "bias": _signed(group.bias, group.part), "error": _error(group.error, group.part),
    }  # fmt: skip


def _signed(value: float | None, part: str) -> str:
    if value is None:
        return numbers.NOTHING
    return ("+" if value > 0 else "") + _error(value, part)


def _error(value: float | None, part: str) -> str:
    if value is None:
        return numbers.NOTHING
    text = numbers.percent(value)
    return gettext("%s points") % text.replace("%", "").strip() if part == ScoredPart.ROI else text


def _figure(name: str) -> Any:
    def written(row: Score) -> str:
        currency = row.estimate.plan.currency
        return numbers.figure(getattr(row, name), UNITS[ScoredPart(row.part)], currency=currency, brief=False)

    return written


def _range(row: Score) -> str:
    if row.low is None:
        return gettext("no range given")
    return gettext("%(low)s to %(high)s") % {"low": _figure("low")(row), "high": _figure("high")(row)}


def _inside(row: Score) -> str:
    if row.is_inside is None:
        return ""
    return gettext("in the range") if row.is_inside else gettext("outside")


COLUMNS = (
    Column(
        "plan", _("Campaign"), value=lambda row: row.estimate.plan.title,
        href=lambda row: reverse("plans_plan", args=[row.estimate.plan_id]) + "#estimates", sort="plan",
        note=lambda row: row.estimate.plan.get_kind_display(),
    ),
    Column("part", pgettext_lazy("estimate", "Term"), value=lambda row: row.get_part_display(), sort="part"),
    Column("said", pgettext_lazy("estimate", "Said"), value=_figure("said"), note=_range),
    Column("measured", _("Measured"), value=_figure("measured"), note=lambda row: gettext(row.source)),
    Column(
        "error", pgettext_lazy("estimate", "Off by"), kind="share", sort="error",
        note=lambda row: gettext("points") if row.part == ScoredPart.ROI else "",
    ),
    Column(
        "inside", pgettext_lazy("estimate", "Range"), kind="badge", value=_inside,
        tone=lambda row: "good" if row.is_inside else "warn",
    ),
    Column("author", _("Author"), value=lambda row: say(row.estimate.by), sort="author"),
    Column("unit", _("Unit"), value=lambda row: say(row.estimate.plan.unit), sort="unit", optional=True),
    Column(
        "approvers", _("Approver"), kind="tags", value=lambda row: [say(one) for one in row.approvers.all()]
    ),
    Column("scored_at", _("Scored"), kind="moment", sort="scored_at"),
)  # fmt: skip
