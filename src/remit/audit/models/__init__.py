from .event import Event
from .head import Head
from .outbox import Delivery
from .personal import PersonalValue

__all__ = ["Delivery", "Event", "Head", "PersonalValue"]
