"""What is often done, offered by the palette: one line each."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from remit.org.enums import Ability

from .place import Label


@dataclass(frozen=True, slots=True)
class Verb:
    """Something often done, offered by the palette: the address of its form."""

    url_name: str
    title: Label
    icon: str
    ability: Ability | None = None
    words: str = ""


VERBS = (
    Verb("imports_upload", _("Import a file"), "upload", Ability.IMPORT_DATA, "匯入 上傳"),
    Verb("boards_new", _("Make a board"), "layout-dashboard", words="新看板"),
    Verb("figures_metric_new", _("Define a metric"), "math-function", Ability.DEFINE_FIGURES, "新指標"),
    Verb("figures_target_new", _("Set a target"), "target", Ability.DEFINE_FIGURES, "目標"),
    Verb("figures_alert_new", _("Watch a figure"), "bell-ringing", Ability.DEFINE_FIGURES, "預警"),
    Verb("diagnoses_new", _("Begin a diagnosis"), "help-circle", words="診斷 為什麼 五問 why"),
    Verb("pilots_new", _("Prepare a pilot"), "rocket", words="試點 試行 pilot"),
    Verb("meetings_new", _("Call a meeting"), "presentation", words="開會 會議 議程"),
    Verb("org_person_new", _("Add person"), "user-plus", Ability.MANAGE_PEOPLE, "新人"),
    Verb("org_unit_new", _("Add unit"), "sitemap", Ability.MANAGE_PEOPLE, "單位"),
    Verb("accounts_tokens", _("Make token"), "api", words="API token 權杖"),
    Verb("account_change_password", _("Change my password"), "lock", words="密碼"),
    Verb("mfa_index", _("Set up two-step log-in"), "fingerprint", words="兩步驟 2FA TOTP passkey"),
)
