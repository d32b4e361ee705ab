"""A specification that cannot be computed is refused, and says why in both languages."""

import pytest

from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.catalog.writing import DEEPEST, UnreadableSpec, read_spec

SUM = {"kind": "sum", "column": "net_sales"}


def kept(**filter_: object) -> dict[str, object]:
    return {**SUM, "where": [filter_]}


def nested(depth: int) -> dict[str, object]:
    return {"kind": "growth", "of": nested(depth - 1)} if depth else dict(SUM)


@pytest.mark.parametrize(
    ("data", "en", "zh"),
    [
        (nested(DEEPEST + 1), "nested too deeply", "巢狀層數太多"),
        ({**SUM, "table": "no_such"}, "There is no fact table 'no_such'", "沒有名為「no_such」的事實表"),
        ({**SUM, "where": "all"}, "where is a list", "where 要寫成清單"),
        ({**SUM, "where": ["all"]}, "A filter has a field, an op and values", "篩選條件要有"),
        (kept(field="department", op="like", values=["D"]), "'like' is no comparison", "不是比較方式"),
        (kept(field="department", op="in", values=[1.5]), "are texts or numbers", "為文字或數字"),
        ({"kind": "distinct", "columns": ["colour"]}, "has no column colour", "沒有這些欄位：colour"),
        ({"kind": "distinct", "columns": []}, "has no column (none named)", "（none named）"),
        ({"kind": "share", "of": "net_sales", "over": ["mood"]}, "no dimension mood", "沒有這些維度：mood"),
        ({"kind": "share", "of": "net_sales", "over": []}, "(none named)", "（未寫）"),
        ({"kind": "linear", "plus": []}, "adds at least one figure", "至少要加一個數字"),
    ],
)
def test_what_cannot_be_computed_is_refused_and_says_why(data, en, zh):
    with pytest.raises(UnreadableSpec) as refusal:
        read_spec(data, "order_lines", SHIPPED)
    assert en in str(refusal.value)
    assert en in refusal.value.text.en
    assert zh.replace("（none named）", "(none named)") in refusal.value.text.zh_hant


def test_the_deepest_that_is_allowed_is_read():
    assert read_spec(nested(DEEPEST), "order_lines", SHIPPED)
