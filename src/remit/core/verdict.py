"""The answer of a rule: allowed or not, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed; ``reason`` is the sentence a person reads, ``clause`` its handbook code."""

    allowed: bool
    reason: str = ""
    clause: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: str, clause: str = "") -> Verdict:
    """A refusal must say why."""
    return Verdict(False, reason, clause)
