"""A company's own words: read, refused, laid over the shipped rules, published in versions."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from remit.audit.models import Event
from remit.governance.actions.own_words import publish_own_words
from remit.governance.actions.policy import ChangedMeanwhile, NothingChanged
from remit.governance.models import OwnWords
from remit.governance.queries.screening import screen_in_force
from remit.governance.screening.own import (
    ENTRIES_MOST,
    TEXT_MOST,
    WORDS_MOST,
    UnreadableList,
    changed_entries,
    read_own,
)
from remit.governance.screening.packs import FOLDER, read_folder, screen_of
from remit.governance.screening.rule import Verdict
from tests.governance.conftest import AT, House

WHALE = {"words": "藍鯨, 神(秘|奇)鯨", "severity": "stop", "why": "是對手的商標", "suggestion": "不提對手"}
SHARPER = {"severity": "stop", "suggestion": {"zh": "寫材質", "en": "Name the material"}, "reason": "從嚴"}
OWN: dict[str, Any] = {
    "rules": {"OWN-001": WHALE},
    "changes": {"SUP-037": SHARPER},
    "disabled": {"PRI-031": "法務已確認"},
    "exceptions": [{"rules": ["SUP-034", "EST-031"], "words": "絕版書店", "reason": "這是書店的名字"}],
}


def screen_with(content: dict[str, Any]) -> Any:
    return screen_of(read_own(content).over(read_folder(FOLDER)))


@pytest.fixture(scope="module")
def screen() -> Any:
    return screen_with(OWN)


def test_a_rule_of_our_own_is_found_in_every_disguise(screen: Any) -> None:
    (finding,) = screen.screen("比藍*鯨好看").findings
    assert (finding.words, finding.rule.code, finding.rule.law.code) == ("藍*鯨", "OWN-001", "own")
    assert screen.screen("我們不是蓝鲸").verdict is Verdict.PASS  # what is negated is excused here too


def test_a_changed_rule_has_our_severity_and_suggestion(screen: Any) -> None:
    (finding,) = screen.screen("極致享受").findings
    assert finding.rule.severity is Verdict.STOP
    assert finding.rule.suggestion.zh_hant == "寫材質"
    assert finding.rule.law.code == "ad-9-3"


def test_a_rule_that_is_off_is_silent_and_others_speak(screen: Any) -> None:
    assert [one.rule.code for one in screen.screen("過時不候").findings] == []
    assert screen.screen("頂級").verdict is Verdict.STOP


def test_an_exception_states_its_reason_and_covers_its_words_only(screen: Any) -> None:
    answer = screen.screen("歡迎光臨絕版書店")
    assert answer.verdict is Verdict.PASS
    assert {one.excuse.reason.zh_hant for one in answer.excused} == {"這是書店的名字"}
    assert screen.screen("絕版好書").verdict is Verdict.STOP


MANY_WORDS = "、".join(f"品牌{n}" for n in range(WORDS_MOST + 1))


@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        ({"ruls": {}}, "ruls", "no such part"),
        ({"rules": ["x"]}, "rules", "code: what it says"),
        ({"rules": {"own": WHALE}}, "rules.own", "capitals"),
        ({"rules": {"SUP-001": WHALE}}, "rules.SUP-001", "use “changes”"),
        ({"rules": {"OWN-1": WHALE | {"pattern": "(a+)+"}}}, "rules.OWN-1", "no field 'pattern'"),
        ({"rules": {"OWN-1": WHALE | {"words": ""}}}, "rules.OWN-1", "no words"),
        ({"rules": {"OWN-1": WHALE | {"words": "的"}}}, "rules.OWN-1", "mark too much"),
        ({"rules": {"OWN-1": WHALE | {"words": "**、—"}}}, "rules.OWN-1", "mark too much"),
        ({"rules": {"OWN-1": WHALE | {"words": "大$fruit"}}}, "rules.OWN-1", "no list $fruit"),
        ({"rules": {"OWN-1": WHALE | {"severity": "worse"}}}, "rules.OWN-1", "change or stop"),
        ({"rules": {"OWN-1": WHALE | {"why": ""}}}, "rules.OWN-1.why", "write a text"),
        ({"rules": {"OWN-1": WHALE | {"law": "none"}}}, "rules.OWN-1", "no law"),
        ({"rules": {"OWN-1": WHALE | {"industries": ["magic"]}}}, "rules.OWN-1.industries", "no 'magic'"),
        ({"rules": {"OWN-1": WHALE | {"lacks": ["luck"]}}}, "rules.OWN-1.lacks", "no 'luck'"),
        ({"rules": {"OWN-1": WHALE | {"within": 0}}}, "rules.OWN-1", "from 1 to"),
        ({"changes": {"SUP-037": {"reason": "x"}}}, "changes.SUP-037", "nothing changes"),
        ({"changes": {"SUP-037": {"severity": "stop"}}}, "changes.SUP-037", "give a reason"),
        ({"disabled": {"SUP-999": "x"}}, "disabled.SUP-999", "no rule SUP-999"),
        ({"disabled": {"SUP-001": ""}}, "disabled.SUP-001", "give a reason"),
        ({"exceptions": {"a": 1}}, "exceptions", "write a list"),
        ({"exceptions": [{"words": "某某店", "reason": ""}]}, "exceptions[1]", "give a reason"),
        ({"exceptions": [{"reason": "x"}]}, "exceptions[1]", "words (the whole phrase)"),
        ({"exceptions": [{"words": "某某店", "rules": ["X-1"], "reason": "x"}]}, "exceptions[1]", "rule X-1"),
        ({"exceptions": [{"rules": "X", "reason": "x"}]}, "exceptions[1].rules", "list of codes"),
        ({"exceptions": ["某某店"]}, "exceptions[1]", "write fields"),
        ({"exceptions": [{}] * (ENTRIES_MOST + 1)}, "exceptions", f"at most {ENTRIES_MOST} entries"),
        ({"rules": {"OWN-1": WHALE | {"why": "長" * (TEXT_MOST + 1)}}}, "rules.OWN-1.why", str(TEXT_MOST)),
        ({"rules": {"OWN-1": WHALE | {"words": MANY_WORDS}}}, "rules.OWN-1", f"at most {WORDS_MOST}"),
    ],
)  # fmt: skip
def test_a_bad_entry_is_refused_with_where_and_why(content: dict[str, Any], where: str, said: str) -> None:
    with pytest.raises(UnreadableList) as caught:
        read_own(content)
    assert caught.value.text.en.startswith(f"{where}: ")
    assert said in caught.value.text.en
    assert caught.value.text.zh_hant.startswith(f"{where}：")


def test_differences_are_named() -> None:
    after = OWN | {"disabled": {}, "exceptions": []}
    assert changed_entries(OWN, after) == ["PRI-031", "exceptions"]
    assert changed_entries({}, OWN) == ["OWN-001", "PRI-031", "SUP-037", "exceptions"]


def publish(house: House, content: dict[str, Any], after: int) -> OwnWords:
    return publish_own_words(content=content, reason="試", by=house["dora"], at=AT, after=after)


def test_a_version_holds_from_its_publication_and_is_audited(house: House) -> None:
    before, key = screen_in_force()
    assert before.screen("藍鯨").verdict is Verdict.PASS
    version = publish(house, OWN, 0)
    after, new_key = screen_in_force()
    assert after.screen("藍鯨").verdict is Verdict.STOP
    assert (version.number, key.split(".")[1], new_key.split(".")[1]) == (1, "0", "1")
    event = Event.objects.get(name="governance.own_words.published")
    assert event.fields["changes"] == ["OWN-001", "PRI-031", "SUP-037", "exceptions"]
    assert event.fields["digest"] == version.digest


def test_nobody_writes_over_a_version_of_somebody_else(house: House) -> None:
    publish(house, OWN, 0)
    with pytest.raises(ChangedMeanwhile):
        publish(house, {"disabled": {"PRI-031": "x"}}, 0)
    with pytest.raises(NothingChanged):
        publish(house, OWN, 1)
    with pytest.raises(UnreadableList):
        publish(house, {"disabled": {"NO-1": "x"}}, 1)
    assert OwnWords.objects.count() == 1


def test_the_command_line_screens_with_them(house: House, tmp_path: Path) -> None:
    publish(house, OWN, 0)
    file = tmp_path / "texts.txt"
    file.write_text("藍鯨\n", encoding="utf-8")

    def answered(*more: str) -> str:
        out = io.StringIO()
        call_command("screen", str(file), "--format", "json", *more, stdout=out)
        return str(json.loads(out.getvalue())["verdict"])

    assert (answered(), answered("--shipped")) == ("stop", "pass")
