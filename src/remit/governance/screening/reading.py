"""One text while it is judged: its sentences and what it proves, each looked for once."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from .denial import Cue, Denial
from .found import Found
from .plain import Plain, Span
from .proofs import PROOFS
from .rule import Excuse, Excused, Finding, Reach, Rule, Verdict
from .spans import covered, starting

ENDS = re.compile(r"[。！？!?；;\n]")  # of sentences
UNTOLD: tuple[dict[str, list[Span]], dict[int, set[str]]] = ({}, {})  # no excuse is told
PIECE_MOST = 12  # characters of a number with its unit
TITLES = re.compile(r"《[^《》\n]{2,40}》")
QUOTED = re.compile(
    r"“[^“”\n]{1,40}”|「[^「」\n]{1,40}」|『[^『』\n]{1,40}』|\"[^\"\n]{1,40}\"|‘[^‘’\n]{1,40}’"
)


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a saying, its words as a bag."""

    reach: Reach
    within: int
    bag: str = ""
    piece: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Excusing:
    """Which excuse the words of a bag tell: as ``phrases`` over a word, as ``contexts`` in its sentence."""

    phrases: dict[str, str]
    contexts: dict[str, str]
    bags: frozenset[str]  # of both


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a word found asks for: its rule, bags beside and not beside it, steps before and after it."""

    rule: Rule
    near: str = ""
    without: str = ""
    ahead: tuple[Step, ...] = ()
    steps: tuple[Step, ...] = ()
    needs: frozenset[str] = frozenset()  # bags of which its sentence has to have a word
    alone: bool = False  # the word is enough
    anywhere: bool = False  # whatever the text tells of its industry


class Reading:
    """A text, the words found in it by bag, and what is judged of them."""

    def __init__(self, made: Plain, found: Found, text: str, excusing: Excusing) -> None:
        self.made, self.found, self.text, self.excusing = made, found, text, excusing
        self.findings: list[Finding] = []
        self.excused: list[Excused] = []
        self._proved: dict[str, bool] = {}
        self._settled: dict[int, list[Span]] = {}  # places that nothing outweighs, by sentence
        self.ends = [match.start() for match in ENDS.finditer(made.text)]
        self._denials: list[Cue] | None = None
        self._told: tuple[dict[str, list[Span]], dict[int, set[str]]] | None = None
        self._whole: Span | None = None if self.ends else (0, len(made.text))

    def judge(self, asked: Asked, span: Span, *, by_sound: bool) -> None:
        """Add a finding, or the excuse for there being none."""
        rule = asked.rule
        if asked.steps and self._is_far(asked.steps[0], span[1]):
            return
        sentence = self._whole or self._sentence(span)
        places = (span,) if asked.alone else self._places(asked, span, sentence)
        if not places:
            return
        start, end = self.made.original(places[0][0], max(places)[1] if len(places) > 1 else places[0][1])
        for first, last in self._settled.get(sentence[0], ()):
            if first <= start and end <= last:
                return
        lacking = rule.lacks and tuple(proof for proof in rule.lacks if not self._proves(proof))
        if rule.lacks and not lacking:
            return
        excuse = self._excuse(rule, places if asked.steps else (span,), sentence)
        if excuse is not None:
            self.excused.append(Excused(start, end, self.text[start:end], rule, excuse))
            return
        self.findings.append(Finding(start, end, self.text[start:end], rule, lacking, by_sound))
        if rule.severity is Verdict.STOP:
            self._settled.setdefault(sentence[0], []).append((start, end))

    def _is_far(self, step: Step, at: int) -> bool:
        """Whether nothing near can be the step: in long texts most words stand alone."""
        if step.reach is not Reach.AFTER or not step.bag:
            return False
        spans = self.found.spans(step.bag)
        first = bisect_left(spans, (at, 0))
        return first == len(spans) or spans[first][0] > at + step.within

    def _places(self, asked: Asked, span: Span, sentence: Span) -> tuple[Span, ...]:
        """The span with the parts of its saying, or that of the rule's pattern; none if conditions fail."""
        rule = asked.rule
        if asked.without and self._among(asked.without, sentence):
            return ()
        if asked.near:
            start, end = max(sentence[0], span[0] - rule.within), min(sentence[1], span[1] + rule.within)
            beside = starting(self.found.spans(asked.near), start, end)
            if not beside or not any(e <= end and (e <= span[0] or s >= span[1]) for s, e in beside):
                return ()
        if asked.ahead and not all(self._ahead(step, span, sentence) for step in asked.ahead):
            return ()
        if asked.steps:
            rest = self._following(asked.steps, span[1], span, sentence)
            return () if rest is None else (span, *rest)
        if rule.pattern is None:
            return (span,)
        for match in rule.pattern.finditer(self.made.text, *sentence):
            if match.start() < span[1] and match.end() > span[0]:
                return (match.span(),)
        return ()

    def _following(
        self, steps: tuple[Step, ...], at: int, first: Span, sentence: Span
    ) -> tuple[Span, ...] | None:
        """Where the steps stand that follow ``at``; None when one does not."""
        if not steps:
            return ()
        step = steps[0]
        if step.reach is not Reach.AFTER:
            where = sentence if step.reach is Reach.SENTENCE else (0, len(self.made.text))
            beside = any(end <= first[0] or start >= first[1] for start, end in self._stands(step, where))
            return self._following(steps[1:], at, first, sentence) if beside else None
        last = min(sentence[1], at + step.within)
        for span in self._stands(step, (at, sentence[1]), last):
            rest = self._following(steps[1:], span[1], first, sentence)
            if rest is not None:
                return span, *rest
        return None

    def _ahead(self, step: Step, span: Span, sentence: Span) -> bool:
        """Whether a piece stands before the word."""
        where = (max(sentence[0], span[0] - step.within - PIECE_MOST), span[0])
        return any(end >= span[0] - step.within for _start, end in self._stands(step, where))

    def _stands(self, step: Step, where: Span, last: int = -1) -> list[Span]:
        """Where a step stands inside a stretch; it starts at ``last`` at the latest."""
        last = where[1] if last < 0 else last
        if step.piece is None:
            return [
                span for span in starting(self.found.spans(step.bag), where[0], last) if span[1] <= where[1]
            ]
        found = [match.span() for match in step.piece.finditer(self.made.text, *where)]
        return [span for span in found if span[0] <= last]

    def _among(self, bag: str, sentence: Span) -> bool:
        return any(end <= sentence[1] for _start, end in starting(self.found.spans(bag), *sentence))

    def _excuse(self, rule: Rule, parts: tuple[Span, ...], sentence: Span) -> Excuse | None:
        span = parts[0]
        if self._told is None:
            told_bags = self.excusing.bags & self.found.present
            self._told = (self._phrases(told_bags), self._contexts(told_bags)) if told_bags else UNTOLD
        phrases, contexts = self._told[0], self._told[1].get(sentence[0], ())
        told = phrases or contexts
        for one in rule.excuses if told else rule.denying:
            if one.denial is not None:
                if self._denied(one.denial, parts, sentence):
                    return one
                continue
            if one.code not in contexts and one.code not in phrases:
                continue
            if one.titled and not (self._titles and self._within(self._titles, span, 2)):
                continue
            if one.quoted and not (self._quotes and self._within(self._quotes, span, 0)):
                continue
            if one.code in contexts or any(covered(part, phrases[one.code]) for part in parts):
                return one
        return None

    def _denied(self, denial: Denial, parts: tuple[Span, ...], sentence: Span) -> bool:
        """Whether the sentence denies the word, or what belongs to it."""
        if self._denials is None:
            self._denials = denial.found(self.made.text)
        return bool(self._denials) and denial.denies(self._denials, self.made.text, parts, sentence)

    def _within(self, marked: list[Span], span: Span, more: int) -> bool:
        """Whether the word stands inside marks, which enclose at least so many characters more."""
        start, end = self.made.original(*span)
        at = bisect_left(marked, (start, 0))
        first, last = marked[at - 1] if at else (0, 0)
        return first < start and end < last and end - start + more < last - first

    @cached_property
    def _titles(self) -> list[Span]:
        """Where names in 《》 stand in the original."""
        return [one.span() for one in TITLES.finditer(self.text)] if "《" in self.text else []

    @cached_property
    def _quotes(self) -> list[Span]:
        """Where quotations stand in the original."""
        marked = any(mark in self.text for mark in '“「『"‘')
        return [one.span() for one in QUOTED.finditer(self.text)] if marked else []

    def _phrases(self, told: frozenset[str]) -> dict[str, list[Span]]:
        """Where phrases of excuses stand, by the excuse."""
        known = self.excusing.phrases
        return {known[bag]: self.found.spans(bag) for bag in told if bag in known}

    def _contexts(self, told: frozenset[str]) -> dict[int, set[str]]:
        """Excuses whose context stands in a sentence, by where the sentence starts."""
        found: dict[int, set[str]] = {}
        known = self.excusing.contexts
        for bag in told:
            if bag in known:
                for span in self.found.spans(bag):
                    found.setdefault(self._sentence(span)[0], set()).add(known[bag])
        return found

    def _sentence(self, span: Span) -> Span:
        ends = self.ends
        at = bisect_left(ends, span[0])
        return (ends[at - 1] + 1 if at else 0, ends[at] if at < len(ends) else len(self.made.text))

    def _proves(self, proof: str) -> bool:
        if proof not in self._proved:
            self._proved[proof] = PROOFS[proof](self.made.text)
        return self._proved[proof]
