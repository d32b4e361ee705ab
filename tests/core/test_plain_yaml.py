"""What people write as YAML comes back as it is meant, or is refused with its line."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from remit.core.plain_yaml import NotPlain, read_plain

words = some.text(some.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
plain = some.recursive(
    some.none() | some.booleans() | some.integers(-(10**9), 10**9) | some.dates() | words,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(words, inner, max_size=3),
    max_leaves=12,
)


@given(plain)
def test_what_was_written_out_comes_back(value):
    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    assert read_plain(yaml.dump(value, Dumper=Plain, allow_unicode=True)) == value


@given(some.text(alphabet="ab:-[]{}!&*#?|>'\"%@`, \n\t019.~", max_size=60))
def test_no_text_does_anything_else_than_to_be_read_or_refused(text):
    try:
        read_plain(text)
    except NotPlain as error:
        assert error.why.en.startswith("Line ") and error.why.zh_hant.startswith("第 ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: [1", "Line 2: this is not YAML."),
        ("a: &x 1\nb: *x", "Line 2: *x refers to another place. Write out what is meant."),
        ("a:\n  b: 1\n  b: 2", "Line 3: b is said twice in one place: keep one of them."),
        ("- !!bool maybe", "Line 1: leave out the tag !!bool and write the value."),
        (
            "- !!python/object/apply:os.system [ls]",
            "Line 1: leave out the tag !!python/object/apply:os.system",
        ),
        ("on: 2026-99-99", "Line 1: 2026-99-99 is no day and no number."),
        ("n: " + "9" * 6_000, "Line 1: 9999999999999999999999999999999999999999 is no day and no number."),
        ("n: 0x" + "f" * 5_000, "Line 1: 0xffffffffffffffffffffffffffffffffffffff is no day and no number."),
        ("n: 1:30", "Line 1: 1:30 is no day and no number."),
        ("yes: 1\ntrue: 2", "Line 2: true is said twice in one place"),
        ("<<: {a: 1}\nb: 2", "Line 1: leave out << and write out what is meant."),
        ("[" * 5_000, "Line 1: lists and mappings lie more than 12 deep."),
    ],
)
def test_what_would_be_misread_is_refused_with_its_line(text, said):
    with pytest.raises(NotPlain) as refused:
        read_plain(text)
    assert said in str(refused.value)
    assert str(refused.value) == refused.value.why.en
