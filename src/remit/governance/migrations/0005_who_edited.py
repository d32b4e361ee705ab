"""Who edited it is kept: they sign nothing of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0004_action_things'),
    ]

    operations = [
        migrations.AddField(
            model_name='contentitem',
            name='edited_by',
            field=models.JSONField(default=list),
        ),
    ]
