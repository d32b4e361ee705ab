"""Start, read, enrol, decide, roll out, give up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from remit.learning.actions.decision import DecisionUnclear, NotThere, decide, roll_out
from remit.learning.actions.enrolment import EnrolmentRefused, enrol_from_file
from remit.learning.actions.experiment import (
    ExperimentStands,
    ExperimentUnclear,
    cancel_experiment,
    foresee,
    start_experiment,
)
from remit.learning.actions.reading import NothingToRead, read_now
from remit.learning.rules import can_change, can_decide, can_enrol, can_read, can_roll_out, can_start

from ..doing import done, tried
from ..requiring import require
from ..who import who
from .forms import CancelForm, DecisionForm, PeopleForm, RollOutForm
from .page import found, show

WRONG = (ExperimentUnclear, ExperimentStands)


@require_POST
def forecast(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """See what the company's past says about its power."""
    row = found(request, experiment_id)
    require(can_change(who(request), row))
    tried(request, foresee, WRONG, said=_("Computed from the company's own past."), experiment=row)
    return redirect("experiments_experiment", row.pk)


@require_POST
def start(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """From now on the rule stands."""
    row = found(request, experiment_id)
    require(can_start(who(request), row))
    tried(request, start_experiment, WRONG, said=_("It runs. Its rule stands from now on."), experiment=row)
    return redirect("experiments_experiment", row.pk)


@require_POST
def reading(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Read now instead of in the morning."""
    row = found(request, experiment_id)
    require(can_read(who(request), row))
    try:
        days = read_now(experiment=row, by=who(request), at=timezone.now())
    except NothingToRead as error:
        messages.info(request, str(error))
    else:
        messages.success(request, ngettext("%d day was read.", "%d days were read.", days) % days)
    return redirect("experiments_experiment", row.pk)


@require_POST
def people(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Take people with their variant from a file."""
    row = found(request, experiment_id)
    require(can_enrol(who(request), row))
    form = PeopleForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            count = enrol_from_file(
                experiment=row, content=file.read(), name=file.name, by=who(request), at=timezone.now()
            )
        except EnrolmentRefused as error:
            form.add_error("file", str(error))
        else:
            said = ngettext("%d person was enrolled.", "%d people were enrolled.", count)
            messages.success(request, said % count)
            return redirect("experiments_experiment", row.pk)
    return show(request, row, enrolling=form)


@require_POST
def decision(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Decide."""
    row = found(request, experiment_id)
    require(can_decide(who(request), row))
    form = DecisionForm(request.POST, experiment=row)
    if done(request, form, decide, (DecisionUnclear, NotThere), said=_("Decided."), experiment=row):
        return redirect("experiments_experiment", row.pk)
    return show(request, row, deciding=form)


@require_POST
def rolling(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Record where the winner is used."""
    row = found(request, experiment_id)
    require(can_roll_out(who(request), row))
    form = RollOutForm(request.POST)
    said = _("Recorded. On its day it is looked at again.")
    if done(request, form, roll_out, (DecisionUnclear, NotThere), said=said, experiment=row):
        return redirect("experiments_experiment", row.pk)
    return show(request, row, rolling=form)


@require_POST
def cancellation(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Give it up."""
    row = found(request, experiment_id)
    may = can_decide(who(request), row)
    require(may if may else can_change(who(request), row))
    form = CancelForm(request.POST)
    if done(request, form, cancel_experiment, WRONG, said=_("Given up; the reason stays."), experiment=row):
        return redirect("experiments_experiment", row.pk)
    return show(request, row, cancelling=form)
