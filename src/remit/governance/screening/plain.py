"""Text made plain, so that a word in disguise is the word; each character knows where it stood.

Full-width, circled and styled letters (NFKC), traditional characters, capitals and look-alikes become the
plain character. Marks that only part the characters of a word (spaces, dots, stars, emoji, what cannot be
seen) fall out, except between Latin letters and digits, where they mean something, unless each letter
stands alone.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

type Span = tuple[int, int]  # a place in a plain text: where it starts, where it ends

# Signs that are written for one another: the written one, and what is meant.
LOOKALIKES = {
    **dict.fromkeys("蕞朂冣樶㝡", "最"),
    **dict.fromkeys("囯圀", "国"),
    **dict.fromkeys("苐笫", "第"),
    **dict.fromkeys("薬葯", "药"),
    **dict.fromkeys("効傚", "效"),
    **{one: str(at % 9 + 1) for at, one in enumerate("❶❷❸❹❺❻❼❽❾➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒")},
    "🔝": "顶", "価": "价", "嵿": "顶", "増": "增", "経": "经",
    "値": "值", "佰": "百", "壹": "一", "綫": "线", "妳": "你", "牠": "它",
    "а": "a", "в": "b", "е": "e", "о": "o", "р": "p", "с": "c", "т": "t", "х": "x", "у": "y", "к": "k",
    "н": "h", "м": "m", "і": "i", "ѕ": "s", "α": "a", "ο": "o", "ρ": "p", "ν": "v", "ı": "i",
}  # fmt: skip
KEPT = frozenset("%¥$€£°℃℉\n")  # they carry meaning
MARKS = frozenset(
    "*^~_|+=#@&·•.`'\"<>{}[]/\\-:※¦†‡§¶\u1427\u318d\u2e31\u16eb\ua78f"
)  # besides those that Unicode calls marks; the last five are letters that look like a dot
PARTING = ("Cf", "Cc", "Co", "Mn", "Me", "Zs", "Zl", "Zp", "Sk", "So", "Sm", "Pd", "Pc")
QUOTES = frozenset("“”‘’「」『』【】《》〈〉〔〕﹁﹂ˈ…‧・")
BLOCKS = ((0x20, 0x3400), (0x3400, 0xA000), (0xE000, 0x10000), (0x1D400, 0x1D800), (0x1F100, 0x1FB00))
GONE, SEVERAL = "\0", "\1"  # what falls out, and what becomes several characters
# Digits and signs that stand for a letter inside a word (T0P, m1racle).
LETTERS_OF = str.maketrans("013457@$", "oleastas")
DISGUISED = re.compile(r"(?<=[a-z])[013457@$](?=[a-z])")
BESIDE_LETTERS = re.compile(f"(?<![a-z0-9{GONE}]){GONE}+|{GONE}+(?![a-z0-9{GONE}])")
# Marks between letters of which each stands alone (z.u.i) fall out too; looked for only where there are some.
LONE = re.compile(f"(?<![a-z0-9])[a-z]{GONE}+[a-z](?![a-z0-9])")
BETWEEN_LONE = f"(?:(?<=[^a-z0-9][a-z])|(?<=\\A[a-z])){GONE}+(?=[a-z](?![a-z0-9]))"
BESIDE_AND_LONE = re.compile(f"{BESIDE_LETTERS.pattern}|{BETWEEN_LONE}")
# A mark put after every single character of a word (国，家，级), which would else end a clause.
HAN, PAUSE = "[一-鿿]", "[，,、。!；;]"
SPELLED = re.compile(
    f"{PAUSE}(?={HAN}{PAUSE}{HAN})(?<={HAN}{PAUSE})|{PAUSE}(?={HAN})(?<={HAN}{PAUSE}{HAN}{PAUSE})"
)


class Plain(NamedTuple):
    """``text`` is plain; character ``i`` of it stood at ``where[i]`` of the original."""

    text: str
    where: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stands in the original."""
        return self.where[start], self.where[end - 1] + 1


def plain(text: str) -> Plain:
    """The plain form of a text."""
    table, several, marks = _tables()
    where: Sequence[int] = range(len(text))
    marked = text.translate(marks)
    if SEVERAL in marked:
        text, where = _spread(text, where, several)
        marked = text.translate(marks)
    if GONE in marked:
        beside = BESIDE_AND_LONE if LONE.search(marked) else BESIDE_LETTERS
        text, where = without(beside, marked, text.translate(table), where)
    else:
        text = marked
    if DISGUISED.search(text):
        text = DISGUISED.sub(lambda found: found.group().translate(LETTERS_OF), text)
    if SPELLED.search(text):
        text, where = without(SPELLED, text, text, where)
    return Plain(text, where)


def plain_word(word: str) -> str:
    """A word of a rule in the form in which it is looked for."""
    return plain(word).text


def _spread(text: str, where: Sequence[int], several: re.Pattern[str]) -> tuple[str, list[int]]:
    """Signs that stand for several characters (㎡, ⑩, ⑴), written out; a number without its brackets."""
    parts: list[str] = []
    positions: list[int] = []
    last = 0
    for found in several.finditer(text):
        whole = unicodedata.normalize("NFKC", found.group()).strip("()")
        parts += (text[last : found.start()], whole)
        positions += where[last : found.start()]
        positions += [where[found.start()]] * len(whole)
        last = found.end()
    parts.append(text[last:])
    positions += where[last:]
    return "".join(parts), positions


def without(
    pattern: re.Pattern[str], marked: str, text: str, where: Sequence[int]
) -> tuple[str, Sequence[int]]:
    """The text without what the pattern finds in ``marked``, which is as long."""
    parts: list[str] = []
    positions: list[int] = []
    last = 0
    for found in pattern.finditer(marked):
        parts.append(text[last : found.start()])
        positions += where[last : found.start()]
        last = found.end()
    if not parts:
        return text, where
    parts.append(text[last:])
    positions += where[last:]
    return "".join(parts), positions


@cache
def _tables() -> tuple[dict[int, str], re.Pattern[str], dict[int, str]]:
    """What each sign becomes; the signs that become several; the same with marks as GONE."""
    characters = [chr(code) for first, end in BLOCKS for code in range(first, end)]
    folded = [_folded(one) for one in characters]
    several = "".join(one for one, form in zip(characters, folded, strict=True) if len(form) > 1)
    single = {one: form for one, form in zip(characters, folded, strict=True) if len(form) == 1}
    simple = OpenCC("t2s").convert("\n".join(single.values())).split("\n")
    if len(simple) != len(single):
        raise RuntimeError("The converter of characters has joined lines; its version is not one we know.")
    table = {ord(one): LOOKALIKES.get(form, form) for one, form in zip(single, simple, strict=True)}
    table |= {ord(one): meant for one, meant in LOOKALIKES.items()} | {ord("\r"): "\n"}
    table = {code: meant for code, meant in table.items() if chr(code) != meant}
    kept = [code for first, end in BLOCKS[:2] for code in range(first, end)]
    table = {code: chr(code) for code in kept} | table  # what stays is found quicker than missed
    parting = [one for one in [*characters, "\t"] if _parts(one) or _parts(table.get(ord(one), one))]
    marks = table | {ord(one): GONE for one in parting} | {ord(one): SEVERAL for one in several}
    return table, re.compile(f"[{re.escape(several)}]"), marks


def _folded(character: str) -> str:
    """Without width, style and capitals; a Latin letter without its tone (ǐ), except ü."""
    form = unicodedata.normalize("NFKC", character).lower()
    bare = unicodedata.normalize("NFD", form)
    return bare[0] if len(bare) > 1 and bare[0].isascii() and bare[0].isalpha() and form != "ü" else form


def _parts(character: str) -> bool:
    if character in KEPT or character in LOOKALIKES:
        return False
    return character in MARKS or character in QUOTES or unicodedata.category(character) in PARTING
