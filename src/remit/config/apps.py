from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "remit.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from remit.audit import reactions
        from remit.governance import kinds

        from .reactions import REACTIONS
        from .requests import REQUESTS

        reactions.register(REACTIONS)
        kinds.register(REQUESTS)
        autodiscover_modules("events")  # every kind of event is known from the start
