"""What a manager does for somebody's growth: confirm statements, give a mentor."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from remit.org.actions import begin_mentoring, confirm, end_mentoring, withdraw_confirmation
from remit.org.actions.mentoring import MenteeHasMentor, MentoringEndsBeforeItStarts
from remit.org.enums import CriterionKind
from remit.org.growth_rules import (
    can_guide,
    confirmations_visible_to,
    growth_visible_to,
    mentorings_visible_to,
)
from remit.org.models import Criterion, Person
from remit.org.queries.readiness import climbs_of
from remit.org.queries.today import today

from ..requiring import require
from ..who import who
from .forms import EndForm
from .growth_forms import MentoringForm
from .people import person_page


@require_http_methods(["POST"])
def confirmations(request: HttpRequest, person_id: int) -> HttpResponse:
    """Confirm a statement of the person's next rung."""
    person = _found(request, person_id)
    require(can_guide(who(request), person))
    criterion = _criterion(person, request.POST.get("criterion", ""))
    confirm(criterion=criterion, person=person, by=who(request), at=timezone.now())
    messages.success(request, _("Confirmed, with your name and the day."))
    return redirect("org_person", person.pk)


def _criterion(person: Person, wanted: str) -> Criterion:
    for climb in climbs_of(person, today()):
        for row in climb.criteria:
            if str(row.criterion.pk) == wanted and row.criterion.kind == CriterionKind.STATEMENT:
                return row.criterion
    raise Http404


@require_http_methods(["POST"])
def confirmation_removal(request: HttpRequest, confirmation_id: int) -> HttpResponse:
    """Withdraw a confirmation."""
    confirmation = get_object_or_404(confirmations_visible_to(who(request)), pk=confirmation_id)
    require(can_guide(who(request), confirmation.person))
    withdraw_confirmation(confirmation=confirmation, by=who(request), at=timezone.now())
    messages.success(request, _("The confirmation was withdrawn."))
    return redirect("org_person", confirmation.person_id)


@require_http_methods(["POST"])
def mentorings(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give somebody a mentor."""
    person = _found(request, person_id)
    require(can_guide(who(request), person))
    form = MentoringForm(request.POST, by=who(request), mentee=person, on=today())
    if form.is_valid():
        try:
            begin_mentoring(mentee=person, **form.cleaned_data, by=who(request), at=timezone.now())
        except MenteeHasMentor as error:
            form.add_error("mentor", str(error))
        except MentoringEndsBeforeItStarts as error:
            form.add_error("ends_on", str(error))
        else:
            messages.success(request, _("Saved. The mentor finds the mentee on their own page."))
            return redirect("org_person", person.pk)
    return person_page(request, person, status=422, mentoring_form=form)


@require_http_methods(["POST"])
def mentoring_end(request: HttpRequest, mentoring_id: int) -> HttpResponse:
    """End a mentoring on a day."""
    mentoring = get_object_or_404(mentorings_visible_to(who(request)), pk=mentoring_id)
    require(can_guide(who(request), mentoring.mentee))
    form = EndForm(request.POST)
    try:
        if not form.is_valid():
            messages.error(request, _("Choose the last day."))
        else:
            last = form.cleaned_data["ends_on"]
            end_mentoring(mentoring=mentoring, ends_on=last, by=who(request), at=timezone.now())
            messages.success(request, _("Saved."))
    except MentoringEndsBeforeItStarts as error:
        messages.error(request, str(error))
    return redirect("org_person", mentoring.mentee_id)


def _found(request: HttpRequest, person_id: int) -> Person:
    return get_object_or_404(growth_visible_to(who(request)), pk=person_id)
