"""Read running experiments, each day of data once."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.notices.actions import notify
from remit.org.models import Person
from remit.org.queries.today import company_day

from .. import events
from ..enums import Advice, ExperimentStage
from ..models import Experiment, Reading
from ..queries.definitions import whole
from ..queries.gathering import source_of
from ..queries.looking import Found, days_to_read, look_at, past_of, tables_of

SEVERAL = 2  # days from which on a copy of the rows is worth its making


class NothingToRead(ValueError):
    """No further day of its data is there."""


def read_running(*, at: datetime) -> int:
    """Read every running experiment up to the newest whole day of its data; return the days read."""
    return sum(
        _read(one, at, None) for one in whole(Experiment.objects.filter(stage=ExperimentStage.RUNNING))
    )


def read_now(*, experiment: Experiment, by: Person, at: datetime) -> int:
    """The same for one, because somebody asked; raise NothingToRead."""
    row = whole(Experiment.objects.filter(stage=ExperimentStage.RUNNING)).filter(pk=experiment.pk).first()
    days = _read(row, at, by) if row is not None else 0
    if not days:
        raise NothingToRead(_("There is no further whole day of data to read."))
    return days


def _read(experiment: Experiment, at: datetime, by: Person | None) -> int:
    """Days in their order, since each look counts those before it; facts are read outside transactions."""
    tables = tables_of(experiment)
    done = dict(experiment.readings.order_by("through_on").values_list("through_on", "fraction"))
    looks = list(
        experiment.readings.filter(is_look=True).order_by("through_on").values_list("fraction", flat=True)
    )
    with source_of(experiment.unit, tables) as source:
        known = source.last_day(tables)
        if known is None:
            return 0
        last = min(known, company_day(at) - timedelta(days=1))
        days = days_to_read(experiment, last, list(done))
        if len(days) > SEVERAL:
            source.keep(tables, past_of(experiment, days[-1]), days[-1])
        for day in days:
            found = look_at(source, experiment, day, looks)
            _keep(experiment, found, by, at, is_last=day == experiment.last_on)
            if found.values["is_look"]:
                looks.append(found.values["fraction"])
    _tell(experiment, days, at)
    return len(days)


@transaction.atomic
def _keep(experiment: Experiment, found: Found, by: Person | None, at: datetime, *, is_last: bool) -> None:
    """One row a day; another process that read the same day first leaves its row."""
    variant = experiment.variants.filter(code=found.variant).first() if found.variant else None
    try:
        with transaction.atomic():
            row = Reading.objects.create(
                experiment=experiment, variant=variant, made_at=at, made_by=by, **found.values
            )
    except IntegrityError:
        return
    fields = {
        "key": experiment.key, "through_on": row.through_on, "advice": row.advice, "because": row.because,
        "people": row.people,
    }  # fmt: skip
    record(events.EXPERIMENT_READ, experiment, by=by, at=at, fields=fields)
    if is_last:
        Experiment.objects.filter(pk=experiment.pk, stage=ExperimentStage.RUNNING).update(
            stage=ExperimentStage.READ
        )


def _tell(experiment: Experiment, days: list[date], at: datetime) -> None:
    """Its owner, when the rule asks for a decision."""
    newest = experiment.readings.order_by("-through_on").first()
    if not days or newest is None or newest.advice == Advice.WAIT:
        return
    notify(
        people=[experiment.owner], text=gettext_noop("An experiment waits for your decision: %(subject)s."),
        subject=experiment, key=f"experiment:{experiment.pk}:{newest.advice}:{newest.because}", at=at,
    )  # fmt: skip
