from .letter import Letter
from .notice import Notice
from .preference import Preference

__all__ = ["Letter", "Notice", "Preference"]
