"""Set the demonstration's experiments up: one read to its end on real sales, one in preparation."""

from datetime import datetime, timedelta

from django.db import transaction

from remit.lake.queries import the_lake
from remit.learning.actions.experiment import add_experiment, add_layer, foresee, start_experiment
from remit.learning.actions.reading import read_now
from remit.learning.models import Experiment
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day

from .. import cast
from .. import experiments as wanted


def set_up_experiments(*, at: datetime) -> int:
    """Return how many were added; none where somebody keeps experiments already, or without sales."""
    last = the_lake().snapshot("order_lines").last_day
    if Experiment.objects.exists() or last is None or last < wanted.SAME["starts_on"]:
        return 0
    unit = Unit.objects.get(code=wanted.UNIT)
    analyst = Person.objects.get(email=f"analyst@{cast.DOMAIN}")
    digital = Person.objects.get(email=f"digital@{cast.DOMAIN}")
    with transaction.atomic():
        layer = add_layer(unit=unit, title="會員優惠（示範）", holdout=500, by=digital, at=at)
        same = add_experiment(unit=unit, layer=None, owner=analyst, by=analyst, at=at, **wanted.SAME)
        coupon = add_experiment(
            unit=unit, layer=layer, owner=digital, by=digital, at=at,
            starts_on=company_day(at) + timedelta(days=14), **wanted.COUPON,
        )  # fmt: skip
        start_experiment(experiment=same, by=analyst, at=at)
    read_now(experiment=same, by=analyst, at=at)
    foresee(experiment=coupon, by=digital, at=at)
    return 2
