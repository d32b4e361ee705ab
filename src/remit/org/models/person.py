"""A person, who may log in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.core.text import Text

from ..enums import Language, Theme


class PersonManager(BaseUserManager["Person"]):
    """Makes people the way Django's commands expect."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody of the department. What they may do follows from their assignments."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(pgettext_lazy("person", "English name"), max_length=80, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_demonstration = models.BooleanField(_("demonstration configuration"), default=False)
    hours_per_week = models.DecimalField(_("hours per week"), max_digits=4, decimal_places=1, default=40)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=Language, default=Language.BROWSER, blank=True
    )
    theme = models.CharField(_("theme"), max_length=10, choices=Theme, default=Theme.SYSTEM, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, blank=True)  # empty: that of the person's unit

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
            models.CheckConstraint(name="email_in_small_letters", condition=models.Q(email=Lower("email"))),
        ]

    def __str__(self) -> str:
        return self.name

    def title(self, language: str) -> str:
        return Text(self.name, self.name_en or self.name).say(language)
