"""A dispute becomes an experiment whose result decides (H5.1.2)."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from remit.execution.models import Conflict
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day

from ..enums import ActivityType, Audience, MetricRole, ReadingMode
from ..models import WHOLE, Experiment
from .experiment import VARIANTS_MOST, Given, add_experiment

PRIMARY, GUARDRAIL = "net_sales", "buyers"
DAYS, EFFECT = 14, Decimal("0.05")


def try_instead(
    *, conflict: Conflict, unit: Unit, title: str, note: str, by: Person, at: datetime
) -> Experiment:
    """Prepare an experiment between the ways out that were named, for its owner to complete before the start.

    ``unit``: the company; ``title`` and ``note``: the dispute in words. Everything else is a proposal.
    """
    options = [one.text for one in conflict.options.order_by("pk")[:VARIANTS_MOST]]
    if len(options) < 2:
        options = [*(options or [_("As it is now")]), _("The other way")][:2]
    taken = Experiment.objects.filter(dispute=conflict).count()
    return add_experiment(
        unit=unit, key=f"dispute-{conflict.pk}" + (f"-{taken + 1}" if taken else ""), layer=None,
        variants=[Given(f"way-{n}", text[:120], 1) for n, text in enumerate(options, 1)],
        metrics={PRIMARY: MetricRole.PRIMARY, GUARDRAIL: MetricRole.GUARDRAIL},
        dispute=conflict, title=title[:160],
        hypothesis=_("“%(other)s” brings more than “%(one)s”.") % {"one": options[0], "other": options[1]},
        pain_point=(note or title)[:600], owner=by, kind=ActivityType.OTHER, audience=Audience.EVERYBODY,
        start=0, end=WHOLE, conditions=[], starts_on=company_day(at) + timedelta(days=1), days=DAYS,
        extra_days=DAYS, mode=ReadingMode.DAILY, planned_effect=EFFECT, uses_past=True, cap=None, by=by,
        at=at,
    )  # fmt: skip
