from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "remit.lake"
    label = "lake"
    default_auto_field = "django.db.models.BigAutoField"
