from decimal import Decimal

import pytest

from remit.core.money import CurrencyMismatch, Money
from remit.core.ref import Ref
from remit.core.scope import Scope
from remit.core.text import Text
from remit.core.verdict import ALLOWED, refused


def test_two_currencies_are_never_added():
    with pytest.raises(CurrencyMismatch):
        Money(Decimal("1.00"), "USD") + Money(Decimal("30.00"), "TWD")
    assert Money(Decimal("0.10"), "USD") + Money(Decimal("0.20"), "USD") == Money(Decimal("0.30"), "USD")
    assert Money(Decimal("3"), "USD") - Money(Decimal("1"), "USD") == Money(Decimal("2"), "USD")
    assert Money(Decimal("1"), "USD") < Money(Decimal("2"), "USD")


def test_a_reference_survives_its_text():
    assert Ref.parse(str(Ref("campaign", 7))) == Ref("campaign", 7)


@pytest.mark.parametrize("text", ["campaign", "campaign:", ":7", "campaign:x", ""])
def test_a_broken_reference_is_refused(text):
    with pytest.raises(ValueError, match="Not a reference"):
        Ref.parse(text)


def test_simplified_chinese_is_derived_and_a_correction_wins():
    assert Text("資料品質", "Data quality").say("zh-hans") == "数据品质"
    assert Text("資料品質", "Data quality", "数据的质量").say("zh-cn") == "数据的质量"
    assert Text("資料品質", "Data quality").say("zh-hant") == "資料品質"
    assert Text("資料品質", "Data quality").say("en-gb") == "Data quality"


def test_a_scope_sees_nothing_unless_told():
    assert Scope().sees_nothing
    assert not Scope(companies=frozenset({1})).sees_nothing
    assert not Scope.system("nightly projection").sees_nothing


def test_a_system_scope_needs_its_reason():
    with pytest.raises(ValueError, match="reason"):
        Scope.system("  ")


def test_scopes_that_differ_have_different_keys():
    scopes = [
        Scope(),
        Scope(companies=frozenset({1})),
        Scope(outlets=frozenset({1})),
        Scope(companies=frozenset({1, 2})),
        Scope(companies=frozenset({12})),
        Scope.system("x"),
    ]
    assert len({scope.key for scope in scopes}) == len(scopes)


def test_a_refusal_is_falsy_and_says_why():
    verdict = refused("The campaign has no pain point.", "H1.3a")
    assert not verdict
    assert ALLOWED
    assert (verdict.reason, verdict.clause) == ("The campaign has no pain point.", "H1.3a")
