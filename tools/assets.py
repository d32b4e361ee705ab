"""Copy the front-end files that pages use from ``node_modules`` into the static files: an allow-list."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/remit/web/static/vendor"

# Where it lies in node_modules -> where it lies under vendor/.
WANTED = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
    "echarts/dist/echarts.min.js": "echarts/echarts.min.js",
    "sortablejs/Sortable.min.js": "sortable/Sortable.min.js",
    "tom-select/dist/js/tom-select.complete.min.js": "tom-select/tom-select.complete.min.js",
    "tom-select/dist/css/tom-select.bootstrap5.min.css": "tom-select/tom-select.bootstrap5.min.css",
}
# Source maps are not shipped, and a reference to a file that is not there stops collectstatic.
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+")


def copy_assets() -> int:
    """Empty the folder, copy what is wanted, return how many bytes."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    size = 0
    for source, target in WANTED.items():
        text = SOURCE_MAP.sub("", (MODULES / source).read_text(encoding="utf-8"))
        path = VENDOR / target
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_text(text, encoding="utf-8")
    return size


if __name__ == "__main__":
    print(f"{len(WANTED)} files, {copy_assets() / 2**20:.1f} MB")
