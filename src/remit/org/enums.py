from django.db import models
from django.utils.translation import gettext_lazy as _


class Structure(models.TextChoices):
    CENTRALISED = "centralised", _("Centralised")
    DECENTRALISED = "decentralised", _("Decentralised")
    MATRIX = "matrix", _("Matrix")


class Ability(models.TextChoices):
    """What a position may do besides reading figures of its scope."""

    IMPORT_DATA = "import_data", _("Import data")
    DEFINE_FIGURES = "define_figures", _("Define metrics, targets and alerts")
    MANAGE_DUTIES = "manage_duties", _("Manage duties and who answers for them")
    MANAGE_POLICIES = "manage_policies", _("Manage policies of approval")
    KEEP_BUDGETS = "keep_budgets", _("Keep budgets and grant their lines")
    MANAGE_PEOPLE = "manage_people", _("Manage units, positions and people")
    READ_AUDIT = "read_audit", _("Read the audit record")
    MANAGE_SYSTEM = "manage_system", _("Manage settings of the system")


class Board(models.TextChoices):
    """Which default board greets the holder of a position."""

    DIRECTOR = "director", _("Director")
    ANALYST = "analyst", _("Analyst")
    BRAND = "brand", _("Brand")
    DIGITAL = "digital", _("Digital")
    CHANNEL = "channel", _("Channel")


class SkillKind(models.TextChoices):
    PROFESSIONAL = "professional", _("Professional skill")
    GENERAL = "general", _("General skill")


class Level(models.IntegerChoices):
    """How well somebody can do something."""

    AWARE = 1, _("1 knows what it is about")
    HELPED = 2, _("2 does it with help")
    ALONE = 3, _("3 does it alone")
    FLUENT = 4, _("4 does it well, also when it is difficult")
    TEACHES = 5, _("5 teaches others")


class SkillSource(models.TextChoices):
    """Who says how well somebody can do something; the first that spoke counts, in this order."""

    EVIDENCE = "evidence", _("Evidence")
    MANAGER = "manager", _("Manager")
    SELF = "self", _("Self-assessment")


class CriterionKind(models.TextChoices):
    """What is asked before somebody steps up."""

    SKILL = "skill", _("Skill at a level")
    TENURE = "tenure", _("Months in the position below")
    STATEMENT = "statement", _("Statement that a manager confirms")


class Readiness(models.TextChoices):
    """When a successor could take over."""

    NOW = "now", _("Ready now")
    ONE_YEAR = "one_year", _("Within one year")
    TWO_YEARS = "two_years", _("Within two years")


class Language(models.TextChoices):
    BROWSER = "", _("As the browser says")
    ZH_HANT = "zh-hant", _("Traditional Chinese")
    ZH_HANS = "zh-hans", _("Simplified Chinese")
    EN = "en", _("English")


class Theme(models.TextChoices):
    SYSTEM = "", _("As the system says")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class AbsenceKind(models.TextChoices):
    LEAVE = "leave", _("Leave")
    SICK = "sick", _("Illness")
    TRAVEL = "travel", _("Business trip")
    OTHER = "other", _("Other")


class Holidays(models.TextChoices):
    """Countries whose holidays ship with the product; NONE keeps Monday to Friday."""

    CN = "CN", _("Mainland China")
    TW = "TW", _("Taiwan")
    HK = "HK", _("Hong Kong")
    US = "US", _("United States")
    NONE = "NONE", _("No public holidays")


class DecisionKind(models.TextChoices):
    """Kinds of decision in a project with two leads (H3.1.3)."""

    PRIORITIES = "priorities", _("Priorities and dates")
    CONTENT = "content", _("Content and quality")
    MONEY = "money", _("Money")
    PEOPLE = "people", _("People and leave")


class Decider(models.TextChoices):
    FUNCTIONAL = "functional", _("Functional lead")
    PROJECT = "project", _("Project lead")
    BOTH = "both", _("Both together")
