from .event import Event
from .outbox import Delivery

__all__ = ["Delivery", "Event"]
