"""What a rule is, and what it finds."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from remit.core.text import Text

from .denial import Denial


class Verdict(StrEnum):
    """PASS: may go on; CHANGE: to be corrected first; STOP: must not be published."""

    PASS = "pass"  # noqa: S105  # a verdict, not a password
    CHANGE = "change"
    STOP = "stop"


GRAVITY = {Verdict.PASS: 0, Verdict.CHANGE: 1, Verdict.STOP: 2}


@dataclass(frozen=True, slots=True)
class Law:
    """An article, quoted."""

    code: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why a word is no finding: it is part of one of ``phrases``, or its sentence has one of ``context``."""

    code: str
    reason: Text
    phrases: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    denial: Denial | None = None  # how far a negation reaches
    titled: bool = False  # only where the word stands in a name in 《》
    quoted: bool = False  # only where the word stands in quotation marks


class Reach(StrEnum):
    """Where a part of a saying stands: AFTER the one before it, in its SENTENCE, anywhere in the TEXT."""

    AFTER = ".."
    SENTENCE = "&"
    TEXT = "+"


@dataclass(frozen=True, slots=True)
class Part:
    """One of ``words``, or what ``piece`` matches, at most ``within`` characters AFTER what precedes it."""

    words: tuple[str, ...] = ()
    piece: re.Pattern[str] | None = None
    reach: Reach = Reach.AFTER
    within: int = 0


type Saying = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that are found, and under which conditions they are one.

    ``says``: classes of words that stand together, besides ``words`` that stand alone.
    ``without``: a word that must not stand in the sentence.
    ``near``: at most ``within`` characters away, in the same sentence, one of these has to stand.
    ``pattern``: has to match the sentence over the word; then the match is the place.
    ``lacks``: a finding only while the text lacks one of these proofs (``proofs``).
    ``industries``: of these only, where one is given; ``strict``: the text has to tell one of them, or it is
    given; ``unless``: not in these.
    ``heard``: also by sound, for the gravest words.
    """

    code: str
    words: tuple[str, ...]
    law: Law
    severity: Verdict
    why: Text
    suggestion: Text
    industries: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    says: tuple[Saying, ...] = ()
    without: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    within: int = 12
    pattern: re.Pattern[str] | None = None
    lacks: tuple[str, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    strict: bool = False
    heard: bool = False
    denying: tuple[Excuse, ...] = field(init=False, repr=False, compare=False)  # of the excuses

    def __post_init__(self) -> None:
        object.__setattr__(self, "denying", tuple(one for one in self.excuses if one.denial is not None))

    @property
    def shown(self) -> tuple[str, ...]:
        """Its words for a reader; of a saying the first word of each part."""
        return self.words + tuple(
            "…".join(part.words[0] for part in saying if part.words) for saying in self.says
        )


class Finding(NamedTuple):
    """A place in the original text (``start`` to ``end``) and the rule that it breaks."""

    start: int
    end: int
    words: str
    rule: Rule
    lacking: tuple[str, ...] = ()
    by_sound: bool = False


class Excused(NamedTuple):
    """A word that would have been a finding, and why it is none."""

    start: int
    end: int
    words: str
    rule: Rule
    excuse: Excuse


class Screened(NamedTuple):
    """The answer for one text."""

    text: str
    industries: frozenset[str]
    findings: tuple[Finding, ...]
    excused: tuple[Excused, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return max(
            (one.rule.severity for one in self.findings), key=GRAVITY.__getitem__, default=Verdict.PASS
        )
