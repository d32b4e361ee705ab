"""The ``remit`` command line: Django's own runner with our settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command, such as ``remit serve``; ``remit help`` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    execute_from_command_line(["remit", *sys.argv[1:]])


if __name__ == "__main__":
    main()
