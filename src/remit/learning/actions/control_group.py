"""Hold a share of a campaign's audience out, so that its effect is read and not estimated (H6.2.3)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.kernels.experiments.assigning import assign
from remit.org.models import Person
from remit.org.queries.today import company_day
from remit.planning.models import Campaign

from ..enums import ActivityType, Audience, ExperimentStage, MetricRole, ReadingMode
from ..models import WHOLE, Enrolment, Experiment
from ..queries.definitions import definition_of, whole
from .enrolment import FILE_ROWS_MOST
from .experiment import DAYS_MOST, ExperimentUnclear, Given, add_experiment, start_experiment

HELD, REACHED = "held-out", "reached"
LEAST, MOST = 100, 5_000  # ten-thousandths
METRICS = {
    "net_sales": MetricRole.PRIMARY, "buyers": MetricRole.SECONDARY, "baskets": MetricRole.SECONDARY,
}  # fmt: skip
EFFECT = Decimal("0.05")


class CannotHoldOut(ValueError):
    """The campaign or the audience does not allow it; the message says why."""


@transaction.atomic
def hold_out(
    *,
    campaign: Campaign,
    share: int,
    by: Person,
    at: datetime,
    audience: Sequence[str] | None = None,
    salt: str = "",
) -> Experiment:
    """Draw who is not reached, before the campaign begins; ``share`` in ten-thousandths.

    ``audience``: codes of the customer list; none: every customer. What is read stands at once: net sales per
    customer over the days of the campaign, once, at its end. ``salt``: none is drawn where one is given.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    days = _days_of(campaign, at)
    if not LEAST <= share <= MOST:
        raise CannotHoldOut(_("Hold out at least 1 % and at most 50 % of the audience."))
    if control_group_of(campaign) is not None:
        raise CannotHoldOut(_("This campaign has a control group already."))
    values: dict[str, Any] = {
        "kind": ActivityType.PROMOTION, "start": 0, "end": WHOLE, "conditions": [],
        "starts_on": campaign.starts_on, "days": days, "extra_days": 0, "mode": ReadingMode.AT_END,
        "planned_effect": EFFECT, "uses_past": True, "cap": None, "owner": by,
        "audience": Audience.EVERYBODY if audience is None else Audience.FILE,
    }  # fmt: skip
    try:
        row = add_experiment(
            unit=campaign.unit, key=_key(campaign), layer=None, campaign=campaign, salt=salt,
            variants=[Given(HELD, _("Not reached"), share), Given(REACHED, _("Reached"), WHOLE - share)],
            metrics=METRICS, title=_("Control group of “%s”") % campaign,
            hypothesis=_("Whoever the campaign reaches buys more than whoever it does not."),
            pain_point=_("Without people held out, nobody knows what would have been bought anyway."), by=by,
            at=at, **values,
        )  # fmt: skip
        started = start_experiment(experiment=row, by=by, at=at)
    except ExperimentUnclear as error:
        raise CannotHoldOut(str(error)) from None
    if audience is not None:
        _draw(started, audience)
    return started


def control_group_of(campaign: Campaign) -> Experiment | None:
    """The campaign's control group, unless it was given up."""
    return Experiment.objects.filter(campaign=campaign).exclude(stage=ExperimentStage.CANCELLED).first()


def _key(campaign: Campaign) -> str:
    """One of its own also after another was given up."""
    given_up = Experiment.objects.filter(campaign=campaign).count()
    return f"campaign-{campaign.pk}" + (f"-{given_up + 1}" if given_up else "")


def _days_of(campaign: Campaign, at: datetime) -> int:
    if campaign.starts_on is None or campaign.ends_on is None:
        raise CannotHoldOut(_("Nobody has said when the campaign begins and ends."))
    if campaign.starts_on <= company_day(at):
        raise CannotHoldOut(_("It has begun: people are held out before, or the comparison is not fair."))
    days = (campaign.ends_on - campaign.starts_on).days + 1
    if not 3 <= days <= DAYS_MOST:
        raise CannotHoldOut(_("A control group is read over 3 to %d days.") % DAYS_MOST)
    return days


def _draw(experiment: Experiment, audience: Sequence[str]) -> None:
    """Enrol the audience, each as the hash says."""
    codes = list(dict.fromkeys(code.strip() for code in audience if code.strip()))
    if not codes or len(codes) > FILE_ROWS_MOST or max(map(len, codes)) > 80:
        raise CannotHoldOut(
            _("An audience names one to %d customers by their codes, one a line.") % FILE_ROWS_MOST
        )
    definition = definition_of(whole(Experiment.objects.all()).get(pk=experiment.pk))
    variants = {one.code: one for one in experiment.variants.all()}
    day = experiment.starts_on
    rows = []
    for code in codes:
        drawn = assign(definition, code).variant
        assert drawn is not None  # the whole of a layer of its own, without conditions
        rows.append(Enrolment(experiment=experiment, person=code, variant=variants[drawn], entered_on=day))
    Enrolment.objects.bulk_create(rows, batch_size=5_000)
