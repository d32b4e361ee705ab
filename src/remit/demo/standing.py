"""Whether the demonstration stands: asked once, before what loads it is even imported.

What was loaded, and from what, is kept in a file beside the prepared sources. The rows themselves are asked
of the database, so that another database, an import that was undone or a list that was emptied is noticed.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db.models import Exists, Model, Q

import remit
from remit.collection.models import WriteKey
from remit.duties.models import Charge
from remit.goals.models import Goal, Strategy
from remit.governance.models import ContentItem, Meeting, MeetingSeries, OwnWords
from remit.lake.enums import ImportState
from remit.lake.models import Import
from remit.learning.models import Diagnosis, Experiment, Pilot
from remit.metrics.models import Alert, Target
from remit.org.models import (
    Absence,
    Mentoring,
    NewcomerPlan,
    Person,
    Project,
    Secondment,
    SkillLevel,
    Successor,
    Unit,
)
from remit.planning.models import Budget, Plan

from . import cast
from .sources import clickstream_file, journey_file, tafeng_archive

NAME = "loaded.json"
READ = (".py", ".yaml", ".csv", ".md", ".json")
# Of each group there is at least one row: where all are gone, its part is set up again.
GROUPS: tuple[tuple[type[Model], ...], ...] = (
    (SkillLevel,), (NewcomerPlan, Mentoring), (Successor,), (Target,), (Alert,), (Charge,), (Project,),
    (Secondment,), (Absence,), (Strategy, Goal), (Plan, Budget), (Meeting, MeetingSeries),
    (ContentItem, OwnWords), (Experiment,), (Diagnosis,), (Pilot,), (WriteKey,),
)  # fmt: skip


def stands(folder: Path, steps: Iterable[str]) -> bool:
    """Whether all that these steps and the set-up beside them make is there, made by this very program."""
    path = folder / NAME
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        imports = {name: int(kept["imports"][name]) for name in steps}
        if kept["program"] != program():
            return False
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
    ):  # never loaded, or unreadable: written anew
        return False
    there = [Q(Exists(Unit.objects.filter(code=one.code))) for one in cast.UNITS]
    there += [Q(Exists(Person.objects.filter(email=one.email))) for one in cast.PEOPLE]
    there += [Q(Exists(Import.objects.filter(pk=pk, state=ImportState.DONE))) for pk in imports.values()]
    for group in GROUPS:
        there.append(_any(group))
    return Person.objects.filter(*there, email=cast.ADMINISTRATOR).exists()


def remember(folder: Path, imports: dict[str, int]) -> None:
    """Write down that everything was loaded just now; ``imports`` by the name of their step."""
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / f"{NAME}.half"
    half.write_text(json.dumps({"program": program(), "imports": imports}), encoding="utf-8")
    half.replace(folder / NAME)


def program() -> str:
    """A fingerprint of the program and of its sources: names, sizes and times."""
    root = Path(remit.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.suffix in READ)
    files += [journey_file("transactions"), clickstream_file(), tafeng_archive()]
    found = hashlib.sha256()
    for path in files:
        state = path.stat()
        found.update(f"{path}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _any(group: Sequence[type[Model]]) -> Q:
    found = Q()
    for model in group:
        found |= Q(Exists(model._default_manager.all()))
    return found
