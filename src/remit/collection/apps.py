from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "remit.collection"
    label = "collection"
    default_auto_field = "django.db.models.BigAutoField"
