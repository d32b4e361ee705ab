from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "remit.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from remit.goals import serving
        from remit.lake.doors import Door, register

        from .actions import ensure_campaigns, load_campaigns, publish_campaigns
        from .queries.objectives import goals_served

        serving.register(goals_served)
        register(Door("campaigns", load_campaigns, ensure_campaigns, publish_campaigns))
