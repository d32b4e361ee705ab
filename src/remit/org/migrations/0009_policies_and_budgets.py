from django.db import migrations

GIVEN = {
    "manage_policies": ("marketing_director", "administrator"),
    "keep_budgets": ("marketing_director", "finance_director", "administrator"),
}


def give(apps, schema_editor):
    """Shipped positions of an installation that is older than the abilities get them too."""
    positions = apps.get_model("org", "Position").objects
    for ability, holders in GIVEN.items():
        for position in positions.filter(code__in=holders):
            if ability not in position.abilities:
                position.abilities = [*position.abilities, ability]
                position.save(update_fields=["abilities"])


class Migration(migrations.Migration):
    dependencies = [("org", "0008_growth")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop, elidable=True)]
