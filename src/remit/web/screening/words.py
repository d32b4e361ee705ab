"""Verdicts in the reader's words."""

from django.utils.translation import pgettext

from remit.governance.screening.rule import Verdict

TONES = {Verdict.PASS: "good", Verdict.CHANGE: "warn", Verdict.STOP: "bad"}


def verdict_title(verdict: str) -> str:
    """Pass, change it first, or stop."""
    return {
        Verdict.PASS: pgettext("verdict", "Pass"),
        Verdict.CHANGE: pgettext("verdict", "Change it first"),
        Verdict.STOP: pgettext("verdict", "Stop"),
    }[Verdict(verdict)]


def verdict_tone(verdict: str) -> str:
    """The tone of its badge."""
    return TONES[Verdict(verdict)]
