"""The only writers of this room."""

from .product import ensure_products, load_products, publish_products

__all__ = ["ensure_products", "load_products", "publish_products"]
