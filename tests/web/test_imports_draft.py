"""A mapping in an address comes out as it went in, and nothing else does."""

import base64
import zlib

import pytest

from remit.web.imports.draft import DraftTooLong, UnreadableDraft, packed, unpacked

RAW = {
    "table": "order_lines",
    "columns": {"net_sales": {"from": "銷售額", "empty": ["無", "-"]}},
    "header": False,
}


def test_a_mapping_survives_the_address():
    text = packed(RAW)
    assert unpacked(text) == RAW
    assert text.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "é",
        "abc",
        packed(RAW)[:-8],
        base64.urlsafe_b64encode(zlib.compress(b"[1]")).decode(),
        base64.urlsafe_b64encode(zlib.compress(b'{"a": "' + b"x" * 10_000_000 + b'"}')).decode(),
        base64.urlsafe_b64encode(zlib.compress(b"not json")).decode(),
    ],
    ids=["nothing", "foreign letters", "noise", "cut off", "a list", "a bomb", "no json"],
)
def test_what_is_no_mapping_is_refused(text):
    with pytest.raises(UnreadableDraft):
        unpacked(text)


def test_a_mapping_too_long_for_an_address_is_refused():
    with pytest.raises(DraftTooLong):
        packed({"columns": {"net_sales": {"from": "a", "values": {str(n): "1" for n in range(10_000)}}}})
