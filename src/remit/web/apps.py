from importlib import import_module

from django.apps import AppConfig

# Folders that resolve references or add to the palette when they are loaded.
REGISTERING = (
    "org.refs",
    "files.refs",
    "imports.refs",
    "experiments.refs",
    "diagnoses.refs",
    "pilots.refs",
    "collection.refs",
    "figures.refs",
    "campaigns.refs",
    "channels.refs",
    "customers.refs",
    "products.refs",
    "duties.refs",
    "approvals.refs",
    "budgets.refs",
    "goals.refs",
    "plans.refs",
    "campaign_tasks.refs",
    "risks.refs",
    "conflicts.refs",
    "materials.refs",
    "cooperation.refs",
    "creators.refs",
    "meetings.refs",
    "reports.refs",
    "screening.refs",
    "figures.finding",
    "org.finding",
)


class WebConfig(AppConfig):
    name = "remit.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself, and tell the notices who knows titles and addresses."""
        from remit.notices.subjects import register_resolver

        from .refs import resolve

        for module in REGISTERING:
            import_module(f"remit.web.{module}")
        register_resolver(resolve)
