"""Views of lists that a person named, to come back to."""

from django.db import models

from .person import Person


class ListView(models.Model):
    """``list_name``: which list. ``query``: its search, filters, sort, columns and size, as in an address."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="list_views")
    list_name = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "list_name", "title", name="list_view_once_per_title"),
        ]
