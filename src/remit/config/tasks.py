"""Housekeeping of what belongs to no room."""

from django.core.management import call_command
from django.tasks import task


@task()
def forget_sessions() -> None:
    """Delete the sessions that have expired."""
    call_command("clearsessions", verbosity=0)
