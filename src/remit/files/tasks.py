"""Files whose time is over."""

from django.tasks import task
from django.utils import timezone

from .actions import expire_files


@task()
def let_go() -> int:
    """Mark expired files as gone and remove content that nothing needs; return how many expired."""
    return expire_files(at=timezone.now())
