"""Answers written out: as data for programs, as pieces for a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from remit.core.text import Text

from .rule import Excused, Finding, Screened

# What a text lacks, named for the person who reads it.
PROOF_TITLES = {
    "source": Text("出處", "a source"),
    "reference": Text("被比較價格的含義", "what the compared price is"),
    "quantity": Text("數量", "a quantity"),
    "period": Text("起止時間", "a period"),
    "gift": Text("贈品的數量和期限", "number and period of the gift"),
    "prize": Text("獎品數量和開獎時間", "number of prizes and the time of the draw"),
    "risk": Text("風險提示", "a warning of risk"),
    "annual_rate": Text("年化利率", "the annual rate"),
    "award": Text("頒發機構和時間", "who gave the award and when"),
    "patent": Text("專利號", "the number of the patent"),
    "certificate": Text("證書編號", "the number of the certificate"),
    "terms": Text("條件和期限", "terms and time"),
    "area": Text("面積的種類（建築面積或套內面積）", "which area it is (floor or inner floor area)"),
    "disclaimer": Text("「本品不能代替藥物」", "“cannot replace medicine”"),
}


def as_data(answer: Screened, language: str) -> dict[str, Any]:
    """Verdict, findings and excused places; places count characters of the text as it was given."""
    return {
        "verdict": answer.verdict.value,
        "industries": sorted(answer.industries),
        "findings": [finding_data(one, language) for one in answer.findings],
        "excused": [excused_data(one, language) for one in answer.excused],
    }


def finding_data(one: Finding, language: str) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "words": one.words,
        "rule": one.rule.code,
        "severity": one.rule.severity.value,
        "law": one.rule.law.title.say(language),
        "law_text": one.rule.law.text.say(language),
        "why": one.rule.why.say(language),
        "lacks": [PROOF_TITLES[proof].say(language) for proof in one.lacking],
        "suggestion": one.rule.suggestion.say(language),
        "by_sound": one.by_sound,
    }


def excused_data(one: Excused, language: str) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "words": one.words,
        "rule": one.rule.code,
        "reason": one.excuse.reason.say(language),
    }


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; ``number`` of its finding, 0 for what is not one."""

    text: str
    number: int = 0
    severity: str = ""


def pieces(answer: Screened) -> Iterator[Piece]:
    """The whole text in pieces, the places of findings numbered in their order."""
    last = 0
    for number, one in enumerate(answer.findings, 1):
        if one.start > last:
            yield Piece(answer.text[last : one.start])
        yield Piece(one.words, number, one.rule.severity.value)
        last = one.end
    if last < len(answer.text):
        yield Piece(answer.text[last:])
