from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "remit.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from remit.files.rules import register_scopes

        from .rules import unit_refs_visible_to

        register_scopes(unit_refs_visible_to)
