"""Money of a period, built from zero, and the ledger of what is asked for, ordered and invoiced (H4.2.2)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.core.money import MONEY
from remit.org.models import Person, Unit

from ..enums import Control, MoneyStage, ReleaseState
from .plan import Plan


class Budget(models.Model):
    """What a unit may spend in a period, in the currency of its books.

    ``allotted``: what its lines were granted together. ``on_request``, ``on_order``, ``on_invoice``: what
    happens where a stage goes beyond what a line has.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=120)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    currency = models.CharField(_("currency"), max_length=3)
    total = models.DecimalField(_("total"), **MONEY)
    allotted = models.DecimalField(_("granted to lines"), default=Decimal(0), **MONEY)
    on_request = models.CharField(_("on a request"), max_length=6, choices=Control, default=Control.WARN)
    on_order = models.CharField(_("on an order"), max_length=6, choices=Control, default=Control.STOP)
    on_invoice = models.CharField(_("on an invoice"), max_length=6, choices=Control, default=Control.STOP)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_budget_of_a_title", fields=["unit", "title", "starts_on"]
            ),
            models.CheckConstraint(
                name="budget_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="budget_grants_no_more_than_it_has",
                condition=Q(allotted__gte=0, allotted__lte=F("total")),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-starts_on"], name="budget_of_unit")]

    def __str__(self) -> str:
        return self.title


class BudgetLine(models.Model):
    """One need. Of what was ``granted``, ``released`` may be used: the core at first, then the reserve.

    ``forecast`` is asked for, ``committed`` ordered, ``spent`` invoiced; ``overrun`` is what the two last are
    beyond ``released``, where the budget's control let it pass (``may_overrun``). All sums follow from the
    ledger.
    """

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines")
    code = models.SlugField(_("code"), max_length=40, allow_unicode=True)
    title = models.CharField(_("title"), max_length=120)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="lines", verbose_name=_("campaign plan")
    )
    channel = models.SlugField(_("channel"), max_length=40, allow_unicode=True, default="other")
    need = models.TextField(_("need"), max_length=600)
    evidence = models.TextField(_("evidence of the need"), max_length=600)
    alternative = models.TextField(_("alternative"), max_length=600)
    granted = models.DecimalField(_("granted"), **MONEY)
    released = models.DecimalField(_("released"), **MONEY)
    forecast = models.DecimalField(_("forecast"), default=Decimal(0), **MONEY)
    committed = models.DecimalField(_("committed"), default=Decimal(0), **MONEY)
    spent = models.DecimalField(_("spent"), default=Decimal(0), **MONEY)
    overrun = models.DecimalField(_("overrun"), default=Decimal(0), **MONEY)
    may_overrun = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_line_per_code", fields=["budget", "code"]),
            models.CheckConstraint(
                name="line_releases_no_more_than_granted",
                condition=Q(released__gte=0, released__lte=F("granted")),
            ),
            models.CheckConstraint(
                name="line_sums_are_not_negative",
                condition=Q(forecast__gte=0, committed__gte=0, overrun__gte=0),
            ),
            models.CheckConstraint(
                name="line_says_what_is_overrun",
                # to the cent: SQLite reckons with floating numbers, where 1.10 + 2.20 is more than 3.30
                condition=Q(released__gte=Round(F("committed") + F("spent") - F("overrun"), precision=2)),
            ),
            models.CheckConstraint(
                name="line_never_overspent", condition=Q(may_overrun=True) | Q(overrun=0)
            ),
            models.CheckConstraint(
                name="line_is_built_from_zero", condition=~Q(need="") & ~Q(evidence="") & ~Q(alternative="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def reserve(self) -> Decimal:
        """What was granted and not released yet."""
        return self.granted - self.released

    @property
    def free(self) -> Decimal:
        """What may still be ordered; negative where more was let pass."""
        return self.released - self.committed - max(Decimal(0), self.spent)


class BudgetEntry(models.Model):
    """One movement of a line; never changed, only answered by another.

    ``amount`` is in the budget's currency: positive, or negative where an order draws on a request, an
    invoice on an order, or something is taken back; ``of`` names the entry that is drawn on. ``stated``: the
    amount as it was written, in ``currency``. An invoice goes to the lake in a ``batch``; ``published``: it
    is there.
    """

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="entries")
    stage = models.CharField(_("stage"), max_length=7, choices=MoneyStage)
    amount = models.DecimalField(_("amount"), **MONEY)
    stated = models.DecimalField(_("amount as stated"), null=True, **MONEY)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="drawn")
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    on = models.DateField(_("day"))
    was_over = models.BooleanField(default=False)
    batch = models.BigIntegerField(null=True)
    published = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_entry_per_reference", fields=["line", "stage", "reference"],
                condition=~Q(reference="") & Q(amount__gt=0),
            ),
            models.UniqueConstraint(
                name="one_refund_per_reference", fields=["line", "stage", "reference"],
                condition=~Q(reference="") & Q(amount__lt=0),
            ),
            models.CheckConstraint(name="entry_moves_something", condition=~Q(amount=0)),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["line", "-on", "-id"], name="entries_of_line"),
            models.Index(fields=["id"], name="entries_to_publish", condition=Q(published=False)),
        ]


class Release(models.Model):
    """A part of a line's reserve that somebody asks for; it is moved with the last signature, not before."""

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="releases")
    amount = models.DecimalField(_("amount"), **MONEY)
    reason = models.TextField(_("reason"), max_length=600)
    state = models.CharField(
        pgettext_lazy("release", "state"), max_length=10, choices=ReleaseState, default=ReleaseState.ASKED
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_release_per_line", fields=["line"], condition=Q(state=ReleaseState.ASKED)
            ),
            models.CheckConstraint(name="release_is_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="release_says_why", condition=~Q(reason="")),
        ]
