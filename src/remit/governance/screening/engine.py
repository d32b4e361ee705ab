"""One pass over a plain text finds every word of every rule; conditions and excuses decide what stands."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from .plain import Plain, plain, plain_word, without
from .proofs import PROOFS
from .rule import Excuse, Excused, Finding, Rule, Screened, Verdict
from .sounds import IN_CHARACTERS, in_letters, sounds_of, spoken

ENDS = re.compile(r"[。！？!?；;\n]")  # of sentences
ANY_INDUSTRY = ("", "general", "retail")  # they sell everything
PHRASE, CONTEXT, CUE, NO_CUE = "phrase:", "context:", "cue:", "no cue:"  # bags, besides those of rules
PHRASE_MOST = 40  # characters of the longest phrase of an excuse
BEFORE_MOST = 24  # characters looked at before a word
# A letter or two of another script between characters (极Z品); 国家A级 is a class of its own.
INSERTED = re.compile(r"(?<=[一-鿿])(?![a-e]+级)[a-zà-ÿα-ωа-яぁ-ヿㄅ-ㄯ]{1,2}(?=[一-鿿])")
TITLES = re.compile(r"《[^《》\n]{2,40}》")
type Span = tuple[int, int]


class Screen:
    """Rules made ready: every word belongs to bags (a rule's own, a near list, an excuse, an industry)."""

    def __init__(self, rules: Iterable[Rule], cues: Mapping[str, Iterable[str]]) -> None:
        self.rules = tuple(rules)
        self._rule_of = {rule.code: rule for rule in self.rules}
        lists = {words: f"near:{number}" for number, words in enumerate({rule.near for rule in self.rules})}
        self._near = {rule.code: lists[rule.near] for rule in self.rules if rule.near}
        bags: dict[str, list[str]] = {}
        for rule in self.rules:
            _put(bags, rule.words, rule.code)
        for beside, bag in lists.items():
            _put(bags, beside, bag)
        for excuse in {excuse.code: excuse for rule in self.rules for excuse in rule.excuses}.values():
            _put(bags, excuse.phrases, PHRASE + excuse.code)
            _put(bags, excuse.context, CONTEXT + excuse.code)
        for industry, words in cues.items():
            _put(bags, (word for word in words if not word.startswith("!")), CUE + industry)
            _put(bags, (word[1:] for word in words if word.startswith("!")), NO_CUE + industry)
        self._words = list(bags)
        self._bags = [tuple(dict.fromkeys(found)) for found in bags.values()]
        self._whole = [_latin(word[0]) or _latin(word[-1]) or word[-1].isdigit() for word in self._words]
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.Standard)
        self._industries = tuple(cues)
        self._grave = frozenset(
            rule.code
            for rule in self.rules
            if rule.severity is Verdict.STOP and not rule.near and rule.pattern is None
        )

    @cached_property
    def _heard(self) -> tuple[AhoCorasick, list[tuple[str, str]]]:
        """The gravest words by sound."""
        words = [
            (sounds_of(word), word, rule.code)
            for rule in self.rules
            if rule.heard
            for word in dict.fromkeys(map(plain_word, rule.words))
        ]
        known = [(sound, word, code) for sound, word, code in words if len(sound) > 1]
        return AhoCorasick([sound for sound, *_rest in known], matchkind=MatchKind.Standard), [
            (word, code) for _sound, word, code in known
        ]

    def screen(self, text: str, industry: str = "") -> Screened:
        """The verdict on one text, with places in the text as it was given."""
        made = plain(text)
        found = self._found(made.text)
        self._parted(made.text, found)
        industries = self._present(found, industry)
        given = industry not in ANY_INDUSTRY
        reading = _Reading(made, found, text)
        by_sound = self._by_sound(made.text, found)
        findings: list[Finding] = []
        excused: list[Excused] = []
        for code in [bag for bag in found if bag in self._rule_of]:
            rule, near = self._rule_of[code], self._near.get(code, "")
            if (near and near not in found) or not _concerns(rule, industries, given=given):
                continue
            for span in found[code]:
                heard = bool(by_sound) and (code, span) in by_sound
                reading.judge(rule, near, span, findings, excused, by_sound=heard)
        return Screened(text, industries, _without_overlaps(findings), tuple(excused))

    def _found(self, text: str) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        bags, whole = self._bags, self._whole
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if whole[index] and _inside_a_word(text, start, end):
                continue
            span = (start, end)
            for bag in bags[index]:
                if bag in found:
                    found[bag].append(span)
                else:
                    found[bag] = [span]
        for spans in found.values():
            if len(spans) > 1:
                spans.sort()
        return found

    def _parted(self, text: str, found: dict[str, list[Span]]) -> None:
        """Add grave words that foreign letters part."""
        whole, kept = without(INSERTED, text, text, range(len(text)))
        if whole is text:
            return
        touched = set()
        for index, start, end in self._automaton.find_matches_as_indexes(whole, overlapping=True):
            span = (kept[start], kept[end - 1] + 1)
            if span[1] - span[0] > end - start:
                for bag in self._grave.intersection(self._bags[index]):
                    found.setdefault(bag, []).append(span)
                    touched.add(bag)
        for bag in touched:
            found[bag].sort()

    def _by_sound(self, text: str, found: dict[str, list[Span]]) -> set[tuple[str, Span]]:
        """Add what is only heard; say which those are."""
        automaton, known = self._heard
        said, starts, ends = spoken(text)
        hits = automaton.find_matches_as_indexes(said, overlapping=True)
        added = set()
        for index, start, end in hits:
            word, code = known[index]
            span = (starts[start], ends[end - 1])
            written = text[span[0] : span[1]]
            if written == word or span in found.get(code, ()):
                continue
            is_mixed = in_letters(written)
            alike = sum(one in word for one in written)
            if is_mixed or (len(word) >= IN_CHARACTERS and alike * 2 >= len(word)):
                found.setdefault(code, []).append(span)
                added.add((code, span))
        return added

    def _present(self, found: Mapping[str, list[Span]], given: str) -> frozenset[str]:
        told = {
            name
            for name in self._industries
            if CUE + name in found and _outside(found[CUE + name], found.get(NO_CUE + name, []))
        }
        return frozenset(told if given in ANY_INDUSTRY else told | {given})


class _Reading:
    """One text while it is judged: its sentences and what it proves, each looked for once."""

    def __init__(self, made: Plain, found: Mapping[str, list[Span]], text: str) -> None:
        self.made, self.found, self.text = made, found, text
        self._proved: dict[str, bool] = {}

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in ENDS.finditer(self.made.text)]

    def judge(
        self,
        rule: Rule,
        near: str,
        span: Span,
        findings: list[Finding],
        excused: list[Excused],
        *,
        by_sound: bool,
    ) -> None:
        """Add a finding, or the excuse for there being none."""
        sentence = self._sentence(span)
        place = self._place(rule, near, span, sentence)
        if place is None:
            return
        lacking = tuple(proof for proof in rule.lacks if not self._proves(proof))
        if rule.lacks and not lacking:
            return
        start, end = self.made.original(*place)
        excuse = next((one for one in rule.excuses if self._excuses(one, span, sentence)), None)
        if excuse is not None:
            excused.append(Excused(start, end, self.text[start:end], rule, excuse))
        else:
            findings.append(Finding(start, end, self.text[start:end], rule, lacking, by_sound))

    def _place(self, rule: Rule, near: str, span: Span, sentence: Span) -> Span | None:
        """The span, or that of the rule's pattern over it; None when its conditions do not hold."""
        if near:
            start, end = max(sentence[0], span[0] - rule.within), min(sentence[1], span[1] + rule.within)
            beside = _starting(self.found.get(near, []), start, end)
            if not any(e <= end and (e <= span[0] or s >= span[1]) for s, e in beside):
                return None
        if rule.pattern is None:
            return span
        for match in rule.pattern.finditer(self.made.text, *sentence):
            if match.start() < span[1] and match.end() > span[0]:
                return match.span()
        return None

    def _excuses(self, excuse: Excuse, span: Span, sentence: Span) -> bool:
        if excuse.titled and not self._in_a_title(span):
            return False
        phrases = self.found.get(PHRASE + excuse.code)
        if phrases and _covered(span, phrases):
            return True
        if excuse.code in self._contexts.get(sentence[0], ()):
            return True
        if excuse.before is None or span[0] == sentence[0]:
            return False
        before = self.made.text[max(sentence[0], span[0] - BEFORE_MOST) : span[0]]
        return excuse.before.search(before) is not None

    def _in_a_title(self, span: Span) -> bool:
        """Whether the word is part of a name in 《》, and not all of it."""
        start, end = self.made.original(*span)
        at = bisect_left(self._titles, (start, 0))
        first, last = self._titles[at - 1] if at else (0, 0)
        return first < start and end < last and end - start + 2 < last - first

    @cached_property
    def _titles(self) -> list[Span]:
        """Where names in 《》 stand in the original."""
        return [one.span() for one in TITLES.finditer(self.text)]

    @cached_property
    def _contexts(self) -> dict[int, set[str]]:
        """Excuses whose context stands in a sentence, by where the sentence starts."""
        found: dict[int, set[str]] = {}
        for bag in [bag for bag in self.found if bag.startswith(CONTEXT)]:
            for span in self.found[bag]:
                found.setdefault(self._sentence(span)[0], set()).add(bag.removeprefix(CONTEXT))
        return found

    def _sentence(self, span: Span) -> Span:
        ends = self._ends
        at = bisect_left(ends, span[0])
        return (ends[at - 1] + 1 if at else 0, ends[at] if at < len(ends) else len(self.made.text))

    def _proves(self, proof: str) -> bool:
        if proof not in self._proved:
            self._proved[proof] = PROOFS[proof](self.made.text)
        return self._proved[proof]


def _concerns(rule: Rule, industries: frozenset[str], *, given: bool) -> bool:
    """Where none is given the text may be of any; what it tells counts for ``strict`` and ``unless``."""
    if not rule.unless.isdisjoint(industries):
        return False
    asked = rule.strict or given
    return not (asked and rule.industries and rule.industries.isdisjoint(industries))


def _put(bags: dict[str, list[str]], words: Iterable[str], bag: str) -> None:
    for word in words:
        bags.setdefault(plain_word(word), []).append(bag)


def _latin(character: str) -> bool:
    return "a" <= character <= "z"


def _inside_a_word(text: str, start: int, end: int) -> bool:
    """Whether letters or digits go on: best is not found in bestow, nor no.1 in no.12."""
    if end < len(text) and text[end - 1].isdigit() and text[end].isdigit():
        return True
    before = start > 0 and _latin(text[start]) and _latin(text[start - 1])
    return before or (end < len(text) and _latin(text[end - 1]) and _latin(text[end]))


def _outside(spans: Iterable[Span], others: list[Span]) -> bool:
    """Whether one of the spans lies in none of the others (both in the order of the text)."""
    return any(not _covered(one, others) for one in spans)


def _covered(span: Span, others: list[Span]) -> bool:
    return any(end >= span[1] for _start, end in _starting(others, span[0] - PHRASE_MOST, span[0]))


def _starting(spans: list[Span], first: int, last: int) -> list[Span]:
    """Those of sorted spans that start from ``first`` to ``last``."""
    return spans[bisect_left(spans, (first, 0)) : bisect_left(spans, (last + 1, 0))]


def _weight(finding: Finding) -> tuple[bool, int, int]:
    return finding.rule.severity is not Verdict.STOP, finding.start - finding.end, finding.start


def _without_overlaps(findings: list[Finding]) -> tuple[Finding, ...]:
    """Of findings over one another the gravest stays, then the longest; in the order of the text."""
    if len(findings) < 2:
        return tuple(findings)
    kept: list[Finding] = []
    starts: list[int] = []
    for one in sorted(findings, key=_weight):
        at = bisect_left(starts, one.end)  # the last kept one that starts before this one ends
        if not at or kept[at - 1].end <= one.start:
            starts.insert(at, one.start)
            kept.insert(at, one)
    return tuple(kept)
