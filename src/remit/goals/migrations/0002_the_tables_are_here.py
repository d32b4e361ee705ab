"""A mark in the row: whoever made the tables, from here on they are there. Later migrations stand on this one."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('goals', '0001_initial')]

    operations = []
