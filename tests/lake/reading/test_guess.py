"""What the columns of a file are called in shops is understood, in both scripts, however codes are named."""

from pathlib import Path

import pytest

from remit.core.text import simplified
from remit.lake.reading.examine import Limits, examine
from remit.lake.reading.guess import Guess, guess
from remit.lake.reading.source import Options, open_source

ROW = "店7,A1,2024-01-02 10:11:12,会员9,P3,2,19.90,1.50"
TARGETS = (
    "outlet_id", "order_code", "sold_at", "customer_id", "product_id", "quantity", "net_sales", "discount",
)  # fmt: skip


def guessed(folder: Path, table: str, *lines: str) -> Guess:
    path = folder / "file.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return guess(open_source(examine(path, Limits()), Options(), folder, Limits()), table)


def sources(found: Guess) -> dict[str, str | None]:
    return {target: rule.source for target, rule in found.mapping.columns.items()}


@pytest.mark.parametrize(
    "header",
    [
        "門市編號,單號,交易時間,會員號,商品編碼,數量,實付金額,折扣額",
        "門店代碼,訂單編碼,付款時間,會員編號,商品代碼,購買數量,銷售金額,優惠金額",
        "店鋪編號,小票號,成交時間,顧客代碼,貨號,件數,成交金額,折扣",
        "StoreNo,OrderId,OrderTime,MemberNo,ItemCode,Qty,Amount,Discount",
    ],
)
def test_the_usual_names_of_sales_are_known_in_both_scripts(tmp_path: Path, header: str) -> None:
    for written in dict.fromkeys((header, simplified(header))):
        found = guessed(tmp_path, "order_lines", written, ROW)
        expected = dict(zip(TARGETS, written.split(","), strict=True))
        assert sources(found) == expected | {"line_code": expected["product_id"]}
        assert found.unused == ()


@pytest.mark.parametrize(
    ("table", "header", "expected"),
    [
        ("outlets", "門店編碼,門店名稱,區域", {"code": "門店編碼", "name": "門店名稱", "region": "區域"}),
        ("products", "商品号,商品名称,品牌", {"code": "商品号", "name": "商品名称", "brand": "品牌"}),
        (
            "campaigns",
            "活動代號,活動名稱,活動類型",
            {"code": "活動代號", "name": "活動名稱", "campaign_type": "活動類型"},
        ),
    ],
)
def test_a_list_is_known_by_the_code_and_the_name_of_its_things(
    tmp_path: Path, table: str, header: str, expected: dict[str, str]
) -> None:
    assert sources(guessed(tmp_path, table, header, "a,b,c")) == expected


def test_what_only_sounds_like_a_code_is_left_to_a_person(tmp_path: Path) -> None:
    found = guessed(tmp_path, "order_lines", "手機號,編號,單價,日期,金額", "0912,7,3.5,2024-01-02,7")
    assert (found.unused, sources(found)["net_sales"]) == (("手機號", "編號", "單價"), "金額")
