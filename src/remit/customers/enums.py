from django.db import models
from django.utils.translation import gettext_lazy as _


class NameKind(models.TextChoices):
    """By what a person is known again: the rule of a merge."""

    CUSTOMER = "customer", _("Customer code")
    MEMBER = "member", _("Member number")
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail address")
    OPENID = "openid", _("OpenID")
    DEVICE = "device", _("Device")
