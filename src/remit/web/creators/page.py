"""One endorser or creator: contracts, campaigns, and what these did."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from remit.org.models import Person
from remit.org.queries.today import today
from remit.planning.creator_rules import can_keep_creator, creators_visible_to, engagements_visible_to
from remit.planning.effect_rules import effects_visible_to
from remit.planning.enums import ContractStanding, Stage
from remit.planning.models import Creator, CreatorContract, EffectEstimate, Engagement
from remit.planning.queries.creators import hindrance_of, records_of, with_contracts
from remit.planning.rules import plans_carried_by, plans_visible_to

from ..campaigns import words
from ..who import who
from .forms import ContractForm, EndForm, EngagedForm, WithdrawForm
from .listing import account_of, tone_of


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody in one campaign. ``effect``: none where it is not measured or not for this reader."""

    row: Engagement
    hindrance: str
    effect: EffectEstimate | None
    total: str
    interval: str


@require_GET
def page(request: HttpRequest, creator_id: int) -> HttpResponse:
    """One of the register."""
    return show(request, found(request, creator_id))


def found(request: HttpRequest, creator_id: int) -> Creator:
    """The entry, if the person may see it."""
    rows = with_contracts(creators_visible_to(who(request)), today()).select_related("unit", "owner")
    row: Creator = get_object_or_404(rows.prefetch_related("contracts"), pk=creator_id)
    return row


def show(
    request: HttpRequest, creator: Any, withdrawn: WithdrawForm | None = None, **more: Any
) -> HttpResponse:
    """The page; 422 when a form comes back with errors."""
    person = who(request)
    records = records_of([creator], plans_visible_to(person), effects_visible_to(person))
    context = {
        "creator": creator, "account": account_of(creator), "tone": tone_of(creator.standing),
        "standing": ContractStanding(creator.standing).label, "contracts": _contracts(creator, withdrawn),
        "appearances": _appearances(creator, person), "record": records[creator.pk],
        "weekly": words.money(records[creator.pk].weekly, records[creator.pk].currency),
        "may_keep": bool(can_keep_creator(person, creator)), "may_engage": plans_carried_by(person).exists(),
        "filing": ContractForm(), "ending": EndForm(), "engaging": EngagedForm(by=person),
    }  # fmt: skip
    return render(request, "creators/creator.html", context | more, status=422 if more or withdrawn else 200)


def _contracts(
    creator: Creator, withdrawn: WithdrawForm | None
) -> list[tuple[CreatorContract, WithdrawForm]]:
    """Each version with its form of withdrawal; ``withdrawn``: the one that came back with errors."""
    rows = creator.contracts.select_related("file", "by").order_by("-ends_on", "-pk")
    back = {withdrawn.contract: withdrawn} if withdrawn is not None else {}
    return [(row, back.get(row.pk) or WithdrawForm(contract=row)) for row in rows]


def _appearances(creator: Creator, person: Person) -> list[Appearance]:
    """In the campaigns that the person sees, the newest first."""
    seen = engagements_visible_to(person).filter(creator=creator).select_related("plan__unit")
    rows = list(seen.order_by("-plan__starts_on", "-pk"))
    campaigns = [row.plan.campaign_id for row in rows if row.plan.campaign_id]
    measured = effects_visible_to(person).filter(campaign__in=campaigns)
    effects: dict[int | None, EffectEstimate] = {row.campaign_id: row for row in measured}
    return [_appearance(row, effects.get(row.plan.campaign_id), creator) for row in rows]


def _appearance(row: Engagement, effect: EffectEstimate | None, creator: Creator) -> Appearance:
    ended = row.plan.stage in (Stage.CLOSED, Stage.CANCELLED)
    return Appearance(
        row, "" if ended else hindrance_of(creator, row.plan), effect,
        words.money(effect.effect, effect.currency) if effect else "",
        words.interval(effect.effect_low, effect.effect_high, effect.currency) if effect else "",
    )  # fmt: skip
