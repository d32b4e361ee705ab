"""Who edited it is kept: they sign nothing of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0015_refunds_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='edited_by',
            field=models.JSONField(default=list),
        ),
    ]
