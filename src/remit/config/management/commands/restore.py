"""Bring an archive back into an empty folder."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.management.base import BaseCommand, CommandError, CommandParser

from remit.config.archive.manifest import BadArchive
from remit.config.archive.reading import restore


class Command(BaseCommand):
    help = "Restore an archive of remit backup into an empty folder; what runs now is not touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", help="the file that remit backup wrote")
        parser.add_argument("--into", required=True, help="an empty or new folder, the restored REMIT_HOME")
        parser.add_argument("--database", help="URL of an empty PostgreSQL database, for such an archive")

    def handle(self, *args: Any, archive: str, into: str, database: str | None, **options: Any) -> None:
        folder = Path(into).resolve()
        given = dj_database_url.parse(database) if database else None
        try:
            manifest = restore(archive=Path(archive), into=folder, database=given, say=self.stdout.write)
        except (BadArchive, OSError) as error:
            raise CommandError(str(error)) from error
        where = f" REMIT_DATABASE={database}" if manifest.database == "postgresql" else ""
        self.stdout.write(
            self.style.SUCCESS(f"Restored into {folder}.")
            + "\nPut the secret key of then into .env, then run remit migrate and remit serve with "
            + f"REMIT_HOME={folder}{where}"
        )
