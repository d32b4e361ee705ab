"""What ships as data, in ``handbook/``: positions, skills, ladders, the first thirty days."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from remit.core.text import Text

HERE = Path(__file__).parent / "handbook"


def read(name: str) -> list[dict[str, Any]]:
    """The rows of a file of the handbook, such as ``positions``."""
    text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return rows


def said(pair: Mapping[str, str]) -> Text:
    """``{zh: …, en: …}`` as a text."""
    return Text(pair["zh"], pair["en"])
