"""One handover: offered by one side, accepted or returned by the other."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from remit.duties.actions.handover import HandoverMoved, HandoverNeedsReason, give_back, offer, take
from remit.duties.enums import HandoverState
from remit.duties.models import Handover
from remit.duties.queries.handbook import titles_of
from remit.duties.queries.stakes import stakes_of
from remit.duties.queries.work import handovers_with
from remit.duties.rules import can_offer, can_take, handovers_visible_to
from remit.org.queries.clocks import clocks
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import today

from ..ids import ids_in
from ..lists import Bulk, Column, Filter, Listing
from ..requiring import require
from ..who import who
from .forms import StepForm
from .titles import language, titled, what

MANY_MAX = 200
COLUMNS = (
    Column(
        "what", gettext_lazy("Handover"), value=what,
        href=lambda h: reverse("duties_handover", args=[h.pk]),
    ),
    Column(
        "from", pgettext_lazy("handover", "From"), value=lambda h: h.occurrence.title,
        note=lambda h: h.occurrence.charge.unit.title(language()),
    ),
    Column(
        "to", pgettext_lazy("handover", "To"), value=lambda h: h.to_title,
        note=lambda h: h.to.unit.title(language()),
    ),
    Column("due_on", gettext_lazy("Due"), kind="day", sort="due_at"),
    Column(
        "state", pgettext_lazy("duty", "State"), value=lambda h: HandoverState(h.state).label, kind="badge",
        sort="state",
        tone=lambda h: "bad" if h.due_at < timezone.now() else "",
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Unfinished handovers on one's giving or receiving side."""
    on = today()
    rows = handovers_with(stakes_of(who(request), on, organisation_on(on))).select_related(
        "occurrence__charge__duty", "occurrence__charge__unit", "to__duty", "to__unit"
    )
    found = Listing(
        request, rows, COLUMNS, name="handovers", search=("what", "what_en", "to__duty__code"),
        filters=(Filter("state", pgettext("duty", "State"), HandoverState.choices[:2], field="state"),),
        sort="due_on", prepare=_named,
        bulk=(Bulk(_("Accept"), reverse("duties_handovers_taken"), "circle-check"),),
    )  # fmt: skip
    return found.export() or render(request, "duties/handovers.html", {"listing": found})


def _named(handovers: list[Handover]) -> None:
    """With the duties of both sides by their titles, and what ``_dated`` gives; three queries."""
    titled([each.occurrence for each in handovers])
    receiving = titles_of({each.to.duty.current_id or 0 for each in handovers}, language())
    for each in handovers:
        to = each.to.duty
        each.to_title = f"{to.code} {receiving.get(to.current_id or 0, '')}".strip()  # type: ignore[attr-defined]  # for templates
    _dated(handovers)


def _dated(handovers: list[Handover]) -> None:
    """With ``due_on`` and ``zone``: the day, and the zone, of the unit that gives it."""
    times = clocks()
    for each in handovers:
        each.zone = times.zone_at(each.occurrence.charge.unit_id, each.due_at)  # type: ignore[attr-defined]  # for templates
        each.due_on = each.due_at.astimezone(each.zone).date()  # type: ignore[attr-defined]  # for templates


@require_POST
def take_many(request: HttpRequest) -> HttpResponse:
    """Accept those that were ticked and lie before one; what was moved meanwhile is left."""
    ids = ids_in(request.POST.getlist("ids"), MANY_MAX)
    rows = handovers_visible_to(who(request)).filter(pk__in=ids, state=HandoverState.OFFERED)
    count = 0
    for handover in rows.select_related("to"):
        if can_take(who(request), handover):
            with suppress(HandoverMoved):
                take(handover=handover, by=who(request), at=timezone.now())
                count += 1
    messages.success(request, ngettext("%d was accepted.", "%d were accepted.", count) % count)
    return redirect("duties_handovers")


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
    _named([handover])
    waits_for_giver = handover.state in (HandoverState.EXPECTED, HandoverState.RETURNED)
    late = handover.closed_at is None and handover.due_at < timezone.now()
    context = {
        "handover": handover, "what": what(handover), "form": form or StepForm(), "late": late,
        "state": HandoverState(handover.state).label,
        "steps": handover.steps.select_related("by").order_by("pk"),
        "may_offer": waits_for_giver and can_offer(who(request), handover),
        "may_take": handover.state == HandoverState.OFFERED and can_take(who(request), handover),
    }  # fmt: skip
    return render(request, "duties/handover.html", context, status=422 if form else 200)
