"""The ``remit`` command line: Django's own runner with our settings."""

import io
import os
import sys

from django.core.management import execute_from_command_line
from environs import EnvError


def main() -> None:
    """Run one command, such as ``remit serve``; ``remit help`` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    # Progress is read as it happens, also through a pipe or in a log.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    try:
        execute_from_command_line(["remit", *sys.argv[1:]])
    except BrokenPipeError:
        # Whoever read has read enough, as in ``remit metric --list | head``; nothing is flushed at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except EnvError as error:
        sys.exit(f"A setting is missing or cannot be read: {error}. tools/setup writes a .env to begin with.")


if __name__ == "__main__":
    main()
