"""What waits to be mailed, or stands in a letter, becomes a dispatch by e-mail."""

from django.db import migrations
from django.db.models.functions import Coalesce


def put_on_their_way(apps, schema_editor):
    Notice, Dispatch = apps.get_model("notices", "Notice"), apps.get_model("notices", "Dispatch")
    due = Notice.objects.annotate(when=Coalesce("mail_due_at", "letter__due_at")).exclude(when=None)
    rows = due.order_by("pk").values_list("pk", "when", "letter").iterator(chunk_size=1_000)
    batch = []
    for notice, when, letter in rows:
        batch.append(Dispatch(notice_id=notice, way="mail", due_at=when, letter_id=letter))
        if len(batch) == 1_000:
            Dispatch.objects.bulk_create(batch)
            batch = []
    Dispatch.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_robots")]

    operations = [
        migrations.RunPython(put_on_their_way, migrations.RunPython.noop, elidable=True),
        migrations.RemoveIndex(model_name="notice", name="notice_to_mail"),
        migrations.RemoveField(model_name="notice", name="letter"),
        migrations.RemoveField(model_name="notice", name="mail_due_at"),
    ]
