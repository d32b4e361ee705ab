from .paper import Paper
from .policy import Policy, PolicyVersion
from .request import Content, Request, Round
from .step import Part, Signature, Step

__all__ = ["Content", "Paper", "Part", "Policy", "PolicyVersion", "Request", "Round", "Signature", "Step"]
