from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "remit.products"
    label = "products"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from remit.lake.doors import Door, register

        from .actions import ensure_products, load_products, publish_products

        register(Door("products", load_products, ensure_products, publish_products))
