"""A file that is UTF-8 but for a few bytes is refused with the place: some other encoding would take it."""

from pathlib import Path

import pytest

from remit.lake.reading.damage import damage_of
from remit.lake.reading.encoding import encoding_of
from remit.lake.reading.examine import BLOCK_BYTES, Limits, examine
from remit.lake.reading.refusal import Unreadable
from tests.lake.conftest import HEADER, Stage

CHINESE = HEADER + "".join(f"2024-01-02,單{n},1,王小明,2,19.90\n" for n in range(30))


def refused(content: bytes, folder: Path) -> str:
    path = folder / "file.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        encoding_of(examine(path, Limits()))
    return str(caught.value)


@pytest.mark.parametrize("byte", [b"\xff", b"\xe7", b"?", b""])
def test_one_broken_byte_is_refused_with_its_line(byte: bytes, tmp_path: Path) -> None:
    content = CHINESE.encode()
    at = content.index("單7".encode()) + 1
    assert refused(content[:at] + byte + content[at + 1 :], tmp_path) == (
        f"The file is UTF-8, but damaged on line 9 (byte {at - 1}), which cannot be read. "
        "Correct that place, or export the file again; if it is in another encoding, state it."
    )


def test_a_file_cut_in_the_middle_of_a_character_is_refused(tmp_path: Path) -> None:
    content = CHINESE.encode()
    at = content.rindex("明".encode())
    assert refused(content[: at + 2], tmp_path) == (
        f"The file is UTF-8 and breaks off in the middle of a character, on line 31 (byte {at:,}): "
        "it was cut. Download or export it again."
    )


def test_western_letters_of_two_bytes_are_missed_too(tmp_path: Path) -> None:
    content = ("a,b\n" + "café,pâté\n" * 20).encode()
    at = content.rindex("é".encode())
    assert refused(content[:at] + content[at + 1 :], tmp_path).startswith(
        f"The file is UTF-8, but damaged on line 21 (byte {at})"
    )


def test_a_mark_of_utf8_is_believed(tmp_path: Path) -> None:
    assert "damaged on line 2 (byte 9)" in refused(b"\xef\xbb\xbfa,b\n1,\xff\n", tmp_path)


def test_the_place_is_right_beyond_the_first_block(tmp_path: Path) -> None:
    lines = BLOCK_BYTES // len("鮮奶,1\n".encode())
    content = ("a,b\n" + "鮮奶,1\n" * (lines + 10)).encode() + b"\xff,1\n"
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    found = damage_of(path)
    assert (found.at, found.line, found.bad, found.cut) == (len(content) - 4, lines + 12, 1, False)


def test_bytes_that_were_never_utf8_are_not_followed_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("café\n".encode("latin-1") * 600_000)
    found = damage_of(path)
    assert (found.bad, found.is_small) == (10_001, False)


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        ("名\n台北\n", "gb18030", "gb18030"),
        ("品名,門市\n鮮奶,台北\n", "big5", "cp950"),
        ("品名,门店\n酸奶,北京\n", "gbk", "gb18030"),
        ("名稱\n" + "會員價專區\n" * 300, "big5", "cp950"),
        ("a,b\n1,café\n", "cp1252", "cp1252"),
        ("a,b\n1,café", "cp1252", "cp1252"),
    ],
)
def test_other_encodings_are_found_as_before(text: str, written: str, found: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(written))
    assert encoding_of(examine(path, Limits())) == found


def test_an_encoding_that_was_guessed_is_said(staged: Stage) -> None:
    done = staged(CHINESE.encode("big5"))
    assert [note.en for note in done.notes] == [
        "The file does not say its encoding; it was read as cp950, which seems to fit. "
        "If words look wrong, state the encoding."
    ]


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_encoding_that_is_certain_needs_no_word(written: str, staged: Stage) -> None:
    assert staged(CHINESE.encode(written)).notes == ()
