from .agenda import AgendaItem, MeetingAction, Objection, Vote
from .meeting import Meeting, MeetingFeed, MeetingSeries
from .paper import Paper
from .policy import Policy, PolicyVersion
from .request import Content, Request, Round
from .step import Part, Signature, Step

__all__ = [
    "AgendaItem", "Content", "Meeting", "MeetingAction", "MeetingFeed", "MeetingSeries", "Objection", "Paper",
    "Part", "Policy", "PolicyVersion", "Request", "Round", "Signature", "Step", "Vote",
]  # fmt: skip
