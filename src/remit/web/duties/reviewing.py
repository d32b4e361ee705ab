"""Deliver, accept, return, waive; one at a time or many."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from remit.duties.actions.evidence import (
    EvidenceMissing,
    NotOpen,
    ReasonMissing,
    accept,
    deliver,
    deliver_with_note,
    send_back,
    use_sighting,
    waive,
)
from remit.duties.models import Occurrence
from remit.duties.rules import (
    can_deliver,
    can_review,
    can_waive,
    occurrences_visible_to,
    sightings_visible_to,
)

from ..ids import ids_in
from ..requiring import require
from ..who import who
from .forms import DeliveryForm, ReviewForm, WaiverForm
from .unseen import sentence, unseen, why_unseen
from .work import found, show

MANY_MAX = 200


@require_POST
def submission(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Say that it is done."""
    one = found(request, occurrence_id)
    require(can_deliver(who(request), one))
    form = DeliveryForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    if why := why_unseen(one, who(request)):
        form.add_error(None, why)
        return show(request, one, delivery=form)
    try:
        deliver(occurrence=one, note=note, by=who(request), at=timezone.now())
    except (EvidenceMissing, NotOpen) as error:
        form.add_error(None, str(error))
        return show(request, one, delivery=form)
    messages.success(request, _("Delivered. Whoever is accountable was asked to accept it."))
    return redirect("duties_occurrence", one.pk)


@require_POST
def review(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Accept it, or return it with a reason."""
    one = found(request, occurrence_id)
    require(can_review(who(request), one))
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return show(request, one, reviewing=form)
    try:
        if form.cleaned_data["verdict"] == "accepted":
            accept(occurrence=one, by=who(request), at=timezone.now())
            messages.success(request, _("Accepted."))
        else:
            reason = form.cleaned_data["reason"]
            send_back(occurrence=one, reason=reason, by=who(request), at=timezone.now())
            messages.success(request, _("Returned. They were told why."))
    except (NotOpen, ReasonMissing) as error:
        form.add_error("reason", str(error))
        return show(request, one, reviewing=form)
    return redirect("duties_occurrence", one.pk)


@require_POST
def waiver(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """It is not owed this time."""
    one = found(request, occurrence_id)
    require(can_waive(who(request), one))
    form = WaiverForm(request.POST)
    if not form.is_valid():
        return show(request, one, waiving=form)
    try:
        waive(occurrence=one, reason=form.cleaned_data["reason"], by=who(request), at=timezone.now())
    except (NotOpen, ReasonMissing) as error:
        form.add_error("reason", str(error))
        return show(request, one, waiving=form)
    messages.success(request, _("Waived."))
    return redirect("duties_occurrence", one.pk)


@require_POST
def sighting(request: HttpRequest, sighting_id: int) -> HttpResponse:
    """Use what the system saw."""
    rows = sightings_visible_to(who(request)).select_related(
        "occurrence__charge__duty", "occurrence__version"
    )
    seen = get_object_or_404(rows, pk=sighting_id)
    require(can_deliver(who(request), seen.occurrence))
    if hidden := unseen(seen.occurrence, who(request), [seen.thing]):
        messages.error(request, sentence(who(request), *next(iter(hidden.items()))))
        return redirect("duties_occurrence", seen.occurrence_id)
    try:
        delivered = use_sighting(sighting=seen, by=who(request), at=timezone.now())
    except (NotOpen, EvidenceMissing) as error:
        messages.error(request, str(error))
    else:
        kept = _("Kept as evidence. Add what is missing, then deliver.")
        done = _("Delivered. Whoever is accountable was asked to accept it.")
        messages.success(request, done if delivered else kept)
    return redirect("duties_occurrence", seen.occurrence_id)


@require_POST
def deliver_many(request: HttpRequest) -> HttpResponse:
    """Deliver the trivial ones that were ticked: those whose evidence is one note."""
    ticked = _ticked(request)
    chosen = [one for one in ticked if can_deliver(who(request), one)]
    note = request.POST.get("note", "").strip() or _("Nothing unusual.")
    count = deliver_with_note(occurrences=chosen, note=note, by=who(request), at=timezone.now())
    _say(request, count, ngettext("%d was delivered.", "%d were delivered.", count))
    if count and (left := len(ticked) - count):
        text = ngettext(
            "%d was left: it asks for more than a note, or is not yours to deliver.",
            "%d were left: they ask for more than a note, or are not yours to deliver.", left,
        )  # fmt: skip
        messages.warning(request, text % left)
    return redirect("duties_work")


@require_POST
def accept_many(request: HttpRequest) -> HttpResponse:
    """Accept those that were ticked."""
    count, ticked = 0, _ticked(request)
    for one in ticked:
        if can_review(who(request), one):
            with suppress(NotOpen):
                accept(occurrence=one, by=who(request), at=timezone.now())
                count += 1
    _say(request, count, ngettext("%d was accepted.", "%d were accepted.", count))
    if count and (left := len(ticked) - count):
        text = ngettext(
            "%d was left: it is not delivered, or not yours to accept.",
            "%d were left: they are not delivered, or not yours to accept.", left,
        )  # fmt: skip
        messages.warning(request, text % left)
    return redirect("duties_work")


def _ticked(request: HttpRequest) -> list[Occurrence]:
    ids = ids_in(request.POST.getlist("ids"), MANY_MAX)
    rows = occurrences_visible_to(who(request)).filter(pk__in=ids)
    return list(rows.select_related("charge__duty", "charge__unit", "version"))


def _say(request: HttpRequest, count: int, sentence: str) -> None:
    if count:
        messages.success(request, sentence % count)
    else:
        messages.warning(
            request,
            _(
                "None of these could be: it must have shown itself, a note must be enough evidence, and it "
                "must be your turn."
            ),
        )
