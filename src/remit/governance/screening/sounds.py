"""Words by their sound: 文賺不賠 and wen赚不赔 are 穩賺不賠.

Each syllable, without its tone, is one private character; a text in that script is searched like any other.
Words of four syllables are heard in characters alone; shorter ones would be heard in harmless words
(國家機關), so there one of their syllables has to be written in letters.
"""

import re
from collections.abc import Sequence
from functools import cache

FIRST = 0xE000
LONGEST_SYLLABLE = 6
IN_CHARACTERS = 4  # syllables
LETTERS = re.compile("[a-zü]+")
MIXED = re.compile("[一-鿿][a-zü]|[a-zü][一-鿿]")


@cache
def _script() -> tuple[dict[int, str], dict[str, str]]:
    """Character → sign of its syllable, and syllable → sign."""
    from pypinyin import Style, pinyin_dict  # late: a quarter of a second, and only screening hears words
    from pypinyin.style import convert

    signs: dict[str, str] = {}
    table = {
        code: chr(code) for code in (*range(0x3100), *range(0xFF00, 0xFFF0))
    }  # found quicker than missed
    for code, readings in pinyin_dict.pinyin_dict.items():
        if 0x4E00 <= code <= 0x9FFF:
            syllable = convert(readings.split(",")[0], Style.NORMAL, strict=False).replace("v", "ü")
            table[code] = signs.setdefault(syllable, chr(FIRST + len(signs)))
    signs |= {syllable.replace("ü", "v"): sign for syllable, sign in signs.items()}
    return table, signs


def sounds_of(word: str) -> str:
    """A word in the script of sounds; empty when it is not all characters."""
    said = word.translate(_script()[0])
    return said if said and all(FIRST <= ord(one) < FIRST + 1000 for one in said) else ""


def in_letters(plain: str) -> bool:
    """Whether letters stand beside characters, as where a syllable is spelled."""
    return MIXED.search(plain) is not None


def spoken(plain: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """A plain text in the script of sounds; first and last place of each sign in the plain text."""
    table, signs = _script()
    if not in_letters(plain):
        return plain.translate(table), range(len(plain)), range(1, len(plain) + 1)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for found in LETTERS.finditer(plain):
        parts.append(plain[last : found.start()].translate(table))
        starts += range(last, found.start())
        ends += range(last + 1, found.start() + 1)
        for first, end, sign in _syllables(found.group(), signs):
            parts.append(sign)
            starts.append(found.start() + first)
            ends.append(found.start() + end)
        last = found.end()
    parts.append(plain[last:].translate(table))
    starts += range(last, len(plain))
    ends += range(last + 1, len(plain) + 1)
    return "".join(parts), starts, ends


def _syllables(letters: str, signs: dict[str, str]) -> list[tuple[int, int, str]]:
    """Letters cut into syllables, the longest first; what is none stays a letter."""
    cut, at = [], 0
    while at < len(letters):
        for size in range(min(LONGEST_SYLLABLE, len(letters) - at), 0, -1):
            if size == 1 or letters[at : at + size] in signs:
                sign = signs.get(letters[at : at + size], letters[at]) if size > 1 else letters[at]
                cut.append((at, at + size, sign))
                at += size
                break
    return cut
