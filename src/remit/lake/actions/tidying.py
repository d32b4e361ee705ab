"""Let go of working files that nothing needs any more."""

import shutil

from ..models import Import
from ..places import folder_of, quarantine_file


def let_go(*, row: Import) -> int:
    """Remove the folders of all attempts but the one that keeps the quarantine; return how many."""
    whole, kept, removed = folder_of(row), quarantine_file(row), 0
    for folder in whole.glob("*-*"):
        if kept is None or kept.parent != folder:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    if whole.is_dir() and not any(whole.iterdir()):
        whole.rmdir()
    return removed
