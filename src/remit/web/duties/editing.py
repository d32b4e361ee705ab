"""Change the handbook: a duty, its versions, proposals, and the whole of it as YAML."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.duties.actions.duty import (
    DutyChangedMeanwhile,
    DutyCodeTaken,
    NameUnknown,
    add_duty,
    change_duty,
    load_handbook,
    retire_duty,
)
from remit.duties.actions.proposal import ProposalDecided, decide_proposal, propose_change
from remit.duties.bringing import drafts_in
from remit.duties.drafts import DraftUnusable
from remit.duties.models import Duty
from remit.duties.queries.handbook import draft_of_version, handbook_yaml, shipped_drafts, versions_of
from remit.duties.queries.history import words_of
from remit.duties.rules import can_edit_handbook, duties_visible_to, proposals_visible_to

from ..doing import tried
from ..requiring import require
from ..who import who
from .differences import differences, proposed
from .duty_form import DutyForm, initial_of
from .forms import HandbookForm, ProposalForm
from .titles import language

TYPE = "application/yaml; charset=utf-8"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a duty."""
    require(can_edit_handbook(who(request)))
    form = DutyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.draft is not None:
        try:
            add_duty(draft=form.draft, by=who(request), at=timezone.now(), note=form.cleaned_data["note"])
        except DutyCodeTaken as error:
            form.add_error("code", str(error))
        except NameUnknown as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Added. Give it to the units that owe it in the matrix."))
            return redirect("duties_duty", form.draft.code)
    return _form(request, form, _("Add a duty"), reverse("duties_handbook"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Make the next version of a duty."""
    require(can_edit_handbook(who(request)))
    duty = _found(request, code)
    assert duty.current is not None  # a duty without a version is never committed
    initial = initial_of(draft_of_version(duty.code, duty.current)) | {"after": duty.current.number}
    form = DutyForm(request.POST or None, initial=initial, fixed_code=duty.code)
    if request.method == "POST" and form.is_valid() and form.draft is not None:
        note, after = form.cleaned_data["note"], form.cleaned_data["after"]
        try:
            change_duty(
                duty=duty, draft=form.draft, by=who(request), at=timezone.now(), note=note, after=after
            )
        except NameUnknown as error:
            form.add_error(error.field, str(error))
        except DutyChangedMeanwhile as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved as a new version. What has opened already stays as it was."))
            return redirect("duties_duty", duty.code)
    return _form(request, form, _("Change %s") % duty.code, reverse("duties_duty", args=[duty.code]))


def _form(request: HttpRequest, form: DutyForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "duties/duty_form.html", context, status=422 if form.errors else 200)


@require_POST
def retirement(request: HttpRequest, code: str) -> HttpResponse:
    """Nobody owes it any more."""
    require(can_edit_handbook(who(request)))
    retire_duty(duty=_found(request, code), by=who(request), at=timezone.now())
    messages.success(
        request,
        _("Retired, and waived where it was still owed. Its history stays; changing it brings it back."),
    )
    return redirect("duties_handbook")


@require_GET
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Every version, with what differs from the one before, in words."""
    duty = _found(request, code)
    words_of([duty], language())
    rows = versions_of(duty)
    drafts = [draft_of_version(duty.code, version) for version in rows]
    changes = [
        (version, differences(drafts[n - 1], drafts[n]) if n else []) for n, version in enumerate(rows)
    ]
    return render(request, "duties/versions.html", {"duty": duty, "changes": changes[::-1]})


@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    """Open proposals to change a duty, with what they would change."""
    rows = proposals_visible_to(who(request)).select_related("duty__current", "made_by").order_by("-pk")[:100]
    shown = []
    for each in rows:
        assert each.duty.current is not None  # a duty without a version is never committed
        now = draft_of_version(each.duty.code, each.duty.current)
        shown.append((each, proposed(now, each.changes)))
    context = {"proposals": shown, "may_decide": can_edit_handbook(who(request))}
    return render(request, "duties/proposals.html", context)


@require_POST
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """Propose another rhythm or effort, with the reason; who may edit the handbook decides."""
    duty = _found(request, code)
    form = ProposalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what should change, and why."))
        return redirect("duties_duty", duty.code)
    try:
        propose_change(
            duty=duty, changes=form.changes, reason=form.cleaned_data["reason"], by=who(request),
            at=timezone.now(),
        )  # fmt: skip
    except DraftUnusable as error:
        messages.error(request, str(error))
        return redirect("duties_duty", duty.code)
    messages.success(request, _("Proposed. It waits for one approval."))
    return redirect("duties_proposals")


@require_POST
def proposal_decision(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Accept or decline a proposal."""
    proposal = get_object_or_404(proposals_visible_to(who(request)), pk=proposal_id)
    require(can_edit_handbook(who(request)))
    accepted = request.POST.get("verdict") == "accepted"
    tried(
        request,
        decide_proposal,
        (ProposalDecided, DraftUnusable),
        said=_("Decided."),
        proposal=proposal,
        is_accepted=accepted,
    )
    return redirect("duties_proposals")


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The handbook in force as YAML."""
    require(can_edit_handbook(who(request)))
    answer = HttpResponse(handbook_yaml(), content_type=TYPE)
    answer["Content-Disposition"] = 'attachment; filename="handbook.yaml"'
    return answer


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a handbook of one's own, as YAML: all of it, or nothing when one duty is wrong."""
    require(can_edit_handbook(who(request)))
    form = HandbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = load_handbook(
                drafts=drafts_in(form.cleaned_data["file"].read()), by=who(request), at=timezone.now(),
                note=form.cleaned_data["note"],
            )  # fmt: skip
        except DraftUnusable as error:
            form.add_error("file", str(error))
        else:
            messages.success(
                request, _("%(added)s duties added, %(changed)s changed, %(same)s as they were.") % {
                    "added": done.added, "changed": done.changed, "same": done.same,
                },
            )  # fmt: skip
            return redirect("duties_handbook")
    return render(request, "duties/bring.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def shipped(request: HttpRequest) -> HttpResponse:
    """Bring in the handbook that ships with the product; duties that are there stay as they are."""
    require(can_edit_handbook(who(request)))
    tried(
        request, load_handbook, (DraftUnusable, NameUnknown), drafts=shipped_drafts(), keep_changed=True,
        said=_("The handbook that ships is here. Duties that were there stayed as they were."),
    )  # fmt: skip
    return redirect("duties_handbook")


def _found(request: HttpRequest, code: str) -> Duty:
    rows = duties_visible_to(who(request)).select_related("current").prefetch_related("current__words")
    return get_object_or_404(rows, code=code)
