"""Text in any common encoding arrives as it was meant."""

from pathlib import Path

import pytest

from remit.lake.reading.encoding import encoding_of, ready
from remit.lake.reading.examine import Limits, examine
from remit.lake.reading.refusal import Unreadable

TRADITIONAL = "日期,商品,門店\n" + "2017-01-01,鮮奶優酪乳,台北信義店\n2017-01-02,衛生紙,高雄左營店\n" * 20
SIMPLIFIED = "日期,商品,门店\n" + "2017-01-01,酸奶鲜奶,上海徐汇店\n2017-01-02,卫生纸,北京朝阳店\n" * 20
FRENCH = "date,produit\n2017-01-01,café crème\n2017-01-02,pâté\n"


def decoded(path: Path, tmp_path: Path, encoding: str | None = None) -> tuple[str, str]:
    ready_path, name = ready(examine(path, Limits()), encoding, tmp_path, Limits())
    return ready_path.read_bytes().decode("utf-8-sig"), name


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "utf-8-sig", "utf-8"),
        (TRADITIONAL, "utf-16", "utf-16"),
        (TRADITIONAL, "utf-16-le", "utf-16-le"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "cp950"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (FRENCH, "latin-1", "cp1252"),
        (FRENCH, "cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_and_nothing_is_changed(
    text: str, written: str, found: str, tmp_path: Path
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(written))
    assert decoded(path, tmp_path) == (text, found)


def test_one_name_in_a_large_file_of_plain_letters_is_read_right(tmp_path: Path) -> None:
    text = "a,b\n" * 300_000 + "x,王小明\n"
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode("big5"))
    assert decoded(path, tmp_path) == (text, "cp950")


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_evened(ending: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(("a,b\n1,2\n" + f"3,4{ending}5,6{ending}").encode())
    assert decoded(path, tmp_path)[0] == "a,b\n1,2\n3,4\n5,6\n"


def test_a_return_and_a_feed_on_two_blocks_are_one_line_end(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    first = "a,b\n"
    path.write_bytes((first + "x" * (2**20 - len(first) - 1) + "\r\n1,2\n").encode())
    limits = Limits(line_bytes=2**21)
    target, _name = ready(examine(path, limits), None, tmp_path, limits)
    assert target.read_bytes().count(b"\n") == 3


def test_an_encoding_that_does_not_fit_is_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(FRENCH.encode("latin-1"))
    with pytest.raises(Unreadable, match="The file is not utf-8: byte 27 cannot be read"):
        decoded(path, tmp_path, "utf-8")


def test_an_encoding_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(Unreadable, match="There is no encoding 'klingon'"):
        decoded(path, tmp_path, "klingon")


def test_a_stated_encoding_wins_over_what_the_bytes_look_like(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("a,b\n1,é\n".encode())
    assert decoded(path, tmp_path, "latin-1")[0] == "a,b\n1,Ã©\n"


def test_bytes_of_no_language_are_still_read_as_something(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"a,b\n1,\x81\x20\xff\n")
    assert encoding_of(examine(path, Limits())) == "latin-1"
