"""A kind of job: what its holders may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.core.text import Text

from ..enums import Board


class Position(models.Model):
    """A position of the handbook (H3.2), such as market analyst."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    abilities = models.JSONField(_("abilities"), default=list)
    reports_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reports to")
    )
    leads = models.BooleanField(_("leads its unit"), default=False)
    is_key = models.BooleanField(_("key position"), default=False)
    purpose = models.TextField(_("purpose"), blank=True)
    purpose_en = models.TextField(_("English purpose"), blank=True)
    deliverables = models.JSONField(_("deliverables"), default=list, blank=True)  # [{"zh": …, "en": …}]
    board = models.CharField(_("default board"), max_length=20, choices=Board, default=Board.ANALYST)

    def __str__(self) -> str:
        return self.name

    def title(self, language: str) -> str:
        return Text(self.name, self.name_en or self.name).say(language)

    @property
    def purpose_text(self) -> Text:
        """Why the position exists."""
        return Text(self.purpose, self.purpose_en or self.purpose)

    @property
    def deliverable_texts(self) -> list[Text]:
        """What its holders hand over."""
        return [Text(each["zh"], each["en"] or each["zh"]) for each in self.deliverables]
