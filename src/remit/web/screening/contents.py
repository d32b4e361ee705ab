"""Content that is kept: the list, one with its places marked, adding, changing, withdrawing, review."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.ref import Ref
from remit.governance.actions.content_item import (
    ContentEnded,
    ContentUnclear,
    add_content,
    ask_for_review,
    change_content,
    withdraw_content,
)
from remit.governance.content_rules import (
    can_add_content,
    can_add_live,
    can_change_content,
    can_except,
    contents_visible_to,
)
from remit.governance.enums import ContentChannel, ContentState
from remit.governance.models import ContentItem
from remit.governance.queries.contents import KIND, SUBJECT, with_open
from remit.governance.queries.rounds import living_request
from remit.governance.queries.screening import screen_in_force
from remit.governance.screening.packs import industries
from remit.governance.screening.rule import Verdict
from remit.governance.screening.writing import as_data, pieces

from ..doing import done
from ..lists import Column, Filter, Listing
from ..requiring import require
from ..templatetags.figures import say
from ..who import who
from .forms import ContentForm, ReasonForm
from .words import verdict_title, verdict_tone

TONES = {ContentState.DRAFT: "", ContentState.LIVE: "accent", ContentState.WITHDRAWN: ""}
COLUMNS = (
    Column(
        "title", gettext_lazy("Content"), sort="title", note=lambda row: row.get_channel_display(),
        href=lambda row: reverse("contents_content", args=[row.pk]),
    ),
    Column("unit", gettext_lazy("Unit"), value=lambda row: say(row.unit)),
    Column("owner", gettext_lazy("Owner"), value=lambda row: say(row.owner), sort="owner__name"),
    Column(
        "state", pgettext_lazy("content", "State"), kind="badge", value=lambda row: row.get_state_display(),
        tone=lambda row: TONES[row.state], sort="state",
    ),
    Column(
        "verdict", gettext_lazy("Verdict"), kind="badge", value=lambda row: verdict_title(row.verdict),
        tone=lambda row: verdict_tone(row.verdict),
    ),
    Column(
        "open", gettext_lazy("Open findings"), kind="number", value=lambda row: row.open_findings,
        sort="open_findings",
    ),
    Column("changed_at", gettext_lazy("Changed"), kind="moment", sort="changed_at"),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Content that one sees, what changed last first."""
    person = who(request)
    rows = with_open(contents_visible_to(person).select_related("unit", "owner").defer("text"))
    verdicts = [(each.value, verdict_title(each)) for each in Verdict]
    found = Listing(
        request, rows, COLUMNS, name="contents", search=("title",), sort="-changed_at",
        filters=(
            Filter("state", pgettext_lazy("content", "State"), ContentState.choices, field="state"),
            Filter("verdict", _("Verdict"), verdicts, field="verdict"),
            Filter("channel", _("Channel"), ContentChannel.choices, field="channel"),
        ),
    )  # fmt: skip
    context = {"listing": found, "may_add": bool(can_add_content(person))}
    return found.export() or render(request, "screening/contents.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Keep a text: a draft, or what is live already."""
    person = who(request)
    require(can_add_content(person))
    may_live = bool(can_add_live(person))
    form = ContentForm(_posted(request), by=person, is_new=True, may_live=may_live)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        day = given.pop("live_on", None)
        live_at = datetime.combine(day, time(), tzinfo=timezone.get_current_timezone()) if day else None
        try:
            item = add_content(by=person, at=timezone.now(), live_at=live_at, **given)
        except ContentUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept and screened."))
            return redirect("contents_content", item.pk)
    context = {"form": form, "back": reverse("contents_list")}
    return render(request, "screening/content_form.html", context, status=422 if form.errors else 200)


@require_GET
def page(request: HttpRequest, content_id: int) -> HttpResponse:
    """One text, screened with what holds now."""
    return show(request, _found(request, content_id))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, content_id: int) -> HttpResponse:
    """Change it."""
    item, person = _found(request, content_id), who(request)
    require(can_change_content(person, item))
    names = ("title", "text", "channel", "industry", "owner")
    initial = {name: getattr(item, name) for name in names}
    form = ContentForm(_posted(request), by=person, is_new=False, initial=initial)
    if request.method == "POST" and done(
        request, form, change_content, (ContentUnclear, ContentEnded), said=_("Kept and screened."), item=item
    ):
        return redirect("contents_content", item.pk)
    context = {"form": form, "item": item, "back": reverse("contents_content", args=[item.pk])}
    return render(request, "screening/content_form.html", context, status=422 if form.errors else 200)


@require_POST
def review(request: HttpRequest, content_id: int) -> HttpResponse:
    """Open the request: its page says what the policy asks before anything is submitted."""
    item, person = _found(request, content_id), who(request)
    require(can_change_content(person, item))
    try:
        asked = ask_for_review(item=item, by=person, at=timezone.now())
    except ContentEnded as error:
        messages.error(request, str(error))
        return redirect("contents_content", item.pk)
    return redirect("approvals_request", asked.pk)


@require_POST
def withdrawal(request: HttpRequest, content_id: int) -> HttpResponse:
    """It can no longer be seen."""
    item, person = _found(request, content_id), who(request)
    require(can_change_content(person, item))
    form = ReasonForm(request.POST)
    if done(
        request,
        form,
        withdraw_content,
        (ContentEnded, ContentUnclear),
        said=_("Withdrawn. What was open in it is closed."),
        item=item,
    ):
        return redirect("contents_content", item.pk)
    return show(request, item, withdrawing=form)


def show(request: HttpRequest, item: ContentItem, **more: Any) -> HttpResponse:
    """The page of a text."""
    person, language = who(request), get_language() or "zh-hant"
    screen, _key = screen_in_force()
    answer = screen.screen(item.text, item.industry)
    told = industries()
    rows = item.findings.select_related("closed_by", "content__unit").order_by("closed_at", "found_at", "pk")
    context = {
        "item": item, "answer": as_data(answer, language), "pieces": list(pieces(answer)),
        "told": [told[code].say(language) for code in sorted(answer.industries)],
        "verdict": verdict_title(answer.verdict), "tone": verdict_tone(answer.verdict),
        "findings": [(row, bool(can_except(person, row))) for row in rows],
        "request_of": living_request(KIND, Ref(SUBJECT, item.pk)),
        "may_change": bool(can_change_content(person, item)),
        "withdrawing": ReasonForm(), "excepting": ReasonForm(),
    }  # fmt: skip
    return render(request, "screening/content.html", context | more, status=422 if more else 200)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _found(request: HttpRequest, content_id: int) -> ContentItem:
    rows = contents_visible_to(who(request)).select_related("unit", "owner")
    found: ContentItem = get_object_or_404(rows, pk=content_id)
    return found
