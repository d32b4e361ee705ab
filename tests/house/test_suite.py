"""The whole suite says at its end what happened, and a process that is killed spoils no measurement."""

from pathlib import Path

import pytest
from coverage import CoverageData

from tools.suite import ROOT, closing_line, counts_of, in_turn, shares, whole_measurements


@pytest.mark.parametrize(
    ("said", "passed", "failed", "skipped"),
    [
        ("....\n1968 passed, 1 skipped, 108 warnings in 650.37s (0:10:50)\n", 1968, 0, 1),
        ("==== 2 failed, 3 passed, 1 error in 4.20s ====\nnanobind: leaked 6 types!\n", 3, 3, 0),
        ("ImportError while loading conftest\n", 0, 0, 0),
    ],
)
def test_the_counts_are_those_of_the_last_line(said: str, passed: int, failed: int, skipped: int) -> None:
    assert counts_of(said) == {"passed": passed, "failed": failed, "skipped": skipped}


def test_a_run_that_broke_off_says_so_although_nothing_failed() -> None:
    assert closing_line("SQLite", 4, counts_of("")) == "SQLite: exit code 4, 0 passed, 0 failed, 0 skipped"


def test_measurements_of_a_process_that_was_killed_while_it_wrote_are_left_out(tmp_path: Path) -> None:
    whole, half = (CoverageData(str(tmp_path / "coverage"), suffix=True) for _ in range(2))
    for each in (whole, half):
        each.add_lines({"house.py": [1]})
    whole.write()
    half.close()
    assert len(list(tmp_path.iterdir())) == 2
    assert whole_measurements(tmp_path) == [Path(whole.data_filename())]


def test_every_test_is_in_one_share() -> None:
    folders = [name for share in shares() for name in share]
    assert len(folders) == len(set(folders))
    tests = {path.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").rglob("test_*.py")}
    assert set(folders) == tests


def test_every_share_has_its_turn_on_each_database_and_not_on_both_at_once() -> None:
    turns = in_turn(("one", "other"))
    for name in ("one", "other"):
        assert sorted(share for share, database in turns if database == name) == sorted(shares())
    assert turns[0][0] != turns[1][0]
    assert [share for share, _database in in_turn(("one",))] == shares()
