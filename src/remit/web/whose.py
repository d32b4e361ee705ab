"""The filter of a list that leaves what is the reader's own."""

from django.utils.translation import gettext_lazy as _

from remit.org.models import Person

from .lists import Filter, Rows


def whose(person: Person, field: str = "owner") -> Filter:
    """``?whose=mine`` keeps the rows whose ``field``, a queryset look-up, is the person."""

    def narrowed(rows: Rows, _value: str) -> Rows:
        return rows.filter(**{field: person})  # type: ignore[union-attr]  # lists of objects do not use it

    return Filter("whose", _("Whose"), (("mine", _("Mine")),), apply=narrowed)
