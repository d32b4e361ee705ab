"""A refusal that a person reads: the reason, the rule behind it, and what to do next."""

from django.core.exceptions import PermissionDenied

from remit.core.verdict import Verdict


class Refused(PermissionDenied):
    """The page answers 403 and says the verdict's reason."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


def require(verdict: Verdict) -> None:
    """Go on only when allowed."""
    if not verdict:
        raise Refused(verdict)
