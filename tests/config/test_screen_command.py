"""``remit screen``: one text a line, one answer a line."""

import io
import json
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db

TEXTS = "最近上新，歡迎選購\n\n頂級享受\u2028還在同一行\r\n包治百病\n"


def screened(*words: str) -> list[dict[str, Any]]:
    said = StringIO()
    call_command("screen", *words, "--format", "json", stdout=said)
    return [json.loads(line) for line in said.getvalue().split("\n") if line]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "texts.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXTS.encode())
    return str(path)


def test_every_line_has_its_answer(file: str) -> None:
    answers = screened(file)
    assert [(one["line"], one["verdict"]) for one in answers] == [
        (1, "pass"),
        (2, "pass"),
        (3, "stop"),
        (4, "stop"),
    ]
    (finding,) = answers[2]["findings"]
    assert (finding["start"], finding["end"], finding["words"]) == (0, 2, "頂級")
    assert finding["law"] == "《廣告法》第九條第三項"
    assert finding["suggestion"]


def test_the_language_and_the_industry_are_chosen(file: str) -> None:
    assert screened(file, "--language", "en")[2]["findings"][0]["law"] == "Advertising Law, art. 9 (3)"
    assert "food" in screened(file, "--industry", "food")[0]["industries"]


def test_texts_come_by_the_terminal_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO("穩賺不賠".encode())))
    assert [one["verdict"] for one in screened("-")] == ["stop"]


def test_a_table_shows_line_verdict_and_law(file: str) -> None:
    said = StringIO()
    call_command("screen", file, stdout=said)
    lines = said.getvalue().splitlines()
    assert lines[1].split() == ["1", "pass"]
    assert "頂級" in lines[3]
    assert "《廣告法》第九條第三項" in lines[3]


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("screen", str(tmp_path / "nothing.txt"))
    (tmp_path / "big5.txt").write_bytes("頂級".encode("big5"))
    with pytest.raises(CommandError, match="not UTF-8"):
        call_command("screen", str(tmp_path / "big5.txt"))
