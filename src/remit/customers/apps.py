from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "remit.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from remit.lake.doors import Door, register

        from .actions import ensure_customers, load_customers, publish_customers

        register(Door("customers", load_customers, ensure_customers, publish_customers))
