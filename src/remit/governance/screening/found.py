"""What one pass found in a text: places by word; those of a class are gathered when somebody asks for it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from .plain import Span

type Hit = tuple[int, int, int]  # number of the word, start, end

NOWHERE: list[Span] = []
FEW = 48  # hits that are gone through anew for every class


class Words:
    """All words that are looked for, by number: the bags of each, the words of each bag."""

    def __init__(self, bags: Sequence[Iterable[str]]) -> None:
        self.bags = [tuple(dict.fromkeys(found)) for found in bags]
        members: dict[str, set[int]] = {}
        for word, found in enumerate(self.bags):
            for bag in found:
                members.setdefault(bag, set()).add(word)
        self.members = {bag: frozenset(words) for bag, words in members.items()}
        alike: dict[frozenset[str], frozenset[str]] = {}
        sets = map(frozenset, self.bags)
        self.sets = [alike.setdefault(found, found) for found in sets]  # united quicker than tuples


class Found:
    """Where words stand, each list in the order of the text."""

    __slots__ = ("_by_word", "_members", "_sets", "_spans", "hits", "present")

    def __init__(self, words: Words, hits: list[Hit]) -> None:
        self._members, self.hits = words.members, hits
        self._by_word: dict[int, list[Hit]] | None = None
        self._spans: dict[str, list[Span]] = {}
        sets = self._sets = words.sets
        self.present: set[str] = set().union(*[sets[hit[0]] for hit in hits])

    def by_sentence(self, ends: list[int]) -> Iterator[tuple[list[Hit], set[str]]]:
        """Hits with the bags that stand beside them: in long texts a rule's words seldom meet."""
        if len(self.hits) <= FEW or not ends:
            yield self.hits, self.present
            return
        parted: list[list[Hit]] = [[] for _ in range(len(ends) + 1)]
        for hit in self.hits:
            parted[bisect_left(ends, hit[1])].append(hit)
        for hits in filter(None, parted):
            yield hits, set[str]().union(*[self._sets[hit[0]] for hit in hits])

    def spans(self, bag: str) -> list[Span]:
        """Where the words of a bag stand."""
        if bag not in self.present:
            return NOWHERE
        known = self._spans.get(bag)
        if known is None:
            known = self._spans[bag] = self._gathered(self._members[bag])
        return known

    def _gathered(self, members: frozenset[int]) -> list[Span]:
        if len(self.hits) <= FEW:
            spans = [(start, end) for word, start, end in self.hits if word in members]
        else:
            by_word = self._by_word = self._by_word or _by_word(self.hits)
            spans = [(start, end) for word in members if word in by_word for _, start, end in by_word[word]]
        if len(spans) > 1:
            spans.sort()
        return spans


def _by_word(hits: list[Hit]) -> dict[int, list[Hit]]:
    found: dict[int, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit[0], []).append(hit)
    return found
