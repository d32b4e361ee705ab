from django.db import migrations

HOLDERS = ("marketing_director", "administrator")


def give(apps, schema_editor):
    """Shipped positions of an installation that is older than the ability get it too."""
    for position in apps.get_model("org", "Position").objects.filter(code__in=HOLDERS):
        if "manage_duties" not in position.abilities:
            position.abilities = [*position.abilities, "manage_duties"]
            position.save(update_fields=["abilities"])


class Migration(migrations.Migration):
    dependencies = [("org", "0006_over_time")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop, elidable=True)]
