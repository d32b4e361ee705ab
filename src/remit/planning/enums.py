from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CampaignKind(models.TextChoices):
    PROMOTION = "promotion", pgettext_lazy("campaign", "Promotion")
    LAUNCH = "launch", pgettext_lazy("campaign", "Launch")
    BRAND = "brand", pgettext_lazy("campaign", "Brand")
    CONTENT = "content", pgettext_lazy("campaign", "Content")
    LIVE = "live", pgettext_lazy("campaign", "Live session")
    CO_BRANDED = "co_branded", pgettext_lazy("campaign", "Co-branded")
    MEMBER = "member", pgettext_lazy("campaign", "Member event")


class PromotionGoal(models.TextChoices):
    """What a promotion is for (H2.3.3); its success is read by this."""

    CLEAR_STOCK = "clear_stock", _("Clear stock")
    WIN_NEW = "win_new", _("Win new customers")
    REPURCHASE = "repurchase", _("Repurchase")
    BASKET = "basket", _("Larger baskets")
    TRAFFIC = "traffic", _("Traffic to outlets")


class Stage(models.TextChoices):
    """Where a plan stands. Approved, it is a campaign that waits for its launch."""

    DRAFT = "draft", pgettext_lazy("plan", "In preparation")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    RUNNING = "running", pgettext_lazy("plan", "Running")
    CLOSED = "closed", pgettext_lazy("plan", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("plan", "Cancelled")


class MeasureKind(models.TextChoices):
    """Every evaluation has both (H4.4.1)."""

    RESULT = "result", _("Result")
    PROCESS = "process", _("Process")


class DeviationState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("deviation", "Asked for")
    APPLIED = "applied", pgettext_lazy("deviation", "In force")
    DROPPED = "dropped", pgettext_lazy("deviation", "Dropped")


class MoneyStage(models.TextChoices):
    """How far money has gone; each stage draws on the one before."""

    REQUEST = "request", pgettext_lazy("money", "Forecast")
    ORDER = "order", pgettext_lazy("money", "Committed")
    INVOICE = "invoice", pgettext_lazy("money", "Spent")


class Control(models.TextChoices):
    """What happens where a stage goes beyond what a line has."""

    STOP = "stop", pgettext_lazy("control", "Stop")
    WARN = "warn", pgettext_lazy("control", "Warn")
    IGNORE = "ignore", pgettext_lazy("control", "Let pass")


class ReleaseState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("release", "Asked for")
    APPLIED = "applied", pgettext_lazy("release", "Released")
    DROPPED = "dropped", pgettext_lazy("release", "Dropped")


class RuleState(models.TextChoices):
    """Of a rule that proposes releases. LIVE: it is judged when data are new."""

    DRAFT = "draft", pgettext_lazy("release rule", "Draft")
    LIVE = "live", pgettext_lazy("release rule", "Live")
    ENDED = "ended", pgettext_lazy("release rule", "Ended")


class Standing(models.TextChoices):
    """Where a campaign stands by its days alone."""

    UNKNOWN = "unknown", pgettext_lazy("campaign", "Days unknown")
    COMING = "coming", pgettext_lazy("campaign", "To come")
    RUNNING = "running", pgettext_lazy("campaign", "Running")
    CLOSED = "closed", pgettext_lazy("campaign", "Closed")


class EffectVerdict(models.TextChoices):
    """How far the measured effect of a campaign is to be trusted."""

    ESTIMATE = "estimate", pgettext_lazy("effect", "Estimate")
    WEAK = "weak", pgettext_lazy("effect", "Weak estimate")
    IMPOSSIBLE = "impossible", pgettext_lazy("effect", "Not possible")


class Doubt(models.TextChoices):
    """Why an effect cannot be estimated (the first six), or only weakly."""

    NO_DAYS = "no_days", _("The campaign has no first and last day.")
    NO_CONTACTS = "no_contacts", _("No data say whom the campaign reached.")
    NO_SALES = "no_sales", _("There are no sales of known customers to measure by.")
    SHORT_BEFORE = "short_before", _("Sales before the campaign are known for less than 28 days.")
    SHORT_DURING = "short_during", _("Sales during the campaign are known for less than 7 days.")
    TOO_FEW = "too_few", _("Fewer than 10 reached households have somebody to be compared with.")
    PRETEND = "pretend", _("The same method finds a difference where there was no campaign yet.")
    TREND = "trend", _("The two drew apart already before the campaign.")
    UNBALANCED = "unbalanced", _("The two differ in spend or frequency before the campaign.")
    OTHERS = "others", _("The two were reached by other campaigns of these days to a different degree.")
    FEW = "few", _("Fewer than 30 households are compared.")
    UNMATCHED = "unmatched", _("More than a fifth of the reached households has nobody to be compared with.")
    CUT_OFF = "cut_off", _("The data end before the campaign does.")


class ScoredPart(models.TextChoices):
    """The terms of an estimate that a result can be held against."""

    REACH = "reach", pgettext_lazy("estimate", "People reached")
    CONVERSION = "conversion", pgettext_lazy("estimate", "Conversion")
    PROFIT = "profit", pgettext_lazy("estimate", "Gross profit")
    ROI = "roi", pgettext_lazy("estimate", "ROI")


class CreatorKind(models.TextChoices):
    """Who appears for us (H2.1.3)."""

    ENDORSER = "endorser", pgettext_lazy("creator", "Endorser")
    KOL = "kol", pgettext_lazy("creator", "Creator (KOL)")
    KOC = "koc", pgettext_lazy("creator", "Customer who creates (KOC)")
    ATHLETE = "athlete", pgettext_lazy("creator", "Athlete")
    HOST = "host", pgettext_lazy("creator", "Live host")
    EXPERT = "expert", pgettext_lazy("creator", "Expert")
    OTHER = "other", pgettext_lazy("creator", "Other")


class FeeBasis(models.TextChoices):
    """For what the fee of a contract is paid."""

    WHOLE = "whole", pgettext_lazy("fee", "The whole contract")
    MONTH = "month", pgettext_lazy("fee", "Each month")
    CAMPAIGN = "campaign", pgettext_lazy("fee", "Each campaign")
    PIECE = "piece", pgettext_lazy("fee", "Each piece of content or session")


class ContractStanding(models.TextChoices):
    """How somebody's contract stands on a day."""

    MISSING = "missing", pgettext_lazy("contract", "No contract")
    COMING = "coming", pgettext_lazy("contract", "To come")
    RUNNING = "running", pgettext_lazy("contract", "In force")
    EXPIRING = "expiring", pgettext_lazy("contract", "Expires soon")
    EXPIRED = "expired", pgettext_lazy("contract", "Expired")
    ENDED = "ended", pgettext_lazy("contract", "No longer with us")
