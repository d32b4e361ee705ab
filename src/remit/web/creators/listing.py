"""The register: whom we work with, until when, for which fee, and what their campaigns did."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from remit.org.models import Person
from remit.org.queries.today import today
from remit.planning.creator_rules import can_register_creators, creators_visible_to
from remit.planning.effect_rules import effects_visible_to
from remit.planning.enums import ContractStanding, CreatorKind, FeeBasis
from remit.planning.models import Creator
from remit.planning.queries.creators import records_of, with_contracts
from remit.planning.rules import plans_visible_to
from remit.planning.spending import CENT

from ..lists import Column, Filter, Listing
from ..templatetags.figures import say
from ..who import who
from ..whose import whose

TONES = {
    ContractStanding.RUNNING: "good", ContractStanding.EXPIRING: "warn", ContractStanding.COMING: "accent",
    ContractStanding.EXPIRED: "bad", ContractStanding.MISSING: "bad",
}  # fmt: skip


def tone_of(standing: str) -> str:
    """The colour of a standing."""
    return TONES.get(ContractStanding(standing), "")


def account_of(creator: Creator) -> str:
    """Where one finds them."""
    return " · ".join(filter(None, (creator.platform, creator.handle)))


COLUMNS = (
    Column(
        "name", gettext_lazy("Name"), sort="name", note=account_of,
        href=lambda row: reverse("creators_creator", args=[row.pk]),
    ),
    Column("kind", gettext_lazy("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
    Column("unit", gettext_lazy("Unit"), value=lambda row: say(row.unit)),
    Column("owner", gettext_lazy("Owner"), value=lambda row: say(row.owner), sort="owner__name"),
    Column(
        "standing", gettext_lazy("Contract"), kind="badge", sort="standing",
        value=lambda row: str(ContractStanding(row.standing).label), tone=lambda row: tone_of(row.standing),
    ),
    Column("until", gettext_lazy("Expires on"), kind="day", sort="until"),
    Column("since", gettext_lazy("Begins on"), kind="day", sort="since", optional=True),
    Column(
        "fee", gettext_lazy("Fee"), kind="money", sort="fee", currency=lambda row: row.currency or "",
        value=lambda row: None if row.fee is None else row.fee.quantize(CENT),
        note=lambda row: FeeBasis(row.basis).label if row.basis else "",
    ),
    Column("campaigns", gettext_lazy("Campaigns"), kind="number", value=lambda row: row.record.campaigns),
    Column(
        "measured", gettext_lazy("Measured"), kind="number", value=lambda row: row.record.measured,
        optional=True,
    ),
    Column(
        "weekly", gettext_lazy("Effect of a campaign, per household and week"), kind="money",
        value=lambda row: row.record.weekly, currency=lambda row: row.record.currency,
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Those whom the person sees; what expires first stands first."""
    person = who(request)
    rows = with_contracts(creators_visible_to(person), today()).select_related("unit", "owner")
    found = Listing(
        request, rows, COLUMNS, name="creators", search=("name", "platform", "handle", "owner__name"),
        filters=(
            Filter("kind", _("Kind"), CreatorKind.choices, field="kind"),
            Filter("standing", _("Contract"), ContractStanding.choices, field="standing"),
            whose(person),
        ),
        sort="until", prepare=_recorded(person),
    )  # fmt: skip
    context = {"listing": found, "may_add": bool(can_register_creators(person))}
    return found.export() or render(request, "creators/list.html", context)


def _recorded(person: Person) -> Any:
    def prepare(rows: list[Any]) -> None:
        records = records_of(rows, plans_visible_to(person), effects_visible_to(person))
        for row in rows:
            row.record = records[row.pk]

    return prepare
