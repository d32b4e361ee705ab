"""Goals went to the room below, the work that carries campaigns out to the room above: tables, not rows, move.

A table that is renamed keeps rows, keys to it, indexes, constraints; its room is all that changes. The tables
of ``execution`` are taken over by its own first migration, so that this room does not know that one.
"""

import django.db.models.deletion
from django.db import migrations, models

from remit.planning.moving_tables import move_tables

GOALS = ('strategy', 'source', 'goal', 'manualreading')
TABLES = (*GOALS, 'goal_partners')
WORK = (
    'checkitem', 'dependency', 'taskfile', 'slip', 'fallbacktask', 'riskreview', 'risk', 'task',
    'conflictoption', 'conflict', 'cooperationfile', 'feasibilityanswer', 'cooperation',
    'materialneed', 'material', 'report', 'plantemplate',
)  # those that point at others first


def hand_over(apps, schema_editor):
    move_tables(schema_editor, {f'planning_{table}': f'goals_{table}' for table in TABLES})


def take_back(apps, schema_editor):
    move_tables(schema_editor, {f'goals_{table}': f'planning_{table}' for table in TABLES})


def relabel(apps, using, was, now):
    """The kinds of things that permissions name; one that was made for the new room already yields."""
    kinds = apps.get_model('contenttypes', 'ContentType').objects.using(using)
    for kind in kinds.filter(app_label=was, model__in=GOALS):
        kinds.filter(app_label=now, model=kind.model).delete()
        kind.app_label = now
        kind.save(update_fields=['app_label'])


def to_goals(apps, schema_editor):
    relabel(apps, schema_editor.connection.alias, 'planning', 'goals')


def from_goals(apps, schema_editor):
    relabel(apps, schema_editor.connection.alias, 'goals', 'planning')


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('goals', '0001_initial'),
        ('planning', '0013_to_the_cent'),
    ]
    run_before = [('goals', '0002_the_tables_are_here')]

    operations = [
        migrations.RunPython(hand_over, take_back, elidable=True),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='planobjective',
                    name='goal',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='goals.goal'),
                ),
                migrations.DeleteModel(name='ManualReading'),
                migrations.DeleteModel(name='Goal'),
                migrations.DeleteModel(name='Source'),
                migrations.DeleteModel(name='Strategy'),
                *(migrations.DeleteModel(name=name) for name in WORK),
            ],
        ),
        migrations.RunPython(to_goals, from_goals, elidable=True),
    ]
