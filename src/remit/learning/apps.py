from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "remit.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from remit.execution import known_audiences

        from .queries.reaching import planned_audiences

        known_audiences.register("control groups", planned_audiences)
