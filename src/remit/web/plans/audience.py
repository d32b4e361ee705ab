"""Whom a campaign is to reach, by name, and which campaigns of its days reach the same customers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from remit.customers.queries.choices import age_groups_of, areas_of
from remit.customers.rules import customers_visible_to
from remit.execution.queries.audiences import beside
from remit.org.models import Person
from remit.org.queries.companies import books_of_units
from remit.org.queries.today import today
from remit.planning.actions.audience import AudienceUnclear, Named, drop_audience, name_audience
from remit.planning.actions.plan import NotInPreparation
from remit.planning.models import Campaign, Plan
from remit.planning.rules import campaigns_visible_to, can_change_plan, can_name_audience, plans_visible_to

from ..audiences import in_words
from ..doing import tried
from ..requiring import require
from ..who import who
from .page import found

FILE_BYTES_MAX = 20_000_000


class CampaignChoice(forms.ModelChoiceField):
    """A campaign by its name; where data name none, by its code."""

    def label_from_instance(self, obj: Campaign) -> str:
        return obj.name or _("Campaign %(campaign)s") % {"campaign": obj.code}


class AudienceForm(forms.Form):
    """Codes, or what customers are drawn by."""

    reached: Any = CampaignChoice(
        label=gettext_lazy("Whom this campaign reached"), queryset=None, required=False,
        empty_label=gettext_lazy("every customer"),
    )  # fmt: skip
    age_groups = forms.MultipleChoiceField(
        label=gettext_lazy("Only of these ages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Only living here"), required=False, widget=forms.CheckboxSelectMultiple
    )
    codes = forms.CharField(
        label=gettext_lazy("Or by their codes"), required=False, max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("One customer's code a line."),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Or from a list in a file"), required=False,
        help_text=gettext_lazy("Text, one customer's code a line, at most 20 MB."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        company = books_of_units()[plan.unit_id]
        customers = customers_visible_to(by).filter(unit=company)
        fields: dict[str, Any] = self.fields
        past = campaigns_visible_to(by).filter(unit=company, starts_on__lte=today())
        fields["reached"].queryset = past.order_by("-starts_on", "pk")
        for name, known in (("age_groups", age_groups_of(customers)), ("areas", areas_of(customers))):
            fields[name].choices = [(one, one) for one in known]
            if not known:
                del fields[name]

    def clean_file(self) -> list[str]:
        file = self.cleaned_data["file"]
        if file is None:
            return []
        if file.size > FILE_BYTES_MAX:
            raise forms.ValidationError(_("The file is larger than 20 MB: send it in parts."))
        try:
            return list(file.read().decode("utf-8-sig").splitlines())
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("The file is not in UTF-8. Save it as CSV UTF-8 and send it again.")
            ) from None

    @property
    def named(self) -> Named:
        """What was asked for."""
        given = self.cleaned_data
        return Named(
            codes=[*given["codes"].splitlines(), *given["file"]], reached=given["reached"],
            age_groups=given.get("age_groups", ()), areas=given.get("areas", ()),
        )  # fmt: skip


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """The list, who else reaches the same customers, and the form that names others."""
    plan, person = found(request, campaign_plan_id), who(request)
    may = can_name_audience(person, plan)
    if request.method == "POST":
        require(may)
    form = AudienceForm(request.POST or None, request.FILES or None, by=person, plan=plan) if may else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            name_audience(plan=plan, named=form.named, by=person, at=timezone.now())
        except (AudienceUnclear, NotInPreparation) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Named. Below is who else reaches them on the same days."))
            return redirect("plans_audience", plan.pk)
    context = {
        "plan": plan, "title": _("Customers by name: %s") % plan.title, "form": form, "may": may,
        "listed": in_words(plan.listed) if plan.listed else "", "beside": _beside(plan, person),
        "may_drop": plan.listed and may,
    }  # fmt: skip
    wrong = form is not None and bool(form.errors)
    return render(request, "plans/audience.html", context, status=422 if wrong else 200)


@require_POST
def drop(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Name nobody any more."""
    plan = found(request, campaign_plan_id)
    require(can_change_plan(who(request), plan))
    tried(request, drop_audience, NotInPreparation, said=_("Nobody is named any more."), plan=plan)
    return redirect("plans_audience", plan.pk)


def _beside(plan: Plan, person: Person) -> list[dict[str, Any]]:
    """Campaigns of the same days with what they share; plans that the person does not see have no name."""
    rows = beside(plan)
    seen = set(
        plans_visible_to(person)
        .filter(pk__in=[one.plan for one, _shared in rows if one.plan])
        .values_list("pk", flat=True)
    )
    return [
        {
            "one": one, "shared": shared, "share": shared.both / shared.smaller if shared.smaller else None,
            "is_draft": one.campaign is None,
            "url": _address(one.plan if one.plan in seen else None, one.campaign),
            "is_seen": one.campaign is not None or one.plan in seen,
        }
        for one, shared in rows
    ]  # fmt: skip


def _address(plan: int | None, campaign: Campaign | None) -> str:
    if plan is not None:
        return reverse("plans_plan", args=[plan])
    return reverse("campaigns_campaign", args=[campaign.pk]) if campaign else ""
