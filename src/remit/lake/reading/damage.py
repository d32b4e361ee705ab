"""A file that is UTF-8 but for a few bytes is damaged: read as anything else, its words would be lost."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from .examine import BLOCK_BYTES
from .refusal import Unreadable

BAD_BYTES_MAX = 10_000  # more of them are no accident
HIGH = bytes(range(0x80, 0x100))
BELOW_THREE = bytes(range(0xE0))  # what a character of three or four bytes never begins with


@dataclass(slots=True)
class Damage:
    """Where a file first is not UTF-8 (``at`` from 0, ``line`` from 1), and how much of it is.

    ``right`` and ``bad`` are bytes beyond ASCII that make characters and that make none. ``wide``: some of
    the characters take three or four bytes. ``cut``: the one fault is a character cut off at the end.
    ``marked``: the file begins with the mark of UTF-8.
    """

    at: int = 0
    line: int = 1
    right: int = 0
    bad: int = 0
    wide: bool = False
    cut: bool = False
    marked: bool = False

    @property
    def is_small(self) -> bool:
        """Whether the file can hardly have been meant as anything but UTF-8."""
        return self.marked or (self.right > 0 and (self.cut or 4 * self.bad <= self.right))

    def refusal(self) -> Unreadable:
        where_zh = f"第 {self.line:,} 行（位元組 {self.at:,}）"
        where_en = f"line {self.line:,} (byte {self.at:,})"
        if self.cut:
            return Unreadable(
                f"檔案是 UTF-8，最後一個字元卻只有一半，在{where_zh}：檔案被截斷了。請重新下載或重新匯出。",
                f"The file is UTF-8 and breaks off in the middle of a character, on {where_en}: it was cut. "
                "Download or export it again.",
            )
        return Unreadable(
            f"檔案是 UTF-8，但{where_zh}壞了，讀不出來。請改正那一處，或重新匯出；"
            "如果檔案其實是別的編碼，請寫明編碼。",
            f"The file is UTF-8, but damaged on {where_en}, which cannot be read. Correct that place, or "
            "export the file again; if it is in another encoding, state it.",
        )


def damage_of(path: Path) -> Damage:
    """Follow a file that is not UTF-8 to its end, or to where it is plain that it was never meant to be."""
    found = Damage()
    place, lines, held = 0, 1, b""
    with path.open("rb") as file:
        while (block := file.read(BLOCK_BYTES)) and found.bad <= BAD_BYTES_MAX:
            found.marked = found.marked or (place == 0 and block.startswith(codecs.BOM_UTF8))
            whole = held + block
            used = _follow(whole, place, lines, found)
            lines += whole.count(b"\n", 0, used)
            place += used
            held = whole[used:]
    if held and found.bad <= BAD_BYTES_MAX:
        if not found.bad:
            found.at, found.line, found.cut = place, lines, True
        found.bad += len(held)
    return found


def _follow(block: bytes, place: int, lines: int, found: Damage) -> int:
    """Count through a block; return how much of it was used, without a character begun at its end."""
    view, start = memoryview(block), 0
    while found.bad <= BAD_BYTES_MAX:
        try:
            _text, used = codecs.utf_8_decode(view[start:], "strict", False)
        except UnicodeDecodeError as error:
            first, after = start + error.start, start + error.end
            _count(block[start:first], found)
            if not found.bad:
                found.at, found.line = place + first, lines + block.count(b"\n", 0, first)
            found.bad += after - first
            start = after
        else:
            _count(block[start : start + used], found)
            return start + used
    return len(block)


def _count(part: bytes, found: Damage) -> None:
    if not part.isascii():
        found.right += len(part) - len(part.translate(None, HIGH))
        found.wide = found.wide or bool(part.translate(None, BELOW_THREE))
