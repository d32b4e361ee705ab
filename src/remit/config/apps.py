from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "remit.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from remit.audit.reactions import register

        from .reactions import REACTIONS

        register(REACTIONS)
