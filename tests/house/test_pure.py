"""What is pure runs without Django: an import contract alone does not prove it, a fresh process does."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src"
PURE = (
    "core",
    "kernels",
    "lake/store.py",
    "lake/tables",
    "collection/reading",
    "metrics/catalog",
    "metrics/engine",
    "journeys",
    "governance/screening",
)

IMPORT_EACH = """
import importlib, json, sys
guilty = {}
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
    if "django" in sys.modules:
        guilty[name] = sorted(m for m in sys.modules if m.startswith("remit."))
        break
print(json.dumps(guilty))
"""


def pure_modules() -> list[str]:
    """Dotted names of every module that promises to be pure."""
    paths = list((SOURCE / "remit").glob("*/deciding.py"))
    for name in PURE:
        place = SOURCE / "remit" / name
        paths += [place] if place.suffix else place.rglob("*.py")
    found = {".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in paths if path.exists()}
    return sorted(name.removesuffix(".__init__") for name in found)


def test_no_pure_module_brings_django_in() -> None:
    names = pure_modules()
    assert {"remit.core", "remit.lake.store", "remit.metrics.catalog"} <= set(names)
    command = [sys.executable, "-c", IMPORT_EACH, json.dumps(names)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {}
