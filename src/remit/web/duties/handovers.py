"""One handover: offered by one side, accepted or returned by the other."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.duties.actions.handover import HandoverMoved, HandoverNeedsReason, give_back, offer, take
from remit.duties.enums import HandoverState
from remit.duties.models import Handover
from remit.duties.queries.handbook import titles_of
from remit.duties.rules import can_offer, can_take, handovers_visible_to

from ..requiring import require
from ..who import who
from .forms import StepForm
from .titles import language, titled, what


@require_GET
def page(request: HttpRequest, handover_id: int) -> HttpResponse:
    """From whom, to whom, by when, and what happened."""
    return _show(request, _found(request, handover_id))


@require_POST
def step(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Offer, accept or return it."""
    handover = _found(request, handover_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _show(request, handover, form)
    state, note = form.cleaned_data["state"], form.cleaned_data["note"]
    person, at = who(request), timezone.now()
    require((can_offer if state == HandoverState.OFFERED else can_take)(person, handover))
    try:
        match state:
            case HandoverState.OFFERED:
                offer(handover=handover, note=note, by=person, at=at)
            case HandoverState.ACCEPTED:
                take(handover=handover, by=person, at=at)
            case HandoverState.RETURNED:
                give_back(handover=handover, reason=note, by=person, at=at)
    except (HandoverMoved, HandoverNeedsReason) as error:
        form.add_error("note", str(error))
        return _show(request, handover, form)
    messages.success(request, _("Saved. The other side sees it."))
    return redirect("duties_handover", handover.pk)


def _found(request: HttpRequest, handover_id: int) -> Handover:
    rows = handovers_visible_to(who(request)).select_related(
        "occurrence__charge__duty", "occurrence__charge__unit", "occurrence__version", "to__duty", "to__unit"
    )
    return get_object_or_404(rows, pk=handover_id)


def _show(request: HttpRequest, handover: Handover, form: StepForm | None = None) -> HttpResponse:
    titled([handover.occurrence])
    receiving = titles_of([handover.to.duty.current_id or 0], language())
    waits_for_giver = handover.state in (HandoverState.EXPECTED, HandoverState.RETURNED)
    late = handover.state != HandoverState.ACCEPTED and handover.due_at < timezone.now()
    context = {
        "handover": handover, "what": what(handover), "form": form or StepForm(), "late": late,
        "to_title": f"{handover.to.duty.code} {receiving.get(handover.to.duty.current_id or 0, '')}",
        "state": HandoverState(handover.state).label,
        "steps": handover.steps.select_related("by").order_by("pk"),
        "may_offer": waits_for_giver and can_offer(who(request), handover),
        "may_take": handover.state == HandoverState.OFFERED and can_take(who(request), handover),
    }  # fmt: skip
    return render(request, "duties/handover.html", context, status=422 if form else 200)
