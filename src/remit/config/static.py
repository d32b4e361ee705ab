"""Static files: pages name them by their hash, so they are gathered into the home before it is served."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = "gathered"  # what was gathered, in the folder itself


def gather_static_files() -> bool:
    """Gather what is installed, unless exactly this was gathered; false where there was nothing to do.

    A home that came out of an archive has none, and one from before an upgrade has the old ones.
    """
    if not settings.STATIC_MANIFEST:
        return False
    stamp = Path(settings.STATIC_ROOT) / STAMP
    now = _installed()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now, encoding="utf-8")
    return True


def _installed() -> str:
    """A fingerprint of the installed files: names, sizes and times."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            stat = Path(storage.path(name)).stat()
            found.update(f"{name}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return found.hexdigest()
