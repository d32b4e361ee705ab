"""Absences, who acts meanwhile, and secondments: what is noted on a person's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from remit.org.actions.absence import (
    AbsenceTooLong,
    add_absence,
    delegate_posts,
    end_delegation,
    remove_absence,
)
from remit.org.actions.assignment import AssignmentEndsBeforeItStarts, AssignmentOverlaps, EndsAlready
from remit.org.actions.secondment import LentAlready, NotHeldThen, return_early, second
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.rules import can_manage, people_visible_to
from remit.org.time_rules import (
    absences_visible_to,
    can_end_acting,
    can_name_to_act,
    can_note_absence,
    can_second,
    delegations_visible_to,
    secondments_visible_to,
)

from ..requiring import require
from ..who import who
from .forms import EndForm
from .people import person_page
from .time_forms import AbsenceForm, DelegationForm, SecondmentForm

type Answer = HttpResponse


def _found(request: HttpRequest, person_id: int) -> Person:
    return get_object_or_404(people_visible_to(who(request)), pk=person_id)


@require_http_methods(["POST"])
def absences(request: HttpRequest, person_id: int) -> Answer:
    """Note that somebody is away."""
    person = _found(request, person_id)
    require(can_note_absence(who(request), person))
    form = AbsenceForm(request.POST)
    if form.is_valid():
        try:
            add_absence(person=person, **form.cleaned_data, by=who(request), at=timezone.now())
        except (AssignmentEndsBeforeItStarts, AbsenceTooLong) as error:
            form.add_error("ends_on", str(error))
        else:
            messages.success(request, _("Noted. Whoever is named below acts meanwhile."))
            return redirect("org_person", person.pk)
    return person_page(request, person, 422, absence_form=form)


@require_http_methods(["POST"])
def absence_removal(request: HttpRequest, absence_id: int) -> Answer:
    """They are there after all."""
    absence = get_object_or_404(absences_visible_to(who(request)).select_related("person"), pk=absence_id)
    require(can_note_absence(who(request), absence.person))
    remove_absence(absence=absence, by=who(request), at=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("org_person", absence.person_id)


@require_http_methods(["POST"])
def delegations(request: HttpRequest, person_id: int) -> Answer:
    """Name who acts while somebody is absent."""
    person = _found(request, person_id)
    require(can_note_absence(who(request), person))
    form = DelegationForm(request.POST, by=who(request), person=person, on=today())
    if not form.is_valid():
        return person_page(request, person, 422, delegation_form=form)
    given = form.cleaned_data
    if not (
        verdict := can_name_to_act(who(request), person, given["to"], given["starts_on"], given["ends_on"])
    ):
        form.add_error("to", verdict.reason)
        return person_page(request, person, 422, delegation_form=form)
    try:
        delegate_posts(person=person, **given, by=who(request), at=timezone.now())
    except AssignmentEndsBeforeItStarts as error:
        form.add_error("ends_on", str(error))
        return person_page(request, person, 422, delegation_form=form)
    messages.success(request, _("Named. They act on the days on which the person is absent."))
    return redirect("org_person", person.pk)


@require_http_methods(["POST"])
def delegation_end(request: HttpRequest, delegation_id: int) -> Answer:
    """Set the last day on which a delegate acts."""
    found = delegations_visible_to(who(request)).select_related("person")
    delegation = get_object_or_404(found, pk=delegation_id)
    require(can_end_acting(who(request), delegation))
    form = EndForm(request.POST)
    problem = "" if form.is_valid() else _("Choose the last day.")
    if not problem:
        try:
            end_delegation(
                delegation=delegation, ends_on=form.cleaned_data["ends_on"], by=who(request),
                at=timezone.now(),
            )  # fmt: skip
        except (AssignmentEndsBeforeItStarts, EndsAlready) as error:
            problem = str(error)
    return _said(request, delegation.person_id, problem)


@require_http_methods(["POST"])
def secondments(request: HttpRequest, person_id: int) -> Answer:
    """Lend somebody to another unit."""
    person = _found(request, person_id)
    require(can_manage(who(request), person))
    form = SecondmentForm(request.POST, by=who(request), person=person, on=today())
    if not form.is_valid():
        return person_page(request, person, 422, secondment_form=form)
    given = form.cleaned_data
    if not (verdict := can_second(who(request), given["home"], given["position"], given["unit"])):
        form.add_error("position", verdict.reason)
        return person_page(request, person, 422, secondment_form=form)
    try:
        second(**given, by=who(request), at=timezone.now())
    except (AssignmentEndsBeforeItStarts, NotHeldThen) as error:
        form.add_error("ends_on", str(error))
    except LentAlready as error:
        form.add_error("home", str(error))
    except AssignmentOverlaps as error:
        form.add_error("position", str(error))
    else:
        messages.success(request, _("Lent. They count there meanwhile, and at home again the day after."))
        return redirect("org_person", person.pk)
    return person_page(request, person, 422, secondment_form=form)


@require_http_methods(["POST"])
def secondment_end(request: HttpRequest, secondment_id: int) -> Answer:
    """End a secondment on an earlier day."""
    found = secondments_visible_to(who(request)).select_related("home__person")
    lent = get_object_or_404(found, pk=secondment_id)
    require(can_manage(who(request), lent.home.person))
    form = EndForm(request.POST)
    problem = "" if form.is_valid() else _("Choose the last day.")
    if not problem:
        try:
            return_early(
                secondment=lent, ends_on=form.cleaned_data["ends_on"], by=who(request), at=timezone.now()
            )
        except AssignmentEndsBeforeItStarts as error:
            problem = str(error)
    return _said(request, lent.home.person_id, problem)


def _said(request: HttpRequest, person_id: int, problem: str) -> Answer:
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("Saved."))
    return redirect("org_person", person_id)
