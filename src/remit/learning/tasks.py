"""What the clock looks at."""

from django.tasks import task
from django.utils import timezone

from .actions.decision import score_due
from .actions.reading import read_running
from .actions.remedy import read_remedies, tell_of_undone_remedies
from .actions.wave import read_waves


@task()
def read_experiments() -> dict[str, int]:
    """Read what runs up to the newest whole day or week; look at what was promised for today."""
    at = timezone.now()
    return {
        "days": read_running(at=at), "scored": score_due(at=at), "remedies": read_remedies(at=at),
        "told": tell_of_undone_remedies(at=at), "weeks": read_waves(at=at),
    }  # fmt: skip
