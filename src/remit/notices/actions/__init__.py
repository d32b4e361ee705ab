"""Telling people."""

from .letter import send_due
from .notice import notify, read
from .preference import set_preference

__all__ = ["notify", "read", "send_due", "set_preference"]
