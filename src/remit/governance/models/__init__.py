from .agenda import AgendaItem, MeetingAction, Objection, Vote
from .content_item import ContentFinding, ContentItem
from .meeting import Meeting, MeetingFeed, MeetingSeries
from .own_words import OwnWords
from .paper import Paper
from .policy import Policy, PolicyVersion
from .request import Content, Request, Round
from .step import Part, Signature, Step

__all__ = [
    "AgendaItem", "Content", "ContentFinding", "ContentItem", "Meeting", "MeetingAction", "MeetingFeed",
    "MeetingSeries", "Objection", "OwnWords", "Paper", "Part", "Policy", "PolicyVersion", "Request", "Round",
    "Signature", "Step", "Vote",
]  # fmt: skip
