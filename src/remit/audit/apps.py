from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "remit.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import guard

        # Django's own hook, not a signal of our rooms: nothing else runs after every migration.
        post_migrate.connect(guard.reinstall_after_migrating, sender=self, dispatch_uid="audit-guard")
