"""Which encoding a text file is in, and a copy of it in UTF-8."""

import codecs
import shutil
from pathlib import Path

from charset_normalizer import from_bytes

from remit.core.text import Text

from .damage import damage_of
from .examine import BLOCK_BYTES, Examined, Limits, LineGuard
from .refusal import TooBig, Unreadable

SAMPLE_BYTES = 256 * 2**10
FEW = 20  # characters: too few for statistics
EAST_ASIAN = ("shift_jis", "cp932", "euc_jp", "cp949", "euc_kr", "johab", "hz", "iso2022_jp", "iso2022_kr")
LAST_RESORT = ("cp1252", "latin-1")
CERTAIN = ("utf-8", "utf-16", "utf-32")  # by a strict check, or by a mark


def encoding_of(examined: Examined) -> str:
    """The file's encoding: by mark, UTF-8, Chinese by how its bytes are spread, else the likeliest that fits.

    Whatever is returned decodes the whole file without an error (strictly checked). Raise Unreadable for a
    file that is UTF-8 but for a few bytes: some other encoding would take it, and its words would be lost.
    """
    if examined.encoding:
        return examined.encoding
    sample = _telling(examined.path)
    sure, possible = _chinese(sample)
    damage = damage_of(examined.path)
    # characters of two bytes may be Chinese in its own encodings; those of three, as UTF-8's mark, are not
    if damage.is_small and (damage.wide or not any(_decodes(examined.path, name) for name in sure)):
        raise damage.refusal()
    for candidate in (*sure, *_proposed(sample), *possible, *LAST_RESORT):
        if _decodes(examined.path, candidate):
            return candidate
    raise AssertionError("latin-1 decodes every byte")


def ready(examined: Examined, encoding: str | None, folder: Path, limits: Limits) -> tuple[Path, str]:
    """A UTF-8 file with even line ends (the file, or a copy in ``folder``), and the encoding that it was in.

    ``encoding`` is what the mapping states, if it does. Raise Unreadable where the file does not decode so.
    """
    name = _known(encoding) if encoding else encoding_of(examined)
    plain = examined.encoding == "utf-8" and name in ("utf-8", "utf-8-sig")
    if plain and examined.even_lines:
        return examined.path, "utf-8"
    target = folder / "utf8.csv"
    _copy(examined.path, name, target, limits)
    return target, name


def guess_notes(encoding: str, stated: str | None) -> tuple[Text, ...]:
    """What is said where the encoding is neither stated nor certain."""
    if stated or encoding in CERTAIN:
        return ()
    return (
        Text(
            f"檔案沒有註明編碼，看起來是 {encoding}，便以此讀出。如果字不對，請寫明編碼。",
            f"The file does not say its encoding; it was read as {encoding}, which seems to fit. "
            "If words look wrong, state the encoding.",
        ),
    )


def sample_text(path: Path, encoding: str) -> str:
    """The first lines as text, without a mark; a character cut off at the end is left out."""
    with path.open("rb") as file:
        block = file.read(SAMPLE_BYTES)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(block, final=False)
    return text.removeprefix("\ufeff")


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise Unreadable(
            f"沒有「{encoding}」這種編碼。常用的有 utf-8、utf-16、gb18030、big5、latin-1。",
            f"There is no encoding {encoding!r}. Common ones: utf-8, utf-16, gb18030, big5, latin-1.",
        ) from None
    return {"gbk": "gb18030", "gb2312": "gb18030", "big5": "cp950"}.get(name, name)


def _telling(path: Path) -> bytes:
    """Up to SAMPLE_BYTES of lines that hold more than ASCII: the others say nothing about the encoding."""
    kept = bytearray()
    with path.open("rb") as file:
        while len(kept) < SAMPLE_BYTES and (block := file.read(BLOCK_BYTES) + file.readline()):
            for line in block.splitlines(keepends=True):
                if not line.isascii():
                    kept += line
    return bytes(kept[:SAMPLE_BYTES])


def _chinese(sample: bytes) -> tuple[list[str], list[str]]:
    """Likely and possible candidates: whose double bytes lie where the encoding keeps its common characters.

    GB2312 keeps them at lead bytes B0–D7, Big5 at A4–C6: text in one, read as the other, falls
    outside half of the time.
    """
    scores = {}
    few = False
    for name, low, high in (("gb18030", 0xB0, 0xD7), ("cp950", 0xA4, 0xC6)):
        text = sample.decode(name, errors="ignore")
        pairs = [pair for c in text if not c.isascii() and len(pair := c.encode(name, "ignore")) == 2]
        lost = len(sample) - len(text.encode(name, "ignore"))
        if len(pairs) > lost:
            scores[name] = sum(low <= pair[0] <= high for pair in pairs) / len(pairs)
            few = few or len(pairs) < FEW
    ranked = sorted(scores, key=lambda name: -scores[name])
    sure = [name for name in ranked if scores[name] > (0.3 if few else 0.7)]
    return sure, [name for name in ranked if name not in sure and scores[name] > 0.3]


def _proposed(sample: bytes) -> list[str]:
    """What charset-normalizer thinks, best first, of the encodings that bytes can tell apart.

    Those of one byte it tells apart badly: cp1252 and Latin-1 wait for the end.
    """
    return [match.encoding for match in from_bytes(sample) if match.encoding in EAST_ASIAN][:3]


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _copy(path: Path, encoding: str, target: Path, limits: Limits) -> None:
    """Decode strictly and write UTF-8 with LF, a block at a time."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    guard = LineGuard(limits.line_bytes)
    held = ""
    position = 0
    with path.open("rb") as source, target.open("wb") as sink:
        while True:
            block = source.read(BLOCK_BYTES)
            try:
                text = held + decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"檔案不是 {encoding}：第 {position + error.start:,} 個位元組讀不出來。"
                    "請改編碼，或讓系統自行判斷。",
                    f"The file is not {encoding}: byte {position + error.start:,} cannot be read. "
                    "State another encoding, or leave it out to have it found.",
                ) from None
            position += len(block)
            # a CR at the end of a block may be the first half of a CRLF
            held = "\r" if block and text.endswith("\r") else ""
            text = text.removesuffix(held) if held else text
            out = text.replace("\r\n", "\n").replace("\r", "\n").encode()
            guard.feed(out)
            if sink.tell() == 0:
                out = out.removeprefix(codecs.BOM_UTF8)
            sink.write(out)
            if not block:
                return


def room_for(size: int, folder: Path) -> None:
    """Raise TooBig when the disk has less than twice ``size`` bytes free, before work begins."""
    free = shutil.disk_usage(folder).free
    if free < 2 * size:
        raise TooBig(
            f"磁碟只剩 {free // 2**20} MB，這個檔案約需 {2 * size // 2**20} MB。請先清出空間。",
            f"The disk has {free // 2**20} MB left; this file needs about {2 * size // 2**20} MB. "
            "Free some first.",
        )
