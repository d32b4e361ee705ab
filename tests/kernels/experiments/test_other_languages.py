"""The browser's SDK answers what the kernel answers, for the fixed people of ``assignments.json``."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SDK = ROOT / "src/remit/web/static/remit/sdk/assign.js"
VECTORS = Path(__file__).parent / "assignments.json"
PROGRAM = """
const { assign, place } = await import(process.argv[1]);
const { readFileSync } = await import("node:fs");
const given = JSON.parse(readFileSync(process.argv[2], "utf8"));
const places = [], variants = [];
for (const one of given.places) places.push(await place(one.salt, one.person));
for (const one of given.assignments) variants.push(await assign(one.definition, one.person, one.attributes));
console.log(JSON.stringify({ places, variants }));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here to run the browser's module with")
def test_the_module_for_browsers_gives_the_fixed_answers(tmp_path):
    module = tmp_path / "assign.mjs"
    module.write_text(SDK.read_text(encoding="utf-8"), encoding="utf-8")
    words = ["node", "--input-type=module", "--eval", PROGRAM, str(module), str(VECTORS)]
    found = json.loads(subprocess.run(words, capture_output=True, check=True, timeout=60, text=True).stdout)
    given = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert found["places"] == [one["place"] for one in given["places"]]
    assert found["variants"] == [one["variant"] for one in given["assignments"]]
