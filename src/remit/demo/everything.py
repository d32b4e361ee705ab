"""Everything that the demonstration is made of, in order; a line each, also for what is there already."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from time import monotonic

from rich.console import Console

from remit.duties.actions.publication import publish_duties
from remit.execution.actions.conflict import find_conflicts
from remit.metrics.actions import look_at_alerts
from remit.org.models import Person
from remit.planning.actions.effect import measure_campaigns
from remit.web.reports.keeping import make_and_keep

from . import cast
from .actions.arrangements import set_up_arrangements
from .actions.campaigns import set_up_campaigns
from .actions.contents import set_up_contents
from .actions.diagnoses import set_up_diagnoses
from .actions.duties import live_the_past, set_up_duties
from .actions.experiments import set_up_experiments
from .actions.goals import set_up_goals
from .actions.growth import set_up_growth
from .actions.loading import load_step
from .actions.meetings import set_up_meetings
from .actions.organisation import set_up_organisation
from .actions.pilots import set_up_pilots
from .actions.shop import set_up_shop
from .actions.watching import set_up_watching
from .steps import AFTER, BEFORE, Step, say

type Part = Callable[[datetime], str]


def load(
    *, steps: Iterable[Step], folder: Path, console: Console, clock: Callable[[], datetime]
) -> dict[str, int]:
    """Load what is missing; return the imports by the name of their step.

    Raise StepFailed, SourceMissing, AlreadyRunning: then what was loaded so far stays.
    """
    _set_up(BEFORE, (_organisation, _growth), console, clock)
    by = Person.objects.get(email=cast.ADMINISTRATOR)
    imports = {step.name: _imported(step, folder, by, console, clock) for step in steps}
    _set_up(AFTER, SET_UP_AFTER, console, clock)
    return imports


def _set_up(
    titles: Sequence[str], parts: Sequence[Part], console: Console, clock: Callable[[], datetime]
) -> None:
    for title, part in zip(titles, parts, strict=True):
        with console.status(f"{title} …"):
            said = part(clock())
        say(console, title, said)


def _imported(step: Step, folder: Path, by: Person, console: Console, clock: Callable[[], datetime]) -> int:
    began = monotonic()
    with console.status(f"{step.title} …") as status:
        done, fresh = load_step(
            step=step, folder=folder, by=by, clock=clock,
            report=lambda word, _done: status.update(f"{step.title}: {word} …"),
        )  # fmt: skip
    say(console, step.title, f"{done.read:,} rows, {monotonic() - began:.1f} s" if fresh else "")
    return done.pk


def _organisation(at: datetime) -> str:
    return _added(set_up_organisation(at=at))


def _growth(at: datetime) -> str:
    return _added(set_up_growth(at=at))


def _watching(at: datetime) -> str:
    added = set_up_watching(at=at)
    if added:
        look_at_alerts(at=at)  # what the clock does later: the first page shows them
    return _added(added)


def _duties(at: datetime) -> str:
    began = monotonic()
    charges = set_up_duties(at=at)
    if not charges:
        return ""
    lived = live_the_past(at=at)
    return f"{charges} charges, {lived} delivered in the past, {monotonic() - began:.1f} s"


def _arrangements(at: datetime) -> str:
    """After the past, which nobody missed."""
    added = set_up_arrangements(at=at)
    if added:
        publish_duties(at=at)
    return _added(added)


def _goals(at: datetime) -> str:
    return _added(set_up_goals(at=at), "goals added")


def _campaigns(at: datetime) -> str:
    return _added(set_up_campaigns(at=at))


def _effects(at: datetime) -> str:
    began = monotonic()
    measured = measure_campaigns(at=at)
    return f"{measured} measured, {monotonic() - began:.1f} s" if measured else ""


def _conflicts(at: datetime) -> str:
    return _added(find_conflicts(at=at)["new"], "found")


def _experiments(at: datetime) -> str:
    began = monotonic()
    added = set_up_experiments(at=at)
    return f"{added} added, one read to its end, {monotonic() - began:.1f} s" if added else ""


def _diagnoses(at: datetime) -> str:
    began = monotonic()
    added = set_up_diagnoses(at=at)
    return f"{added} added, one concluded, {monotonic() - began:.1f} s" if added else ""


def _pilots(at: datetime) -> str:
    began = monotonic()
    added = set_up_pilots(at=at)
    return f"{added} added, one read to its end, {monotonic() - began:.1f} s" if added else ""


def _shop(at: datetime) -> str:
    return _added(set_up_shop(at=at), "key added")


def _meetings(at: datetime) -> str:
    return _added(set_up_meetings(at=at))


def _contents(at: datetime) -> str:
    return _added(set_up_contents(at=at), "texts added")


def _reports(at: datetime) -> str:
    told = make_and_keep(at=at)
    return f"{told['made']} made, {told['kept']} as documents" if told["made"] else ""


SET_UP_AFTER: tuple[Part, ...] = (
    _watching, _duties, _arrangements, _goals, _campaigns, _effects, _conflicts, _experiments,
    _diagnoses, _pilots, _shop, _meetings, _contents, _reports,
)  # fmt: skip


def _added(count: int, words: str = "added") -> str:
    return f"{count} {words}" if count else ""
