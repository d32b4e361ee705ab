"""The only writers of this room."""

from .draining import drain_inbox
from .forgetting import forget_seen
from .taking import take_batch
from .write_key import change_key, disable_key, make_key

__all__ = ["change_key", "disable_key", "drain_inbox", "forget_seen", "make_key", "take_batch"]
