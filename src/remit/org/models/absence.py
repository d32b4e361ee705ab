"""Who is away, and who acts for them meanwhile."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import AbsenceKind
from .assignment import Assignment
from .person import Person


class Absence(models.Model):
    """A person is away from a day to a day, both included."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    kind = models.CharField(_("kind"), max_length=10, choices=AbsenceKind, default=AbsenceKind.LEAVE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="absence_by_end")]


class Delegation(models.Model):
    """``delegate`` acts for ``person`` on the days on which that person is absent.

    Of one ``assignment``, or, without one, of all that no delegation of its own covers. It gives duties,
    never sight of figures: what a person may see follows from their own assignments only. One that the person
    made goes before those ``by_other``, which are always of one assignment.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="delegations")
    delegate = models.ForeignKey(Person, models.CASCADE, related_name="+")
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    by_other = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delegation_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="nobody_is_their_own_delegate", condition=~Q(person=F("delegate"))),
        ]
