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
        "mentioned": {"reason": {"zh": "引述", "en": "mentioned"}, "quoted": True, "context": "说法"},
        "title": {"reason": {"zh": "作品名", "en": "a title"}},
        "negated": {"reason": {"zh": "否定", "en": "negated"}},
    },
    "lists": {"fruit": "苹果, 梨"},
    "pieces": {"number": "\\d+"},
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
        ({"words": "大(小"}, "not closed"),
        ({"says": ["$fruit .. <colour>"]}, "no piece <colour>"),
        ({"says": ["<number> .. <number>"]}, "a saying needs words"),
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


def verdict(text: str, **rule: Any) -> Verdict:
    return screen_of(read_pack(family(**rule), "own.yaml", LAWS, SHARED)).screen(text).verdict


@pytest.mark.parametrize(
    ("saying", "said", "unsaid"),
    [
        ("$fruit ..4 (治病, 去火)", "苹果真能治病", "治病的苹果"),  # one after the other
        ("$fruit ..4 治病", "梨能治病", "梨又大又甜又脆治病"),  # not too far
        ("$fruit ..4 治病", "梨能治病", "吃梨。治病"),  # in one sentence
        ("$fruit & 治病", "治病就吃大苹果", "治病。苹果"),  # on either side
        ("$fruit + 治病", "治病。苹果", "苹果"),  # anywhere
        ("<number> ..2 元 ..4 $fruit", "3元的苹果", "元的苹果"),  # a shape ahead of the first word
        ("$fruit ..2 <number> ..2 元", "苹果3元", "苹果三百斤3元"),  # and after it
        ("苹果 ..2 (小|大)梨 ..2 治病", "苹果和大梨能治病", "苹果和梨能治病"),
    ],
)
def test_classes_of_words_that_stand_together(saying: str, said: str, unsaid: str) -> None:
    assert verdict(said, says=[saying]) is Verdict.CHANGE
    assert verdict(unsaid, says=[saying]) is Verdict.PASS


def test_a_saying_is_found_over_all_of_its_parts() -> None:
    (rule,) = read_pack(family(says=["$fruit .. 治病"]), "own.yaml", LAWS, SHARED)
    (finding,) = screen_of([rule]).screen("吃大蘋果能治病嗎").findings
    assert finding.words == "蘋果能治病"
    assert rule.shown == ("苹果…治病",)


def test_a_word_in_the_sentence_silences() -> None:
    assert verdict("苹果能治病", words="苹果", without="谣言") is Verdict.CHANGE
    assert verdict("苹果能治病是谣言", words="苹果", without="谣言") is Verdict.PASS
    assert verdict("谣言。苹果能治病", words="苹果", without="谣言") is Verdict.CHANGE


def test_what_is_quoted_to_speak_about_it_is_not_claimed() -> None:
    assert verdict("“苹果能治病”的说法从何而来", words="治病") is Verdict.PASS
    assert verdict("这个说法好：苹果能治病", words="治病") is Verdict.CHANGE
    assert verdict("“苹果能治病”的说法从何而来", words="治病", despite=["mentioned"]) is Verdict.CHANGE


def test_every_shipped_rule_can_be_read() -> None:
    assert len({rule.code for rule in read_folder(FOLDER)}) == len(read_folder(FOLDER))
