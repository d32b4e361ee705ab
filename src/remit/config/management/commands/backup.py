"""Save everything into one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from remit.audit.actions import record
from remit.config import events
from remit.config.archive.manifest import BadArchive
from remit.config.archive.writing import back_up
from remit.lake.queries import the_lake


class Command(BaseCommand):
    help = "Write database, lake and files into one archive, while the system runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", help="a new file: NAME.tar.zst or NAME.tar.gz")

    def handle(self, *args: Any, target: str, **options: Any) -> None:
        path, at = Path(target).resolve(), timezone.now()
        if not path.parent.is_dir():
            raise CommandError(f"There is no folder {path.parent}.")
        try:
            manifest = back_up(
                target=path,
                lake=the_lake(),
                files=Path(settings.FILES_ROOT),
                at=at,
                say=self.stdout.write,
            )
        except (BadArchive, OSError) as error:
            raise CommandError(str(error)) from error
        size = path.stat().st_size
        record(events.BACKED_UP, None, by=None, at=at, fields={"file": path.name, "bytes": size})
        self.stdout.write(
            self.style.SUCCESS(f"{path}: {size / 2**20:.1f} MB, {len(manifest.files)} files.")
            + "\nThe secret key is not in it: keep your .env apart, in a safe place."
        )
