from .job import Job
from .tick import Tick

__all__ = ["Job", "Tick"]
