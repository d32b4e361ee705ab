"""The only writers of this room."""

from .customer import ensure_customers, load_customers, publish_customers
from .identity import follow_events, publish_links, restore_claim, settle_conflict, withdraw_claim

__all__ = [
    "ensure_customers",
    "follow_events",
    "load_customers",
    "publish_customers",
    "publish_links",
    "restore_claim",
    "settle_conflict",
    "withdraw_claim",
]
