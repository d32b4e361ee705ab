"""One pass over the bytes of a file: what it is, its digest, whether it is UTF-8, and how its lines end."""

import codecs
import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from .refusal import TooBig, Unreadable

BLOCK_BYTES = 2**21

BLANKS = " \t\u00a0\u3000"  # what is cut from around a code

Kind = Literal["csv", "xlsx", "parquet"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What an import takes. A line is what lies between two line ends, in bytes."""

    file_bytes: int = 4 * 2**30
    line_bytes: int = 2**20
    columns: int = 2_000


@dataclass(frozen=True, slots=True)
class Examined:
    """``sha256`` of the bytes as they are. ``encoding``: by byte-order mark or strict check, else None.

    ``even_lines``: all lines end alike, with LF or CRLF, so that the file can be read as it stands.
    ``blanks``: which of BLANKS occur anywhere; in UTF-8, else all are taken to.
    """

    path: Path
    kind: Kind
    size: int
    sha256: str
    encoding: str | None = None
    even_lines: bool = True
    blanks: str = BLANKS


def examine(path: Path, limits: Limits) -> Examined:
    """Read the file once, in blocks.

    Raise Unreadable for an empty or unknown file, TooBig beyond a limit: a file without line ends is
    refused after its first ``limits.line_bytes``, not after its last byte.
    """
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(f"檔案「{path.name}」是空的。", f"The file {path.name} is empty.")
    if size > limits.file_bytes:
        most = limits.file_bytes // 2**20
        raise TooBig(
            f"檔案有 {size // 2**20} MB，上限是 {most} MB。請分成幾個檔案匯入。",
            f"The file has {size // 2**20} MB; at most {most} MB are taken. Split it into several files.",
        )
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PAR1"):
        return Examined(path, "parquet", size, _digest(path))
    if start.startswith(b"PK\x03\x04"):
        return Examined(path, "xlsx", size, _digest(path))
    _refuse_known_binaries(path, start)
    return _text(path, size, start, limits)


def remembered(examined: Examined) -> dict[str, object]:
    """What was found, for JSON, with what tells that the file is still the same."""
    facts = asdict(examined) | {"path": str(examined.path)}
    return facts | {"changed_ns": examined.path.stat().st_mtime_ns}


def recalled(path: Path, facts: Mapping[str, Any]) -> Examined | None:
    """What was found before, None when the file has another size or time by now."""
    state = path.stat()
    if (facts.get("size"), facts.get("changed_ns")) != (state.st_size, state.st_mtime_ns):
        return None
    return Examined(**{name: facts[name] for name in facts if name != "changed_ns"} | {"path": path})


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_known_binaries(path: Path, start: bytes) -> None:
    kinds = {b"\x1f\x8b": "gzip", b"\xd0\xcf\x11\xe0": "XLS", b"%PDF": "PDF", b"7z\xbc\xaf": "7z"}
    for mark, kind in kinds.items():
        if start.startswith(mark):
            raise Unreadable(
                f"「{path.name}」是 {kind} 檔。請解壓縮或另存為 CSV、XLSX 或 Parquet 後再匯入。",
                f"{path.name} is a {kind} file. Unpack it, or save it as CSV, XLSX or Parquet first.",
            )


def _text(path: Path, size: int, start: bytes, limits: Limits) -> Examined:
    encoding = _by_mark(start) or _utf16_without_mark(start)
    if encoding is None and b"\x00" in start:
        raise Unreadable(
            f"「{path.name}」不是文字檔。請另存為 CSV、XLSX 或 Parquet 後再匯入。",
            f"{path.name} is not a text file. Save it as CSV, XLSX or Parquet first.",
        )
    lines = LineGuard(limits.line_bytes)
    text = _Utf8() if encoding is None else None
    digest = hashlib.sha256()
    with ThreadPoolExecutor(1) as other, path.open("rb") as file:
        block = file.read(BLOCK_BYTES)
        while block:
            hashed = other.submit(digest.update, block)
            following = file.read(BLOCK_BYTES)  # leaves the interpreter free, so that the hashing begins
            lines.feed(block)
            if text is not None and not text.feed(block):
                text = None
            hashed.result()
            block = following
    if text is not None and text.ended:
        return Examined(path, "csv", size, digest.hexdigest(), "utf-8", lines.even, text.blanks)
    return Examined(path, "csv", size, digest.hexdigest(), encoding, lines.even)


class _Utf8:
    """Follows blocks as long as they are UTF-8, and notes which blanks they hold."""

    def __init__(self) -> None:
        self.decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self.blanks = ""
        self._open = dict(zip(BLANKS, (blank.encode() for blank in BLANKS), strict=True))

    def feed(self, block: bytes) -> bool:
        """False when the block is not UTF-8."""
        letters = block.isascii() and self.ended  # nothing to decode, and none begun before
        if not letters:
            try:
                self.decoder.decode(block)
            except UnicodeDecodeError:
                return False
        for blank, sign in tuple(self._open.items()):
            if (len(sign) == 1 or not letters) and sign in block:
                self.blanks += blank
                del self._open[blank]
        return True

    @property
    def ended(self) -> bool:
        """No character is half read."""
        return not self.decoder.getstate()[0]


def _by_mark(start: bytes) -> str | None:
    marks = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    found = next((name for mark, name in marks if start.startswith(mark)), None)
    return None if found == "utf-8" else found  # its bytes are checked like any others


def _utf16_without_mark(start: bytes) -> str | None:
    """Zero bytes on one side of most characters of the first lines: delimiters, digits, line ends."""
    if len(start) < 4:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > 10 * even + len(start) // 20:
        return "utf-16-le"
    if even > 10 * odd + len(start) // 20:
        return "utf-16-be"
    return None


class LineGuard:
    """Follows line ends through blocks; refuses a line longer than the limit as soon as it is seen."""

    def __init__(self, line_bytes: int) -> None:
        self.line_bytes = line_bytes
        self.run = 0
        self.number = 1
        self._feeds = self._returns = self._pairs = 0
        self._ended_with_return = False

    @property
    def even(self) -> bool:
        """All line ends are LF, or all are CRLF."""
        if self._returns == 0:
            return True
        return self._returns == self._pairs == self._feeds

    def feed(self, block: bytes) -> None:
        feeds = block.count(b"\n")
        self._feeds += feeds
        if b"\r" in block:  # looking is ten times cheaper than counting
            self._returns += block.count(b"\r")
            self._pairs += block.count(b"\r\n")
        self._pairs += self._ended_with_return and block.startswith(b"\n")
        self._ended_with_return = block.endswith(b"\r")
        end = b"\n" if feeds else b"\r"
        first = block.find(end)
        longest = self.run + (len(block) if first < 0 else first)
        if longest > self.line_bytes:
            line = self.number
            raise TooBig(
                f"第 {line} 行超過 {self.line_bytes // 2**20} MB。這不像一份表格；請檢查換行與引號。",
                f"Line {line} is longer than {self.line_bytes // 2**20} MB. This does not look like a table: "
                "check its line ends and quotes.",
            )
        self.run = self.run + len(block) if first < 0 else len(block) - block.rfind(end) - 1
        self.number += feeds
