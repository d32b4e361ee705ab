"""The ``remit`` command line: Django's own runner with our settings."""

import io
import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError, connection
from environs import EnvError

NOT_SET_UP = (
    "The database is not set up for this version, or only in part: run remit migrate, then try again."
)


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
    except DatabaseError:
        if not is_behind():
            raise
        sys.exit(NOT_SET_UP)
    except EnvError as error:
        sys.exit(f"A setting is missing or cannot be read: {error}. tools/setup writes a .env to begin with.")


def is_behind() -> bool:
    """Whether migrations wait, which explains an error of the database; false where that cannot be asked."""
    from .fresh import waiting_migrations  # of what has just failed, and only then

    try:
        return bool(waiting_migrations(connection))
    except DatabaseError:
        return False


if __name__ == "__main__":
    main()
