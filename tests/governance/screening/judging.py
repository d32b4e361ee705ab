"""How right the shipped rules are on one half of the labelled texts."""

from dataclasses import dataclass

from remit.governance.screening.packs import shipped
from remit.governance.screening.rule import Verdict
from tests.governance.screening.labelled import labelled


@dataclass(frozen=True, slots=True)
class Score:
    """``found`` of ``bad`` texts, ``alarms`` on clean ones; ``same``: with exactly the expected verdict."""

    found: int
    bad: int
    alarms: int
    texts: int
    same: int

    @property
    def recall(self) -> float:
        return self.found / self.bad

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.alarms)

    def __str__(self) -> str:
        return (
            f"recall {self.recall:.4f} ({self.found} of {self.bad}), precision {self.precision:.4f} "
            f"({self.alarms} false alarms), same verdict {self.same} of {self.texts}"
        )


def score(half: str, *, stated: bool) -> Score:
    """``stated``: the industry is given; else the text has to tell it."""
    texts = [one for one in labelled() if one.half == half]
    answers = [shipped().screen(one.text, one.industry if stated else "").verdict for one in texts]
    bad = [one.verdict != "pass" for one in texts]
    hits = [answer is not Verdict.PASS for answer in answers]
    return Score(
        found=sum(b and h for b, h in zip(bad, hits, strict=True)),
        bad=sum(bad),
        alarms=sum(h and not b for b, h in zip(bad, hits, strict=True)),
        texts=len(texts),
        same=sum(answer.value == one.verdict for answer, one in zip(answers, texts, strict=True)),
    )
