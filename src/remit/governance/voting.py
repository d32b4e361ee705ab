"""How votes are counted. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes that were given, and how many people might vote."""

    agree: int
    against: int
    abstain: int
    people: int

    @property
    def given(self) -> int:
        return self.agree + self.against + self.abstain

    @property
    def is_quorate(self) -> bool:
        """More than half of those who take part have voted; to abstain is to have voted."""
        return 2 * self.given > self.people

    @property
    def carried(self) -> bool | None:
        """Whether the proposal is carried; none while too few have voted, or as many for as against."""
        if not self.is_quorate or self.agree == self.against:
            return None
        return self.agree > self.against


def tally_of(choices: Iterable[str], people: int) -> Tally:
    """Count one choice for each who voted."""
    given = list(choices)
    return Tally(given.count(FOR), given.count(AGAINST), given.count(ABSTAIN), people)
