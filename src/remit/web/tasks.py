"""What the clock starts: pages that are made as documents."""

from django.tasks import task
from django.utils import timezone

from .reports.keeping import make_and_keep


@task()
def make_reports_today() -> dict[str, int]:
    """Make the reports that are due today, and keep them."""
    return make_and_keep(at=timezone.now())
