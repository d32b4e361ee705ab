"""The reference pages say what the code says."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _tool():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools/reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_reference_page_is_up_to_date():
    stale = [
        path.name for path, text in _tool().pages().items() if not path.exists() or path.read_text() != text
    ]
    assert stale == []


def test_a_setting_without_a_description_is_noticed():
    tool = _tool()
    try:
        tool.described(["", 'X = env.str("X", "")'], 2, "X")
    except tool.Undescribed as refusal:
        assert "REMIT_X" in str(refusal)
    else:
        raise AssertionError("an undescribed setting passed")
