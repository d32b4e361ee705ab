from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "remit.lake"
    label = "lake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .actions.organisation import load_rates_from, publish_rates
        from .doors import Door, register

        register(Door("rates", load=load_rates_from, publish=publish_rates))
