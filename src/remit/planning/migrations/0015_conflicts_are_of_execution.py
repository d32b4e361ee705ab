"""Conflicts leave last: rooms above that pointed at them have turned to execution by now."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('planning', '0014_goals_and_execution_are_rooms')]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name='Conflict')]),
    ]
