from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "remit.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from remit.lake.doors import Door, register
        from remit.org.scopes import register_outlets

        from .actions import ensure_outlets, load_outlets, publish_outlets
        from .queries.scopes import outlet_ids_of

        register(Door("outlets", load_outlets, ensure_outlets, publish_outlets))
        register_outlets(outlet_ids_of)
