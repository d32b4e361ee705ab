"""What screening found in live content: whose it is, since when, and the exception that lets it stand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from remit.governance.actions.finding import FindingClosed, NoReason, except_finding
from remit.governance.content_rules import can_except, findings_visible_to
from remit.governance.enums import FindingState
from remit.governance.screening.rule import Verdict

from ..doing import done
from ..lists import Column, Filter, Listing
from ..requiring import require
from ..templatetags.figures import say
from ..who import who
from ..whose import whose
from .contents import show
from .forms import ReasonForm
from .words import verdict_title, verdict_tone

COLUMNS = (
    Column(
        "words", gettext_lazy("Words"), note=lambda row: row.rule, sort="words",
        href=lambda row: reverse("contents_content", args=[row.content_id]) + "#open",
    ),
    Column("content", gettext_lazy("Content"), value=lambda row: row.content.title, sort="content__title"),
    Column(
        "owner", gettext_lazy("Owner"), value=lambda row: say(row.content.owner), sort="content__owner__name"
    ),
    Column("unit", gettext_lazy("Unit"), value=lambda row: say(row.content.unit)),
    Column(
        "severity", gettext_lazy("Verdict"), kind="badge", value=lambda row: verdict_title(row.severity),
        tone=lambda row: verdict_tone(row.severity), sort="severity",
    ),
    Column(
        "state", pgettext_lazy("content", "State"), kind="badge", value=lambda row: row.get_state_display()
    ),
    Column("found_at", pgettext_lazy("finding of screening", "Found"), kind="moment", sort="found_at"),
    Column("reason", gettext_lazy("Reason"), optional=True),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Open ones first, then the newest."""
    rows = findings_visible_to(who(request)).select_related("content__owner", "content__unit")
    severities = [(each.value, verdict_title(each)) for each in (Verdict.STOP, Verdict.CHANGE)]
    person = who(request)

    found = Listing(
        request, rows, COLUMNS, name="contents_findings", search=("words", "content__title", "rule"),
        sort="-found_at",
        filters=(
            Filter("state", pgettext_lazy("content", "State"), FindingState.choices, field="state"),
            Filter("severity", _("Verdict"), severities, field="severity"),
            whose(person, "content__owner"),
        ),
    )  # fmt: skip
    return found.export() or render(request, "screening/findings.html", {"listing": found})


@require_POST
def exception(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Let the words stand in this content, for a reason."""
    rows = findings_visible_to(who(request)).select_related("content__unit", "content__owner")
    finding = get_object_or_404(rows, pk=finding_id)
    require(can_except(who(request), finding))
    form = ReasonForm(request.POST)
    if done(
        request,
        form,
        except_finding,
        (FindingClosed, NoReason),
        said=_("It may stand; the reason is kept."),
        finding=finding,
    ):
        return redirect("contents_content", finding.content_id)
    return show(request, finding.content, excepting=form, excepted_id=finding.pk)
