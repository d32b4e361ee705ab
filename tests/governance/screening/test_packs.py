"""Packs are checked when they are read; an error says where and why."""

from typing import Any

import pytest

from remit.core.text import Text
from remit.governance.screening.packs import FOLDER, UnreadablePack, read_folder, read_pack, screen_of
from remit.governance.screening.rule import Law, Verdict

LAWS = {"own": Law("own", Text("本公司規定", "Our own rule"), Text("不用此詞。", "Not this word."))}
SHARED: dict[str, Any] = {
    "excuses": {
        "explaining": {"reason": {"zh": "說明", "en": "explains"}},
        "title": {"reason": {"zh": "作品名", "en": "a title"}},
        "negated": {"reason": {"zh": "否定", "en": "negated"}},
    },
    "lists": {"fruit": "苹果, 梨"},
}


def family(**rule: Any) -> dict[str, Any]:
    said = {"zh": "不用", "en": "not used"}
    one = {"law": "own", "severity": "change", "why": said, "suggestion": said, "rules": {"OWN-1": rule}}
    return {"families": [one]}


def test_choices_and_lists_are_written_out() -> None:
    (rule,) = read_pack(family(words="最(好|佳), 大$fruit, (a|($fruit))茶"), "own.yaml", LAWS, SHARED)
    assert rule.words[:4] == ("最好", "最佳", "大苹果", "大梨")
    got = screen_of([rule]).screen("我們的大苹果")
    assert got.verdict is Verdict.CHANGE


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ({"words": "某", "colour": 1}, "unknown field 'colour'"),
        ({"words": "某", "law": "nothing"}, "law 'nothing'"),
        ({"words": "某", "lacks": ["luck"]}, "unknown proof 'luck'"),
        ({"words": "某", "excuses": ["none"]}, "no excuse 'none'"),
        ({"words": "大$metal"}, "no list $metal"),
        ({"words": "某", "pattern": "("}, "missing )"),
        ({"words": "某", "why": {"zh": "只有中文"}}, "write the text"),
        ({"words": ""}, "no words"),
        ({"words": "某", "severity": "worse"}, "severity"),
    ],
)
def test_a_wrong_rule_says_where_and_why(rule: dict[str, Any], why: str) -> None:
    with pytest.raises(UnreadablePack) as caught:
        list(read_pack(family(**rule), "own.yaml", LAWS, SHARED))
    assert "own.yaml OWN-1" in caught.value.where
    assert why in str(caught.value)


def test_every_shipped_rule_can_be_read() -> None:
    assert len({rule.code for rule in read_folder(FOLDER)}) == len(read_folder(FOLDER))
