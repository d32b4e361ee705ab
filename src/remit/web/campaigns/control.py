"""A campaign's control group: hold a share out, hand out whom to reach, say what the group shows."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from remit.learning.actions.control_group import LEAST, MOST, CannotHoldOut, control_group_of, hold_out
from remit.learning.queries.reaching import brought_by, whom_to_reach
from remit.learning.rules import can_hold_out, experiments_visible_to
from remit.org.models import Person
from remit.org.queries.today import today
from remit.planning.models import Campaign
from remit.planning.queries.audiences import codes_for
from remit.planning.rules import campaigns_visible_to

from ..figures.exporting import CSV_TYPE
from ..forms import Beside
from ..requiring import require
from ..who import who

HUNDRED = Decimal(100)
FILE_BYTES_MAX = 20_000_000


class HoldOutForm(Beside):
    """How many are not reached, and of whom."""

    share = forms.DecimalField(
        label=gettext_lazy("Held out (%)"), min_value=LEAST / HUNDRED, max_value=MOST / HUNDRED,
        decimal_places=2, initial=10,
    )  # fmt: skip
    audience = forms.FileField(
        label=gettext_lazy("Audience"), required=False,
        help_text=gettext_lazy(
            "Text, one customer's code a line, at most 20 MB. None: whom the plan names, else every customer."
        ),
    )  # fmt: skip

    def clean_audience(self) -> list[str] | None:
        file = self.cleaned_data["audience"]
        if file is None:
            return None
        if file.size > FILE_BYTES_MAX:
            raise forms.ValidationError(_("The file is larger than 20 MB: send it in parts."))
        try:
            return file.read().decode("utf-8-sig").splitlines()
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("The file is not in UTF-8. Save it as CSV UTF-8 and send it again.")
            ) from None


def control_of(campaign: Campaign, person: Person) -> dict[str, Any]:
    """What the template shows, as far as the person may see it."""
    row = control_group_of(campaign)
    seen = row is not None and experiments_visible_to(person).filter(pk=row.pk).exists()
    may = row is None and bool(can_hold_out(person, campaign))
    comes = campaign.starts_on is not None and campaign.starts_on > today()
    return {
        "control_group": row if seen else None, "brought": brought_by(row) if row and seen else None,
        "holding": HoldOutForm() if may and comes else None, "may_hand_out": seen,
    }  # fmt: skip


@require_POST
def hold(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Draw who is not reached."""
    person, campaign = who(request), _found(request, campaign_id)
    require(can_hold_out(person, campaign))
    form = HoldOutForm(request.POST, request.FILES)
    if form.is_valid():
        share, audience = int(form.cleaned_data["share"] * HUNDRED), form.cleaned_data["audience"]
        audience = codes_for(campaign) if audience is None else audience
        try:
            hold_out(campaign=campaign, share=share, audience=audience, by=person, at=timezone.now())
        except CannotHoldOut as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("Drawn. Reach only those of the list; the effect is read at the end.")
            )
    else:
        messages.error(request, " ".join(str(text) for errors in form.errors.values() for text in errors))
    return redirect("campaigns_campaign", campaign.pk)


@require_GET
def audience(request: HttpRequest, campaign_id: int) -> HttpResponse | StreamingHttpResponse:
    """Whom to reach, as CSV: everybody of the audience who is not held out."""
    campaign = _found(request, campaign_id)
    row = control_group_of(campaign)
    experiment = get_object_or_404(experiments_visible_to(who(request)), pk=row.pk if row else 0)
    answer = StreamingHttpResponse(_lines(whom_to_reach(experiment)), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="reach-{campaign.pk}.csv"'
    return answer


def _lines(codes: Iterator[str]) -> Iterator[str]:
    """A code that a spreadsheet would take for a formula is quoted as text."""
    yield "customer\r\n"
    for code in codes:
        shown = "'" + code if code[:1] in "=+-@\t\r" else code
        quoted = '"' + shown.replace('"', '""') + '"' if any(mark in shown for mark in ',"\r\n') else shown
        yield f"{quoted}\r\n"


def _found(request: HttpRequest, campaign_id: int) -> Campaign:
    rows = campaigns_visible_to(who(request)).select_related("unit", "plan")
    return get_object_or_404(rows, pk=campaign_id)
