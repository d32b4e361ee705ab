from .drain import Drain
from .inbox import Batch
from .seen import Seen
from .use import Use
from .write_key import WriteKey

__all__ = ["Batch", "Drain", "Seen", "Use", "WriteKey"]
