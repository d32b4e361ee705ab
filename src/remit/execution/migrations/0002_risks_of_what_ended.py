"""Risks of campaigns that have ended are watched no more."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def end(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """As closing and cancelling do from here on."""
    using = editor.connection.alias
    plans = apps.get_model("planning", "Plan").objects.using(using).filter(ended_at__isnull=False)
    ended = plans.filter(pk=OuterRef("plan")).values("ended_at")
    rows = apps.get_model("execution", "Risk").objects.using(using).filter(state="watched", plan__in=plans)
    rows.update(state="closed", closed_at=Subquery(ended[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('execution', '0001_initial'),
        ('planning', '0017_audience_lists'),
    ]

    operations = [
        migrations.RunPython(end, migrations.RunPython.noop),
    ]
