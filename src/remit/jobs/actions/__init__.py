from .job import JobStopped, fail, finish, progress, queue_job, reap_jobs, start_job
from .task import Permanent, retry_failed, revive_abandoned
from .tick import call_deliverer, tick
from .tidying import forget_old
from .worker import beat, sign_off, sign_on

__all__ = [
    "JobStopped",
    "Permanent",
    "beat",
    "call_deliverer",
    "fail",
    "finish",
    "forget_old",
    "progress",
    "queue_job",
    "reap_jobs",
    "retry_failed",
    "revive_abandoned",
    "sign_off",
    "sign_on",
    "start_job",
    "tick",
]
