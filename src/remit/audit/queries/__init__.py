from .events import found, page, sentence_of
from .verification import Checked, verify

__all__ = ["Checked", "found", "page", "sentence_of", "verify"]
