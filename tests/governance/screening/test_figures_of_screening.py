"""How right the rules are, on the half of the labelled texts that they were not made with."""

from collections import Counter
from pathlib import Path

import pytest

from remit.governance.screening.packs import shipped
from tests.governance.screening.judging import score
from tests.governance.screening.labelled import labelled


@pytest.mark.parametrize("stated", [False, True])
@pytest.mark.parametrize("half", ["working", "final"])
def test_violations_are_found_and_clean_texts_left_alone(half: str, stated: bool) -> None:
    got = score(half, stated=stated)
    assert got.recall >= 0.98, str(got)
    assert got.precision >= 0.95, str(got)


def test_further_texts_that_the_rules_were_made_with_stay_right() -> None:
    """They guard against steps back; they say nothing about texts of others."""
    path = Path(__file__).with_name("further.tsv")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:] if line]
    wrong = [text for found, text in rows if (shipped().screen(text).verdict != "pass") != (found == "yes")]
    assert len(rows) > 850
    assert len(wrong) <= len(rows) // 100, wrong


def test_the_labelled_set_is_large_and_half_clean() -> None:
    clean = [one for one in labelled() if one.verdict == "pass"]
    assert len(labelled()) >= 450
    assert 0.4 < len(clean) / len(labelled()) < 0.6
    assert Counter(one.half for one in labelled())["final"] > 200
    assert len({one.id for one in labelled()}) == len(labelled())


def test_there_are_rules_of_every_subject() -> None:
    rules = shipped().rules
    assert len(rules) >= 300
    packs = Counter(rule.code.split("-")[0] for rule in rules)
    assert set(packs) == {
        "SUP",
        "CON",
        "FIG",
        "MED",
        "FIN",
        "EDU",
        "EST",
        "ALC",
        "COS",
        "CHI",
        "PRI",
        "PRO",
    } | {"TES"}
    for rule in rules:
        assert rule.shown and rule.why.zh_hant and rule.suggestion.en and rule.law.text.zh_hant, rule.code
