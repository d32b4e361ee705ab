"""A refund of a reference is entered once, as an invoice is."""

from django.conf import settings
from django.db import migrations, models


def tell_apart(apps, schema_editor):
    """What was entered twice before keeps its amount, and says in its reference that it is the second."""
    entries = apps.get_model('planning', 'BudgetEntry').objects.using(schema_editor.connection.alias)
    seen = {}
    rows = entries.filter(amount__lt=0).exclude(reference='').order_by('pk')
    for entry in rows.iterator():
        key = (entry.line_id, entry.stage, entry.reference)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            entry.reference = f'{entry.reference[:70]} ({entry.pk})'
            entry.save(update_fields=['reference'])


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0014_goals_and_execution_are_rooms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='budgetentry',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), ('amount__lt', 0)), fields=('line', 'stage', 'reference'), name='one_refund_per_reference'),
        ),
    ]
