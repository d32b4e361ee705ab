from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "remit.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from remit.audit import reactions
        from remit.governance import kinds

        from .reactions import REACTIONS
        from .requests import REQUESTS

        reactions.register(REACTIONS)
        kinds.register(REQUESTS)
