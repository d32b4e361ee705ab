"""The only writers of this room."""

from .campaign import ensure_campaigns, load_campaigns, publish_campaigns

__all__ = ["ensure_campaigns", "load_campaigns", "publish_campaigns"]
