"""One pass over a plain text finds every word of every rule; conditions and excuses decide what stands."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from .found import Found, Hit, Words
from .plain import Span, plain, plain_word, without
from .reading import Asked, Excusing, Reading, Step
from .rule import Part, Reach, Rule, Screened, Verdict
from .sounds import IN_CHARACTERS, in_letters, sounds_of, spoken
from .spans import outside, without_overlaps

ANY_INDUSTRY = ("", "general", "retail")  # they sell everything
# Bags of words, besides those of rules.
CLASS, PHRASE, CONTEXT, CUE, NO_CUE = "class:", "phrase:", "context:", "cue:", "no cue:"
# A letter or two of another script between characters (极Z品); 国家A级 is a class of its own.
FOREIGN = re.compile("[a-zà-ÿα-ωа-яぁ-ヿㄅ-ㄯ]")
INSERTED = re.compile(rf"(?<=[一-鿿])(?![a-e]+级){FOREIGN.pattern}{{1,2}}(?=[一-鿿])")

IN_WORDS = re.compile("[a-z0-9]{2}")  # where a word may go on

type Added = tuple[str, Span, bool]  # the code of a rule, where, whether by sound


class Screen:
    """Rules made ready: every word belongs to bags (a rule's own, a near list, an excuse, an industry)."""

    def __init__(self, rules: Iterable[Rule], cues: Mapping[str, Iterable[str]]) -> None:
        self.rules = tuple(rules)
        bags: dict[str, list[str]] = {}
        self._asked: dict[str, tuple[Asked, ...]] = {}
        for rule in self.rules:
            self._ask(rule, bags)
        excuses = {excuse.code: excuse for rule in self.rules for excuse in rule.excuses}
        phrases, contexts = ({kind + code: code for code in excuses} for kind in (PHRASE, CONTEXT))
        self._excusing = Excusing(phrases, contexts, frozenset([*phrases, *contexts]))
        for excuse in excuses.values():
            _put(bags, excuse.phrases, PHRASE + excuse.code)
            _put(bags, excuse.context, CONTEXT + excuse.code)
        for industry, words in cues.items():
            _put(bags, (word for word in words if not word.startswith("!")), CUE + industry)
            _put(bags, (word[1:] for word in words if word.startswith("!")), NO_CUE + industry)
        words = list(bags)
        self._words = Words(list(bags.values()))
        self._judged = [
            tuple(asked for bag in found for asked in self._asked.get(bag, ())) for found in self._words.bags
        ]
        self._whole = [_latin(word[0]) or _latin(word[-1]) or word[-1].isdigit() for word in words]
        self._automaton = AhoCorasick(words, matchkind=MatchKind.Standard)
        self._industries = {CUE + name: name for name in cues}
        self._cues = frozenset(self._industries)
        self._grave = frozenset(
            rule.code
            for rule in self.rules
            if rule.severity is Verdict.STOP and not rule.near and rule.pattern is None and rule.words
        )

    def _ask(self, rule: Rule, bags: dict[str, list[str]]) -> None:
        """Put the words of a rule into bags, and keep what each of them asks for."""
        without_it = _class(bags, rule.without)
        if rule.words:
            _put(bags, rule.words, rule.code)
            near = _class(bags, rule.near)
            self._asked[rule.code] = (_asked_alone(rule, near, without_it),)
        for saying in rule.says:
            at = next(number for number, part in enumerate(saying) if part.words)
            ahead = tuple(_step(bags, part) for part in saying[:at])
            # What stands ahead is as far away as the word allows.
            ahead = tuple(Step(step.reach, saying[at].within, step.bag, step.piece) for step in ahead)
            steps = tuple(_step(bags, part) for part in saying[at + 1 :])
            bag = _class(bags, saying[at].words)
            near = _class(bags, rule.near)
            beside = (step.bag for step in steps if step.reach is not Reach.TEXT)
            needs = frozenset({near, *beside} - {""})
            asked = Asked(rule, near, without_it, ahead, steps, needs, anywhere=_anywhere(rule))
            self._asked[bag] = (*self._asked.get(bag, ()), asked)

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
        added = self._parted(made.text) + self._by_sound(made.text, found)
        industries = self._present(found, industry)
        given = industry not in ANY_INDUSTRY
        reading = Reading(made, found, text, self._excusing)
        todo: dict[Asked, list[Span]] = {}
        judged = self._judged
        for hits, present in found.by_sentence(reading.ends):
            for word, start, end in hits:
                for asked in judged[word]:
                    if asked.needs <= present and (
                        (asked.anywhere and not given) or _concerns(asked.rule, industries, given=given)
                    ):
                        todo.setdefault(asked, []).append((start, end))
        for code, span, _heard in added:
            for asked in self._asked[code]:
                if asked in todo or (
                    asked.needs <= found.present and _concerns(asked.rule, industries, given=given)
                ):
                    todo.setdefault(asked, []).append(span)
        by_sound = {(code, span) for code, span, heard in added if heard}
        for asked, spans in todo.items():
            for span in sorted(spans) if len(spans) > 1 else spans:
                reading.judge(asked, span, by_sound=bool(by_sound) and (asked.rule.code, span) in by_sound)
        return Screened(text, industries, without_overlaps(reading.findings), tuple(reading.excused))

    def _found(self, text: str) -> Found:
        hits: list[Hit] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if IN_WORDS.search(text):
            whole = self._whole
            hits = [hit for hit in hits if not (whole[hit[0]] and _inside_a_word(text, hit[1], hit[2]))]
        return Found(self._words, hits)

    def _parted(self, text: str) -> list[Added]:
        """Grave words that foreign letters part."""
        if not FOREIGN.search(text):
            return []
        whole, kept = without(INSERTED, text, text, range(len(text)))
        if whole is text:
            return []
        added = []
        for index, start, end in self._automaton.find_matches_as_indexes(whole, overlapping=True):
            span = (kept[start], kept[end - 1] + 1)
            if span[1] - span[0] > end - start:
                added += [(bag, span, False) for bag in self._words.bags[index] if bag in self._grave]
        return added

    def _by_sound(self, text: str, found: Found) -> list[Added]:
        """What is only heard."""
        automaton, known = self._heard
        said, starts, ends = spoken(text)
        added = []
        for index, start, end in automaton.find_matches_as_indexes(said, overlapping=True):
            word, code = known[index]
            span = (starts[start], ends[end - 1])
            written = text[span[0] : span[1]]
            if written == word or span in found.spans(code):
                continue
            alike = sum(one in word for one in written)
            if in_letters(written) or (len(word) >= IN_CHARACTERS and alike * 2 >= len(word)):
                added.append((code, span, True))
        return added

    def _present(self, found: Found, given: str) -> frozenset[str]:
        told = [
            self._industries[bag]
            for bag in self._cues & found.present
            if outside(found.spans(bag), found.spans(NO_CUE + self._industries[bag]))
        ]
        return frozenset(told if given in ANY_INDUSTRY else (*told, given))


def _concerns(rule: Rule, industries: frozenset[str], *, given: bool) -> bool:
    """Where none is given the text may be of any; what it tells counts for ``strict`` and ``unless``."""
    if not rule.unless.isdisjoint(industries):
        return False
    asked = rule.strict or given
    return not (asked and rule.industries and rule.industries.isdisjoint(industries))


def _anywhere(rule: Rule) -> bool:
    """Whether the rule speaks whatever the text tells, where no industry is given."""
    return not rule.unless and not (rule.strict and rule.industries)


def _asked_alone(rule: Rule, near: str, without_it: str) -> Asked:
    alone = not near and not without_it and rule.pattern is None
    needs = frozenset({near} - {""})
    return Asked(rule, near, without_it, needs=needs, alone=alone, anywhere=_anywhere(rule))


def _step(bags: dict[str, list[str]], part: Part) -> Step:
    return Step(part.reach, part.within, _class(bags, part.words), part.piece)


def _class(bags: dict[str, list[str]], words: tuple[str, ...]) -> str:
    """The bag of a class of words, which all rules share; none for no words."""
    if not words:
        return ""
    bag = f"{CLASS}{hash(words)}"
    if not any(bag in found for found in bags.get(plain_word(words[0]), ())):
        _put(bags, words, bag)
    return bag


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
