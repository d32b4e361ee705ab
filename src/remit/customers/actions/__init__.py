"""The only writers of this room."""

from .customer import ensure_customers, load_customers, publish_customers

__all__ = ["ensure_customers", "load_customers", "publish_customers"]
