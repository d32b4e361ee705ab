"""Who appears in which campaign: said on the page of either."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remit.planning.actions.engagement import EngagementUnclear, disengage, engage
from remit.planning.creator_rules import can_engage, engagements_visible_to

from ..doing import done, tried
from ..plans import page as plan_page
from ..requiring import require
from ..who import who
from .forms import EngagedForm, EngageForm
from .page import found, show


@require_POST
def engaged(request: HttpRequest, creator_id: int) -> HttpResponse:
    """Somebody appears in a campaign."""
    row, person = found(request, creator_id), who(request)
    form = EngagedForm(request.POST, by=person)
    if form.is_valid():
        require(can_engage(person, form.cleaned_data["plan"]))
        try:
            engage(creator=row, by=person, at=timezone.now(), **form.cleaned_data)
        except EngagementUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("creators_creator", row.pk)
    return show(request, row, engaging=form)


@require_POST
def engaging(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """In a campaign appears somebody."""
    plan, person = plan_page.found(request, campaign_plan_id), who(request)
    require(can_engage(person, plan))
    form = EngageForm(request.POST, by=person)
    if done(request, form, engage, EngagementUnclear, said=_("Saved."), plan=plan):
        return redirect("plans_plan", plan.pk)
    return plan_page.show(request, plan, appearing=form)


@require_POST
def remove(request: HttpRequest, engagement_id: int) -> HttpResponse:
    """They do not appear in it after all."""
    rows = engagements_visible_to(who(request)).select_related("plan__unit", "creator")
    row = get_object_or_404(rows, pk=engagement_id)
    require(can_engage(who(request), row.plan))
    tried(request, disengage, EngagementUnclear, said=_("Taken out of the campaign."), engagement=row)
    return redirect("plans_plan", row.plan_id)
