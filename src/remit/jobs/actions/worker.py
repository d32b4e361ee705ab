"""Workers sign on, beat and sign off."""

from datetime import datetime

from ..models import Worker


def sign_on(*, name: str, host: str, pid: int, queues: str, at: datetime) -> Worker:
    """A worker process begins; ``name`` is unique among all workers, ever."""
    return Worker.objects.create(name=name, host=host, pid=pid, queues=queues, began_at=at, beat_at=at)


def beat(*, name: str, at: datetime) -> None:
    """The worker lives."""
    Worker.objects.filter(name=name).update(beat_at=at)


def sign_off(*, name: str) -> None:
    """The worker ended in good order."""
    Worker.objects.filter(name=name).delete()
