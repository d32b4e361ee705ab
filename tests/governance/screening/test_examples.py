"""The worked examples of ``docs/how/screening.md``."""

from pathlib import Path

import pytest

from remit.governance.screening.packs import shipped

PAGE = Path(__file__).resolve().parents[3] / "docs/how/screening.md"


def examples() -> list[tuple[str, ...]]:
    """Text, verdict, rule and words of each line of the table."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|"))[:4] for line in lines]
    return [row for row in rows if row[1] in ("pass", "change", "stop")]


def test_there_are_examples() -> None:
    assert len(examples()) >= 15


@pytest.mark.parametrize(("text", "verdict", "rule", "words"), examples())
def test_an_example_is_answered_as_written(text: str, verdict: str, rule: str, words: str) -> None:
    answer = shipped().screen(text)
    assert answer.verdict.value == verdict
    if rule:
        assert (rule, words) in {(one.rule.code, one.words) for one in answer.findings}
