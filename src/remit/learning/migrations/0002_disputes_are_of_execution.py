"""A dispute is a conflict of the room execution now; the column and its key stay as they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('execution', '0001_initial'),
        ('learning', '0001_initial'),
    ]
    run_before = [('planning', '0015_conflicts_are_of_execution')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='experiment',
                    name='dispute',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='execution.conflict'),
                ),
            ],
        ),
    ]
