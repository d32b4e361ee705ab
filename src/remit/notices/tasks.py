"""Sending in the background."""

from dataclasses import asdict

from django.tasks import task
from django.utils import timezone

from .actions import send_due


@task()
def send_letters() -> dict[str, int]:
    """Send the e-mails and robot messages that are due."""
    return asdict(send_due(at=timezone.now(), clock=timezone.now))
