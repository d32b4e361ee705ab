from .preferences import preference_of, wishes_of
from .saying import Said, said, unread_count

__all__ = ["Said", "preference_of", "said", "unread_count", "wishes_of"]
