"""Whether a sentence denies what it says: how far a negation reaches, ahead of a word and after it."""

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass

from .plain import Span

FAR, NEAR, AFTER, CLOSE, BESIDE = 40, 32, 17, 28, 2  # characters looked at
# Through what is listed, to the end of the clause, or over a comma after which the list goes on.
LISTED = re.compile(r"(?:[^,。;!?、]{0,8}(?:、|或|和|及|与)){0,5}[^,。、;!?]{0,4}")
CLAUSE = re.compile(r"(?:[^,。;!?]|,(?=或|及|以及|和|亦|更不|并))*")
BEHIND = re.compile(r"[^,。;!?]{0,8},?[^,。;!?]{0,8}")
TURNED = re.compile("但|却|而是|就能|就可|照样|也能|才是|才能|只有|反而|同时")

type Cue = tuple[int, int, str]  # where a negation starts and ends, and its kind


@dataclass(frozen=True, slots=True)
class Denial:
    """Negations ahead of a claim (``cues``), by kind, and behind it (``after``).

    far: to the end of the clause; near: a few words on, or through a list; direct: next to the claim;
    open: only with one of ``closes`` behind the claim; none: as open, or next to the claim.
    """

    cues: re.Pattern[str]
    closes: re.Pattern[str]
    after: re.Pattern[str]

    def found(self, text: str) -> list[Cue]:
        """Every negation of a text, in its order."""
        ahead = [(*match.span(), match.lastgroup or "") for match in self.cues.finditer(text)]
        behind = [(*match.span(), "after") for match in self.after.finditer(text)]
        return sorted(ahead + behind) if behind else ahead

    def denies(self, cues: list[Cue], text: str, parts: Collection[Span], sentence: Span) -> bool:
        """Whether one of the parts of a claim is denied."""
        for start, end in parts:
            first = bisect_left(cues, (max(sentence[0], start - FAR - AFTER), 0, ""))
            for at in range(first, len(cues)):
                cue = cues[at]
                if cue[0] > end + AFTER or cue[0] >= sentence[1]:
                    break
                if any(left <= cue[0] and cue[1] <= right for left, right in parts):
                    continue  # the claim is made with it: 没有一个落榜
                if self._reaches(cue, text, (start, end), sentence):
                    return True
        return False

    def _reaches(self, cue: Cue, text: str, part: Span, sentence: Span) -> bool:
        (first, last, kind), (start, end) = cue, part
        if kind == "after":
            return first >= end and BEHIND.fullmatch(text, end, first) is not None
        if first >= start:
            return False
        if last > start:  # the word begins inside the negation: 不会承诺
            return last <= end
        if kind == "direct" or (kind == "none" and start - last <= BESIDE):
            return start - last <= (BESIDE if kind == "none" else 0)
        if start - last > (NEAR if kind == "near" else FAR) or TURNED.search(text, last, start):
            return False
        if not (LISTED if kind == "near" else CLAUSE).fullmatch(text, last, start):
            return False
        return (
            kind not in ("open", "none")
            or self.closes.match(text, end, min(sentence[1], end + CLOSE)) is not None
        )


def denial_of(
    signs: str, far: str, near: str, none: str, opens: str, direct: str, closes: str, after: str
) -> Denial:
    """``signs``: with which characters a negation begins, so that most of a text is passed over."""
    kinds = {"far": far, "near": near, "none": none, "open": opens, "direct": direct}
    cues = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items())
    return Denial(re.compile(f"(?=[{signs}])(?:{cues})"), re.compile(closes), re.compile(after))
