from .charge import Charge, RaciRow
from .duty import Duty, DutyVersion, DutyWords
from .evidence import Evidence, Review, Sighting, Submission
from .feed import CalendarFeed, LastLook
from .gap import Gap
from .handover import Handover, HandoverStep
from .occurrence import Escalation, Occurrence, Waiver
from .proposal import Proposal
from .reading import Reading

__all__ = [
    "CalendarFeed",
    "Charge",
    "Duty",
    "DutyVersion",
    "DutyWords",
    "Escalation",
    "Evidence",
    "Gap",
    "Handover",
    "HandoverStep",
    "LastLook",
    "Occurrence",
    "Proposal",
    "RaciRow",
    "Reading",
    "Review",
    "Sighting",
    "Submission",
    "Waiver",
]
