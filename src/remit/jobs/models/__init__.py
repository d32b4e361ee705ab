from .job import Job, JobState
from .tick import Tick
from .worker import Worker

__all__ = ["Job", "JobState", "Tick", "Worker"]
