"""Whatever a draft can say goes out as YAML and comes back as the same draft."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from remit.core.text import simplified
from remit.duties.bringing import drafts_in
from remit.duties.drafts import (
    DAYS,
    EVIDENCE_KINDS,
    RHYTHMS,
    UNITS,
    Draft,
    DraftUnusable,
    Words,
    corrections,
    draft_of,
    entry_of,
    in_simplified,
)

PLAIN = """
code: A1
title: {zh: 一, en: one}
rhythm: daily
effort_minutes: 1
evidence: {kind: note}
accountable: a
"""
TEXT = some.text(some.characters(codec="utf-8", exclude_characters="\x00\x85"), max_size=40).map(str.strip)
TITLE = TEXT.filter(bool)
CODES = some.from_regex(r"[A-Z][A-Za-z0-9]{0,5}(\.[0-9]{1,2}){0,2}[a-z]?(-[a-z0-9]{1,5})?", fullmatch=True)
NAMES = some.lists(some.sampled_from(["yes", "null", "market_analyst", "1e3", "a"]), unique=True).map(tuple)


@some.composite
def drafts(draw) -> Draft:
    rhythm = draw(some.sampled_from(RHYTHMS))
    low, high = DAYS.get(rhythm, (1, 28))
    has_day = rhythm in (*DAYS, "monthly")
    kind = draw(some.sampled_from(EVIDENCE_KINDS))
    manual = {"zh": draw(TEXT), "en": draw(TEXT), "unit": draw(some.sampled_from(UNITS)), "better": "lower"}
    rules = some.builds(
        lambda to, zh, en, days: {"to": to, "what": {"zh": zh, "en": en}, "within_days": days},
        CODES, TITLE, TITLE, some.integers(0, 250),
    )  # fmt: skip
    words = Words(draw(TITLE), draw(TEXT), draw(TEXT))
    return Draft(
        code=draw(CODES), zh_hant=words, en=Words(draw(TITLE), draw(TEXT), draw(TEXT)),
        zh_hans=corrections(words, Words(draw(TEXT), draw(TEXT), draw(TEXT))), rhythm=rhythm,
        day=draw(some.none() | some.integers(low, high)) if has_day else None,
        effort_minutes=draw(some.integers(0, 60_000)), respond_days=draw(some.integers(0, 250)),
        starts_upon=draw(NAMES) if rhythm == "event" else (), evidence_kind=kind,
        evidence_count=draw(some.integers(1, 50)), evidence_of="board" if kind == "thing" else "",
        measure_metric=draw(some.sampled_from(["", "net_sales"])) , accountable="a",
        responsible=draw(NAMES), consulted=draw(NAMES), informed=draw(NAMES),
        hands_over=tuple(draw(some.lists(rules, max_size=2))),
    ) if draw(some.booleans()) else Draft(
        code=draw(CODES), zh_hant=words, en=Words(draw(TITLE)), rhythm="daily", effort_minutes=1,
        evidence_kind="note", accountable="a", measure_manual=manual,
    )  # fmt: skip


@given(drafts())
def test_what_goes_out_comes_in_as_it_was(made):
    text = yaml.safe_dump([entry_of(made)], allow_unicode=True, sort_keys=False, width=110)
    assert drafts_in(text.encode()) == [made]


@given(TITLE, TEXT)
def test_only_what_differs_from_the_derived_words_is_a_correction(title, purpose):
    words = Words(title, purpose)
    assert corrections(words, Words(simplified(title), simplified(purpose))) is None
    assert corrections(words, Words("")) is None


def test_each_text_is_corrected_by_itself():
    entry = {
        "code": "A1", "title": {"zh": "市場", "en": "Market", "zh_hans": "集市"},
        "purpose": {"zh": "目標", "en": "Goal"}, "rhythm": "daily", "effort_minutes": 1,
        "evidence": {"kind": "note"}, "accountable": "a",
    }  # fmt: skip
    made = draft_of(entry)
    assert made.zh_hans == Words("集市")
    assert in_simplified(made) == Words("集市", "目标", "")


def test_a_line_break_that_yaml_would_lose_becomes_a_plain_one():
    entry = {
        "code": "A1", "title": {"zh": "甲", "en": "a"}, "purpose": {"zh": "一\x85二\x00", "en": ""},
        "rhythm": "daily", "effort_minutes": 1, "evidence": {"kind": "note"}, "accountable": "a",
    }  # fmt: skip
    assert draft_of(entry).zh_hant.purpose == "一\n二"


@pytest.mark.parametrize(
    ("line", "strange"),
    [
        ("deliverable: {zh: 結果, en: Items that differ, and what was done.}", "and what was done."),
        ("purpose: {zh: 一, en: one, fr: un}", "fr"),
        ("evidence: {kind: file, number: 2}", "number"),
        ("measure: {metrics: net_sales}", "metrics"),
        ("measure: {manual: {zh: 天, en: Days, unit: days, better: lower, best: 1}}", "best"),
        ("hands_over: [{to: A2, what: {zh: 一, en: one}, days: 2}]", "days"),
        ("hands_over: [{to: A2, what: {zh: 一, en: one, or two}}]", "or two"),
    ],
)
def test_what_nothing_would_read_is_refused_by_its_name(line, strange):
    entry = yaml.safe_load(PLAIN) | yaml.safe_load(line)
    with pytest.raises(DraftUnusable, match=re.escape(f": {strange}. Known: ")):
        draft_of(entry)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("evidence: note", "evidence is a mapping, such as evidence: {zh: …, en: …}"),
        ("colour: red", "unknown: colour. Known: "),
        ("responsible: market_analyst", "responsible is a list of codes"),
        ("responsible: [1]", "responsible is a list of codes"),
        ("effort_minutes: an hour", "effort_minutes is a whole number"),
        ("effort_minutes: yes", "effort_minutes is a whole number"),
        ("hands_over: A2", "hands_over is a list of {to, what: {zh, en}, within_days}"),
        ("hands_over: [A2]", "hands_over is a list of {to, what: {zh, en}, within_days}"),
        (
            "hands_over: [{what: {zh: 一, en: one}}]",
            "each of hands_over has to, what (zh and en) and within_days",
        ),
        ("hands_over: [{to: A2, what: {zh: 一, en: one}, within_days: 251}]", "within_days (0–250)"),
    ],
)
def test_what_is_written_in_another_shape_is_refused_with_the_shape(line, sentence):
    entry = yaml.safe_load(PLAIN) | yaml.safe_load(line)
    with pytest.raises(DraftUnusable, match=re.escape(sentence)) as refused:
        draft_of(entry)
    assert "A1" in str(refused.value)


def test_a_duty_is_a_mapping_and_a_proposal_changes_fields_that_there_are():
    with pytest.raises(DraftUnusable, match="a list of names and values, beginning with its code"):
        draft_of("A1")
    made = draft_of(yaml.safe_load(PLAIN))
    with pytest.raises(DraftUnusable, match="a duty has no field code, colour"):
        made.changed({"colour": "red", "code": "A2"})
    assert made.changed({"responsible": ["b", "c"]}).responsible == ("b", "c")


def test_the_handbook_of_the_documentation_says_what_it_looks_like():
    page = Path("docs/howto/own-handbook.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (draft,) = drafts_in(block.encode())
    assert draft.en.deliverable == "Items that differ, and what was done."
    assert draft.hands_over[0]["within_days"] == 2
