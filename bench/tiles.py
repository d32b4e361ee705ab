"""The board of twelve tiles that is measured: what a director looks at in the morning. Pure."""

from typing import Any

TITLE = "Bench: twelve tiles"


def _tile(
    kind: str, size: str, metrics: list[str], by: list[str], period: str, compare: str
) -> dict[str, Any]:
    asked = {"metrics": metrics, "by": by, "period": period, "compare": compare, "unit": "journey"}
    return {
        "kind": kind,
        "size": size,
        "title": "",
        "question": {key: value for key, value in asked.items() if value},
    }


def _number(metric: str) -> dict[str, Any]:
    return _tile("number", "small", [metric], [], "last 4 weeks", "previous")


TILES = [
    *(_number(name) for name in ("net_sales", "baskets", "buyers", "basket_value", "units", "discount_rate")),
    _tile("line", "large", ["net_sales"], ["week"], "last 26 weeks", "previous"),
    _tile("line", "medium", ["buyers"], ["week"], "last 26 weeks", "previous"),
    _tile("bar", "medium", ["net_sales"], ["department"], "last 4 weeks", ""),
    _tile("bar", "medium", ["net_sales"], ["region"], "last 4 weeks", ""),
    _tile("heat", "medium", ["baskets"], ["weekday", "week"], "last 13 weeks", ""),
    _tile(
        "table", "full", ["net_sales", "baskets", "basket_value"], ["department"], "last 4 weeks", "previous"
    ),
]
